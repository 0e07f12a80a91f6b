"""Which field of a type each column is, by its name in any language and by its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from exchange.guessing.values import fit
from exchange.guessing.words import IDS, is_id, likeness, meanings, names_of
from exchange.uploads.looking import FileFacts
from exchange.uploads.names import stem_of
from models.display import display_template
from models.metamodel import EntityType, Field

SURE = 0.5  # below it nothing is guessed
TELLING = frozenset({"email", "url", "geoPoint"})  # kinds whose values can hardly be anything else
BY_VALUES = 0.55


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column most likely is: a field of the row's record, or the key of a record that it is linked with.

    `why` is one of name, values, key, file (values are keys of another file), parts (of a name), left (nothing else is).
    """

    column: str
    confidence: float
    why: str
    field: str = ""
    relation: str = ""
    steps: Mapping[str, Any] = attribute(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TypeGuess:
    """A file as records of a type: its columns as fields, and the key among them; without one it cannot be imported."""

    type: str
    score: float
    columns: tuple[ColumnGuess, ...]
    key: tuple[str, ...]


def samples_of(facts: FileFacts) -> dict[str, list[str]]:
    """The first values of each column."""
    return {column.name: [row[place] for row in facts.sample] for place, column in enumerate(facts.columns)}


def as_type(facts: FileFacts, kind: EntityType) -> TypeGuess:
    """The file read as records of this type."""
    samples = samples_of(facts)
    owners = (kind.name, kind.plural, *(text for forms in kind.labels.values() for text in forms.values()))
    pairs = [
        found
        for column in facts.columns
        for each in kind.fields.values()
        if not each.read_only and (found := _pair(column.name, each, samples[column.name], owners)) is not None
    ]
    chosen = list(each_once(pairs))
    key, more = _key(facts, kind, chosen, samples)
    more = (*more, *_title(facts, kind, [*chosen, *more]))
    named = likeness(stem_of(facts.name), owners)
    score = sum(each.confidence for each in chosen) + 2.0 * named - (0.0 if key else 1.5)
    return TypeGuess(kind.name, score, (*chosen, *more), key)


def best_type(facts: FileFacts, kinds: Sequence[EntityType]) -> TypeGuess | None:
    """The type that the file fits best; None where it fits none."""
    guesses = [as_type(facts, kind) for kind in kinds if kind.natural_keys or _unique(kind)]
    best = max(guesses, key=lambda each: each.score, default=None)
    return best if best is not None and best.key and best.score >= 1.0 else None


def _pair(column: str, of: Field, values: Sequence[str], owners: Sequence[str]) -> ColumnGuess | None:
    named = likeness(column, names_of(of.name, of.labels), owners)
    if named < SURE and of.kind not in TELLING and of.kind != "choice":
        return None
    fits = fit(of, values)
    sure = named * (0.3 + 0.7 * fits.share)
    if sure >= SURE:
        return ColumnGuess(column, round(sure, 2), "name", of.name, steps=fits.steps)
    if fits.share >= 0.95 and _telling(of, values):
        return ColumnGuess(column, BY_VALUES, "values", of.name, steps=fits.steps)
    return None


def _telling(of: Field, values: Sequence[str]) -> bool:
    """Whether values that fit say by themselves which field they are of."""
    different = {value.strip().casefold() for value in values if value.strip()}
    return len(different) >= 2 and (of.kind in TELLING or of.kind == "choice")


def each_once(pairs: Sequence[ColumnGuess]) -> Sequence[ColumnGuess]:
    """Each column and each field once, the surest first."""
    columns: set[str] = set()
    fields: set[str] = set()
    chosen = []
    for pair in sorted(pairs, key=lambda each: -each.confidence):
        if pair.column not in columns and pair.field not in fields:
            columns.add(pair.column)
            fields.add(pair.field)
            chosen.append(pair)
    return chosen


def _unique(kind: EntityType) -> list[tuple[str, ...]]:
    return [(name,) for name, each in kind.fields.items() if each.unique]


def _key(
    facts: FileFacts, kind: EntityType, chosen: Sequence[ColumnGuess], samples: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, ...], tuple[ColumnGuess, ...]]:
    """A natural key whose fields are there, or for which a column can stand; and what that adds."""
    column_of = {each.field: each.column for each in chosen}
    keys = [*kind.natural_keys, *_unique(kind)]
    single = {column.name for column in facts.columns if column.unique and column.filled + facts.ragged >= facts.rows}
    for key in keys:
        if set(key) <= set(column_of) and (len(key) > 1 or column_of[key[0]] in single):
            return key, ()
    for key in sorted(keys, key=_names_something):
        if len(key) == 1 and (more := _stand_in(facts, kind.fields[key[0]], single, samples)) is not None:
            others = tuple(each for each in chosen if each.field == key[0])
            return (key, ()) if others else (key, (more,))
    return next(((key) for key in keys if set(key) <= set(column_of)), ()), ()


def _names_something(key: tuple[str, ...]) -> bool:
    """Whether a key means more than that it is one, as a tax number does: then it is the last to be filled with another."""
    return any(meanings(name) - {IDS} for name in key)


def _title(facts: FileFacts, kind: EntityType, chosen: Sequence[ColumnGuess]) -> list[ColumnGuess]:
    """What a record is told by, where no column is called so: the parts of a name, a column that is left, the key."""
    title = next((part[0] for part in display_template(kind.display) if isinstance(part, tuple)), "")
    if title not in kind.fields or kind.fields[title].kind != "text" or any(each.field == title for each in chosen):
        return []
    parts = [_part_of_name(facts, word) for word in ("given", "family")]
    if all(parts):
        return [ColumnGuess(parts[0], 0.8, "parts", title, steps={"join": parts, "with": " "})]
    taken = {each.column for each in chosen}
    left = [each.name for each in facts.columns if each.name not in taken and each.filled + facts.ragged >= facts.rows]
    texts = [name for name in left if not is_id(name)] + [each.column for each in chosen if each.why == "key"]
    return [ColumnGuess(texts[0], SURE, "left", title)] if texts and kind.fields[title].required else []


def _part_of_name(facts: FileFacts, word: str) -> str:
    wanted = meanings(word)
    return next((each.name for each in facts.columns if meanings(each.name) - meanings("name") == wanted), "")


def _stand_in(
    facts: FileFacts, of: Field, single: set[str], samples: Mapping[str, Sequence[str]]
) -> ColumnGuess | None:
    """The column that tells the rows apart, where the field can hold it: one called an id, else the first."""
    fitting = [each.name for each in facts.columns if each.name in single and fit(of, samples[each.name]).share == 1.0]
    fitting.sort(key=lambda name: not is_id(name))
    if not fitting:
        return None
    return ColumnGuess(fitting[0], 0.7 if is_id(fitting[0]) else SURE, "key", of.name)
