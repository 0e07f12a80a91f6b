"""The names of generated types; contract first, then a prefix where two relations would share one."""

from __future__ import annotations

from functools import lru_cache

from models.metamodel import EntityType, Metamodel, Side


def capital(name: str) -> str:
    """`employees` → `Employees`."""
    return name[0].upper() + name[1:]


class LinkNames:
    """For each relation as seen from an end, the stem of its link types: `EmployeesLink`.

    The first relation with a field of that name owns the plain stem for good; later ones put their own name before it.
    """

    def __init__(self, model: Metamodel) -> None:
        self._stems: dict[tuple[str, str], str] = {}
        self._near: dict[str, tuple[str, ...]] = {}
        taken: set[str] = set(model.types)
        for sides in model.sides.values():
            for side in sides.values():
                key = (side.relation.name, side.name)
                if key in self._stems:
                    continue
                stem = f"{capital(side.name)}Link"
                if stem in taken:
                    stem = f"{side.relation.pascal}{stem}"
                taken.add(stem)
                self._stems[key] = stem
                self._near[stem] = side.near.types

    def near(self, stem: str) -> tuple[str, ...]:
        """The types that have the relation whose links are named by a stem; none when there is no such stem."""
        return self._near.get(stem, ())

    def stem(self, side: Side) -> str:
        """The stem for one side."""
        return self._stems[side.relation.name, side.name]

    def differing(self, other: LinkNames) -> set[str]:
        """The relations that have another stem there, seen from any of their ends, or are not there."""
        return {relation for (relation, _), _ in self._stems.items() ^ other._stems.items()}


@lru_cache(maxsize=4)
def link_names(model: Metamodel) -> LinkNames:
    """The names of a model's links, made once for each model in use."""
    return LinkNames(model)


def along(kind: EntityType, side: Side) -> str:
    """The stem of the types of a relation on one type: `CompanyEmployees`."""
    return kind.name + capital(side.name)
