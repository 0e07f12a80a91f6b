"""What somebody wishes to be different, and the copy of a snapshot in which it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from analytics.snapshot import Snapshot
from models.errors import Rejected

Link: TypeAlias = tuple[str, str, str]  # relation, source, target
_PATHS = {
    "without_records": "removeRecords",
    "extra_records": "addRecords",
    "without_links": "removeLinks",
    "ended": "endLinks",
    "extra_links": "addLinks",
    "weights": "weights",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be different."""

    remove_records: tuple[str, ...] = ()
    add_records: tuple[tuple[str, str], ...] = ()  # type and id
    remove_links: tuple[Link, ...] = ()
    end_links: tuple[tuple[str, str, str, datetime | None], ...] = ()
    add_links: tuple[tuple[str, str, str, float | None], ...] = ()
    weights: tuple[tuple[str, str, str, float], ...] = ()

    def __len__(self) -> int:
        return len(self.remove_records) + len(self.add_records) + len(self.links)

    @property
    def named(self) -> set[str]:
        """The records that must be there: all that are spoken of but those that come."""
        ends = (id for link in self.links for id in link[1:])
        return {*self.remove_records, *ends} - {id for _, id in self.add_records}

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link that is spoken of."""
        spoken = (*self.remove_links, *self.end_links, *self.add_links, *self.weights)
        return tuple((str(each[0]), str(each[1]), str(each[2])) for each in spoken)

    @property
    def links_that_go(self) -> tuple[Link, ...]:
        """Links that have never been or that end, whenever that is."""
        return (*self.remove_links, *(each[:3] for each in self.end_links))

    def with_those_records(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot itself, or a copy that has the records that come as well, linked to nobody."""
        return snapshot.changed(extra_records=self.add_records) if self.add_records else snapshot

    def without_those_links(self, snapshot: Snapshot) -> Snapshot:
        """The copy with all its records, without the links that go, with those that come."""
        return snapshot.changed(without_links=self.links_that_go, extra_links=[each[:3] for each in self.add_links])

    def carried_out(self, snapshot: Snapshot) -> Snapshot:
        """The changed copy. Raises Rejected with all that is not there, under the names of the API."""
        try:
            return snapshot.changed(
                without_records=self.remove_records,
                extra_records=self.add_records,
                without_links=self.remove_links,
                ended=[(a, b, c) if at is None else (a, b, c, at) for a, b, c, at in self.end_links],
                extra_links=[(a, b, c) if weight is None else (a, b, c, weight) for a, b, c, weight in self.add_links],
                weights=self.weights,
            )
        except Rejected as error:
            problems = [
                replace(each, path=(_PATHS.get(str(each.path[0]), str(each.path[0])), *each.path[1:]))
                for each in error.problems
            ]
            raise Rejected(problems) from None
