"""What would lower a risk of leaving: a contact that answers, a record put right from which much of it comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn import counterfactual
from analytics.engines.churn.score import Churn, RiskPath
from analytics.scoring import Context, Counterfactual
from analytics.walking import Walker
from models.profiles import Role
from models.profiles.paths import steps

MOST, MOST_SIGNALS, MOST_SOURCES = 5, 3, 2
LEAST = 0.005  # a change of half a percent is the least worth telling
Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """Through whom the events of a signal come: pairs of subject and contact, and of contact and event, sorted."""

    subject: Numbers
    contact: Numbers
    links: NDArray[np.int64]  # contact · n + event
    n: int

    @classmethod
    def of(cls, context: Context, walker: Walker, path: Sequence[str]) -> Contacts:
        """Of a path: the contacts are the records one step before its end."""
        subject, contact = walker.pairs(context.type, path[:-1])
        near = steps(context.model, context.type, path)[-1].sides
        ends = [walker.pairs(name, path[-1:]) for name in near if name in context.snapshot.types]
        n = context.snapshot.n
        links = [first.astype(np.int64) * n + last for first, last in ends]
        return cls(subject, contact, np.sort(np.concatenate([np.empty(0, np.int64), *links])), n)

    def through(self, subject: int, event: int) -> int | None:
        """The first contact through whom an event came to a subject; None where none is known."""
        first, after = np.searchsorted(self.subject, (subject, subject + 1))
        asked = self.contact[first:after].astype(np.int64) * self.n + event
        place = np.searchsorted(self.links, asked)
        for contact, link, at in zip(self.contact[first:after].tolist(), asked.tolist(), place.tolist(), strict=True):
            if at < len(self.links) and self.links[at] == link:
                return int(contact)
        return None


class Answers:
    """Answers what would lower the risk of one record after another."""

    def __init__(self, context: Context, found: Churn) -> None:
        self._context, self._found = context, found
        self._walker = Walker(context.model, context.snapshot)
        self._contacts: dict[int, Contacts] = {}

    def of(self, place: int, ways: Sequence[RiskPath]) -> tuple[Counterfactual, ...]:
        """What lowers the risk of the subject at a place, most first; `ways` are those along which risk comes to it."""
        made = [*self._answers(place), *self._put_right(place, ways)]
        helping = sorted((each for each in made if each.change <= -LEAST), key=lambda each: each.change)
        return tuple(helping[:MOST])

    def _answers(self, place: int) -> Iterator[Counterfactual]:
        """If whoever an event came through last answered today: once for each of the signals seen last."""
        found, events = self._found, self._found.events
        if found.own_risk.left[place] or found.own_risk.basis == "fields":
            return
        number, asked = int(found.subjects[place]), set[int | None]()
        for signal, event in self._last(number):
            role, path = events.signals[signal].role, events.signals[signal].path
            who = self._who(signal, path, number, event) if role is Role.CONTACT else number
            if who in asked:
                continue
            asked.add(who)
            code = "if_answers" if role is Role.CONTACT else "if_returns"
            weight = events.signals[signal].weight
            told = counterfactual.if_answers(found, place, signal=signal, weight=weight)
            facts = {"signal": events.signals[signal].name, "before": told.before, "after": told.after}
            yield Counterfactual(code, told.change, who, {**facts, "others": len(told.others)})

    def _last(self, number: int) -> list[tuple[int, int]]:
        """Signals of a subject with their last event: those of contact first, then the latest."""
        events = self._found.events
        rows = events.of(number)
        past = np.flatnonzero(events.day[rows] <= self._found.now) + rows.start
        last = {int(signal): int(row) for signal, row in zip(events.signal[past], past, strict=True)}
        roles = {signal: events.signals[signal].role is not Role.CONTACT for signal in last}
        ordered = sorted(last, key=lambda signal: (roles[signal], -events.day[last[signal]], signal))
        return [(signal, int(events.event[last[signal]])) for signal in ordered[:MOST_SIGNALS]]

    def _who(self, signal: int, path: Sequence[str], number: int, event: int) -> int | None:
        if len(path) < 2:
            return number
        if signal not in self._contacts:
            self._contacts[signal] = Contacts.of(self._context, self._walker, path)
        return self._contacts[signal].through(number, event)

    def _put_right(self, place: int, ways: Sequence[RiskPath]) -> Iterator[Counterfactual]:
        """If the records from which most of the risk comes had the own risk of a usual one."""
        found = self._found
        for source in list(dict.fromkeys(way.source for way in ways))[:MOST_SOURCES]:
            other = int(np.searchsorted(found.subjects, source))
            told = counterfactual.if_put_right(found, place, other)
            facts = {"risk": float(found.own_risk.risk[other]), "before": told.before, "after": told.after}
            yield Counterfactual("if_put_right", told.change, source, facts)
