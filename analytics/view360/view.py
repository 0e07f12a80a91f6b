"""Makes a view: the statement of the record's type, kept for the next time, its one row, and what that row says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from analytics.events import Events
from analytics.snapshot import Snapshot
from analytics.view360 import figures as counted
from analytics.view360 import money, scores, sections
from analytics.view360.actions import actions
from analytics.view360.gathering import Gathered
from analytics.view360.reading import whole
from analytics.view360.shown import View360
from analytics.view360.timeline import timeline, unfinished
from cypher.clock import LEAST, reading
from cypher.compile.view360 import CompiledView, Wanted, compile_view
from cypher.compile.view360.happenings import CUT_AT, CUT_DAY, CUT_ID, CUT_LATER, MOST_WAITING, SIZE, TODAY
from cypher.compile.view360.sections import MOST_SHOWN, SHOWN
from cypher.compile.view360.statement import CLOCK
from graph import views
from graph.session import Database
from models.actor import Actor
from models.metamodel import Metamodel
from models.profiles import Happening, Profile, Role, Signal, profile_of

KEPT_TYPES = 10_000  # ids whose type is remembered
WAITING = 20
CHANGE = "change"  # the kind of events that are changes of the record itself


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a later page of the time line begins: behind this event."""

    at: datetime
    id: str


class Happenings(Protocol):
    """The events of a type, for the figures of hubs."""

    async def of(self, type_name: str, actor: Actor) -> tuple[Snapshot, Events] | None:
        """A snapshot and the events of the type's records, or None when there are none at hand."""
        ...


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question: which record, as of when, how much of it."""

    id: str
    now: datetime
    events: int
    links: int
    cut: Cut | None
    clock: Mapping[str, datetime] | None = None
    changes: bool = True

    def parameters(self) -> dict[str, Any]:
        """The statement's parameters but for the fixed ones."""
        given: dict[str, Any] = {
            "id": self.id, "now": self.now, TODAY: self.now.date(), SIZE: self.events + 1,
            MOST_WAITING: WAITING, SHOWN: self.links,
        }  # fmt: skip
        if self.clock is not None:
            given[CLOCK] = self.clock
        if self.cut is not None:
            at = self.cut.at.astimezone(UTC)
            midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
            given |= {CUT_AT: at, CUT_DAY: at.date(), CUT_LATER: at > midnight, CUT_ID: self.cut.id}
        return given


class Views:
    """Views of one database; statements are kept by model version, type and kinds of events, the types of records by id."""

    def __init__(self, database: Database, happenings: Happenings | None = None) -> None:
        self.database, self.happenings = database, happenings
        self._statements: dict[tuple[str, tuple[Happening, ...], Wanted], CompiledView] = {}
        self._version = -1
        self._types: dict[str, str] = {}
        self._hubs: set[str] = set()

    async def view(
        self,
        model: Metamodel,
        actor: Actor,
        id: str,
        *,
        now: datetime,
        as_of: datetime | None = None,
        known_at: datetime | None = None,
        events: int = 20,
        links: int = 10,
        after: Cut | None = None,
        kinds: frozenset[str] | None = None,
    ) -> View360 | None:
        """Everything about a record, one statement once it is known what it is; None when there is no such record.

        What is not known yet costs one more: a record's type, which never changes, and that it is a hub.

        `as_of` looks back at what was true, `known_at` at what was known: values, links, what had happened, figures until
        then; scores where their run is from before. `kinds` narrows the time line to records of some types, and to changes of
        the record where CHANGE is among them. Raises TimedOut and Unavailable.
        """
        past = as_of is not None or known_at is not None
        type_name = await self._type(actor, id, past=past)
        if type_name is None or type_name not in model.types:
            return None
        profile = profile_of(model, type_name)
        if kinds is not None:
            profile = _telling(profile, kinds)
        clock = reading((as_of, known_at)) if past else None
        asked = _Asked(id, as_of or known_at or now, events, links, after, clock, kinds is None or CHANGE in kinds)
        wanted = Wanted(after is not None, past, id in self._hubs)
        gathered = await self._gathered(model, actor, profile, wanted, asked)
        if gathered is not None and gathered.too_many and not wanted.hub:
            self._remember_hub(id)
            gathered = await self._gathered(model, actor, profile, replace(wanted, hub=True), asked)
        return None if gathered is None else await self._made(gathered, actor, profile, asked)

    async def _gathered(
        self, model: Metamodel, actor: Actor, profile: Profile, wanted: Wanted, asked: _Asked
    ) -> Gathered | None:
        compiled = self._compiled(model, profile, wanted)
        row = await views.view_row(self.database, actor, compiled.query, {**compiled.values, **asked.parameters()})
        return None if row is None else Gathered(model, compiled, row)

    def _remember_hub(self, id: str) -> None:
        if len(self._hubs) >= KEPT_TYPES:
            self._hubs.clear()
        self._hubs.add(id)

    async def _type(self, actor: Actor, id: str, *, past: bool) -> str | None:
        known = self._types.get(id)
        if known is None:
            known = await (views.type_ever_of if past else views.type_of)(self.database, actor, id)
            if known is not None:
                if len(self._types) >= KEPT_TYPES:
                    self._types.clear()
                self._types[id] = known
        return known

    def _compiled(self, model: Metamodel, profile: Profile, wanted: Wanted) -> CompiledView:
        if model.version != self._version:
            self._statements.clear()
            self._version = model.version
        key = profile.type, profile.view.timeline, wanted
        if key not in self._statements:
            self._statements[key] = compile_view(model, profile, wanted)
        return self._statements[key]

    async def _made(
        self,
        gathered: Gathered,
        actor: Actor,
        profile: Profile,
        asked: _Asked,
    ) -> View360:
        model, row, compiled, now = gathered.model, gathered.row, gathered.compiled, asked.now
        record = whole(model.types[profile.type], gathered.properties)
        stored = scores.stored(gathered.scores, row[compiled.insights])
        if asked.clock is not None:
            stored = scores.made_until(asked.clock[LEAST], stored)
        mentioned = gathered.mentioned()
        waiting = unfinished(gathered, profile.view, now, WAITING)
        shown = sections.sections(gathered, profile.view.sections, scores.strengths(stored), asked.links)
        figures, at = await self._figures(gathered, actor, profile, asked)
        paid = money.money(profile, figures, now)
        cut = None if asked.cut is None else (asked.cut.at, asked.cut.id)
        return View360(
            record=record,
            at=now,
            headline=profile.view.headline,
            sections=shown,
            timeline=timeline(gathered, profile.view, now, asked.events, cut, changes=asked.changes),
            unfinished=waiting,
            money=paid,
            kpis=money.kpis(profile, figures, now),
            figures_at=at,
            health=scores.health(profile, figures, stored, waiting, paid, now),
            scores=stored,
            mentioned=mentioned,
            actions=actions(stored, waiting, shown, mentioned, now),
            neighbourhood=sections.neighbourhood(gathered, record, shown),
        )

    async def _figures(
        self, gathered: Gathered, actor: Actor, profile: Profile, asked: _Asked
    ) -> tuple[dict[str, counted.Figures], datetime | None]:
        """Figures by signal, and the moment of those that are from a snapshot; none rather than those of a part of a hub."""
        days = {signal.name: _days(profile, signal) for signal in profile.signals}
        hubs = [signal for signal in profile.signals if gathered.is_hub and gathered.count(signal.path[0]) > MOST_SHOWN]
        at_hand = self.happenings if asked.clock is None else None  # a snapshot holds the events of today
        known = await at_hand.of(profile.type, actor) if hubs and at_hand else None
        found: dict[str, counted.Figures] = {}
        for signal in (each for each in profile.signals if each not in hubs):
            kind, records = gathered.model.types[signal.type], gathered.records(signal.path, signal.type).values()
            found[signal.name] = counted.of_records(signal, kind, records, days[signal.name], asked.now)
        if known is None:
            return found, None
        snapshot, events = known
        (subject,) = snapshot.indices([asked.id])
        for signal in hubs if subject >= 0 else ():
            found[signal.name] = counted.of_events(signal, events, int(subject), days[signal.name], asked.now)
        return found, snapshot.taken_at


def _days(profile: Profile, signal: Signal) -> tuple[int, ...]:
    """The numbers of days that figures of a signal are wanted for."""
    declared = {kpi.days for kpi in profile.kpis if kpi.signal == signal.name}
    return tuple(sorted(declared | ({scores.TROUBLE_DAYS} if signal.role is Role.TROUBLE else set())))


def _telling(profile: Profile, kinds: frozenset[str]) -> Profile:
    """The profile with those parts of its time line alone."""
    told = tuple(each for each in profile.view.timeline if each.type in kinds)
    return replace(profile, view=replace(profile.view, timeline=told))
