"""Packs through the API: what there is and what it brings, installing with a plan first, the model out again."""

from __future__ import annotations

import asyncio
import base64
import io
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from gql.fixed.context import Context, FixedInfo
from gql.fixed.labels import Language, plain
from gql.fixed.planning import PlanShown, ProblemShown, shown_plan, shown_problems
from gql.fixed.refusing import administrators_only
from models.errors import ModelChanged, NotFound, Problem, Rejected, told
from models.metamodel import EntityType, Metamodel, RelationType
from packs.conflict import Conflict
from packs.exporting import OWN, export
from packs.installing import Installation, OnConflict, install, planned, present
from packs.reading import Pack, bundled, read_pack
from packs.requirements import gather

strawberry.enum(
    OnConflict, name="PackOnConflict", description="What to do where the model says something else than a pack."
)
FORBIDDEN = "Only administrators install packs and take the model out; ask one of them."
LARGEST = 4 << 20  # bytes of an archive that is handed in


@strawberry.type(name="PackPart", description="A type, relation or profile that a pack brings.")
class PackPartShown:
    """A part, as the API shows it."""

    entry: strawberry.Private[Mapping[str, Any]]
    name: str = strawberry.field(description="Its name; of a profile that of its type.")
    extends: bool = strawberry.field(description="Whether it adds to what another pack brings.")

    @strawberry.field(description="Its name for people.")
    def label(self, language: Language = "en") -> str:
        return _text(self.entry.get("labels"), language) or self.name

    @strawberry.field(description="The name of a type's icon.")
    def icon(self) -> str:
        return str(self.entry.get("icon", ""))

    @strawberry.field(description="A type's colour, as #rrggbb.")
    def color(self) -> str:
        return str(self.entry.get("color", ""))


@strawberry.type(name="ModelPack", description="A pack: types, relations and profiles of one trade.")
class PackShown:
    """A pack, as the API shows it."""

    about: strawberry.Private[Mapping[str, Any]]
    name: str = strawberry.field(description="Its name.")
    version: str = strawberry.field(description="Its version; empty for what is in the model only.")
    installed: bool = strawberry.field(description="Whether anything in the model came with it.")
    bundled: bool = strawberry.field(description="Whether it comes with XRM.")
    requires: list[str] = strawberry.field(description="The packs it needs; they are installed with it.")
    types: list[PackPartShown] = strawberry.field(description="The types it brings.")
    relations: list[PackPartShown] = strawberry.field(description="The relations it brings.")
    profiles: list[PackPartShown] = strawberry.field(description="The profiles it brings.")

    @strawberry.field(description="Its name for people.")
    def label(self, language: Language = "en") -> str:
        return _text(self.about.get("labels"), language) or self.name

    @strawberry.field(description="What it is for.")
    def description(self, language: Language = "en") -> str:
        return _text(self.about.get("description"), language)


@strawberry.type(name="PackConflict", description="Something that a pack and the model give differently.")
class PackConflictShown:
    """A conflict, as the API shows it."""

    path: list[str] = strawberry.field(description="What it is about, by names.")
    sentence: str = strawberry.field(description="What differs, for people.")
    details: JSON | None = strawberry.field(description="The facts of the sentence, for programs.")
    present: JSON | None = strawberry.field(description="What the model says.")
    wanted: JSON | None = strawberry.field(description="What the pack says.")


@strawberry.input(description="Packs to install.")
class InstallPackInput:
    """Which, and how."""

    names: list[str] | None = strawberry.field(default=None, description="Packs that come with XRM.")
    archive: str | None = strawberry.field(
        default=None, description="A pack of one's own instead: a .zip with its pack.yaml, in base64."
    )
    on_conflict: OnConflict = strawberry.field(
        default=OnConflict.REFUSE, description="What to do where the model says something else."
    )
    dry_run: bool = strawberry.field(default=False, description="Only tell what would be done; nothing is changed.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.type(description="What an install did, or would do.")
class InstallPackPayload:
    """The packs, the plan, the conflicts, what stands in the way."""

    packs: list[str] = strawberry.field(description="The packs, with those they require, in the order they go in.")
    plan: PlanShown | None = strawberry.field(description="What it does to the model; null where nothing is to change.")
    conflicts: list[PackConflictShown] = strawberry.field(
        description="Where the model says something else; settled as was asked."
    )
    version: int = strawberry.field(description="The version of the model in force now.")
    errors: list[ProblemShown] = strawberry.field(description="What stands in the way; nothing was changed then.")
    client_mutation_id: str | None = strawberry.field(description="As it came in the input.")


@strawberry.type(name="PackFile", description="One file of a pack.")
class PackFileShown:
    """A file, as the API shows it."""

    path: str = strawberry.field(description="Where it lies in the pack.")
    text: str = strawberry.field(description="What it says, as YAML.")


@strawberry.type(description="The model, or a part of it, as a pack that can be installed elsewhere.")
class ExportedPack:
    """The files, alone and as an archive."""

    name: str = strawberry.field(description="The pack's name.")
    files: list[PackFileShown] = strawberry.field(description="Its files.")
    archive: str = strawberry.field(description="All of them as a .zip, in base64.")


async def packs(info: FixedInfo) -> list[PackShown]:
    """The packs that come with XRM and those that the model holds, by name."""
    context = info.context
    administrators_only(context, FORBIDDEN)
    return await asyncio.to_thread(_listed, context.registry.model)


def _listed(model: Metamodel) -> list[PackShown]:
    installed, known = present(model), bundled()
    shown = []
    for name in sorted({*known, *installed}):
        pack = read_pack(known[name])[0] if name in known else None
        document = pack.document if pack else _of_model(model, name)
        about = pack.about if pack else {}
        shown.append(_pack(name, about, document, pack, installed=name in installed))
    return shown


def _of_model(model: Metamodel, name: str) -> Mapping[str, list[Mapping[str, Any]]]:
    """What the model holds of a pack that does not come with XRM."""
    return {
        "types": _named(model.types.values(), name),
        "relations": _named(model.relations.values(), name),
        "profiles": [{"type": each.type} for each in model.profiles.values() if each.pack == name],
    }


def _named(parts: Iterable[EntityType | RelationType], pack: str) -> list[Mapping[str, Any]]:
    return [{"name": each.name, "labels": plain(each.labels)} for each in parts if each.pack == pack]


def _pack(
    name: str,
    about: Mapping[str, Any],
    document: Mapping[str, list[Mapping[str, Any]]],
    pack: Pack | None,
    *,
    installed: bool,
) -> PackShown:
    return PackShown(
        about=about,
        name=name,
        version=pack.version if pack else "",
        installed=installed,
        bundled=pack is not None,
        requires=list(pack.requires) if pack else [],
        types=[_part(each) for each in document["types"]],
        relations=[_part(each) for each in document["relations"]],
        profiles=[_part(each) for each in document["profiles"]],
    )


def _part(entry: Mapping[str, Any]) -> PackPartShown:
    name = entry.get("name") or entry.get("type") or entry.get("extends")
    return PackPartShown(entry=entry, name=str(name), extends="extends" in entry)


def _text(texts: object, language: str) -> str:
    """A text of a pack's file: plain by language, or by plural form."""
    if not isinstance(texts, Mapping):
        return ""
    for wanted in (language, language.partition("-")[0], "en", *texts):
        found = texts.get(wanted)
        text = (found.get("other") or next(iter(found.values()), "")) if isinstance(found, Mapping) else found
        if text:
            return str(text)
    return ""


async def install_pack(
    info: FixedInfo,
    input: Annotated[InstallPackInput, strawberry.argument(description="Which packs, and how.")],  # noqa: A002 - the argument's name in the API
) -> InstallPackPayload:
    """Put packs into the model in one change, or tell what that would do. What the caller can mend is in the payload."""
    context = info.context
    done, problems = Installation((), None), tuple[Problem, ...]()
    try:
        done = await _installed(context, input)
    except Rejected as error:
        problems = error.problems
    except ModelChanged as error:
        problems = (Problem(error.code, error.message),)
    if done.plan is not None and done.plan.problems:
        problems = done.plan.problems
    return InstallPackPayload(
        packs=list(done.packs),
        plan=None if done.plan is None else shown_plan(done.plan),
        conflicts=[_conflict(each) for each in done.conflicts],
        version=context.registry.model.version,
        errors=shown_problems(problems),
        client_mutation_id=input.client_mutation_id,
    )


async def _installed(context: Context, given: InstallPackInput) -> Installation:
    administrators_only(context, FORBIDDEN)
    wanted = await asyncio.to_thread(_gathered, given, present(context.registry.model))
    if given.dry_run:
        return await planned(context.registry, context.actor, wanted, on_conflict=given.on_conflict)
    return await install(context.registry, context.actor, wanted, on_conflict=given.on_conflict)


def _gathered(given: InstallPackInput, installed: Iterable[str]) -> tuple[Pack, ...]:
    if (given.archive is None) == (not given.names):
        raise Rejected(
            [told("one_of", "Name packs that come with XRM, or hand in an archive, one of the two.", ("names",))]
        )
    unknown = [name for name in given.names or () if name not in bundled()]
    if unknown:
        sentence, known = "There is no pack {name}. With XRM come {known}.", ", ".join(bundled())
        raise Rejected(
            [told("unknown_pack", sentence, ("names",), name=repr(name[:80]), known=known) for name in unknown]
        )
    with tempfile.TemporaryDirectory() as folder:
        places: list[str | Path] = list(given.names or ())
        if given.archive is not None:
            place = Path(folder) / "pack.zip"
            place.write_bytes(_decoded(given.archive))
            places.append(place)
        found, problems = gather(places, frozenset(installed))
    if problems:
        raise Rejected(problems)
    return found


def _decoded(text: str) -> bytes:
    try:
        archive = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Rejected(
            [told("bad_archive", "The archive is not base64; send the .zip so encoded.", ("archive",))]
        ) from error
    if len(archive) > LARGEST:
        raise Rejected(
            [
                told(
                    "too_large",
                    "An archive has at most {mib} MiB; split the pack.",
                    ("archive",),
                    case="archive",
                    mib=LARGEST >> 20,
                )
            ]
        )
    return archive


def _conflict(conflict: Conflict) -> PackConflictShown:
    return PackConflictShown(
        path=list(conflict.path),
        sentence=conflict.sentence,
        details=plain(conflict.facts),
        present=_as_data(conflict.present),
        wanted=_as_data(conflict.wanted),
    )


def _as_data(value: object) -> JSON | None:
    if value is None or isinstance(value, str | int | float | bool | Mapping | tuple | list):
        return None if value is None else plain(value)
    return JSON(str(value))


async def exported_pack(
    info: FixedInfo,
    name: Annotated[str, strawberry.argument(description="Which pack of the model.")] = OWN,
) -> ExportedPack | None:
    """A pack of the model as files; null where nothing in the model belongs to it."""
    context = info.context
    administrators_only(context, FORBIDDEN)
    try:
        files = await asyncio.to_thread(export, context.registry.model, name)
    except NotFound:
        return None
    archive = base64.b64encode(_zipped(files)).decode()
    return ExportedPack(
        name=name, files=[PackFileShown(path=path, text=text) for path, text in files.items()], archive=archive
    )


def _zipped(files: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return packed.getvalue()
