"""`xrm document add, list, forget`: the GraphQL documents that a server in trusted mode answers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from graph import documents
from graph.session import Database
from models.actor import SYSTEM
from models.documents import MOST_AT_ONCE, PersistedDocument, id_of
from models.errors import Problem, Rejected
from xrm.cli import console
from xrm.cli.opened import on_database

group = typer.Typer(help="Persisted GraphQL documents: add, list, forget.", no_args_is_help=True)
SUFFIXES = (".graphql", ".gql")


def add_to(app: typer.Typer) -> None:
    """Hang the group into the application."""
    app.add_typer(group, name="document")


@group.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders with *.graphql and *.gql files at any depth.")],
    json: console.Json = False,
) -> None:
    """Persist documents, each under the SHA-256 of its text, byte for byte. All of them, or none.

    Examples:

        xrm document add build/operations

        XRM_DOCUMENTS=trusted xrm serve
    """
    texts = _read([file for path in paths for file in _files(path)])
    new = on_database(lambda database: documents.persist(database, SYSTEM, texts, now=datetime.now(UTC)))
    found = [{"id": id_of(text), "name": name, "new": id_of(text) in new} for name, text in texts.items()]
    lines = [f"{one['id']}  {one['name']}{'' if one['new'] else ' (was there)'}" for one in found]
    console.show(found, json=json, text="\n".join(lines))


@group.command("list")
def list_documents(json: console.Json = False) -> None:
    """List the documents that are persisted.

    Examples:

        xrm document list
    """
    found = on_database(_all)
    plain = [
        {"id": one.id, "name": one.name, "by": one.by, "at": one.at.isoformat(), "text": one.text} for one in found
    ]
    console.show(plain, json=json, text="\n".join(f"{one.id}  {one.name}" for one in found) or "There are none.")


@group.command()
def forget(
    ids: Annotated[list[str], typer.Argument(help="The ids, as `xrm document list` prints them.")],
    json: console.Json = False,
) -> None:
    """Persist documents no longer; servers answer them five seconds more at most.

    Examples:

        xrm document forget sha256:7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e
    """
    gone = on_database(lambda database: documents.forget(database, ids))
    console.show({"forgotten": list(gone)}, json=json, text=f"{len(gone)} of {len(ids)} forgotten.")


async def _all(database: Database) -> list[PersistedDocument]:
    found: list[PersistedDocument] = []
    while page := await documents.listed(database, most=MOST_AT_ONCE, after=found[-1].id if found else ""):
        found += page
    return found


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
    if not found:
        message = f"{path} has no {' or '.join(f'*{suffix}' for suffix in SUFFIXES)} file. Name another folder."
        raise Rejected([Problem("empty_folder", message, (path.name,))])
    return found


def _read(files: list[Path]) -> dict[str, str]:
    """The texts by the names of their files, known to be GraphQL. Raises Rejected with everything wrong with them."""
    from gql.documents import check

    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            text = file.read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            message = f"{file} cannot be read ({error}). Name a GraphQL file in UTF-8."
            problems.append(Problem("unreadable", message, (str(file),)))
            continue
        problems += check(str(file), text)
        texts[str(file)] = text
    if problems:
        raise Rejected(problems)
    return texts
