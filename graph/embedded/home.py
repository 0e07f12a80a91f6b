"""Where everything of the private Neo4j lies inside XRM_HOME, and what its owner has written down there."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Stage = Literal["starting", "ready", "stopping"]


@dataclass(frozen=True, slots=True)
class State:
    """What the running Neo4j says of itself; true only while its lock is held."""

    stage: Stage
    pid: int
    owner: int
    port: int = 0
    version: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """The folders and files of one private Neo4j."""

    root: Path

    @property
    def neo4j(self) -> Path:
        """Neo4j's own home: the store, its configuration, its empty import folder."""
        return self.root / "neo4j"

    @property
    def configuration(self) -> Path:
        """The configuration the launcher writes anew at every start."""
        return self.neo4j / "neo4j.conf"

    @property
    def logs(self) -> Path:
        """Every log of the server and of Neo4j."""
        return self.root / "logs"

    @property
    def log(self) -> Path:
        """What the Neo4j process wrote to its standard output and error."""
        return self.logs / "neo4j.log"

    @property
    def lock(self) -> Path:
        """Held by the Neo4j process for as long as it lives."""
        return self.root / "run" / "neo4j.lock"

    @property
    def state_file(self) -> Path:
        """Where `State` is kept."""
        return self.root / "run" / "neo4j.json"

    @property
    def password_file(self) -> Path:
        """The generated password, readable by its owner only."""
        return self.root / "secrets" / "neo4j-password"

    def create(self) -> None:
        """Make the folders, closed to other users of the machine."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (self.neo4j / "import", self.logs, self.lock.parent):
            folder.mkdir(parents=True, exist_ok=True)
        self.password_file.parent.mkdir(mode=0o700, exist_ok=True)

    def password(self) -> str:
        """The password, generated at the first call."""
        return read_secret(self.password_file)

    def write_state(self, state: State) -> None:
        """Replace the state in one step: a reader sees the old one or the new one."""
        draft = self.state_file.with_suffix(".tmp")
        draft.write_text(json.dumps(asdict(state)), encoding="utf-8")
        draft.replace(self.state_file)

    def read_state(self) -> State | None:
        """What was last written, or None; whether it still holds is the lock's to say."""
        try:
            return State(**json.loads(self.state_file.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None


def read_secret(path: Path) -> str:
    """The secret in the file, generated at the first call; the file is its owner's alone (mode 0600) from the start.

    Two processes that call this at once get the same secret.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        path.chmod(0o600)
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
