"""Saved queries: named conditions on the records of a type, which filters use as segments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import orjson

from models.errors import Problem, told
from models.expressions import BadExpression, condition
from models.expressions.conditions import Signature
from models.expressions.faults import meant
from models.expressions.refusals import no_type
from models.expressions.values import SCALARS, Declared, expected_of
from models.fields.kind import InvalidValue
from models.fields.text import clean
from models.metamodel import Metamodel

LONGEST_NAME = 100
MOST_PARAMETERS = 20
LONGEST_LOOK = 16_000  # as JSON
DEEPEST = 5  # saved queries that name others, one inside the other


@dataclass(frozen=True, slots=True)
class SavedParameter:
    """A value that is still to be given when the query is used; without a default it must be."""

    name: str
    scalar: str
    many: bool = False
    default: Any = None


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A condition in the expression language, kept under a name by somebody, for themselves or for everyone."""

    id: str
    name: str
    type_name: str
    where: str
    owner: str
    owner_name: str
    shared: bool = False
    description: str = ""
    parameters: tuple[SavedParameter, ...] = ()
    look: Any = None  # JSON of whoever shows it: columns, order, layout; not read here

    @property
    def key(self) -> str:
        """Under which the query is the only one: its name among those of its owner, or among those shared."""
        return f"{'' if self.shared else self.owner}:{self.name}"

    @property
    def declared(self) -> Mapping[str, Declared]:
        """Its parameters, as expressions know them."""
        return {each.name: Declared(each.scalar, each.many) for each in self.parameters}

    @property
    def signature(self) -> Signature:
        """What a condition that names the query needs to know of it."""
        required = frozenset(each.name for each in self.parameters if each.default is None)
        return Signature(self.type_name, self.declared, required)


Named = Mapping[str, SavedQuery]


class SavedQueries:
    """All saved queries as they stand, numbered; immutable."""

    def __init__(self, number: int = 0, queries: tuple[SavedQuery, ...] = ()) -> None:
        self.number, self.queries = number, queries
        self._shared = {each.name: each for each in queries if each.shared}
        self._private: dict[str, dict[str, SavedQuery]] = {}
        for each in queries:
            if not each.shared:
                self._private.setdefault(each.owner, {})[each.name] = each

    def of(self, person: str) -> Named:
        """Those a person may use, by name: their own before those shared."""
        private = self._private.get(person)
        return MappingProxyType({**self._shared, **private} if private else self._shared)

    def around(self, query: SavedQuery) -> Named:
        """Those a query may name: one for everyone only what everyone may use."""
        return MappingProxyType(self._shared) if query.shared else self.of(query.owner)


NONE = SavedQueries()


def signatures(known: Named) -> Mapping[str, Signature]:
    """What conditions need to know of saved queries."""
    return {name: query.signature for name, query in known.items()}


def check(query: SavedQuery, model: Metamodel, saved: SavedQueries) -> list[Problem]:
    """Everything wrong with a query on a model, beside the others that are saved; [] when it can be used."""
    problems = [*_of_names(query), *_of_parameters(query), *_of_looks(query)]
    kind = model.types.get(query.type_name)
    if kind is None:
        return [*problems, no_type(query.type_name, model).under("type")]
    if problems:
        return problems
    known = saved.around(query)
    try:
        found = condition(query.where, model, kind, declared=query.declared, segments=signatures(known))
    except BadExpression as error:
        return [Problem(each.code, str(each), ("where",), {**each.details, **each.place}) for each in error.faults]
    return _of_segments(query, found.segments, model, saved)


def _of_names(query: SavedQuery) -> Iterator[Problem]:
    try:
        if clean(query.name, longest=LONGEST_NAME) != query.name:
            yield told("bad_name", "Take the blanks around the name out.", ("name",), case="blanks")
    except InvalidValue as error:
        yield Problem(error.code, f"The name: {error.message}", ("name",), error.facts)


def _of_looks(query: SavedQuery) -> Iterator[Problem]:
    size = len(orjson.dumps(query.look))
    if size > LONGEST_LOOK:
        sentence = "The look is {bytes:,} bytes of JSON; keep it below {most:,}."
        yield told("too_long", sentence, ("look",), case="look", bytes=size, most=LONGEST_LOOK)


def _of_parameters(query: SavedQuery) -> Iterator[Problem]:
    if len(query.parameters) > MOST_PARAMETERS:
        sentence = "A query has at most {most} parameters."
        yield told("too_many", sentence, ("parameters",), case="parameters", most=MOST_PARAMETERS)
        return
    seen = set[str]()
    for place, each in enumerate(query.parameters):
        path = ("parameters", place)
        if not each.name.isidentifier() or not each.name.isascii() or each.name in seen:
            sentence = "{name!r}: name each parameter once, by letters and digits, such as since."
            yield told("bad_parameter", sentence, (*path, "name"), case="name", name=each.name[:60])
        seen.add(each.name)
        if each.scalar not in SCALARS:
            sentence, near = "{name!r} is no scalar that fields compare with; {near}", meant(each.scalar, SCALARS)
            yield told("bad_parameter", sentence, (*path, "type"), case="type", name=each.scalar[:60], near=near)
        elif each.default is not None:
            yield from (problem.under(*path, "default") for problem in _misfits(each))


def _misfits(parameter: SavedParameter) -> Iterator[Problem]:
    wanted = expected_of(Declared(parameter.scalar))
    if parameter.many and not isinstance(parameter.default, list):
        yield told("bad_default", "Give a list, since the parameter takes several values.", case="list")
        return
    for value in parameter.default if parameter.many else [parameter.default]:
        try:
            wanted.check(value)
        except InvalidValue as error:
            yield error.because("bad_default", ())


def _of_segments(query: SavedQuery, named: frozenset[str], model: Metamodel, saved: SavedQueries) -> list[Problem]:
    """Queries that name this one again, or are broken themselves."""
    known, waiting = saved.around(query), [(name, 1) for name in named]
    while waiting:
        name, depth = waiting.pop()
        other = known[name]
        if other.id == query.id or depth > DEEPEST:
            return [_circular(name, back=other.id == query.id)]
        try:
            kind = model.types[other.type_name]
            inner = condition(
                other.where, model, kind, declared=other.declared, segments=signatures(saved.around(other))
            )
        except (BadExpression, KeyError):
            sentence = "The saved query {name!r} that it names is broken itself; mend that one first."
            return [told("broken_segment", sentence, ("where",), case="named", name=name)]
        waiting += [(each, depth + 1) for each in inner.segments]
    return []


def _circular(name: str, *, back: bool) -> Problem:
    if back:
        sentence = "It names {name!r}, which leads back to it; write the condition out instead."
        return told("circular", sentence, ("where",), case="back", name=name)
    sentence = "Over {name!r} it leads more than {most} queries deep; write the condition out instead."
    return told("circular", sentence, ("where",), case="deep", name=name, most=DEEPEST)
