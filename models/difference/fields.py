"""Changes of the fields of a type or a relation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.difference.changes import Effect, ModelChange, Path, Question, model_change
from models.fields import kind_of
from models.fields.choice import choices
from models.metamodel import End, EntityType, Field, RelationType

_FIELD_WORDS = (
    ("labels", "labels"),
    ("help", "help"),
    ("default", "default"),
    ("read_only", "readOnly"),
    ("searchable", "searchable"),
    ("personal", "personal"),
    ("sensitive", "sensitive"),
    ("options", "options"),
    ("when", "when"),
)


@dataclass(frozen=True, slots=True)
class Owner:
    """A type or a relation as the owner of fields."""

    name: str
    of_links: bool

    @property
    def things(self) -> str:
        return "links" if self.of_links else "records"

    def ask(self, what: str, **parameters: Any) -> Question:
        side = "links" if self.of_links else "records"
        return Question(f"{side}_{what}", {"owner": self.name, **parameters}, self.of_links)


def of_fields(owner: Owner, old: Mapping[str, Field], new: Mapping[str, Field], path: Path) -> Iterator[ModelChange]:
    for name, field in old.items():
        if name not in new:
            holding, called = owner.ask("holding", key=_column(field)), f"{owner.name}.{name}"
            at = (*path, "fields", name)
            yield model_change(
                "field_dropped", at, "{name} goes, with its values.", Effect.DESTROYS, (holding,), name=called
            )
    for name, field in new.items():
        at = (*path, "fields", name)
        before = old.get(name)
        if before is None:
            yield from _new_field(owner, field, at)
        elif before is not field:
            yield from _changed_field(owner, before, field, at)


def field_order(old: EntityType | RelationType, new: EntityType | RelationType, path: Path) -> Iterator[ModelChange]:
    if [name for name in old.fields if name in new.fields] != [name for name in new.fields if name in old.fields]:
        sentence = "The fields of {name} stand in another order: {fields}."
        yield model_change("fields_ordered", (*path, "fieldOrder"), sentence, name=new.name, fields=tuple(new.fields))


def _new_field(owner: Owner, field: Field, path: Path) -> Iterator[ModelChange]:
    if field.required:
        yield _required(owner, field, path, new=True)
    else:
        yield model_change("field_added", path, "{name} is new.", name=f"{owner.name}.{field.name}")


def _required(owner: Owner, field: Field, path: Path, *, new: bool) -> ModelChange:
    missing = owner.ask("missing", key=_column(field))
    facts: dict[str, Any] = {"name": f"{owner.name}.{field.name}", "owner": owner.name, "field": field.name}
    said = "{name} is new and required" if new else "{name} becomes required"
    code, case = ("field_added", "required") if new else ("field_required", "")
    if field.default is not None:
        filling = said + "; where it is empty it becomes {default}."
        case = "filled" if new else "with_default"
        return model_change(
            code, path, filling, Effect.FILLS, (missing,), **facts, case=case, default=_shown(field.default)
        )
    cure = (
        owner.things.capitalize() + " of {owner} have no {field}. Give the field a default, which fills "
        "them, or fill them first and then make it required."
    )
    facts |= {"mend": "missing", "case": case} if case else {"mend": "missing"}
    return model_change(code, path, said + ".", Effect.SAFE, (), missing, cure, **facts)


def _changed_field(owner: Owner, old: Field, new: Field, path: Path) -> Iterator[ModelChange]:
    name = f"{owner.name}.{new.name}"
    stored_otherwise = kind_of(old).columns(old) != kind_of(new).columns(new)
    if stored_otherwise:
        yield _stored_otherwise(owner, old, new, path)
    elif old.kind != new.kind:
        yield model_change(
            "kind_changed", (*path, "kind"), "{name} becomes {kind}; values stay.", name=name, kind=new.kind
        )
    if new.required and not old.required:
        yield _required(owner, new, path, new=False)
    if old.required and not new.required:
        yield model_change("field_optional", path, "{name} may be left empty.", name=name)
    if new.unique and not old.unique:
        yield _unique(owner, new, path)
    if old.unique and not new.unique:
        yield model_change("field_not_unique", path, "{name} may hold the same value twice.", name=name)
    yield from _currency(owner, old, new, path)
    yield from _choices(owner, old, new, path)
    for part, word in _FIELD_WORDS:
        said = word == "options" and stored_otherwise
        if getattr(old, part) != getattr(new, part) and not said:
            yield model_change("field_changed", (*path, word), "{name}: other {word}.", name=name, word=word)
    yield from deprecation(name, old, new, path)


def deprecation(
    name: str, old: EntityType | Field | End, new: EntityType | Field | End, path: Path
) -> Iterator[ModelChange]:
    """For clients only; data stays as it is."""
    at = (*path, "deprecated")
    if new.deprecated and new.deprecated != old.deprecated:
        yield model_change("deprecated", at, "{name} is deprecated: {reason}", name=name, reason=new.deprecated)
    elif old.deprecated and not new.deprecated:
        yield model_change("not_deprecated", at, "{name} is no longer deprecated.", name=name)


def _stored_otherwise(owner: Owner, old: Field, new: Field, path: Path) -> ModelChange:
    facts: dict[str, Any] = {} if old.kind != new.kind else {"case": "precision"}
    sentence = "{name} goes from {kind} to {other_kind}, which is stored in another form."
    if old.kind == new.kind:
        sentence = "{name} goes from one precision to another, which is stored in another form."
    return model_change(
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


def _unique(owner: Owner, field: Field, path: Path) -> ModelChange:
    columns = [column.key for column in kind_of(field).columns(field)]
    return model_change(
        "field_unique",
        (*path, "unique"),
        "No two records of {owner} may share the same {field}.",
        obstacle=Question("duplicates", {"type": owner.name, "keys": columns}),
        cure="Records of {owner} share the same {field}. Change or delete the duplicates, then make it unique.",
        owner=owner.name,
        field=field.name,
    )


def _currency(owner: Owner, old: Field, new: Field, path: Path) -> Iterator[ModelChange]:
    currency = new.options.get("currency")
    if old.kind == new.kind == "money" and currency and currency != old.options.get("currency"):
        yield model_change(
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


def _choices(owner: Owner, old: Field, new: Field, path: Path) -> Iterator[ModelChange]:
    """Where not every value that was allowed is one of the choices."""
    if new.kind not in ("choice", "multiChoice") or _column(old) != _column(new):
        return
    listed = [*choices(new)]
    if old.kind == new.kind and choices(old).keys() <= choices(new).keys():
        return
    yield model_change(
        "choices_narrowed",
        (*path, "options", "choices"),
        "{name} holds only what it lists: {choices}.",
        obstacle=owner.ask("beside_choices", key=_column(new), choices=listed),
        cure=owner.things.capitalize() + " of {owner} hold other values of {field}. Give them listed ones first, "
        "or list theirs.",
        name=f"{owner.name}.{new.name}",
        owner=owner.name,
        field=new.name,
        choices=_shown(", ".join(listed)),
    )


def _column(field: Field) -> str:
    return kind_of(field).columns(field)[0].key


def _shown(value: Any) -> str:
    return str(dict(value) if isinstance(value, Mapping) else value)[:60]
