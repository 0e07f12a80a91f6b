"""Law: what a change breaks is found in the part of the schemas it touches as it is found in the whole ones."""

from __future__ import annotations

import random
from typing import Any

import pytest
from graphql import find_breaking_changes
from small_worlds import MODEL

from gql import breaks as breaking
from gql.breaks import breaks
from gql.parts import Parts
from gql.schema import build_schema, complete
from models.definitions import patch_from_plain, patched
from models.metamodel import EMPTY, Metamodel

KINDS = ("text", "integer", "decimal", "money", "date", "boolean", "email", "percent")
CHANGES, SOAK_CHANGES = 12, 400


def after(model: Metamodel, document: dict[str, Any]) -> Metamodel | None:
    patch, problems = patch_from_plain(document)
    changed, more = patched(model, patch)
    return None if problems or more else changed


def random_model(chance: random.Random, types: int, relations: int) -> Metamodel:
    def fields(most: int) -> list[dict[str, Any]]:
        return [{"name": f"f{n}", "kind": chance.choice(KINDS)} for n in range(chance.randint(0, most))]

    def end(name: str) -> dict[str, Any]:
        chosen = chance.sample(range(types), chance.choice((1, 1, 1, 2)))
        return {"types": [f"T{n}" for n in chosen], "field": f"{name}{chance.randint(0, 3)}"}

    model = after(EMPTY, {"types": [{"name": f"T{n}", "plural": f"T{n}s", "fields": fields(4)} for n in range(types)]})
    assert model is not None
    for number in range(relations):
        relation = {"name": f"R{number}", "source": end("to"), "target": end("from"), "fields": fields(2)}
        model = after(model, {"relations": [relation]}) or model
    return model


def random_change(chance: random.Random, model: Metamodel) -> dict[str, Any]:
    kind, one = chance.choice([*model.types.values()]), chance.choice([*model.relations.values(), None])
    given = {"name": f"f{chance.randint(0, 5)}", "kind": chance.choice(KINDS), "readOnly": chance.random() < 0.3}
    changes: list[dict[str, Any]] = [
        {"types": [{"extends": kind.name, "fields": [given]}]},
        {"types": [{"extends": kind.name, "plural": "Others"}]},
        {"types": [{"name": "ToZeroLink", "plural": "ToZeroLinks"}]},
        {"types": [{"extends": kind.name, "naturalKeys": [[name] for name in [*kind.fields][:1]]}]},
        {"drop": {"types": [kind.name]}},
        {"drop": {"fields": [f"{kind.name}.{name}" for name in [*kind.fields][:2]]}},
    ]
    if one is not None:
        changes += [
            {"drop": {"relations": [one.name]}},
            {"drop": {"fields": [f"{one.name}.{name}" for name in one.fields]}},
            {"relations": [{"extends": one.name, "source": {"types": [kind.name]}}]},
            {"relations": [{"extends": one.name, "target": {"field": "renamed"}}]},
            {"relations": [{"extends": one.name, "fields": [given], "validity": "overlaps"}]},
        ]
    return chance.choice(changes)


def test_random_changes_break_what_graphql_finds_in_the_whole_schemas(soak: bool) -> None:
    chance, told_of = random.Random(7), 0
    for number in range(SOAK_CHANGES if soak else CHANGES):
        model = random_model(chance, chance.randint(2, 6), chance.randint(0, 7))
        changed = after(model, random_change(chance, model))
        if changed is None:
            continue

        told = breaks(model, changed)

        whole = find_breaking_changes(complete(build_schema(model, None)), complete(build_schema(changed, None)))
        # a gateway's union of all records is not told of beside the record type itself
        clients = {(one.type.name, one.description) for one in whole if not one.description.endswith("type _Entity.")}
        assert {(one.code, one.sentence) for one in told} == clients, number
        told_of += len(told)
    assert told_of > 0


@pytest.mark.parametrize(
    "document",
    [
        {"drop": {"fields": ["Person.age"]}},
        {"drop": {"relations": ["MANAGES"]}},
        {"types": [{"extends": "Thing", "naturalKeys": [["label"]]}]},
    ],
)
def test_what_is_compared_does_not_grow_with_the_rest_of_the_model(document: dict[str, Any]) -> None:
    more = {
        "types": [
            {"name": f"More{n}", "plural": f"More{n}s", "fields": [{"name": "name", "kind": "text"}]} for n in range(40)
        ],
        "relations": [
            {
                "name": f"MORE_{n}",
                "source": {"types": [f"More{n}"], "field": "next"},
                "target": {"types": [f"More{n + 1}"], "field": "before"},
            }
            for n in range(39)
        ],
    }
    large = after(MODEL, more)
    assert large is not None

    def compared(model: Metamodel) -> int:
        changed = after(model, document)
        assert changed is not None
        parts = Parts(model, changed)
        return sum(len(breaking._Part(each, parts).whole.query_type.fields) for each in (model, changed))  # type: ignore[union-attr]  # every schema has the root

    # a relation and a type of the rest stand for all of it
    assert compared(MODEL) <= compared(large) <= compared(MODEL) + 2 * 3 * 2
