"""Packs read from folders and archives: checked against the schema, every problem with its file, line and cure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path as File
from pathlib import PurePosixPath
from typing import Any

from models.errors import Problem
from packs import checking, folders
from packs.document import Document, Fault, Path, parse

ABOUT = "pack.yaml"
# folder and key of the document -> part of the schema
PARTS = {"types": "anyType", "relations": "anyRelation", "profiles": "anyProfile"}
HERE = File(__file__).parent


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a pack, read."""

    name: str
    document: Document


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as data: `document` is what `models.definitions` takes, `sources` the files its parts came from."""

    name: str
    version: str
    requires: tuple[str, ...]
    about: Mapping[str, Any]
    document: Mapping[str, list[Mapping[str, Any]]]
    sources: Mapping[tuple[str, int], Source]

    def located(self, problem: Problem) -> Problem:
        """A problem of the document, `types / 3 / fields / 0`, as one of the file and line it is written in."""
        source = self.sources.get((str(problem.path[0]), int(problem.path[1]))) if _in_a_file(problem.path) else None
        if source is None:
            return replace(problem, message=f"{self.name}: {problem.message}", path=(self.name, *problem.path))
        return located(problem, f"{self.name}/{source.name}", source.document, problem.path[2:])


def located(problem: Problem, name: str, document: Document, path: Path) -> Problem:
    """The problem with the file and line in front of its message, and the file in front of its path."""
    return Problem(
        problem.code,
        f"{name}:{document.line(path)}: {problem.message}",
        (name, *path),
        {**problem.details, "file": f"{name}:{document.line(path)}"},
    )


def bundled() -> dict[str, File]:
    """The folders of the packs that come with XRM, by name."""
    return {folder.parent.name: folder.parent for folder in sorted(HERE.glob(f"*/{ABOUT}"))}


def read_pack(path: File) -> tuple[Pack | None, list[Problem]]:
    """The pack in a folder or .zip; None with every problem found in its files.

    Looks at each file on its own: what the definitions mean together is checked by `packs.installing`.
    """
    texts, problems = folders.texts(path)
    problems = [replace(problem, path=(path.name, *problem.path)) for problem in problems]
    if not problems and ABOUT not in texts:
        problems = [
            Problem(
                "no_pack",
                f"{path} holds no {ABOUT}; that file says what the pack is called.",
                (path.name,),
                {"name": path.name, "about": ABOUT},
            )
        ]
    documents: dict[str, Document] = {}
    for name, text in texts.items():
        document, found = _read(path.name, name, text)
        problems += found
        if document is not None:
            documents[name] = document
    if problems:
        return None, problems
    return _assembled(documents), []


def _read(pack: str, name: str, text: str) -> tuple[Document | None, list[Problem]]:
    sort = _sort(name)
    place = f"{pack}/{name}"
    if sort is None:
        cure = (
            f"A pack holds {ABOUT}, types/*.yaml, relations/*.yaml and profiles/*.yaml; move this file or take it away."
        )
        return None, [Problem("unknown_file", f"{place}: {cure}", (place,), {"file": place, "about": ABOUT})]
    document, faults = parse(text)
    if document is None:
        return None, [
            Problem(fault.code, f"{place}:{fault.line}: {fault.message}", (place,), _facts(fault, place))
            for fault in faults
        ]
    found = sorted(checking.check(sort, document.data), key=lambda problem: document.line(problem.path))
    return document, [located(problem, place, document, problem.path) for problem in found]


def _facts(fault: Fault, place: str) -> Mapping[str, Any]:
    return {**fault.facts, "file": f"{place}:{fault.line}", "line": fault.line}


def _sort(name: str) -> str | None:
    """Which part of the schema a file answers to, by where it lies."""
    path = PurePosixPath(name)
    if name == ABOUT:
        return "pack"
    return PARTS.get(path.parts[0]) if len(path.parts) == 2 and path.suffix == ".yaml" else None


def _assembled(documents: Mapping[str, Document]) -> Pack:
    about = documents[ABOUT].data
    parts: dict[str, list[Mapping[str, Any]]] = {part: [] for part in PARTS}
    sources: dict[tuple[str, int], Source] = {}
    for name, document in documents.items():
        if name != ABOUT:
            part = PurePosixPath(name).parts[0]
            sources[part, len(parts[part])] = Source(name, document)
            parts[part].append(document.data)
    requires = tuple(about.get("requires", ()))
    return Pack(about["name"], about["version"], requires, about, parts, sources)


def _in_a_file(path: Path) -> bool:
    return len(path) >= 2 and path[0] in PARTS and isinstance(path[1], int)
