"""Fields that a record must have because of the value of another: checked of new ones here, of changed ones when all is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cypher.compile.writes import Asked, CheckAsked
from graph.unit import problems
from graph.unit.values import columns_of
from models.errors import Problem
from models.metamodel import EntityType, Field, When

Rule = tuple[Field, When]


def asked_of(kind: EntityType) -> tuple[Rule, ...]:
    """The fields of a type that other fields ask for, in the order of the checks."""
    return tuple((field, field.when) for field in kind.fields.values() if field.when and field.when.required)


def missing(kind: EntityType, values: Mapping[str, Any], path: tuple[str | int, ...]) -> list[Problem]:
    """What a new record lacks."""
    return [
        problems.lacking(kind, (field, when), path)
        for field, when in asked_of(kind)
        if values.get(field.name) is None and when.holds(values)
    ]


def check_of(kind: EntityType, values: Mapping[str, Any]) -> CheckAsked | None:
    """What has to be looked at when a record was given these values; None where none of them decides or is asked for."""
    rules = asked_of(kind)
    if not any(field.name in values or when.field in values for field, when in rules):
        return None
    return CheckAsked(kind.name, tuple(_asked(kind, rule) for rule in rules))


def _asked(kind: EntityType, rule: Rule) -> Asked:
    field, when = rule
    key, by = (columns_of(kind, (name,))[0] for name in (field.name, when.field))
    return Asked(key, by, when.values)
