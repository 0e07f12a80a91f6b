"""Packs as one patch of the model, whose every problem is known by its file and line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from models.definitions import ModelPatch, ProfilePatch, patch_from_plain, patched
from models.errors import Problem, Rejected, told
from models.metamodel import EMPTY, EntityType, Metamodel, RelationType
from packs.reading import Pack


def check(packs: Sequence[Pack]) -> list[Problem]:
    """Everything that would keep these packs from going into an empty model; needs no database."""
    try:
        patch = patch_of(packs, EMPTY)
    except Rejected as rejected:
        return list(rejected.problems)
    return [located(packs, problem) for problem in patched(EMPTY, patch)[1]]


def patch_of(packs: Sequence[Pack], model: Metamodel) -> ModelPatch:
    """The packs as one patch, in their order, whose places begin with the pack's name. Raises Rejected."""
    whole = ModelPatch()
    problems: list[Problem] = []
    owners = _owners(model)
    profiled = {name: profile.pack for name, profile in model.profiles.items() if profile.pack}
    for pack in packs:
        patch, found = patch_from_plain(pack.document, pack=pack.name)
        problems += [pack.located(problem) for problem in found]
        problems += [pack.located(problem) for problem in _foreign(patch, owners)]
        problems += [pack.located(problem) for problem in _foreign_profiles(patch, profiled)]
        places = {name: (pack.name, *place) for name, place in patch.places.items()}
        whole = replace(
            whole,
            types=(*whole.types, *patch.types),
            relations=(*whole.relations, *patch.relations),
            profiles=(*whole.profiles, *(_added_to(entry, model) for entry in patch.profiles)),
            places=MappingProxyType({**whole.places, **places}),
        )
    if problems:
        raise Rejected(problems)
    return whole


def _owners(model: Metamodel) -> dict[str, str]:
    known: list[EntityType | RelationType] = [*model.types.values(), *model.relations.values()]
    return {one.name: one.pack for one in known}


def _foreign(patch: ModelPatch, owners: dict[str, str]) -> list[Problem]:
    """Types and relations that the patch defines though they are another pack's; the others are noted as its own."""
    problems = []
    for where, entries in (("types", patch.types), ("relations", patch.relations)):
        for entry in entries:
            if entry.extends:
                continue
            pack = entry.attributes.get("pack", patch.pack)
            owner = owners.setdefault(entry.name, pack)
            if owner != pack:
                path = (*patch.places[where, entry.name], "name")
                problems.append(_of_other(entry.name, owner, path))
    return problems


def _foreign_profiles(patch: ModelPatch, owners: dict[str, str]) -> list[Problem]:
    """Whole profiles of types that have another pack's; the organisation's own are met as conflicts instead."""
    problems = []
    for entry in patch.profiles:
        pack = entry.parts.get("pack", patch.pack)
        owner = pack if entry.extends else owners.setdefault(entry.name, pack)
        if owner != pack:
            sentence = "The profile of {name} is the pack {owner}'s own; write `extends: {name}` to add to it."
            path = (*patch.places["profiles", entry.name], "type")
            problems.append(told("other_pack", sentence, path, case="profile", name=entry.name, owner=owner))
    return problems


def _of_other(name: str, owner: str, path: tuple[str | int, ...]) -> Problem:
    """The problem of what another pack brings already; of the organisation's own where `owner` is empty."""
    if not owner:
        sentence = "{name} is the organisation's own; write `extends: {name}` to add to it, or take another name."
        return told("other_pack", sentence, path, case="own", name=name)
    sentence = "{name} is the pack {owner}'s own; write `extends: {name}` to add to it, or take another name."
    return told("other_pack", sentence, path, name=name, owner=owner)


def _added_to(entry: ProfilePatch, model: Metamodel) -> ProfilePatch:
    """A pack's whole profile where the model has one already: what others added to that one stays."""
    return replace(entry, extends=True) if entry.name in model.profiles else entry


def located(packs: Sequence[Pack], problem: Problem) -> Problem:
    """A problem of the whole patch at its file and line."""
    pack = next((pack for pack in packs if problem.path[:1] == (pack.name,)), None)
    return pack.located(replace(problem, path=problem.path[1:])) if pack else problem
