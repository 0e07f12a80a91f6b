"""Random lives of records and links, led through the API and in plain copies alike."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from kept_times import AFTER_ALL, BEFORE_ALL, Kept, KeptLink, KeptRecord, Stretch

Ask = Callable[..., Awaitable[dict[str, Any]]]
FIELDS = [{"name": name, "kind": "integer"} for name in ("size", "weight")]
DOCUMENT: dict[str, Any] = {
    "types": [
        {"name": "Firm", "plural": "Firms", "fields": FIELDS},
        {"name": "Part", "plural": "Parts", "fields": FIELDS},
    ],
    "relations": [
        {
            "name": "MADE_BY",
            "source": {"types": ["Part"], "field": "makers"},
            "target": {"types": ["Firm"], "field": "makes"},
            "fields": FIELDS,
            "repeatable": True,
        },
        {
            "name": "SERVED_BY",
            "source": {"types": ["Part", "Firm"], "field": "served"},
            "target": {"types": ["Firm"], "field": "serves"},
            "fields": FIELDS,
            "repeatable": True,
            "validity": "overlaps",
        },
    ],
}
WAYS = {"MADE_BY": ("makers", ("Part",)), "SERVED_BY": ("served", ("Part", "Firm"))}
LATEST_LINK = "(orderBy: [{link: {id: DESC}}], first: 1) { edges { link { id } } }"


@dataclass
class Life:
    """What happens, one thing after the other; `moments` lie between them."""

    ask: Ask
    chance: random.Random
    kept: Kept = field(default_factory=Kept)
    types: dict[str, str] = field(default_factory=dict)
    live: set[str] = field(default_factory=set)
    trash: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)  # links in the graph
    waiting: set[str] = field(default_factory=set)  # links that a deletion has taken out
    robbed: dict[str, dict[str, Any]] = field(default_factory=dict)  # what records in the trash have lost there
    moments: list[datetime] = field(default_factory=list)
    now: datetime = BEFORE_ALL

    async def go(self, steps: int) -> None:
        """So many things happen."""
        doings = [self.create, self.update, self.correct, self.correct, self.delete, self.restore, self.link, self.link]
        doings += [self.change_link, self.move_link, self.end, self.unlink]
        for step in range(steps):
            await self.one(self.create if step < 3 else self.chance.choice(doings))

    async def one(self, doing: Callable[[], Awaitable[None]]) -> None:
        """One thing happens; the copies are kept as of a moment just before the database writes its own."""
        self.now = datetime.now(UTC)
        while self.moments and self.now <= self.moments[-1]:  # two looks at the clock may fall into one microsecond
            self.now = datetime.now(UTC)
        await doing()
        self.kept.remember(self.now)
        self.moments.append(datetime.now(UTC))

    def some(self, ids: set[str]) -> str | None:
        return self.chance.choice(sorted(ids)) if ids else None

    def values(self) -> dict[str, Any]:
        return {self.chance.choice(("size", "weight")): self.chance.choice((1, 2, 3))}

    async def change(self, name: str, given: str, shown: str = "", **variables: Any) -> dict[str, Any]:
        """A mutation of one record, which must come right."""
        kind = name.removeprefix("create").removeprefix("update").removeprefix("delete").removeprefix("restore")
        one = kind[0].lower() + kind[1:]
        answered = "" if name.startswith("delete") else f"{one} {{ id {shown} }}"
        declared = ", ".join(f"${each}: {self.declared(kind, each, name)}" for each in variables)
        asked = f"mutation ({declared}) {{ {name}(input: {given}) {{ {answered} errors {{ message }} }} }}"
        payload = (await self.ask(asked, variables))[name]
        assert payload["errors"] == [], payload
        record: dict[str, Any] = payload.get(one) or {}
        return record

    @staticmethod
    def declared(kind: str, variable: str, name: str) -> str:
        if variable == "data":
            return f"{kind}DataInput!" if name.startswith("create") else f"{kind}ChangesInput!"
        return "ID!"

    # records

    async def create(self) -> None:
        kind, values = self.chance.choice(("Firm", "Part")), self.values()
        since = self.chance.choice([None, *self.moments])
        data = values if since is None else {**values, "validFrom": since.isoformat()}
        id = (await self.change(f"create{kind}", "{data: $data}", data=data))["id"]
        self.kept.records[id] = KeptRecord([Stretch(since or self.now, AFTER_ALL, values)])
        self.types[id] = kind
        self.live.add(id)

    async def update(self) -> None:
        if (id := self.some(self.live)) is None:
            return
        values = self.values()
        await self.change(f"update{self.types[id]}", "{id: $id, data: $data}", id=id, data=values)
        self.kept.records[id].set(values, self.now, AFTER_ALL)

    async def correct(self) -> None:
        """Only now it is known that values have been so, since some moment, perhaps until another."""
        if (id := self.some(self.live)) is None:
            return
        record, values = self.kept.records[id], self.values()
        first = min(each.begins for each in record.stretches)
        begins = [each for each in self.moments if each >= first]
        if not begins:
            return
        since = self.chance.choice(begins)
        until = self.chance.choice([None, *(each for each in self.moments if each > since)])
        period = {"validFrom": since.isoformat()} | ({"validTo": until.isoformat()} if until else {})
        await self.change(f"update{self.types[id]}", "{id: $id, data: $data}", id=id, data={**values, **period})
        record.set(values, since, until or AFTER_ALL)

    async def delete(self) -> None:
        if len(self.live) < 3 or (id := self.some(self.live)) is None:
            return
        await self.change(f"delete{self.types[id]}", "{id: $id}", id=id)
        self.kept.records[id].cut(self.now)
        for link in [each for each in self.linked if id in self.ends(each)]:
            self.kept.links[link].cut(self.now)
            self.linked.remove(link)
            self.waiting.add(link)
        self.live.remove(id)
        self.trash.add(id)

    async def restore(self) -> None:
        if (id := self.some(self.trash)) is None:
            return
        await self.change(f"restore{self.types[id]}", "{id: $id}", id=id)
        self.back(self.kept.records[id], self.robbed.pop(id, {}))
        self.trash.remove(id)
        self.live.add(id)
        for link in [each for each in self.waiting if self.ends(each) <= self.live]:
            self.back(self.kept.links[link])
            self.waiting.remove(link)
            self.linked.add(link)

    def back(self, kept: KeptRecord, besides: dict[str, Any] | None = None) -> None:
        """What it was last, it is again from now on."""
        latest = max(kept.stretches, key=lambda each: each.ends)
        kept.stretches.append(Stretch(self.now, AFTER_ALL, {**latest.values, **(besides or {})}))

    def lose(self, name: str) -> None:
        """The model drops a field: from now on no record has it, those in the trash neither."""
        for record in self.kept.records.values():
            record.set({name: None}, self.now, AFTER_ALL)
        self.robbed = {id: {name: None} for id in self.trash}
        self.kept.remember(self.now)

    def ends(self, link: str) -> set[str]:
        return {self.kept.links[link].source, self.kept.links[link].target}

    # links

    async def of_source(self, source: str, relation: str, change: dict[str, Any], shown: str = "") -> dict[str, Any]:
        data = {WAYS[relation][0]: change}
        return await self.change(f"update{self.types[source]}", "{id: $id, data: $data}", shown, id=source, data=data)

    async def link(self) -> None:
        relation = self.chance.choice(tuple(WAYS))
        way, sources = WAYS[relation]
        source = self.some({each for each in self.live if self.types[each] in sources})
        target = self.some({each for each in self.live if self.types[each] == "Firm"})
        if source is None or target is None:
            return
        values, times = self.values(), {}
        since, until = BEFORE_ALL, AFTER_ALL
        if relation == "SERVED_BY" and self.moments:
            since = self.chance.choice(self.moments)
            times = {"validFrom": since.isoformat()}
        record = await self.of_source(
            source, relation, {"link": [{"id": target, **values, **times}]}, way + LATEST_LINK
        )
        begun = BEFORE_ALL if relation == "SERVED_BY" else self.now
        id = record[way]["edges"][0]["link"]["id"]
        self.kept.links[id] = KeptLink([Stretch(begun, AFTER_ALL, values)], relation, source, target, since, until)
        self.linked.add(id)

    async def change_link(self) -> None:
        if (id := self.some(self.linked)) is None:
            return
        link, values = self.kept.links[id], self.values()
        await self.of_source(link.source, link.relation, {"update": [{"linkId": id, **values}]})
        link.set(values, self.now, AFTER_ALL)

    def served(self) -> str | None:
        return self.some({each for each in self.linked if self.kept.links[each].relation == "SERVED_BY"})

    async def move_link(self) -> None:
        """A new bound of a link's time: it has been so all along."""
        if (id := self.served()) is None:
            return
        link, since = self.kept.links[id], self.chance.choice(self.moments)
        change = {"linkId": id, "validFrom": since.isoformat()}
        await self.of_source(link.source, link.relation, {"update": [change]})
        link.since = since

    async def end(self) -> None:
        if (id := self.served()) is None:
            return
        link = self.kept.links[id]
        at = self.chance.choice([each for each in (*self.moments, self.now) if each >= link.since])
        await self.of_source(link.source, link.relation, {"end": [{"linkId": id, "at": at.isoformat()}]})
        link.until = at
        self.linked.remove(id)

    async def unlink(self) -> None:
        """A link with a time of its own has never been; another one is no longer."""
        if (id := self.some(self.linked)) is None:
            return
        link = self.kept.links[id]
        await self.of_source(link.source, link.relation, {"unlink": [{"linkId": id}]})
        if link.relation == "MADE_BY":
            link.cut(self.now)
        else:
            link.stretches = []
        self.linked.remove(id)
