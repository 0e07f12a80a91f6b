"""A path of relation fields from a type: which relations each step takes, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.metamodel import Metamodel, Side


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the side that each type takes by this name, and the types it may lead to, each once."""

    name: str
    sides: Mapping[str, Side]
    far: tuple[str, ...]


class NoStep(Exception):
    """A step that no type has where the path stands: its place, the types there, and the relations they have."""

    def __init__(self, place: int, name: str, types: Sequence[str], known: Sequence[str]) -> None:
        super().__init__(f"There is no relation {name} on {', '.join(types)}.")
        self.place = place
        self.name = name
        self.types = tuple(types)
        self.known = tuple(known)


def steps(model: Metamodel, type_name: str, path: Sequence[str]) -> tuple[Step, ...]:
    """The steps of a path from a type. Where a step leads to several types, the next is taken by those that have it.

    Raises NoStep at the first that none has.
    """
    found: list[Step] = []
    types: tuple[str, ...] = (type_name,)
    for place, name in enumerate(path):
        sides = {each: model.sides[each][name] for each in types if name in model.sides[each]}
        if not sides:
            known = dict.fromkeys(side for each in types for side in model.sides[each])
            raise NoStep(place, name, types, tuple(known))
        types = tuple(dict.fromkeys(far for side in sides.values() for far in side.far.types))
        found.append(Step(name, sides, types))
    return tuple(found)
