"""Snapshots on disk: whole or not there, mapped by several processes, the old ones removed."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from snapshot_worlds import same

from analytics.snapshot import Snapshot, disk

NAME = f"{'a' * 32}-00000004"
NOW = datetime(2026, 11, 25, 12, 0, 30, tzinfo=UTC)
PEOPLE = [f"0193a6c5-8f00-7000-8000-{n:012x}" for n in range(20)]


def snapshot(*, seq: int = 3) -> Snapshot:
    links = [(PEOPLE[n], PEOPLE[n * 7 % 20], n / 4, None, NOW + timedelta(days=n)) for n in range(20)]
    made = Snapshot.of(
        {"Person": PEOPLE, "Nobody": []},
        {"WORKS_AT": links, "KNOWS": [(PEOPLE[0], PEOPLE[1])], "NEVER": []},
        symmetric=["KNOWS"],
        seq=seq,
        taken_at=NOW,
        model_version=4,
    )
    return replace(made, mark="the last", weight_fields={"WORKS_AT": "load"})


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_what_was_kept_is_read_back_as_it_was(tmp_path: Path) -> None:
    kept = snapshot()

    disk.save(kept, tmp_path, NAME)
    found = disk.read(tmp_path, NAME)

    assert found is not None
    same(found, kept)
    facts = (found.seq, found.mark, found.taken_at, found.model_version, dict(found.weight_fields))
    assert facts == (3, "the last", NOW, 4, {"WORKS_AT": "load"})
    assert found.graph().m == kept.graph().m
    assert not found.links["WORKS_AT"].target.flags.writeable


def test_nothing_is_found_where_nothing_was_kept(tmp_path: Path) -> None:
    assert disk.read(tmp_path / "none", NAME) is None
    disk.save(snapshot(), tmp_path, NAME)
    assert disk.read(tmp_path, "b" * 32) is None


def test_the_empty_graph_is_kept_too(tmp_path: Path) -> None:
    disk.save(Snapshot.of({}), tmp_path, NAME)

    found = disk.read(tmp_path, NAME)

    assert found is not None
    assert (found.n, found.m) == (0, 0)


@pytest.mark.parametrize("harm", ["cut", "flipped", "gone", "manifest", "manifest cut"])
def test_a_damaged_snapshot_is_passed_over_for_an_older_sound_one_or_none(tmp_path: Path, harm: str) -> None:
    disk.save(snapshot(), tmp_path, NAME)
    (place,) = (tmp_path / NAME).iterdir()
    file = place / ("snapshot.json" if harm.startswith("manifest") else "0.target.npy")
    whole = file.read_bytes()
    middle = len(whole) // 2
    if harm == "gone":
        file.unlink()
    elif harm in ("cut", "manifest cut"):
        file.write_bytes(whole[:middle])
    else:
        file.write_bytes(whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:])

    assert disk.read(tmp_path, NAME) is None
    disk.save(snapshot(seq=2), tmp_path, NAME)
    found = disk.read(tmp_path, NAME)
    assert found is not None
    assert found.seq == 2


def test_a_newer_snapshot_takes_the_place_of_the_older_which_its_readers_keep(tmp_path: Path) -> None:
    disk.save(snapshot(seq=3), tmp_path, NAME)
    older = disk.read(tmp_path, NAME)

    disk.save(snapshot(seq=4), tmp_path, NAME)

    newer = disk.read(tmp_path, NAME)
    assert older is not None
    assert newer is not None
    assert (older.seq, newer.seq) == (3, 4)
    assert older.links["WORKS_AT"].weight.sum() == newer.links["WORKS_AT"].weight.sum()
    assert len(list((tmp_path / NAME).iterdir())) == 1


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk.save(snapshot(seq=3), tmp_path, NAME)
    before = files(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "_write_text", full)
    with pytest.raises(OSError, match="No space left"):
        disk.save(snapshot(seq=4), tmp_path, NAME)

    assert files(tmp_path) == before


def test_snapshots_of_earlier_models_of_the_same_database_are_removed(tmp_path: Path) -> None:
    names = [disk.fingerprint(identity, version, "all", {}) for identity in "ab" for version in (9, 10)]
    for name in names[::-1]:
        disk.save(snapshot(), tmp_path, name)

    assert len(list(tmp_path.iterdir())) == 4
    disk.save(snapshot(seq=5), tmp_path, names[1])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[1:])


def test_what_a_killed_process_left_half_written_is_ignored_and_removed_in_time(tmp_path: Path) -> None:
    half = tmp_path / NAME / ".making-dead"
    half.mkdir(parents=True)
    (half / "ids.npy").write_bytes(b"half")
    assert disk.read(tmp_path, NAME) is None

    disk.save(snapshot(), tmp_path, NAME)
    assert half.is_dir()
    os.utime(half, (1, 1))
    forgotten = tmp_path / ("b" * 32)
    forgotten.mkdir()
    os.utime(forgotten, (1, 1))
    disk.save(snapshot(seq=4), tmp_path, NAME)

    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert not half.is_dir()


def test_other_processes_read_it_at_the_same_time(tmp_path: Path) -> None:
    kept = snapshot()
    disk.save(kept, tmp_path, NAME)
    mine = disk.read(tmp_path, NAME)
    text = f"""
from pathlib import Path
from analytics.snapshot import disk
print(disk.read(Path({str(tmp_path)!r}), {NAME!r}).graph().m)
"""

    others = [subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True) for _ in range(2)]

    assert [other.communicate()[0].strip() for other in others] == [str(kept.graph().m)] * 2
    assert mine is not None


def test_databases_models_rights_and_weights_have_folders_of_their_own() -> None:
    names = {
        disk.fingerprint("a", 1, "everything", {}),
        disk.fingerprint("b", 1, "everything", {}),
        disk.fingerprint("a", 2, "everything", {}),
        disk.fingerprint("a", 1, "some", {}),
        disk.fingerprint("a", 1, "everything", {"OWNS": "share"}),
    }

    assert len(names) == 5
    assert disk.fingerprint("a", 1, "everything", {}) == disk.fingerprint("a", 1, "everything", {})
