"""The doctor: every kind of trouble is found, named and given a cure; nothing is changed by looking."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.address import Address
from xrm import cli, doctor, ports, rooms
from xrm.cli import door
from xrm.doctor import Examination, Finding


def silent(text: str, done: float | None) -> None:
    """Progress that nobody watches."""


def examined(home: Path, **environment: str) -> Examination:
    return doctor.examine({"XRM_HOME": str(home), "XRM_CACHE": str(home), **environment}, progress=silent)


def finding(found: Examination, name: str) -> Finding:
    return next(each for each in found.findings if each.name == name)


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_a_sound_installation_is_well_and_looking_changes_nothing(tmp_path: Path, free_port: int) -> None:
    found = examined(tmp_path / "home", XRM_PORT=str(free_port))

    assert [each for each in found.findings if not each.well] == []
    assert finding(found, "rooms").seen == "all 9 belong to this installation"
    assert finding(found, "neo4j").seen == "the private one does not run; it starts with the server"
    assert not (tmp_path / "home").exists()


def test_a_neo4j_of_ones_own_is_asked_for_its_version(tmp_path: Path, clean_neo4j: Address) -> None:
    found = examined(
        tmp_path,
        NEO4J_URI=clean_neo4j.uri,
        NEO4J_USERNAME=clean_neo4j.username,
        NEO4J_PASSWORD=clean_neo4j.password,
    )

    assert finding(found, "neo4j") == Finding("neo4j", True, f"2026.09.0 community at {clean_neo4j.uri}")
    assert found.settings["NEO4J_PASSWORD"] == "********"


def test_a_refused_password_is_told_from_a_silent_neo4j(tmp_path: Path, clean_neo4j: Address) -> None:
    refused = examined(tmp_path, NEO4J_URI=clean_neo4j.uri, NEO4J_PASSWORD="wrong")

    assert "refuses the user name or password" in finding(refused, "neo4j").seen
    assert not refused.is_well


def test_a_busy_port_is_named_with_another_to_take(tmp_path: Path, busy_port: int) -> None:
    found = examined(tmp_path, XRM_PORT=str(busy_port))

    assert finding(found, "port").seen == (
        f"Port {busy_port} on 127.0.0.1 is in use by another program. Stop that program, or choose another port: "
        f"XRM_PORT={busy_port + 1}."
    )


def test_an_address_of_another_machine_cannot_be_listened_on() -> None:
    with pytest.raises(ports.PortUnusable, match=r"cannot listen on 192\.0\.2\.1 port 8000.*Set XRM_HOST"):
        ports.require_free("192.0.2.1", 8000)


def test_too_little_memory_and_a_home_that_is_a_file_are_found(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    found = examined(file, XRM_NEO4J_HEAP_MB="1000000")

    assert finding(found, "memory").cure.startswith("Lower XRM_NEO4J_HEAP_MB")
    assert finding(found, "home") == Finding(
        "home", False, f"{file} is no folder.", "Choose another folder with XRM_HOME."
    )


def test_bad_and_misspelt_settings_are_all_found(tmp_path: Path) -> None:
    found = examined(tmp_path, XRM_PORT="x", XRM_WORKERS="99", XRM_PROT="1")

    assert [each.seen.split()[0] for each in found.findings] == ["XRM_PORT", "XRM_WORKERS", "XRM_PROT"]
    assert not any(each.well for each in found.findings)


def test_every_room_belongs_to_this_distribution() -> None:
    assert rooms.strangers() == {}


def test_a_namesake_in_front_of_a_room_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dist = tmp_path / "gql-3.0.dist-info"
    dist.mkdir()
    (dist / "METADATA").write_text("Metadata-Version: 2.1\nName: gql\nVersion: 3.0\n", encoding="utf-8")
    (dist / "top_level.txt").write_text("gql\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    assert rooms.strangers() == {"gql": "the distribution gql"}


def test_the_command_exits_with_one_when_something_is_wrong(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XRM_HOME", str(tmp_path))
    monkeypatch.setenv("XRM_WORKERS", "none")

    code = door.run(cli.application(), ["doctor", "--json"])

    told = json.loads(capsys.readouterr().out)
    assert code == 1
    assert told["well"] is False
    assert told["findings"][0]["seen"] == "XRM_WORKERS is 'none' but must be a whole number from 1 to 64."
