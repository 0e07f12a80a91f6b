"""Changes of a relation: its ends, their limits, and when its links may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.difference.changes import Effect, ModelChange, Path, Question, model_change
from models.difference.fields import Owner, deprecation, field_order, of_fields
from models.metamodel import End, RelationType, Validity


def of_relation(old: RelationType, new: RelationType) -> Iterator[ModelChange]:
    if old is new:
        return
    path: Path = ("relations", new.name)
    yield from of_fields(Owner(new.name, of_links=True), old.fields, new.fields, path)
    yield from field_order(old, new, path)
    for which, before, end in (("source", old.source, new.source), ("target", old.target, new.target)):
        yield from _end(new, which, before, end, (*path, which))
    if new.symmetric != old.symmetric:
        at = (*path, "symmetric")
        if new.symmetric:
            yield model_change("symmetric_changed", at, "{name} reads the same from both ends.", name=new.name)
        else:
            yield model_change("symmetric_changed", at, "{name} has two directions.", case="directed", name=new.name)
    yield from _repeatable(old, new, path)
    yield from _validity(old, new, path)
    for word in ("labels", "description", "pack"):
        if getattr(old, word) != getattr(new, word):
            yield model_change("relation_changed", (*path, word), "{name}: another {word}.", name=new.name, word=word)


def _end(relation: RelationType, which: str, old: End, new: End, path: Path) -> Iterator[ModelChange]:
    gone = [name for name in old.types if name not in new.types]
    come = [name for name in new.types if name not in old.types]
    facts: dict[str, Any] = {"name": relation.name, "end": which}
    if gone:
        beyond = Question(f"links_of_{which}", {"relation": relation.name, "types": gone}, of_links=True)
        sentence = "{types} can no longer be {end} of {name}; such links are closed."
        yield model_change("end_narrowed", (*path, "types"), sentence, Effect.DESTROYS, (beyond,), types=gone, **facts)
    if come:
        yield model_change("end_widened", (*path, "types"), "{types} can be {end} of {name}.", types=come, **facts)
    if new.most is not None and (old.most is None or new.most < old.most):
        yield _limit(relation, which, new.most, path)
    elif new.most != old.most:
        case: dict[str, Any] = {} if new.most is None else {"case": "to", "most": new.most}
        yield model_change("limit_raised", (*path, "most"), "More links at the {end} of {name}.", **facts, **case)
    if new.field != old.field:
        sentence = "{name} is called {field}, no longer {before}, at its {end}."
        yield model_change("end_renamed", (*path, "field"), sentence, field=new.field, before=old.field, **facts)
    if new.on_delete is not old.on_delete:
        rules: dict[str, Any] = {"on_delete": new.on_delete.value, "on_delete_before": old.on_delete.value}
        sentence = "Deleting a {end} of {name}: {on_delete}, no longer {on_delete_before}."
        yield model_change("on_delete_changed", (*path, "onDelete"), sentence, **rules, **facts)
    if new.labels != old.labels:
        yield model_change("end_changed", (*path, "labels"), "{name}: other labels at its {end}.", **facts)
    yield from deprecation(f"{relation.name}, called {new.field} at its {which},", old, new, path)


def _limit(relation: RelationType, which: str, most: int, path: Path) -> ModelChange:
    side = "either" if relation.symmetric else which
    return model_change(
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
        yield model_change("repeatable", (*path, "repeatable"), sentence, name=new.name)
    if old.repeatable and not new.repeatable:
        yield model_change(
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
    yield model_change(
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


def links_of(relation: RelationType) -> Question:
    return Question("links", {"relation": relation.name}, of_links=True)
