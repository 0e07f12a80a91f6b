"""Packs into the model: checked together, compared with what is there, put in as one change of the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.model_plan import ModelPlan
from graph.registry import Registry
from models.actor import Actor
from models.definitions import ModelPatch, patched
from models.errors import Rejected
from models.metamodel import Metamodel
from packs.conflict import Conflict
from packs.conflicts import conflicts, without
from packs.patching import located, patch_of
from packs.reading import Pack


class OnConflict(StrEnum):
    """What to do where the model says something else than a pack."""

    REFUSE = "refuse"
    KEEP = "keep"  # what is in the model
    TAKE = "take"  # what the pack says


@dataclass(frozen=True, slots=True)
class Installation:
    """What an install did; `plan` is None where nothing was to change, `conflicts` are those settled by the choice made."""

    packs: tuple[str, ...]
    plan: ModelPlan | None
    conflicts: tuple[Conflict, ...] = ()


async def install(
    registry: Registry, actor: Actor, packs: Sequence[Pack], *, on_conflict: OnConflict = OnConflict.REFUSE
) -> Installation:
    """Put packs, ordered by what they require, into the model in one change; those that are in already change nothing.

    Raises Rejected with every problem at its file and line, and with every conflict unless told how to settle them.
    """
    model = await registry.refresh()
    patch, found = _settled(packs, model, on_conflict)
    if found and on_conflict is OnConflict.REFUSE:
        raise Rejected(conflict.problem for conflict in found)
    names = tuple(pack.name for pack in packs)
    if same(model, _meant(packs, model, patch)):
        return Installation(names, None, found)
    told = ", ".join(f"{pack.name} {pack.version}" for pack in packs)
    plan = await registry.apply(actor, patch, expected_version=model.version, reason=f"install {told}")
    return Installation(names, plan, found)


async def planned(
    registry: Registry, actor: Actor, packs: Sequence[Pack], *, on_conflict: OnConflict = OnConflict.REFUSE
) -> Installation:
    """What `install` would do; changes nothing. Conflicts that nobody has settled yet are told without a plan.

    Raises Rejected with every problem at its file and line.
    """
    model = await registry.refresh()
    patch, found = _settled(packs, model, on_conflict)
    names = tuple(pack.name for pack in packs)
    undecided = bool(found) and on_conflict is OnConflict.REFUSE
    if undecided or same(model, _meant(packs, model, patch)):
        return Installation(names, None, found)
    return Installation(names, await registry.plan(actor, patch), found)


def _settled(
    packs: Sequence[Pack], model: Metamodel, on_conflict: OnConflict
) -> tuple[ModelPatch, tuple[Conflict, ...]]:
    """The packs as a patch, less what the model is to keep, and where the two differ."""
    patch = patch_of(packs, model)
    found = conflicts(model, patch)
    return (without(patch, found) if on_conflict is OnConflict.KEEP else patch), found


def _meant(packs: Sequence[Pack], model: Metamodel, patch: ModelPatch) -> Metamodel:
    """The model with the patch. Raises Rejected with every problem at its file and line."""
    meant, problems = patched(model, patch)
    if problems:
        raise Rejected(located(packs, problem) for problem in problems)
    return meant


def present(model: Metamodel) -> frozenset[str]:
    """The packs that something in the model came with."""
    types, relations, profiles = model.types.values(), model.relations.values(), model.profiles.values()
    named = [*(each.pack for each in types), *(each.pack for each in relations), *(each.pack for each in profiles)]
    return frozenset(named) - {""}


def same(one: Metamodel, other: Metamodel) -> bool:
    """Whether two models say the same, whatever their versions."""
    return (one.types, one.relations, one.profiles) == (other.types, other.relations, other.profiles)
