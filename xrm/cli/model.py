"""`xrm model show, plan, apply`: the run-time model as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from graph.model_plan import ModelPlan
from graph.registry import Registry
from models.actor import SYSTEM
from models.definitions import ModelPatch, patch_from_plain, to_plain
from models.errors import Problem, Rejected
from models.metamodel import Metamodel
from packs.checking import check
from packs.document import LONGEST, Document, parse
from packs.exporting import text as yaml_text
from packs.reading import located
from xrm.cli import console
from xrm.cli.opened import on_registry

SHOWN_BREAKS = 10
group = typer.Typer(help="The run-time model as a file.", no_args_is_help=True)
File = Annotated[
    Path, typer.Argument(help="YAML: a whole model as `xrm model show` writes it, or what to add, change and drop.")
]


def add_to(app: typer.Typer) -> None:
    """Hang the group into the application."""
    app.add_typer(group, name="model")


@group.command()
def show(json: console.Json = False) -> None:
    """Write the model in force as YAML; `xrm model apply` reads it back.

    Examples:

        xrm model show > model.yaml

        xrm model show --json
    """
    model = on_registry(_model)
    plain = {"version": model.version, **to_plain(model)}
    console.show(plain, json=json, text=yaml_text(plain).rstrip())


@group.command()
def plan(file: File, json: console.Json = False) -> None:
    """Tell what a file would do to the model and to how many records and links; changes nothing.

    Examples:

        xrm model plan model.yaml
    """
    document, patch = _read(file)
    planned = on_registry(lambda registry: registry.plan(SYSTEM, patch))
    if planned.problems:
        raise Rejected(located(problem, file.name, document, problem.path) for problem in planned.problems)
    console.show(_plain(planned), json=json, text=_told(planned, "would be"))


@group.command()
def apply(
    file: File,
    reason: Annotated[str, typer.Option(help="Why; kept with the new version.")] = "",
    json: console.Json = False,
) -> None:
    """Make a file part of the model, as one change. A file that says what is so already changes nothing.

    Examples:

        xrm model apply model.yaml --reason "fields for the new tax form"
    """
    document, patch = _read(file)

    async def work(registry: Registry) -> ModelPlan:
        try:
            return await registry.apply(SYSTEM, patch, reason=reason or f"xrm model apply {file.name}")
        except Rejected as rejected:
            raise Rejected(located(each, file.name, document, each.path) for each in rejected.problems) from rejected

    applied = on_registry(work)
    console.show(_plain(applied), json=json, text=_told(applied, "is"))


async def _model(registry: Registry) -> Metamodel:
    return registry.model


def _read(file: Path) -> tuple[Document, ModelPatch]:
    """The file as a patch. Raises Rejected with everything wrong with it, by line."""
    document, faults = parse(_text(file))
    if document is None:
        raise Rejected(Problem(one.code, f"{file.name}:{one.line}: {one.message}", (file.name,)) for one in faults)
    problems = check("model", document.data)
    if not problems:
        described = {name: part for name, part in document.data.items() if name != "version"}
        patch, problems = patch_from_plain(described)
        if not problems:
            return document, patch
    raise Rejected(located(problem, file.name, document, problem.path) for problem in problems)


def _text(file: Path) -> str:
    try:
        with file.open(encoding="utf-8") as opened:
            return opened.read(LONGEST + 1)
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} cannot be read ({error}). Name a YAML file in UTF-8."
        raise Rejected([Problem("unreadable", message, (file.name,))]) from error


def _plain(planned: ModelPlan) -> dict[str, Any]:
    changes = [
        {
            "path": list(each.change.path),
            "effect": each.change.effect.value,
            "message": each.change.sentence,
            "records": each.records,
            "links": each.links,
        }
        for each in planned.changes
    ]
    breaks = [{"code": each.code, "message": each.sentence} for each in planned.breaks]
    return {"from": planned.before.version, "to": planned.after.version, "changes": changes, "breaks": breaks}


def _told(planned: ModelPlan, verb: str) -> str:
    if not planned.changes:
        return f"Nothing to change; the model stays at version {planned.before.version}."
    lines = [f"{each.change.effect.value:9} {each.sentence}" for each in planned.changes]
    return "\n".join([*lines, *_broken(planned), f"The model {verb} at version {planned.after.version}."])


def _broken(planned: ModelPlan) -> list[str]:
    """What breaks for clients of the API: the first of it, for people."""
    lines = [f"{'breaks':9} {each.sentence}" for each in planned.breaks[:SHOWN_BREAKS]]
    left = len(planned.breaks) - len(lines)
    return [*lines, f"{'breaks':9} … and {left:,} more; --json lists them."] if left else lines
