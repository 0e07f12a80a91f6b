"""The model out again as packs: YAML files that, installed on an empty model, give the same model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from models.definitions import profile_to_plain, relation_to_plain, type_to_plain
from models.errors import NotFound
from models.metamodel import EntityType, Metamodel, RelationType
from models.profiles import Profile
from packs.document import near
from packs.reading import ABOUT, bundled, read_pack

OWN = "own"  # the pack of what came with none
FIRST_VERSION = "1.0.0"
Files = Mapping[str, str]


def export(model: Metamodel, name: str) -> Files:
    """The files of one pack: its types, relations and profiles as they are now, with what others added to them.

    Raises NotFound when nothing in the model came with it.
    """
    packs = export_all(model)
    if name not in packs:
        cure = near(name, packs) or f" There are: {', '.join(packs) or 'none yet'}."
        raise NotFound(f"Nothing in the model came with a pack {name!r}.{cure}")
    return packs[name]


def export_all(model: Metamodel) -> Mapping[str, Files]:
    """The files of every pack in the model, and of what came with none as the pack `own`; to be installed together."""
    files: dict[str, dict[str, str]] = {}
    for kind in model.types.values():
        files.setdefault(kind.pack or OWN, {})[f"types/{_snake(kind.name)}.yaml"] = text(
            _own(type_to_plain(kind), kind)
        )
    for relation in model.relations.values():
        entry = text(_own(relation_to_plain(relation), relation))
        files.setdefault(relation.pack or OWN, {})[f"relations/{relation.name.lower()}.yaml"] = entry
    for profile in model.profiles.values():
        entry = text(_own(profile_to_plain(profile), profile))
        files.setdefault(profile.pack or OWN, {})[f"profiles/{_snake(profile.type)}.yaml"] = entry
    needs = _requirements(model, list(files))
    return {name: {ABOUT: text(_about(name, needs[name])), **files[name]} for name in sorted(files)}


def text(data: Any) -> str:
    """Plain data as YAML for people: in its own order, unescaped, without aliases."""
    written: str = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None
    )
    return written


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _own(plain: dict[str, Any], one: EntityType | RelationType | Profile) -> dict[str, Any]:
    """Without the name of its pack, which the folder says; what came with none says so."""
    plain.pop("pack", None)
    return plain if one.pack else {**plain, "pack": ""}


def _about(name: str, requires: list[str]) -> dict[str, Any]:
    known = bundled().get(name)
    pack, _ = read_pack(known) if known else (None, [])
    about = dict(pack.about) if pack else {"name": name, "version": FIRST_VERSION}
    return {**about, "requires": requires}


def _requirements(model: Metamodel, names: list[str]) -> dict[str, list[str]]:
    """For each pack, those whose types its relations and profiles name. A circle is opened where it would close."""
    needs: dict[str, list[str]] = {name: [] for name in names}
    # what the organisation made itself leans on packs, so it comes first and is never what a pack leans on in turn
    relations = sorted(model.relations.values(), key=lambda one: (bool(one.pack), one.pack, one.name))
    leaning = [(one.pack or OWN, (*one.source.types, *one.target.types)) for one in relations]
    leaning += [(one.pack or OWN, (one.type, *(each.type for each in one.signals))) for one in model.profiles.values()]
    for pack, type_names in leaning:
        for type_name in type_names:
            other = model.types[type_name].pack or OWN
            if other != pack and other not in needs[pack] and not _reaches(needs, other, pack):
                needs[pack].append(other)
    return {name: sorted(found) for name, found in needs.items()}


def _reaches(needs: Mapping[str, list[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        new = [other for other in needs[name] if other not in seen]
        seen.update(new)
        waiting += new
    return False


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
