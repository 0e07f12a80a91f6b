"""The arrays: a graph of everybody with everybody, and what happened to a part of them; made once, mapped by every process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn.leavers import Leavers
from analytics.engines.features import Feature
from analytics.events import Events
from analytics.graph import Graph
from analytics.snapshot import Snapshot
from analytics.snapshot.links import LinkArrays
from analytics.snapshot.records import Records
from bench.algorithms import rmat
from models.profiles import Role, Signal

RECORDS, LINKS = 1_000_000, 10_000_000  # at scale 1
SUBJECTS = 0.3  # the part of the records to which things happen; the others are what happens
YEARS = 3
NOW = 20_000.0  # days since 1970
SEED = 7
SIGNALS = (
    Signal("orders", ("orders",), "Order", Role.BUSINESS, value="total"),
    Signal("calls", ("calls",), "Call", Role.CONTACT),
)


def make(folder: Path, records: int, links: int) -> None:
    """Write the arrays of so many records and links into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    graph = rmat(records, links)
    assert graph.weights is not None
    _save(folder, indptr=graph.indptr, indices=graph.indices, weights=graph.weights.astype(np.float32))
    _save(folder, **_happened(records, links))
    told = f"{graph.n:,} records, {graph.m:,} links; {links:,} events of {int(records * SUBJECTS):,} subjects"
    (folder / "made").write_text(told, encoding="utf-8")


@dataclass(frozen=True)
class World:
    """What lies in a folder."""

    folder: Path

    @cached_property
    def graph(self) -> Graph:
        """Everybody with everybody, directed, weighing 0.1–1."""
        return Graph(self._mapped("indptr"), self._mapped("indices"), self._mapped("weights"))

    @property
    def subjects(self) -> NDArray[np.int32]:
        """The numbers of those to which things happen."""
        return np.arange(int(self.graph.n * SUBJECTS), dtype=np.int32)

    @cached_property
    def events(self) -> Events:
        """As many events as there are links, of two signals: some with few, some with many."""
        subject, signal = self._mapped("subject"), self._mapped("signal")
        return Events(
            subject=subject,
            event=self._mapped("event"),
            day=self._mapped("day"),
            value=self._mapped("value"),
            sign=np.ones(len(subject), np.int8),
            weight=np.ones(len(subject), np.float32),
            direction=self._mapped("direction"),
            signal=signal,
            signals=SIGNALS,
            currency="EUR",
        )

    @cached_property
    def purchases(self) -> Events:
        """The events of business alone."""
        return self.events.only(Role.BUSINESS)

    @cached_property
    def taken(self) -> Graph:
        """What subjects took: links from them to a hundredth of the records, some of it far more often than other."""
        events = self.purchases
        first, many = len(self.subjects), self.graph.n // 100
        chance = np.random.default_rng(SEED)
        offer = first + (many * chance.random(len(events)) ** 3).astype(np.int32)
        return Graph.from_links(self.graph.n, events.subject, offer)

    @cached_property
    def leavers(self) -> Leavers:
        """A fiftieth of the subjects left in the last year."""
        chance = np.random.default_rng(SEED)
        left = chance.random(len(self.subjects)) < 0.02
        return Leavers.dated(np.where(left, NOW - 365 * chance.random(len(left)), np.nan), now=NOW)

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """Three numbers and a choice of every record."""
        chance = np.random.default_rng(SEED)
        group = chance.integers(0, 4, self.graph.n)
        numbers = [Feature(f"number {i}", chance.normal(3.0 * (group == i), 1.0)) for i in range(3)]
        return (*numbers, Feature("choice", group.astype(np.float64), "choice", ("a", "b", "c", "d")))

    @cached_property
    def snapshot(self) -> Snapshot:
        """The graph as one relation of a snapshot: subjects, then all others."""
        n, first = self.graph.n, len(self.subjects)
        ids = np.zeros((n, 16), np.uint8)
        ids[:, 12:] = np.arange(1, n + 1, dtype=">u4").view(np.uint8).reshape(-1, 4)
        records = Records.of({"Account": ids[:first], "Person": ids[first:]})
        links = LinkArrays("KNOWS", 0, self.graph.indptr, self.graph.indices, self._mapped("weights"))
        return Snapshot(records, {"KNOWS": links})

    def own_risk(self) -> NDArray[np.float64]:
        """A risk of one record in a hundred."""
        chance = np.random.default_rng(SEED)
        return np.where(chance.random(self.graph.n) < 0.01, chance.random(self.graph.n), 0.0)

    def hub(self) -> int:
        """The record into which most links lead."""
        return int(np.argmax(np.bincount(self.graph.indices, minlength=self.graph.n)))

    def _mapped(self, name: str) -> NDArray[Any]:
        found: NDArray[Any] = np.load(self.folder / f"{name}.npy", mmap_mode="r")
        return found


def _happened(records: int, links: int) -> dict[str, NDArray[Any]]:
    """Columns of events: each record that is no subject happens to some subjects, on one day, with one value."""
    chance = np.random.default_rng(SEED)
    subjects = int(records * SUBJECTS)
    others = records - subjects
    subject = (subjects * chance.random(links) ** 2).astype(np.int32)
    event = chance.integers(0, others, links, dtype=np.int32)
    day = (NOW - 365.25 * YEARS * chance.random(others))[event]
    order = np.lexsort((event, day, subject))
    event = event[order]
    business = event % 2 == 0
    value = np.where(business, chance.gamma(2.0, 40.0, others)[event].round(2) + 0.01, np.nan)
    return {
        "subject": subject[order],
        "event": event + np.int32(subjects),
        "day": day[order],
        "value": value,
        "signal": np.where(business, 0, 1).astype(np.int16),
        "direction": np.where(event % 3 == 0, 1, -1).astype(np.int8),
    }


def _save(folder: Path, **arrays: NDArray[Any]) -> None:
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
