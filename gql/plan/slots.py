"""The parameters of a statement and how each is filled from the variables of a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graphql import GraphQLError

from gql.plan.given import Given, follow
from models.fields.kind import InvalidValue

MOST = 2_000
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class RequestTime:
    """When a request is made, and in which time zone its reader counts days."""

    now: datetime
    time_zone: str = "UTC"


TimedConvert = Callable[[Any, RequestTime], Any]


@dataclass(frozen=True, slots=True)
class Slot:
    """One parameter: constant, or taken from the variables and the clock and converted each time."""

    name: str
    resolve: Callable[[Mapping[str, Any]], Any]
    convert: TimedConvert
    where: str

    def fill(self, variables: Mapping[str, Any], clock: RequestTime) -> Any:
        """The parameter's value. Raises GraphQLError naming the argument when the value cannot be used."""
        try:
            return self.convert(self.resolve(variables), clock)
        except InvalidValue as error:
            told = {"code": error.code, "details": dict(error.facts)}
            raise GraphQLError(f"{self.where}: {error.message}", extensions=told) from error


class Slots:
    """The parameters of one statement, numbered as they are met, so that equal requests get equal texts."""

    def __init__(self) -> None:
        self.constants: dict[str, Any] = {}
        self.variable: list[Slot] = []
        self._given: dict[str, Given] = {}
        self.timed = False  # whether a value is told from the moment of the request

    def add(self, value: Given, convert: Convert, where: str) -> str:
        """A parameter for a value; its name."""
        name = self._name()
        self._given[name] = value
        slot = Slot(name, _resolver(value), lambda given, _: convert(given), where)
        if _varies(value):
            self.variable.append(slot)
        else:
            self.constants[name] = slot.fill({}, _NEVER)
        return name

    def add_timed(self, value: Given, convert: TimedConvert, where: str) -> str:
        """A parameter for a value told from the moment of the request; its name."""
        name, self.timed = self._name(), True
        self.variable.append(Slot(name, _resolver(value), convert, where))
        return name

    def given(self, name: str) -> Given:
        """What was given for a parameter."""
        return self._given[name]

    def _name(self) -> str:
        if len(self.constants) + len(self.variable) >= MOST:
            raise GraphQLError(
                f"This operation compares with more than {MOST:,} values; put them into lists (in, hasAny) or ask twice.",
                extensions={"code": "too_complex"},
            )
        return f"p{len(self.constants) + len(self.variable)}"

    def fill(self, variables: Mapping[str, Any], clock: RequestTime | None = None) -> dict[str, Any]:
        """All parameters for one request, made now unless a clock says otherwise."""
        clock = clock or RequestTime(datetime.now(UTC))
        parameters = dict(self.constants)
        for slot in self.variable:
            parameters[slot.name] = slot.fill(variables, clock)
        return parameters


_NEVER = RequestTime(datetime.min.replace(tzinfo=UTC))  # constants ask for no time


def _varies(value: Given) -> bool:
    if value.source is not None:
        return True
    inner = value.value
    elements = inner.values() if isinstance(inner, dict) else inner if isinstance(inner, list) else ()
    return any(isinstance(element, Given) and _varies(element) for element in elements)


def _resolver(value: Given) -> Callable[[Mapping[str, Any]], Any]:
    source = value.source
    if source is not None:
        if len(source) == 1:
            name = source[0]
            return lambda variables: variables[name]  # type: ignore[index]  # the first step of a source is a name
        return lambda variables: follow(variables, source)
    if isinstance(value.value, list) and any(isinstance(element, Given) for element in value.value):
        parts = [_resolver(element if isinstance(element, Given) else Given(element)) for element in value.value]
        return lambda variables: [part(variables) for part in parts]
    if isinstance(value.value, dict) and any(isinstance(element, Given) for element in value.value.values()):
        entries = {key: _resolver(element) for key, element in value.items()}
        return lambda variables: {key: entry(variables) for key, entry in entries.items()}
    plain = value.plain()
    return lambda variables: plain
