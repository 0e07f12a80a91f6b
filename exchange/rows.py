"""From a row of a table to the records and links it means, every value checked by its field's kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from exchange.mapping.rules import EndRule, LinkRule, RecordRule, SameRow, Source
from exchange.reasons import Reason, because
from exchange.transforms import Cells, Evaluated, Place, Value, bind
from models.fields import kind_of
from models.fields.date_time import moment
from models.fields.kind import InvalidValue
from models.metamodel import EntityType, Field, Metamodel

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reference:
    """A record by its natural key: canonical values of the fields of `by`, in their order."""

    type: str
    by: tuple[str, ...]
    key: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """A record that a row means; None among its values clears a field. It has been so since `valid_from`."""

    reference: Reference
    values: Values
    valid_from: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """A link that a row means; links of one pair are the same where their values of `by` are."""

    relation: str
    source: Reference
    target: Reference
    by: tuple[str, ...]
    values: Values
    valid_from: dt.datetime | None = None
    valid_to: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """Everything one row means; with `problems` it means nothing."""

    records: tuple[RecordDraft, ...]
    links: tuple[LinkDraft, ...]
    problems: tuple[Reason, ...]


class BadRow(Exception):
    """A row that cannot be used, with everything wrong with it."""

    def __init__(self, problems: list[Reason]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


Read = Callable[[Cells], Any]


class RowReader:
    """Reads the rows of one source; made once, so that every column is looked up once."""

    def __init__(self, source: Source, model: Metamodel, place: Place) -> None:
        since = source.valid_from
        self._records = {
            rule.name: _RecordReader(rule, model.types[rule.type], place, rule.valid_from or since)
            for rule in source.records
        }
        self._links = [_LinkReader(rule, model, place, since) for rule in source.links]

    def read(self, cells: Cells) -> Meaning:
        """What the row means, or all that is wrong with it."""
        problems: list[Reason] = []
        records: dict[str, RecordDraft] = {}
        links: list[LinkDraft] = []
        for name, reader in self._records.items():
            try:
                records[name] = reader.read(cells)
            except BadRow as bad:
                problems += bad.problems
        if not problems:
            for link in self._links:
                try:
                    draft = link.read(cells, records)
                except BadRow as bad:
                    problems += bad.problems
                    continue
                if draft is not None:
                    links.append(draft)
        if problems:
            return Meaning((), (), tuple(problems))
        return Meaning(tuple(records.values()), tuple(links), ())


class _RecordReader:
    def __init__(self, rule: RecordRule, kind: EntityType, place: Place, since: Value | None) -> None:
        self._since = _bound(since, "validFrom", place)
        self._type = kind.name
        self._by = _in_order(kind, rule.key)
        self._fields = _readers(rule.fields, kind.fields, place)
        self._required = {name for name in rule.fields if kind.fields[name].required}
        self._defaulted = {name for name in rule.fields if kind.fields[name].default is not None}

    def read(self, cells: Cells) -> RecordDraft:
        values, problems = _read(self._fields, cells)
        since, wrong = _read({"validFrom": self._since}, cells)
        problems += wrong
        for name in self._defaulted:
            if name in values and values[name] is None:
                del values[name]
        problems += [
            because(name, "required", "Every {type} needs a value here.", case="row", type=self._type)
            for name in sorted(self._required)
            if name in values and values[name] is None
        ]
        problems += [
            because(name, "empty_key", "The key is empty, so the record cannot be told apart from others.")
            for name in self._by
            if values.get(name, "") is None and name not in self._required
        ]
        if problems:
            raise BadRow(problems)
        key = tuple(values[name] for name in self._by)
        return RecordDraft(Reference(self._type, self._by, key), values, since["validFrom"])


class _LinkReader:
    def __init__(self, rule: LinkRule, model: Metamodel, place: Place, since: Value | None) -> None:
        relation = model.relations[rule.relation]
        self._relation = rule.relation
        self._by = rule.key or (tuple(rule.fields) if relation.repeatable else ())
        self._source = _end(rule.source, model, place)
        self._target = _end(rule.target, model, place)
        self._fields = _readers(rule.fields, relation.fields, place)
        self._defaulted = {name for name in rule.fields if relation.fields[name].default is not None}
        self._from = _bound(rule.valid_from or (None if relation.temporal else since), "validFrom", place)
        self._to = _bound(rule.valid_to, "validTo", place)

    def read(self, cells: Cells, records: Mapping[str, RecordDraft]) -> LinkDraft | None:
        """The link, or None where the key of an end is empty."""
        source, target = self._source(cells, records), self._target(cells, records)
        if source is None or target is None:
            return None
        values, problems = _read(self._fields, cells)
        for name in self._defaulted:
            if values.get(name, "") is None:
                del values[name]
        bounds, wrong = _read({"validFrom": self._from, "validTo": self._to}, cells)
        if problems or wrong:
            raise BadRow([each.under(self._relation) for each in problems + wrong])
        return LinkDraft(
            self._relation, source, target, self._by, values, bounds.get("validFrom"), bounds.get("validTo")
        )


def _end(
    rule: EndRule, model: Metamodel, place: Place
) -> Callable[[Cells, Mapping[str, RecordDraft]], Reference | None]:
    if isinstance(rule, SameRow):
        name = rule.rule
        return lambda cells, records: records[name].reference
    kind = model.types[rule.type]
    by = _in_order(kind, tuple(rule.by))
    readers = _readers(rule.by, kind.fields, place)

    def refer(cells: Cells, _: Mapping[str, RecordDraft]) -> Reference | None:
        values, problems = _read(readers, cells)
        if problems:
            raise BadRow([each.under(kind.name) for each in problems])
        key = tuple(values[name] for name in by)
        return None if None in key else Reference(kind.name, by, key)

    return refer


def _in_order(kind: EntityType, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a key in the order in which the type states it."""
    return next((key for key in kind.natural_keys if set(key) == set(names)), names)


def _readers(values: Mapping[str, Value], fields: Mapping[str, Field], place: Place) -> dict[str, Read]:
    return {name: _field(fields[name], bind(value, name, place)) for name, value in values.items()}


def _field(field: Field, evaluate: Evaluated) -> Read:
    kind = kind_of(field)

    def read(cells: Cells) -> Any:
        value = evaluate(cells)
        if value is None:
            return None
        if isinstance(value, str):
            return kind.parse(field, value)
        if field.kind == "dateTime" and isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time(), dt.UTC)
        return kind.coerce(field, value)

    return read


def _bound(value: Value | None, name: str, place: Place) -> Read:
    if value is None:
        return lambda cells: None
    evaluate = bind(value, name, place)

    def read(cells: Cells) -> dt.datetime | None:
        given = evaluate(cells)
        if given is None:
            return None
        if isinstance(given, str) and len(given) == len("2026-11-25"):
            given = f"{given}T00:00:00Z"
        if isinstance(given, dt.date) and not isinstance(given, dt.datetime):
            given = dt.datetime.combine(given, dt.time(), dt.UTC)
        return moment(given)

    return read


def _read(readers: Mapping[str, Read], cells: Cells) -> tuple[Values, list[Reason]]:
    values: Values = {}
    problems: list[Reason] = []
    for name, read in readers.items():
        try:
            values[name] = read(cells)
        except InvalidValue as error:
            problems.append(Reason(name, error.code, error.message, error.facts))
    return values, problems
