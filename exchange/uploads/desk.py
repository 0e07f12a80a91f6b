"""Where uploads lie: one folder each in the home, with the files, what was found out about them, and their mapping."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, NoReturn

import orjson

from exchange.tables import Table
from exchange.uploads.looking import FileFacts, facts_of
from exchange.uploads.mending import Mended, mend
from exchange.uploads.names import safe_name
from models.errors import NotFound, Rejected, told
from models.ids import new_id

FOLDER = Path("imports") / "uploads"  # of the home
MOST_FILES = 50
KEPT = timedelta(days=30)
_UNSEEN = re.compile(r"\Amapping:\d+:\d+: ")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


@dataclass(frozen=True, slots=True)
class Upload:
    """Files that somebody has sent, and the mapping that was last kept for them."""

    id: str
    actor: str
    created_at: datetime
    folder: Path
    files: tuple[FileFacts, ...]
    mapping: Mapping[str, Any] | None

    @property
    def path(self) -> Path:
        """The folder of the files, as `xrm import` takes it."""
        return self.folder / "files"

    def file(self, name: str) -> FileFacts:
        """One of the files. Raises NotFound."""
        found = next((each for each in self.files if each.name == name), None)
        if found is None:
            raise NotFound(f"There is no file {name!r} in this upload; send it first.")
        return found

    def table(self, name: str) -> Table:
        """The table in one of the files. Raises NotFound."""
        return self.file(name).table(self.path)


@dataclass(frozen=True, slots=True)
class Desk:
    """Takes uploads in and finds them again; `most_bytes` is what the files of one may have together."""

    home: Path
    most_bytes: int

    def new(self, actor: str, *, now: datetime) -> str:
        """The id of a new upload."""
        id = new_id()
        folder = self._folder(id)
        for each in ("files", "facts"):
            (folder / each).mkdir(parents=True)
        _write(folder / "upload.json", {"actor": actor, "createdAt": now.isoformat()})
        return id

    def upload(self, id: str) -> Upload:
        """An upload by its id. Raises NotFound."""
        folder = self._folder(id)
        if not (folder / "upload.json").is_file():
            raise NotFound(f"There is no upload {id!r}; it may have been forgotten after {KEPT.days} days.")
        about, mapping = _read(folder / "upload.json"), folder / "mapping.json"
        files = [FileFacts.from_plain(_read(path)) for path in sorted((folder / "facts").glob("*.json"))]
        return Upload(
            id,
            about["actor"],
            datetime.fromisoformat(about["createdAt"]),
            folder,
            tuple(files),
            _read(mapping) if mapping.is_file() else None,
        )

    def begin(self, id: str, name: str) -> Arriving:
        """Open a file for the bytes that come. Raises NotFound, and Rejected for a name that is no table's."""
        upload = self.upload(id)
        kept = safe_name(name)
        others = [each for each in upload.files if each.name != kept]
        if len(others) >= MOST_FILES:
            raise Rejected([told("too_many_files", "An upload has at most {most} files.", (kept,), most=MOST_FILES)])
        left = self.most_bytes - sum(each.size for each in others)
        part = upload.path / f".{new_id()}.part"
        return Arriving(self, upload, kept, part, part.open("wb"), left)

    def look(self, id: str, name: str, *, encoding: str | None = None, delimiter: str | None = None) -> FileFacts:
        """Look at a file again, and keep what is found. Raises NotFound and Rejected."""
        upload = self.upload(id)
        known = upload.file(name)
        return self._looked(upload, known.name, encoding=encoding, delimiter=delimiter)

    def drop(self, id: str, name: str) -> None:
        """Take a file out of an upload. Raises NotFound."""
        upload = self.upload(id)
        file = upload.file(name)
        (upload.folder / "facts" / f"{file.name}.json").unlink(missing_ok=True)
        (upload.path / file.name).unlink(missing_ok=True)

    def keep_mapping(self, id: str, mapping: Mapping[str, Any]) -> None:
        """Keep a mapping with its files. Raises NotFound."""
        _write(self.upload(id).folder / "mapping.json", mapping)

    def mend(self, id: str, name: str, cells: Sequence[Mended]) -> int:
        """Put cells of a file right; how many rows were changed. Raises NotFound and Rejected."""
        upload = self.upload(id)
        file = upload.file(name)
        changed = mend(file.table(upload.path), cells)
        self._looked(upload, name, encoding=file.encoding, delimiter=file.delimiter)
        return changed

    def forget(self, id: str) -> None:
        """Throw an upload away. Raises NotFound."""
        shutil.rmtree(self.upload(id).folder, ignore_errors=True)

    def forget_old(self, *, now: datetime) -> None:
        """Throw away what has lain untouched for long."""
        for folder in (self.home / FOLDER).glob("*"):
            touched = max((path.stat().st_mtime for path in (folder, folder / "files") if path.exists()), default=0.0)
            if touched < (now - KEPT).timestamp():
                shutil.rmtree(folder, ignore_errors=True)

    def without_places(self, message: str) -> str:
        """What a problem says, without where on this machine its file lies, and without a place in a mapping never seen."""
        before, found, rest = _UNSEEN.sub("", message).partition(f"{self.home / FOLDER}/")
        return before + rest.split("/", 2)[-1] if found else before

    def settle(self, upload: Upload, name: str, part: Path) -> FileFacts:
        """Take over a file that has come whole. Raises Rejected for what is no table, and it is gone then."""
        (upload.path / name).unlink(missing_ok=True)
        part.rename(upload.path / name)
        try:
            return self._looked(upload, name)
        except Rejected:
            (upload.path / name).unlink(missing_ok=True)
            raise

    def _looked(
        self, upload: Upload, name: str, *, encoding: str | None = None, delimiter: str | None = None
    ) -> FileFacts:
        found = facts_of(upload.path / name, most_bytes=self.most_bytes, encoding=encoding, delimiter=delimiter)
        _write(upload.folder / "facts" / f"{name}.json", asdict(found))
        return found

    def _folder(self, id: str) -> Path:
        if not _ID.match(id):
            raise NotFound(f"{id[:60]!r} is no id of an upload.")
        return self.home / FOLDER / id


@dataclass(slots=True)
class Arriving:
    """A file whose bytes are coming in."""

    desk: Desk
    upload: Upload
    name: str
    part: Path
    file: IO[bytes]
    left: int

    def take(self, chunk: bytes) -> None:
        """Some more of it. Raises Rejected where it grows too large."""
        self.left -= len(chunk)
        if self.left < 0:
            self.refuse()
        self.file.write(chunk)

    def refuse(self) -> NoReturn:
        """It is too large. Raises Rejected."""
        most = self.desk.most_bytes
        sentence = "The files of one import have at most {bytes} bytes together; XRM_MAX_UPLOAD_BYTES sets that."
        raise Rejected([told("upload_too_large", sentence, (self.name,), bytes=f"{most:,}")])

    def settle(self) -> FileFacts:
        """It has come whole: what there is to tell of it. Raises Rejected for what is no table."""
        self.file.close()
        return self.desk.settle(self.upload, self.name, self.part)

    def give_up(self) -> None:
        """It has not come whole, or is not wanted."""
        self.file.close()
        self.part.unlink(missing_ok=True)


def _write(path: Path, plain: Mapping[str, Any]) -> None:
    part = path.with_name(f".{path.name}.{new_id()}.part")
    part.write_bytes(orjson.dumps(plain))
    part.replace(path)


def _read(path: Path) -> Any:
    return orjson.loads(path.read_bytes())
