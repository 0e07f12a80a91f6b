"""`xrm pack list, install, check, export`: types, relations and profiles that come as folders of YAML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from graph.registry import Registry
from models.actor import SYSTEM
from models.errors import Problem, Rejected
from models.metamodel import Metamodel
from packs.exporting import Files, export, export_all
from packs.installing import Installation, OnConflict, install, present
from packs.patching import check as check_together
from packs.reading import PARTS, Pack, bundled, read_pack
from packs.requirements import gather
from xrm.cli import console
from xrm.cli.opened import on_registry

group = typer.Typer(help="Packs: types, relations and profiles as folders of YAML.", no_args_is_help=True)
Given = Annotated[
    list[str], typer.Argument(help="Names of packs that come with XRM, or paths of folders and .zip files.")
]


def add_to(app: typer.Typer) -> None:
    """Hang the group into the application."""
    app.add_typer(group, name="pack")


@group.command("list")
def list_packs(json: console.Json = False) -> None:
    """List the packs that come with XRM and those that the model holds.

    Examples:

        xrm pack list

        xrm pack list --json
    """
    model = on_registry(_model)
    installed = present(model)
    packs = {name: read_pack(folder)[0] for name, folder in bundled().items()}
    rows = [
        {
            "name": name,
            "version": pack.version if (pack := packs.get(name)) else "",
            "installed": name in installed,
            "description": pack.about.get("description", {}).get("en", "") if pack else "",
        }
        for name in sorted({*packs, *installed})
    ]
    if json:
        console.write_json(rows)
        return
    shown = [(row["name"], row["version"], "installed" if row["installed"] else "", row["description"]) for row in rows]
    console.table(("pack", "version", "", "what it is"), shown)


@group.command("install")
def install_packs(
    packs: Given,
    keep: Annotated[bool, typer.Option("--keep", help="Where the model was changed, keep it as it is.")] = False,
    take: Annotated[bool, typer.Option("--take", help="Where the model was changed, take what the pack says.")] = False,
    json: console.Json = False,
) -> None:
    """Put packs, and what they require, into the model in one change; installing again changes nothing.

    Where the model says something else than a pack, nothing is done until --keep or --take is given.

    Examples:

        xrm pack install crm

        xrm pack install ./our-trade.zip --keep
    """
    if keep and take:
        raise Rejected([Problem("keep_and_take", "Give either --keep or --take.")])
    chosen = OnConflict.KEEP if keep else OnConflict.TAKE if take else OnConflict.REFUSE

    async def work(registry: Registry) -> tuple[Installation, int]:
        gathered = _gathered(packs, present(registry.model))
        return await install(registry, SYSTEM, gathered, on_conflict=chosen), registry.model.version

    done, version = on_registry(work)
    changes = [planned.sentence for planned in done.plan.changes] if done.plan else []
    settled = [conflict.sentence for conflict in done.conflicts]
    result = {"packs": done.packs, "version": version, "changes": changes, "conflicts": settled}
    console.show(result, json=json, text=_told(done, chosen, version))


@group.command()
def check(path: Given, json: console.Json = False) -> None:
    """Tell everything that is wrong with packs, with file, line and cure; needs no database.

    Examples:

        xrm pack check ./our-trade

        xrm pack check crm trade
    """
    packs = _gathered(path)
    problems = check_together(packs)
    if problems:
        raise Rejected(problems)
    names = [pack.name for pack in packs]
    counts = {part: sum(len(pack.document[part]) for pack in packs) for part in PARTS}
    told = f"Sound: {', '.join(names)} ({', '.join(f'{number} {part}' for part, number in counts.items())})."
    console.show({"packs": names, **counts}, json=json, text=told)


@group.command("export")
def export_packs(
    folder: Annotated[Path, typer.Argument(help="Where a folder for each pack is made.")],
    name: Annotated[str, typer.Option("--name", help="Only the pack of this name.")] = "",
    all: Annotated[bool, typer.Option("--all", help="Every pack, and what came with none.")] = False,
    json: console.Json = False,
) -> None:
    """Write the model as packs that, installed together, give the same model.

    Examples:

        xrm pack export ./model --all

        xrm pack export ./model --name crm
    """
    if bool(name) == all:
        raise Rejected([Problem("which", "Say which: --name NAME, or --all.")])
    model = on_registry(_model)
    written = {name: export(model, name)} if name else dict(export_all(model))
    taken = [folder / each for each in written if (folder / each).exists()]
    if taken:
        cure = "Name another folder, or take these away first."
        raise Rejected([Problem("exists", f"{place} exists already. {cure}", (str(place),)) for place in taken])
    _write(folder, written)
    result = {"folder": str(folder), "packs": {each: len(files) for each, files in written.items()}}
    console.show(result, json=json, text=f"Written to {folder}: {', '.join(written)}.")


async def _model(registry: Registry) -> Metamodel:
    return registry.model


def _gathered(given: list[str], installed: frozenset[str] = frozenset()) -> tuple[Pack, ...]:
    packs, problems = gather(given, installed)
    if problems:
        raise Rejected(problems)
    return packs


def _told(done: Installation, chosen: OnConflict, version: int) -> str:
    names = ", ".join(done.packs)
    if done.plan is None:
        told = f"{names}: in the model already (version {version}); nothing to change."
    else:
        told = f"Installed {names}: {len(done.plan.changes)} changes; the model is at version {version}."
    kept = "yours kept" if chosen is OnConflict.KEEP else "the pack's taken"
    return "\n".join([told, *(f"  {kept}: {conflict.sentence}" for conflict in done.conflicts)])


def _write(folder: Path, packs: Mapping[str, Files]) -> None:
    for name, files in packs.items():
        for file, text in files.items():
            place = folder / name / file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
