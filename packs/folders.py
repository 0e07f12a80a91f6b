"""The files of a pack, from a folder or a zip archive anywhere: texts only, bounded, never from outside of it."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from models.errors import Problem

MOST_FILES = 1_000
LONGEST_FILE = 1_000_000  # bytes
LONGEST_PACK = 16_000_000  # bytes of all files
REMARKS = frozenset({".md", ".txt"})  # files for people, left alone
Texts = dict[str, str]


class _Unfit(Exception):
    """What is at the path can be no pack at all."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(code, message)


def texts(path: Path) -> tuple[Texts, list[Problem]]:
    """Each file's text by its name inside the pack, `types/company.yaml`, and what is wrong with the files."""
    try:
        contents = _sorted(_files(path))
    except _Unfit as unfit:
        return {}, [unfit.problem]
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        return {}, [Problem("unreadable", f"{path} cannot be read ({error}). Check the file and who may read it.")]
    found: Texts = {}
    problems: list[Problem] = []
    for name, content in contents:
        try:
            found[name] = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            message = f"{name}:{line}: Not UTF-8; save the file as UTF-8 text."
            problems.append(Problem("not_utf8", message, (name,), {"file": f"{name}:{line}"}))
    return found, problems


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        return _folder(path)
    if zipfile.is_zipfile(path):
        return _archive(path)
    raise _Unfit("no_pack", f"{path} is neither a folder nor a .zip; name one that holds a pack.yaml.")


def _sorted(files: Iterator[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The files by name, counted and weighed as they come."""
    taken: list[tuple[str, bytes]] = []
    weight = 0
    for name, content in files:
        weight += len(content)
        if len(content) > LONGEST_FILE:
            raise _Unfit("too_large", f"{name} is larger than {LONGEST_FILE:,} bytes; a definition is far smaller.")
        if weight > LONGEST_PACK or len(taken) >= MOST_FILES:
            raise _Unfit("too_large", f"A pack has at most {MOST_FILES:,} files and {LONGEST_PACK:,} bytes; split it.")
        taken.append((name, content))
    return sorted(taken)


def _folder(path: Path) -> Iterator[tuple[str, bytes]]:
    for file in path.rglob("*"):
        name = file.relative_to(path).as_posix()
        if _for_people(name):
            continue
        if file.is_symlink():
            raise _Unfit("link", f"{name} is a link; put the file itself into the pack.")
        if not file.is_dir():
            with file.open("rb") as opened:
                yield name, opened.read(LONGEST_FILE + 1)


def _archive(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_FILES:
            raise _Unfit("too_large", f"{path} has more than {MOST_FILES:,} files; a pack has far fewer.")
        for entry in entries:
            _refuse_escape(entry)
        top = _common_top([entry.filename for entry in entries])
        names = [entry.filename.removeprefix(top) for entry in entries]
        if len(set(names)) < len(names):
            raise _Unfit("file_twice", f"{path} holds a file twice; pack it again.")
        for entry, name in zip(entries, names, strict=True):
            if not _for_people(name):
                with archive.open(entry) as opened:
                    yield name, opened.read(LONGEST_FILE + 1)  # the declared size is not believed


def _refuse_escape(entry: zipfile.ZipInfo) -> None:
    name = PurePosixPath(entry.filename)
    if name.is_absolute() or ".." in name.parts or "\\" in entry.filename or ":" in entry.filename:
        raise _Unfit("escape", f"{entry.filename[:80]!r} leads out of the archive; pack the folder again.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _Unfit("link", f"{entry.filename[:80]!r} is a link; put the file itself into the pack.")


def _common_top(names: list[str]) -> str:
    """`crm/` where the archive holds a single folder, the pack itself."""
    tops = {name.partition("/")[0] for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""


def _for_people(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix in REMARKS or path.name.startswith("LICENSE") or any(part.startswith(".") for part in path.parts)
