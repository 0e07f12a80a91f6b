"""What writes store answers for every moment: what was true then, and what was known then."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kept_times import AFTER_ALL, BEFORE_ALL, Kept, KeptLink, KeptRecord, Stored, Stretch

from models.commands import (
    Command,
    CreateLink,
    CreateRecord,
    DeleteRecord,
    EndLink,
    EraseRecord,
    RestoreRecord,
    Unlink,
    UpdateLink,
    UpdateRecord,
)
from models.ids import new_id
from models.metamodel import End, EntityType, Field, Metamodel, RelationType, Validity

pytestmark = pytest.mark.anyio

FIELDS = {name: Field(name, "integer") for name in ("size", "weight")}
ENDS = (End(("Thing",), "out"), End(("Thing",), "back"))
MODEL = Metamodel(
    0,
    {"Thing": EntityType("Thing", "Things", FIELDS)},
    {
        "TIED": RelationType("TIED", *ENDS, FIELDS, repeatable=True),
        "SERVED": RelationType(
            "SERVED",
            *(replace(end, field=f"{end.field}Served") for end in ENDS),
            FIELDS,
            validity=Validity.OVERLAPS,
            repeatable=True,
        ),
    },
)
START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


@dataclass
class Life:
    """Random writes, done in the database and to the copies alike."""

    hand: Any
    chance: random.Random
    kept: Kept = field(default_factory=Kept)
    live: set[str] = field(default_factory=set)
    trash: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)  # links in the graph
    over: set[str] = field(default_factory=set)  # links that have ended
    waiting: set[str] = field(default_factory=set)  # links that a deletion has taken out
    now: datetime = START

    async def go(self, steps: int) -> None:
        doings: list[Callable[[], Command | None]] = [self.create, self.update, self.update, self.correct, self.delete]
        doings += [self.restore, self.link, self.link, self.change_link, self.move_link, self.end, self.unlink]
        doings += [self.correct_over, self.correct_over, self.unlink_over]
        for step in range(steps):
            self.now = day(step + 1)
            command = self.create() if step < 3 else self.chance.choice(doings)()
            if command is not None:
                await self.hand.write(command, now=self.now)
                self.kept.remember(self.now)

    def some(self, ids: set[str]) -> str | None:
        return self.chance.choice(sorted(ids)) if ids else None

    def values(self) -> dict[str, Any]:
        return {self.chance.choice(("size", "weight")): self.chance.choice((1, 2, 3))}

    def past(self) -> datetime:
        return day(self.chance.uniform(0, (self.now - START).days))

    def create(self) -> Command:
        id, values = new_id(), self.values()
        since = self.past() if self.chance.random() < 0.5 else None
        self.kept.records[id] = KeptRecord([Stretch(since or self.now, AFTER_ALL, values)])
        self.live.add(id)
        return CreateRecord("Thing", id, values, valid_from=since)

    def update(self) -> Command | None:
        if (id := self.some(self.live)) is None:
            return None
        values = self.values()
        self.kept.records[id].set(values, self.now, AFTER_ALL)
        return UpdateRecord("Thing", id, values)

    def correct(self) -> Command | None:
        if (id := self.some(self.live)) is None:
            return None
        record, values = self.kept.records[id], self.values()
        since = max(self.past(), min(each.begins for each in record.stretches))
        until = self.past() if self.chance.random() < 0.5 else None
        if until is not None and until <= since:
            return None
        record.set(values, since, until or AFTER_ALL)
        return UpdateRecord("Thing", id, values, valid_from=since, valid_to=until)

    def delete(self) -> Command | None:
        if len(self.live) < 3 or (id := self.some(self.live)) is None:
            return None
        self.kept.records[id].cut(self.now)
        for link in [each for each in self.linked if id in self.ends(each)]:
            self.kept.links[link].cut(self.now)
            self.linked.remove(link)
            self.waiting.add(link)
        self.live.remove(id)
        self.trash.add(id)
        return DeleteRecord("Thing", id)

    def restore(self) -> Command | None:
        if (id := self.some(self.trash)) is None:
            return None
        self.back(self.kept.records[id])
        self.trash.remove(id)
        self.live.add(id)
        for link in [each for each in self.waiting if self.ends(each) <= self.live]:
            self.back(self.kept.links[link])
            self.waiting.remove(link)
            self.linked.add(link)
        return RestoreRecord("Thing", id)

    def back(self, kept: KeptRecord) -> None:
        """What it was last, it is again from now on."""
        latest = max(kept.stretches, key=lambda each: each.ends)
        kept.stretches.append(Stretch(self.now, AFTER_ALL, dict(latest.values)))

    def ends(self, link: str) -> set[str]:
        return {self.kept.links[link].source, self.kept.links[link].target}

    def link(self) -> Command | None:
        source, target, values, id = self.some(self.live), self.some(self.live), self.values(), new_id()
        if source is None or target is None:
            return None
        if self.chance.random() < 0.5:
            held = self.past() if self.chance.random() < 0.3 else None
            stretch = Stretch(held or self.now, AFTER_ALL, values)
            self.kept.links[id] = KeptLink([stretch], "TIED", source, target)
            self.linked.add(id)
            return CreateLink("TIED", id, source, target, values, held_from=held)
        since = self.past() if self.chance.random() < 0.7 else None
        until = self.past() if self.chance.random() < 0.2 else None
        if since and until and until <= since:
            return None
        stretch = Stretch(BEFORE_ALL, AFTER_ALL, values)
        times = (since or BEFORE_ALL, until or AFTER_ALL)
        self.kept.links[id] = KeptLink([stretch], "SERVED", source, target, *times)
        (self.linked if until is None else self.over).add(id)
        return CreateLink("SERVED", id, source, target, values, since, until)

    def change_link(self) -> Command | None:
        if (id := self.some(self.linked)) is None:
            return None
        values = self.values()
        self.kept.links[id].set(values, self.now, AFTER_ALL)
        return UpdateLink(self.kept.links[id].relation, id, values)

    def served(self) -> KeptLink | None:
        id = self.some({each for each in self.linked if self.kept.links[each].relation == "SERVED"})
        return None if id is None else self.kept.links[id]

    def id_of(self, link: KeptLink) -> str:
        return next(id for id, each in self.kept.links.items() if each is link)

    def move_link(self) -> Command | None:
        """New bounds, and sometimes new values with them, which hold from now on."""
        link = self.served()
        since = self.past()
        if link is None or since > link.until:
            return None
        values = self.values() if self.chance.random() < 0.5 else {}
        link.since = since
        link.set(values, self.now, AFTER_ALL)
        return UpdateLink("SERVED", self.id_of(link), values, valid_from=since)

    def end(self) -> Command | None:
        link, at = self.served(), self.past()
        if link is None or at < link.since:
            return None
        id = self.id_of(link)
        link.until = at
        self.linked.remove(id)
        self.over.add(id)
        return EndLink("SERVED", id, at)

    def unlink(self) -> Command | None:
        """A link with a time of its own has never been; another one is no longer."""
        if (id := self.some(self.linked)) is None:
            return None
        link = self.kept.links[id]
        if link.relation == "TIED":
            link.cut(self.now)
        else:
            link.stretches = []
        self.linked.remove(id)
        return Unlink(link.relation, id)

    def correct_over(self) -> Command | None:
        """Other values in the end, other bounds, or no end any more of a link that is over."""
        if (id := self.some(self.over)) is None:
            return None
        link, values = self.kept.links[id], self.values() if self.chance.random() < 0.6 else {}
        opened = self.chance.random() < 0.3 and self.ends(id) <= self.live
        since = self.past() if self.chance.random() < 0.4 else None
        until = None if opened or self.chance.random() < 0.5 else self.past()
        ends = AFTER_ALL if opened else until or link.until
        if (since or link.since) > ends:
            return None
        link.since, link.until = since or link.since, ends
        for stretch in link.stretches:
            if stretch.ends >= ends:
                stretch.values = {**stretch.values, **values}
        if opened:
            self.over.remove(id)
            self.linked.add(id)
        opening = ("validTo",) if opened else ()
        return UpdateLink("SERVED", id, values, valid_from=since, valid_to=until, open=opening)

    def unlink_over(self) -> Command | None:
        if self.chance.random() < 0.6 or (id := self.some(self.over)) is None:
            return None
        self.kept.links[id].stretches = []
        self.over.remove(id)
        return Unlink("SERVED", id)


@pytest.mark.parametrize("seed", range(4))
async def test_every_moment_is_seen_as_a_copy_kept_of_it_says(hand: Any, seed: int) -> None:
    life = Life(replace(hand, model=MODEL), random.Random(seed))

    await life.go(80)

    stored = Stored.read(hand.look)
    moments = [day(number) for number in (-1, *(half / 2 for half in range(170)), 400)]
    chance = random.Random(seed)
    readings = [(at, at) for at in moments] + [(at, day(1000)) for at in moments]
    readings += [(chance.choice(moments), chance.choice(moments)) for _ in range(1500)]
    for true, known in readings:
        seen = stored.seen(true, known, ("size", "weight"))
        assert seen == life.kept.seen(true, known), f"true at {true}, known at {known}"


async def test_what_is_erased_leaves_no_version(hand: Any) -> None:
    hand, id = replace(hand, model=MODEL), new_id()
    await hand.write(CreateRecord("Thing", id, {"size": 1}), now=day(1))
    await hand.write(UpdateRecord("Thing", id, {"size": 2}), now=day(2))
    await hand.write(DeleteRecord("Thing", id), now=day(3))
    assert hand.look("MATCH (v:RecordVersion) RETURN v.closed_by ORDER BY v.closed_at") == ["update", "delete"]

    await hand.write(EraseRecord("Thing", id), now=day(4))

    assert hand.look("MATCH (v:RecordVersion) RETURN v") == []


async def test_a_change_that_changes_nothing_keeps_no_version(hand: Any) -> None:
    hand, id = replace(hand, model=MODEL), new_id()
    await hand.write(CreateRecord("Thing", id, {"size": 1}, valid_from=day(0)), now=day(1))

    for times in ({}, {"valid_from": day(0)}, {"valid_from": day(0), "valid_to": day(1)}):
        outcome = await hand.write(UpdateRecord("Thing", id, {"size": 1}, **times), now=day(2))
        assert outcome.counts == {"unchanged": 1}

    assert hand.look("MATCH (n:RecordVersion|ChangeSet) RETURN labels(n)[0]") == ["ChangeSet"]


async def test_scores_of_engines_are_no_part_of_a_version(hand: Any) -> None:
    hand, id = replace(hand, model=MODEL), new_id()
    await hand.write(CreateRecord("Thing", id, {"size": 1}), now=day(1))
    hand.look("MATCH (n:Thing) SET n.insight_churn_score = 0.5 RETURN 1")

    await hand.write(UpdateRecord("Thing", id, {"size": 2}), now=day(2))
    await hand.write(UpdateRecord("Thing", id, {"size": 3}, valid_from=day(1.5)), now=day(3))

    assert hand.look("MATCH (n:Thing) RETURN n.insight_churn_score") == [0.5]
    assert hand.look("MATCH (v:RecordVersion) WHERE v.insight_churn_score IS NOT NULL RETURN v") == []


async def test_a_writer_whose_clock_is_behind_takes_the_place_of_what_is_there_from_when_that_began(hand: Any) -> None:
    hand, id = replace(hand, model=MODEL), new_id()
    await hand.write(CreateRecord("Thing", id, {"size": 1}), now=day(1))
    await hand.write(UpdateRecord("Thing", id, {"size": 2}), now=day(3))

    await hand.write(UpdateRecord("Thing", id, {"size": 3}), now=day(2))

    stored = Stored.read(hand.look)
    seen = [stored.seen(day(at), day(at), ("size",))[id] for at in (1, 2.5, 3, 4)]
    assert seen == [{"size": 1}, {"size": 1}, {"size": 3}, {"size": 3}]
