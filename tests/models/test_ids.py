"""Ids: UUIDv7, rising within a process, told from everything else."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.ids import is_id, new_id


def test_ids_rise_and_never_meet() -> None:
    ids = [new_id() for _ in range(5_000)]

    assert ids == sorted(ids)
    assert len(set(ids)) == 5_000


def test_ids_rise_when_the_clock_goes_back() -> None:
    later = new_id()

    assert new_id(now_ms=1) > later


def test_ids_are_uuids_of_version_7() -> None:
    made = uuid.UUID(new_id())

    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_threads_get_different_ids() -> None:
    with ThreadPoolExecutor(8) as threads:
        ids = list(threads.map(lambda _: new_id(), range(4_000)))

    assert len(set(ids)) == 4_000


@pytest.mark.parametrize(
    "given",
    [
        "",
        "x",
        None,
        5,
        True,
        b"",
        [],
        str(uuid.uuid4()),
        new_id().upper(),
        new_id() + "\n",
        f" {new_id()}",
        new_id()[:-1],
        "0" * 10_000,
    ],
    ids=lambda given: type(given).__name__,
)
def test_what_is_no_id_is_told(given: object) -> None:
    assert is_id(new_id())
    assert not is_id(given)
