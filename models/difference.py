"""What sets two versions of the model apart, what each change does to the data, and what must be counted first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

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

    Where `obstacle` counts anything, the change is refused with `cure`.
    """

    code: str
    effect: Effect
    path: Path
    sentence: str
    touches: tuple[Question, ...] = ()
    obstacle: Question | None = None
    cure: str = ""


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
        *(ModelChange(code, Effect.SAFE, path, said) for code, path, said in changes(old.profiles, new.profiles)),
    )


def _added_and_dropped(old: Metamodel, new: Metamodel) -> Iterator[ModelChange]:
    for name, relation in old.relations.items():
        if name not in new.relations:
            yield ModelChange(
                "relation_dropped",
                Effect.DESTROYS,
                ("relations", name),
                f"The relation {name} goes; its links are closed.",
                (_links(relation),),
            )
    for name in old.types:
        if name not in new.types:
            touches = (Question("records", {"type": name}), Question("links_of_type", {"type": name}, of_links=True))
            yield ModelChange(
                "type_dropped",
                Effect.DESTROYS,
                ("types", name),
                f"The type {name} goes; its records move to the trash, their links are closed.",
                touches,
            )
    for name, kind in new.types.items():
        if name not in old.types:
            sentence = f"The type {name} is new, with {len(kind.fields)} fields."
            yield ModelChange("type_added", Effect.SAFE, ("types", name), sentence)
    for name, relation in new.relations.items():
        if name not in old.relations:
            ends = f"{', '.join(relation.source.types)} to {', '.join(relation.target.types)}"
            yield ModelChange(
                "relation_added", Effect.SAFE, ("relations", name), f"The relation {name} is new: {ends}."
            )


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
            yield ModelChange(
                "key_dropped",
                Effect.SAFE,
                (*path, "naturalKeys"),
                f"{', '.join(key)} no longer tells records of {new.name} apart.",
            )
    for word in _TYPE_WORDS:
        if getattr(old, word) != getattr(new, word):
            yield ModelChange("type_changed", Effect.SAFE, (*path, word), f"{new.name}: another {word}.")
    yield from _deprecation(new.name, old, new, path)


def _natural_key(kind: EntityType, key: tuple[str, ...]) -> ModelChange:
    listed = ", ".join(key)
    columns = [column.key for name in key for column in kind_of(kind.fields[name]).columns(kind.fields[name])]
    return ModelChange(
        "key_added",
        Effect.SAFE,
        ("types", kind.name, "naturalKeys"),
        f"{listed} tells records of {kind.name} apart; no two may share it.",
        obstacle=Question("duplicates", {"type": kind.name, "keys": columns}),
        cure=f"Records of {kind.name} share the same {listed}. Change or delete the duplicates, then make it a key.",
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
            sentence = f"{owner.name}.{name} goes, with its values."
            holding = owner.ask("holding", key=_column(field))
            yield ModelChange("field_dropped", Effect.DESTROYS, (*path, "fields", name), sentence, (holding,))
    for name, field in new.items():
        at = (*path, "fields", name)
        before = old.get(name)
        if before is None:
            yield from _new_field(owner, field, at)
        elif before is not field:
            yield from _changed_field(owner, before, field, at)


def _field_order(old: EntityType | RelationType, new: EntityType | RelationType, path: Path) -> Iterator[ModelChange]:
    if [name for name in old.fields if name in new.fields] != [name for name in new.fields if name in old.fields]:
        said = f"The fields of {new.name} stand in another order: {', '.join(new.fields)}."
        yield ModelChange("fields_ordered", Effect.SAFE, (*path, "fieldOrder"), said)


def _new_field(owner: _Owner, field: Field, path: Path) -> Iterator[ModelChange]:
    if field.required:
        yield _required(owner, field, path, f"{owner.name}.{field.name} is new and required", new=True)
    else:
        yield ModelChange("field_added", Effect.SAFE, path, f"{owner.name}.{field.name} is new.")


def _required(owner: _Owner, field: Field, path: Path, said: str, *, new: bool) -> ModelChange:
    code = "field_added" if new else "field_required"
    missing = owner.ask("missing", key=_column(field))
    if field.default is not None:
        sentence = f"{said}; where it is empty it becomes {_shown(field.default)}."
        return ModelChange(code, Effect.FILLS, path, sentence, (missing,))
    cure = (
        f"{owner.things.capitalize()} of {owner.name} have no {field.name}. Give the field a default, which fills "
        f"them, or fill them first and then make it required."
    )
    return ModelChange(code, Effect.SAFE, path, f"{said}.", (), missing, cure)


def _changed_field(owner: _Owner, old: Field, new: Field, path: Path) -> Iterator[ModelChange]:
    name = f"{owner.name}.{new.name}"
    stored_otherwise = kind_of(old).columns(old) != kind_of(new).columns(new)
    if stored_otherwise:
        yield _stored_otherwise(owner, old, new, path)
    elif old.kind != new.kind:
        yield ModelChange("kind_changed", Effect.SAFE, (*path, "kind"), f"{name} becomes {new.kind}; values stay.")
    if new.required and not old.required:
        yield _required(owner, new, path, f"{name} becomes required", new=False)
    if old.required and not new.required:
        yield ModelChange("field_optional", Effect.SAFE, path, f"{name} may be left empty.")
    if new.unique and not old.unique:
        yield _unique(owner, new, path)
    if old.unique and not new.unique:
        yield ModelChange("field_not_unique", Effect.SAFE, path, f"{name} may hold the same value twice.")
    yield from _currency(owner, old, new, path)
    for attribute, word in _FIELD_WORDS:
        said = word == "options" and stored_otherwise
        if getattr(old, attribute) != getattr(new, attribute) and not said:
            yield ModelChange("field_changed", Effect.SAFE, (*path, word), f"{name}: other {word}.")
    yield from _deprecation(name, old, new, path)


def _deprecation(
    name: str, old: EntityType | Field | End, new: EntityType | Field | End, path: Path
) -> Iterator[ModelChange]:
    """For clients only; data stays as it is."""
    if new.deprecated and new.deprecated != old.deprecated:
        yield ModelChange("deprecated", Effect.SAFE, (*path, "deprecated"), f"{name} is deprecated: {new.deprecated}")
    elif old.deprecated and not new.deprecated:
        sentence = f"{name} is no longer deprecated."
        yield ModelChange("not_deprecated", Effect.SAFE, (*path, "deprecated"), sentence)


def _stored_otherwise(owner: _Owner, old: Field, new: Field, path: Path) -> ModelChange:
    what = f"{old.kind} to {new.kind}" if old.kind != new.kind else "one precision to another"
    return ModelChange(
        "stored_otherwise",
        Effect.SAFE,
        (*path, "kind" if old.kind != new.kind else "options"),
        f"{owner.name}.{new.name} goes from {what}, which is stored in another form.",
        obstacle=owner.ask("holding", key=_column(old)),
        cure=f"{owner.things.capitalize()} of {owner.name} hold values of {old.name} in the form of {old.kind}. Add a "
        f"second field for the new form and copy the values, or empty {old.name} first.",
    )


def _unique(owner: _Owner, field: Field, path: Path) -> ModelChange:
    columns = [column.key for column in kind_of(field).columns(field)]
    return ModelChange(
        "field_unique",
        Effect.SAFE,
        (*path, "unique"),
        f"No two records of {owner.name} may share the same {field.name}.",
        obstacle=Question("duplicates", {"type": owner.name, "keys": columns}),
        cure=f"Records of {owner.name} share the same {field.name}. Change or delete the duplicates, then make it unique.",
    )


def _currency(owner: _Owner, old: Field, new: Field, path: Path) -> Iterator[ModelChange]:
    currency = new.options.get("currency")
    if old.kind == new.kind == "money" and currency and currency != old.options.get("currency"):
        yield ModelChange(
            "currency_fixed",
            Effect.SAFE,
            (*path, "options", "currency"),
            f"{owner.name}.{new.name} is kept in {currency} only.",
            obstacle=owner.ask("in_other_currency", key=kind_of(new).columns(new)[1].key, currency=currency),
            cure=f"{owner.things.capitalize()} of {owner.name} hold {new.name} in another currency. Convert them first.",
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
        sentence = f"{new.name} reads the same from both ends." if new.symmetric else f"{new.name} has two directions."
        yield ModelChange("symmetric_changed", Effect.SAFE, (*path, "symmetric"), sentence)
    yield from _repeatable(old, new, path)
    yield from _validity(old, new, path)
    for word in ("labels", "description", "pack"):
        if getattr(old, word) != getattr(new, word):
            yield ModelChange("relation_changed", Effect.SAFE, (*path, word), f"{new.name}: another {word}.")


def _end(relation: RelationType, which: str, old: End, new: End, path: Path) -> Iterator[ModelChange]:
    gone = [name for name in old.types if name not in new.types]
    come = [name for name in new.types if name not in old.types]
    if gone:
        beyond = Question(f"links_of_{which}", {"relation": relation.name, "types": gone}, of_links=True)
        yield ModelChange(
            "end_narrowed",
            Effect.DESTROYS,
            (*path, "types"),
            f"{', '.join(gone)} can no longer be {which} of {relation.name}; such links are closed.",
            (beyond,),
        )
    if come:
        yield ModelChange(
            "end_widened", Effect.SAFE, (*path, "types"), f"{', '.join(come)} can be {which} of {relation.name}."
        )
    if new.most is not None and (old.most is None or new.most < old.most):
        yield _limit(relation, which, new.most, path)
    elif new.most != old.most:
        yield ModelChange(
            "limit_raised", Effect.SAFE, (*path, "most"), f"More links at the {which} of {relation.name}."
        )
    if new.field != old.field:
        sentence = f"{relation.name} is called {new.field}, no longer {old.field}, at its {which}."
        yield ModelChange("end_renamed", Effect.SAFE, (*path, "field"), sentence)
    if new.on_delete is not old.on_delete:
        sentence = f"Deleting a {which} of {relation.name}: {new.on_delete.value}, no longer {old.on_delete.value}."
        yield ModelChange("on_delete_changed", Effect.SAFE, (*path, "onDelete"), sentence)
    if new.labels != old.labels:
        yield ModelChange(
            "end_changed", Effect.SAFE, (*path, "labels"), f"{relation.name}: other labels at its {which}."
        )
    yield from _deprecation(f"{relation.name}, called {new.field} at its {which},", old, new, path)


def _limit(relation: RelationType, which: str, most: int, path: Path) -> ModelChange:
    side = "either" if relation.symmetric else which
    return ModelChange(
        "limit_lowered",
        Effect.SAFE,
        (*path, "most"),
        f"A record has at most {most} links as {which} of {relation.name}.",
        obstacle=Question(f"above_limit_{side}", {"relation": relation.name, "most": most}),
        cure=f"Records have more than {most} links of {relation.name}. End or unlink some of them first.",
    )


def _repeatable(old: RelationType, new: RelationType, path: Path) -> Iterator[ModelChange]:
    if new.repeatable and not old.repeatable:
        sentence = f"{new.name} may link two records several times."
        yield ModelChange("repeatable", Effect.SAFE, (*path, "repeatable"), sentence)
    if old.repeatable and not new.repeatable:
        yield ModelChange(
            "not_repeatable",
            Effect.SAFE,
            (*path, "repeatable"),
            f"{new.name} links two records once.",
            obstacle=Question("repeated_pairs", {"relation": new.name, "symmetric": new.symmetric}),
            cure=f"Records are linked several times by {new.name}. End or unlink all but one link of each pair first.",
        )


def _validity(old: RelationType, new: RelationType, path: Path) -> Iterator[ModelChange]:
    if new.validity is old.validity:
        return
    obstacle, cure = None, ""
    if new.validity is Validity.NONE:
        obstacle = Question("timed_links", {"relation": new.name}, of_links=True)
        cure = (
            f"Links of {new.name} say from when or until when they hold. Clear these times first, or keep the validity."
        )
    elif new.validity is Validity.EXCLUSIVE:
        obstacle = Question("overlapping_pairs", {"relation": new.name, "symmetric": new.symmetric})
        cure = f"Records are linked by {new.name} several times at once. Change their times first."
    yield ModelChange(
        "validity_changed",
        Effect.SAFE,
        (*path, "validity"),
        f"Validity of {new.name}: {new.validity.value}, no longer {old.validity.value}.",
        (),
        obstacle,
        cure,
    )


def _links(relation: RelationType) -> Question:
    return Question("links", {"relation": relation.name}, of_links=True)


def _column(field: Field) -> str:
    return kind_of(field).columns(field)[0].key


def _shown(value: Any) -> str:
    return str(dict(value) if isinstance(value, Mapping) else value)[:60]
