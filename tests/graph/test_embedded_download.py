"""Neo4j's jars: fetched in parallel, resumed, verified, and refused with a cure; from a repository on loopback."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph.embedded import download
from graph.embedded.download import ensure_jars
from graph.embedded.errors import DiskFull, JarsDiffer, JarsUnreachable
from graph.embedded.file_lock import FileLock
from graph.embedded.jars import NEO4J_VERSION, Jar, read_lock
from graph.embedded.repository import address

CONTENTS = {name: (name.encode() * 50_000)[:150_000] for name in ("one", "two", "three")}


def silent(text: str, done: float | None) -> None:
    """Progress that nobody watches."""


def jar(name: str) -> Jar:
    content = CONTENTS[name]
    return Jar("org.example", name, "1.0", "", len(content), hashlib.sha256(content).hexdigest())


ALL = tuple(jar(name) for name in CONTENTS)
ONE = (jar("one"),)


@dataclass
class Repository:
    """What the loopback repository serves and what it was asked for."""

    contents: dict[str, bytes] = field(default_factory=lambda: {jar(name).path: CONTENTS[name] for name in CONTENTS})
    hang_up_after: int | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    together: threading.Barrier | None = None
    url: str = ""


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    monkeypatch.setattr(download, "PAUSES_S", (0.0, 0.0))
    served = Repository()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            span = self.headers.get("Range", "")
            served.asked.append((self.path[1:], span))
            if served.together is not None:
                served.together.wait(30)
            content = served.contents.get(self.path[1:])
            if content is None:
                self.send_error(404)
                return
            begin = int(span.removeprefix("bytes=").removesuffix("-")) if span else 0
            self.send_response(206 if span else 200)
            self.send_header("Content-Length", str(len(content) - begin))
            self.end_headers()
            hang_up_after, served.hang_up_after = served.hang_up_after, None
            self.wfile.write(content[begin : None if hang_up_after is None else begin + hang_up_after])

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield served
        server.shutdown()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".lock"}


WHOLE = {each.name: CONTENTS[each.artifact] for each in ALL}


def test_jars_come_side_by_side_and_only_once(tmp_path: Path, repository: Repository) -> None:
    repository.together = threading.Barrier(len(ALL))
    told: list[float | None] = []

    folder = ensure_jars(tmp_path, progress=lambda text, done: told.append(done), maven=repository.url, jars=ALL)
    repository.together = None
    again = ensure_jars(tmp_path, progress=silent, maven=repository.url, jars=ALL)

    assert folder == again == tmp_path / f"neo4j-{NEO4J_VERSION}"
    assert contents(folder) == WHOLE
    assert sorted(repository.asked) == sorted((each.path, "") for each in ALL)
    assert told[-1] == 1.0


def test_who_waits_for_another_process_is_told_how_far_that_is(tmp_path: Path, repository: Repository) -> None:
    folder = tmp_path / f"neo4j-{NEO4J_VERSION}"
    folder.mkdir()
    (folder / f"{ONE[0].name}.part").write_bytes(CONTENTS["one"][: ONE[0].size_bytes // 2])
    other, told = FileLock(folder / ".lock"), list[tuple[str, float | None]]()
    assert other.take()

    def tell(text: str, done: float | None) -> None:
        told.append((text, done))
        other.release()

    ensure_jars(tmp_path, progress=tell, maven=repository.url, jars=ONE)

    text, done = told[0]
    assert text.startswith("Waiting for Neo4j")
    assert done == pytest.approx(0.5, abs=0.01)
    assert contents(folder) == {ONE[0].name: CONTENTS["one"]}


def test_a_broken_connection_is_taken_up_where_it_ended(tmp_path: Path, repository: Repository) -> None:
    repository.hang_up_after = 70_000

    folder = ensure_jars(tmp_path, progress=silent, maven=repository.url, jars=ONE)

    assert contents(folder) == {ONE[0].name: CONTENTS["one"]}
    assert repository.asked == [(ONE[0].path, ""), (ONE[0].path, "bytes=70000-")]


def test_a_start_that_was_killed_is_gone_on_with(tmp_path: Path, repository: Repository) -> None:
    folder = tmp_path / f"neo4j-{NEO4J_VERSION}"
    folder.mkdir()
    (folder / f"{ONE[0].name}.part").write_bytes(CONTENTS["one"][:100_000])

    ensure_jars(tmp_path, progress=silent, maven=repository.url, jars=ONE)

    assert contents(folder) == {ONE[0].name: CONTENTS["one"]}
    assert repository.asked == [(ONE[0].path, "bytes=100000-")]


def test_a_damaged_beginning_is_thrown_away_and_fetched_anew(tmp_path: Path, repository: Repository) -> None:
    folder = tmp_path / f"neo4j-{NEO4J_VERSION}"
    folder.mkdir()
    (folder / f"{ONE[0].name}.part").write_bytes(b"x" * 100_000)

    ensure_jars(tmp_path, progress=silent, maven=repository.url, jars=ONE)

    assert contents(folder) == {ONE[0].name: CONTENTS["one"]}
    assert repository.asked == [(ONE[0].path, "bytes=100000-"), (ONE[0].path, "")]


def test_an_altered_jar_is_refused_and_not_kept(tmp_path: Path, repository: Repository) -> None:
    repository.contents[ONE[0].path] = CONTENTS["one"][:-1] + b"!"

    with pytest.raises(JarsDiffer, match=r"one-1\.0\.jar .*XRM_MAVEN_REPOSITORY"):
        ensure_jars(tmp_path, progress=silent, maven=repository.url, jars=ONE)

    assert contents(tmp_path / f"neo4j-{NEO4J_VERSION}") == {}


def test_a_jar_that_was_altered_in_the_cache_is_fetched_again(tmp_path: Path, repository: Repository) -> None:
    folder = ensure_jars(tmp_path, progress=silent, maven=repository.url, jars=ALL)
    (folder / ALL[1].name).write_bytes(b"!" * ALL[1].size_bytes)
    repository.asked.clear()

    ensure_jars(tmp_path, progress=silent, maven=repository.url, jars=ALL)

    assert contents(folder) == WHOLE
    assert repository.asked == [(ALL[1].path, "")]


def test_a_missing_jar_is_asked_for_once_and_the_others_are_kept(tmp_path: Path, repository: Repository) -> None:
    del repository.contents[ALL[2].path]

    with pytest.raises(JarsUnreachable, match=r"three-1\.0\.jar: Not Found.*XRM_MAVEN_REPOSITORY"):
        ensure_jars(tmp_path, progress=silent, maven=repository.url, jars=ALL[2:])
    repository.contents[ALL[2].path] = CONTENTS["three"]
    asked = list(repository.asked)
    folder = ensure_jars(tmp_path, progress=silent, maven=repository.url, jars=ALL)

    assert asked == [(ALL[2].path, "")]
    assert contents(folder) == WHOLE


def test_an_unreachable_repository_is_named_with_the_cure(tmp_path: Path, repository: Repository) -> None:
    nobody = "http://127.0.0.1:9"

    with pytest.raises(JarsUnreachable, match=r"127\.0\.0\.1:9/.*Connection refused.*XRM_MAVEN_REPOSITORY.*goes on"):
        ensure_jars(tmp_path, progress=silent, maven=nobody, jars=ONE)


def test_a_full_disk_is_named_with_the_cure(tmp_path: Path, repository: Repository) -> None:
    folder = tmp_path / f"neo4j-{NEO4J_VERSION}"
    folder.mkdir()
    (folder / f"{ONE[0].name}.part").symlink_to("/dev/full")

    with pytest.raises(DiskFull, match=r"disk is full.*XRM_CACHE"):
        ensure_jars(tmp_path, progress=silent, maven=repository.url, jars=ONE)


def test_two_starts_at_once_fetch_every_jar_once(tmp_path: Path, repository: Repository) -> None:
    def fetch(_: int) -> Path:
        return ensure_jars(tmp_path, progress=silent, maven=repository.url, jars=ALL)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(fetch, range(2))

    assert first == second
    assert contents(first) == WHOLE
    assert sorted(repository.asked) == sorted((each.path, "") for each in ALL)


def test_the_committed_lock_names_every_jar_once_and_no_host() -> None:
    jars = read_lock()

    assert len({each.name for each in jars}) == len(jars) > 200
    assert all(len(each.sha256) == 64 and each.size_bytes > 0 for each in jars)
    assert any((each.artifact, each.version) == ("neo4j", NEO4J_VERSION) for each in jars)
    assert all("/" not in each.group and ":" not in each.path for each in jars)


@pytest.mark.parametrize(
    ("mirror_of", "expected"),
    [
        ("central", "http://127.0.0.1/mirror"),
        ("*", "http://127.0.0.1/mirror"),
        ("external:*", "http://127.0.0.1/mirror"),
        ("*,!central", None),
        ("other", None),
    ],
)
def test_the_mirror_of_the_users_maven_settings_is_respected(
    tmp_path: Path, mirror_of: str, expected: str | None
) -> None:
    settings = tmp_path / "settings.xml"
    settings.write_text(
        "<settings><mirrors><mirror><id>m</id>"
        f"<mirrorOf>{mirror_of}</mirrorOf><url>http://127.0.0.1/mirror/</url></mirror></mirrors></settings>",
        encoding="utf-8",
    )

    assert (address(settings=settings) == "http://127.0.0.1/mirror") is (expected is not None)
    assert address("http://127.0.0.1/chosen", settings=settings) == "http://127.0.0.1/chosen"
