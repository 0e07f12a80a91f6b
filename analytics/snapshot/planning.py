"""What is loaded of each relation: where its links' weights lie, whether they hold for a time, who may have them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cypher.compile.snapshots import LinkShape
from models.errors import NotFound, Problem, Rejected
from models.fields import kind_of
from models.fields.kind import Storage
from models.metamodel import Field, Metamodel, RelationType

_SCALED = re.compile(r"_e(\d)\Z")
_EXACT = frozenset({"decimal", "percent", "money"})  # kept as whole numbers of 10^-scale under `<key>_e<scale>`


@dataclass(frozen=True, slots=True)
class Plan:
    """How the links of one relation are read; a stored weight of `unit` weighs 1."""

    relation: RelationType
    weight: str = ""
    unit: float = 1.0

    @property
    def name(self) -> str:
        """The relation's name."""
        return self.relation.name

    def shape(self, *, wide: bool = False) -> LinkShape:
        """What decides the statement."""
        ends = self.relation.source.types, self.relation.target.types
        return LinkShape(self.name, *ends, self.weight, self.relation.temporal, wide)


def plans(
    model: Metamodel, weight_fields: Mapping[str, str], relations: Sequence[str] | None = None
) -> tuple[Plan, ...]:
    """The plans of some relations (None: of all), in the order of names.

    Raises NotFound for a relation that the model does not have, Rejected for weights that are no numbers; those of a
    relation that is gone are passed over.
    """
    for name in relations or ():
        if name not in model.relations:
            raise NotFound(f"There is no relation {name!r}; there are: {', '.join(sorted(model.relations)) or 'none'}.")
    problems: list[Problem] = []
    found = [
        _plan(model.relations[name], weight_fields.get(name), problems)
        for name in sorted(model.relations if relations is None else set(relations))
    ]
    if problems:
        raise Rejected(problems)
    return tuple(found)


def _plan(relation: RelationType, wanted: str | None, problems: list[Problem]) -> Plan:
    if wanted is None:
        return Plan(relation)
    field = next((each for each in relation.fields.values() if wanted in (each.name, each.key)), None)
    reason = _refusal(field)
    if field is None or reason:
        message = f"The links of {relation.name} cannot be weighed by {wanted!r}: {reason}."
        problems.append(Problem("bad_weight_field", message, ("weights", relation.name)))
        return Plan(relation)
    key = kind_of(field).columns(field)[0].key
    scaled = _SCALED.search(key) if field.kind in _EXACT else None
    return Plan(relation, key, 10.0 ** int(scaled[1]) if scaled else 1.0)


def _refusal(field: Field | None) -> str:
    if field is None:
        return "it has no such field"
    if kind_of(field).columns(field)[0].storage is not Storage.INTEGER:
        return f"a field of kind {field.kind} is no number"
    if field.kind == "money" and not field.options.get("currency"):
        return "its amounts may be in different currencies; fix the field's currency"
    return ""
