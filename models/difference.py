"""What sets two versions of the model apart, what each change does to the data, and what must be counted first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum
from typing import Any

from models.errors import filled
from models.fields import kind_of
from models.metamodel import End, EntityType, Field, Metamodel, RelationType, Validity
from models.profiles.difference import changes

Path = tuple[str | int, ...]
_FIELD_WORDS = (
    ("labels", "labels"),
    ("help", "help"),
    ("default", "default"),
    ("read_only", "readOnly"),
    ("searchable", "searchable"),
    ("personal", "personal"),
    ("sensitive", "sensitive"),
    ("options", "options"),
)
_TYPE_WORDS = ("plural", "labels", "description", "icon", "color", "display", "order", "pack")


class Effect(StrEnum):
    """What a change does to records and links that are there: nothing, writes values into them, or loses something."""

    SAFE = "safe"
    FILLS = "fills"
    DESTROYS = "destroys"


@dataclass(frozen=True, slots=True)
class Question:
    """Something to count in the database: the fixed statement `count_<what>`, and whether it counts links or records."""

    what: str
    parameters: Mapping[str, Any]
    of_links: bool = False


@dataclass(frozen=True, slots=True)
class ModelChange:
    """One change: its effect, where it is, a sentence for people, and what it touches.

    Where `obstacle` counts anything, the change is refused with `cure`. Sentence and cure are filled with the facts, as
    `models.errors.told` has them.
    """

    code: str
    effect: Effect
    path: Path
    sentence: str
    touches: tuple[Question, ...] = ()
    obstacle: Question | None = None
    cure: str = ""
    facts: Mapping[str, Any] = attribute(default_factory=dict, hash=False)


def _change(
    code: str,
    path: Path,
    sentence: str,
    effect: Effect = Effect.SAFE,
    touches: tuple[Question, ...] = (),
    obstacle: Question | None = None,
    cure: str = "",
    **facts: Any,
) -> ModelChange:
    return ModelChange(code, effect, path, filled(sentence, facts), touches, obstacle, filled(cure, facts), facts)


def difference(old: Metamodel, new: Metamodel) -> tuple[ModelChange, ...]:
    """Every change from one version to another, in the order of the model; () when they say the same."""
    return (
        *_added_and_dropped(old, new),
        *(change for name, kind in new.types.items() if name in old.types for change in _type(old.types[name], kind)),
        *(
            change
            for name, relation in new.relations.items()
            if name in old.relations
            for change in _relation(old.relations[name], relation)
        ),
        *(_change(code, path, said, **facts) for code, path, said, facts in changes(old.profiles, new.profiles)),
    )


def _added_and_dropped(old: Metamodel, new: Metamodel) -> Iterator[ModelChange]:
    for name, relation in old.relations.items():
        if name not in new.relations:
            sentence = "The relation {name} goes; its links are closed."
            yield _change(
                "relation_dropped", ("relations", name), sentence, Effect.DESTROYS, (_links(relation),), name=name
            )
    for name in old.types:
        if name not in new.types:
            touches = (Question("records", {"type": name}), Question("links_of_type", {"type": name}, of_links=True))
            sentence = "The type {name} goes; its records move to the trash, their links are closed."
            yield _change("type_dropped", ("types", name), sentence, Effect.DESTROYS, touches, name=name)
    for name, kind in new.types.items():
        if name not in old.types:
            sentence = "The type {name} is new, with {count} fields."
            yield _change("type_added", ("types", name), sentence, name=name, count=len(kind.fields))
    for name, relation in new.relations.items():
        if name not in old.relations:
            sentence = "The relation {name} is new: {sources} to {targets}."
            ends: dict[str, Any] = {"sources": relation.source.types, "targets": relation.target.types}
            yield _change("relation_added", ("relations", name), sentence, name=name, **ends)


# types


def _type(old: EntityType, new: EntityType) -> Iterator[ModelChange]:
    if old is new:
        return
    path: Path = ("types", new.name)
    yield from _fields(_Owner(new.name, of_links=False), old.fields, new.fields, path)
    yield from _field_order(old, new, path)
    for key in new.natural_keys:
        if key not in old.natural_keys:
            yield _natural_key(new, key)
    for key in old.natural_keys:
        if key not in new.natural_keys:
            sentence = "{key} no longer tells records of {name} apart."
            yield _change("key_dropped", (*path, "naturalKeys"), sentence, key=key, name=new.name)
    for word in _TYPE_WORDS:
        if getattr(old, word) != getattr(new, word):
            yield _change("type_changed", (*path, word), "{name}: another {word}.", name=new.name, word=word)
    yield from _deprecation(new.name, old, new, path)


def _natural_key(kind: EntityType, key: tuple[str, ...]) -> ModelChange:
    columns = [column.key for name in key for column in kind_of(kind.fields[name]).columns(kind.fields[name])]
    return _change(
        "key_added",
        ("types", kind.name, "naturalKeys"),
        "{key} tells records of {name} apart; no two may share it.",
        obstacle=Question("duplicates", {"type": kind.name, "keys": columns}),
        cure="Records of {name} share the same {key}. Change or delete the duplicates, then make it a key.",
        key=key,
        name=kind.name,
    )


# fields


@dataclass(frozen=True, slots=True)
class _Owner:
    """A type or a relation as the owner of fields."""

    name: str
    of_links: bool

    @property
    def things(self) -> str:
        return "links" if self.of_links else "records"

    def ask(self, what: str, **parameters: Any) -> Question:
        side = "links" if self.of_links else "records"
        return Question(f"{side}_{what}", {"owner": self.name, **parameters}, self.of_links)


def _fields(owner: _Owner, old: Mapping[str, Field], new: Mapping[str, Field], path: Path) -> Iterator[ModelChange]:
    for name, field in old.items():
        if name not in new:
            holding, called = owner.ask("holding", key=_column(field)), f"{owner.name}.{name}"
            at = (*path, "fields", name)
            yield _change(
                "field_dropped", at, "{name} goes, with its values.", Effect.DESTROYS, (holding,), name=called
            )
    for name, field in new.items():
        at = (*path, "fields", name)
        before = old.get(name)
        if before is None:
            yield from _new_field(owner, field, at)
        elif before is not field:
            yield from _changed_field(owner, before, field, at)


def _field_order(old: EntityType | RelationType, new: EntityType | RelationType, path: Path) -> Iterator[ModelChange]:
    if [name for name in old.fields if name in new.fields] != [name for name in new.fields if name in old.fields]:
        sentence = "The fields of {name} stand in another order: {fields}."
        yield _change("fields_ordered", (*path, "fieldOrder"), sentence, name=new.name, fields=tuple(new.fields))


def _new_field(owner: _Owner, field: Field, path: Path) -> Iterator[ModelChange]:
    if field.required:
        yield _required(owner, field, path, new=True)
    else:
        yield _change("field_added", path, "{name} is new.", name=f"{owner.name}.{field.name}")


def _required(owner: _Owner, field: Field, path: Path, *, new: bool) -> ModelChange:
    missing = owner.ask("missing", key=_column(field))
    facts: dict[str, Any] = {"name": f"{owner.name}.{field.name}", "owner": owner.name, "field": field.name}
    said = "{name} is new and required" if new else "{name} becomes required"
    code, case = ("field_added", "required") if new else ("field_required", "")
    if field.default is not None:
        filling = said + "; where it is empty it becomes {default}."
        case = "filled" if new else "with_default"
        return _change(code, path, filling, Effect.FILLS, (missing,), **facts, case=case, default=_shown(field.default))
    cure = (
        owner.things.capitalize() + " of {owner} have no {field}. Give the field a default, which fills "
        "them, or fill them first and then make it required."
    )
    facts |= {"mend": "missing", "case": case} if case else {"mend": "missing"}
    return _change(code, path, said + ".", Effect.SAFE, (), missing, cure, **facts)


def _changed_field(owner: _Owner, old: Field, new: Field, path: Path) -> Iterator[ModelChange]:
    name = f"{owner.name}.{new.name}"
    stored_otherwise = kind_of(old).columns(old) != kind_of(new).columns(new)
    if stored_otherwise:
        yield _stored_otherwise(owner, old, new, path)
    elif old.kind != new.kind:
        yield _change("kind_changed", (*path, "kind"), "{name} becomes {kind}; values stay.", name=name, kind=new.kind)
    if new.required and not old.required:
        yield _required(owner, new, path, new=False)
    if old.required and not new.required:
        yield _change("field_optional", path, "{name} may be left empty.", name=name)
    if new.unique and not old.unique:
        yield _unique(owner, new, path)
    if old.unique and not new.unique:
        yield _change("field_not_unique", path, "{name} may hold the same value twice.", name=name)
    yield from _currency(owner, old, new, path)
    for part, word in _FIELD_WORDS:
        said = word == "options" and stored_otherwise
        if getattr(old, part) != getattr(new, part) and not said:
            yield _change("field_changed", (*path, word), "{name}: other {word}.", name=name, word=word)
    yield from _deprecation(name, old, new, path)


def _deprecation(
    name: str, old: EntityType | Field | End, new: EntityType | Field | End, path: Path
) -> Iterator[ModelChange]:
    """For clients only; data stays as it is."""
    at = (*path, "deprecated")
    if new.deprecated and new.deprecated != old.deprecated:
        yield _change("deprecated", at, "{name} is deprecated: {reason}", name=name, reason=new.deprecated)
    elif old.deprecated and not new.deprecated:
        yield _change("not_deprecated", at, "{name} is no longer deprecated.", name=name)


def _stored_otherwise(owner: _Owner, old: Field, new: Field, path: Path) -> ModelChange:
    facts: dict[str, Any] = {} if old.kind != new.kind else {"case": "precision"}
    sentence = "{name} goes from {kind} to {other_kind}, which is stored in another form."
    if old.kind == new.kind:
        sentence = "{name} goes from one precision to another, which is stored in another form."
    return _change(
        "stored_otherwise",
        (*path, "kind" if old.kind != new.kind else "options"),
        sentence,
        obstacle=owner.ask("holding", key=_column(old)),
        cure=owner.things.capitalize() + " of {owner} hold values of {field} in the form of {kind}. Add a "
        "second field for the new form and copy the values, or empty {field} first.",
        name=f"{owner.name}.{new.name}",
        owner=owner.name,
        field=old.name,
        kind=old.kind,
        other_kind=new.kind,
        **facts,
    )


def _unique(owner: _Owner, field: Field, path: Path) -> ModelChange:
    columns = [column.key for column in kind_of(field).columns(field)]
    return _change(
        "field_unique",
        (*path, "unique"),
        "No two records of {owner} may share the same {field}.",
        obstacle=Question("duplicates", {"type": owner.name, "keys": columns}),
        cure="Records of {owner} share the same {field}. Change or delete the duplicates, then make it unique.",
        owner=owner.name,
        field=field.name,
    )


def _currency(owner: _Owner, old: Field, new: Field, path: Path) -> Iterator[ModelChange]:
    currency = new.options.get("currency")
    if old.kind == new.kind == "money" and currency and currency != old.options.get("currency"):
        yield _change(
            "currency_fixed",
            (*path, "options", "currency"),
            "{name} is kept in {currency} only.",
            obstacle=owner.ask("in_other_currency", key=kind_of(new).columns(new)[1].key, currency=currency),
            cure=owner.things.capitalize() + " of {owner} hold {field} in another currency. Convert them first.",
            name=f"{owner.name}.{new.name}",
            owner=owner.name,
            field=new.name,
            currency=currency,
        )


# relations


def _relation(old: RelationType, new: RelationType) -> Iterator[ModelChange]:
    if old is new:
        return
    path: Path = ("relations", new.name)
    yield from _fields(_Owner(new.name, of_links=True), old.fields, new.fields, path)
    yield from _field_order(old, new, path)
    for which, before, end in (("source", old.source, new.source), ("target", old.target, new.target)):
        yield from _end(new, which, before, end, (*path, which))
    if new.symmetric != old.symmetric:
        at = (*path, "symmetric")
        if new.symmetric:
            yield _change("symmetric_changed", at, "{name} reads the same from both ends.", name=new.name)
        else:
            yield _change("symmetric_changed", at, "{name} has two directions.", case="directed", name=new.name)
    yield from _repeatable(old, new, path)
    yield from _validity(old, new, path)
    for word in ("labels", "description", "pack"):
        if getattr(old, word) != getattr(new, word):
            yield _change("relation_changed", (*path, word), "{name}: another {word}.", name=new.name, word=word)


def _end(relation: RelationType, which: str, old: End, new: End, path: Path) -> Iterator[ModelChange]:
    gone = [name for name in old.types if name not in new.types]
    come = [name for name in new.types if name not in old.types]
    facts: dict[str, Any] = {"name": relation.name, "end": which}
    if gone:
        beyond = Question(f"links_of_{which}", {"relation": relation.name, "types": gone}, of_links=True)
        sentence = "{types} can no longer be {end} of {name}; such links are closed."
        yield _change("end_narrowed", (*path, "types"), sentence, Effect.DESTROYS, (beyond,), types=gone, **facts)
    if come:
        yield _change("end_widened", (*path, "types"), "{types} can be {end} of {name}.", types=come, **facts)
    if new.most is not None and (old.most is None or new.most < old.most):
        yield _limit(relation, which, new.most, path)
    elif new.most != old.most:
        case: dict[str, Any] = {} if new.most is None else {"case": "to", "most": new.most}
        yield _change("limit_raised", (*path, "most"), "More links at the {end} of {name}.", **facts, **case)
    if new.field != old.field:
        sentence = "{name} is called {field}, no longer {before}, at its {end}."
        yield _change("end_renamed", (*path, "field"), sentence, field=new.field, before=old.field, **facts)
    if new.on_delete is not old.on_delete:
        rules: dict[str, Any] = {"on_delete": new.on_delete.value, "on_delete_before": old.on_delete.value}
        sentence = "Deleting a {end} of {name}: {on_delete}, no longer {on_delete_before}."
        yield _change("on_delete_changed", (*path, "onDelete"), sentence, **rules, **facts)
    if new.labels != old.labels:
        yield _change("end_changed", (*path, "labels"), "{name}: other labels at its {end}.", **facts)
    yield from _deprecation(f"{relation.name}, called {new.field} at its {which},", old, new, path)


def _limit(relation: RelationType, which: str, most: int, path: Path) -> ModelChange:
    side = "either" if relation.symmetric else which
    return _change(
        "limit_lowered",
        (*path, "most"),
        "A record has at most {most} links as {end} of {name}.",
        obstacle=Question(f"above_limit_{side}", {"relation": relation.name, "most": most}),
        cure="Records have more than {most} links of {name}. End or unlink some of them first.",
        most=most,
        end=which,
        name=relation.name,
    )


def _repeatable(old: RelationType, new: RelationType, path: Path) -> Iterator[ModelChange]:
    if new.repeatable and not old.repeatable:
        sentence = "{name} may link two records several times."
        yield _change("repeatable", (*path, "repeatable"), sentence, name=new.name)
    if old.repeatable and not new.repeatable:
        yield _change(
            "not_repeatable",
            (*path, "repeatable"),
            "{name} links two records once.",
            obstacle=Question("repeated_pairs", {"relation": new.name, "symmetric": new.symmetric}),
            cure="Records are linked several times by {name}. End or unlink all but one link of each pair first.",
            name=new.name,
        )


def _validity(old: RelationType, new: RelationType, path: Path) -> Iterator[ModelChange]:
    if new.validity is old.validity:
        return
    obstacle, cure, facts = None, "", dict[str, Any]()
    if new.validity is Validity.NONE:
        facts["mend"] = "validity_none"
        obstacle = Question("timed_links", {"relation": new.name}, of_links=True)
        cure = "Links of {name} say from when or until when they hold. Clear these times first, or keep the validity."
    elif new.validity is Validity.EXCLUSIVE:
        facts["mend"] = "validity_exclusive"
        obstacle = Question("overlapping_pairs", {"relation": new.name, "symmetric": new.symmetric})
        cure = "Records are linked by {name} several times at once. Change their times first."
    yield _change(
        "validity_changed",
        (*path, "validity"),
        "Validity of {name}: {validity}, no longer {validity_before}.",
        obstacle=obstacle,
        cure=cure,
        name=new.name,
        validity=new.validity.value,
        validity_before=old.validity.value,
        **facts,
    )


def _links(relation: RelationType) -> Question:
    return Question("links", {"relation": relation.name}, of_links=True)


def _column(field: Field) -> str:
    return kind_of(field).columns(field)[0].key


def _shown(value: Any) -> str:
    return str(dict(value) if isinstance(value, Mapping) else value)[:60]
