"""Calls, letters and meetings between staff and companies; only unanswered ones once a company is silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from models.commands import CreateLink, CreateRecord
from packs.sample.chance import Lot, day_between, identify, moment, season, stream, working
from packs.sample.companies import Company
from packs.sample.deals import Deal
from packs.sample.phrases import CALLS, LETTERS, MEETINGS, UNANSWERED
from packs.sample.world import World

_LONG_UNANSWERED = timedelta(days=110)
_SUBJECTS = {"call": CALLS, "email": LETTERS, "message": LETTERS, "meeting": MEETINGS, "visit": MEETINGS}


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that happened between one of the staff and people of a company."""

    id: str
    number: int
    company: int
    at: datetime
    kind: str
    direction: str
    subject: str
    outcome: str
    staff: tuple[int, ...]
    contacts: tuple[int, ...]
    deal: int | None
    order: str | None  # the id of the order it was about


def happen(world: World, deals: Sequence[Deal]) -> tuple[Activity, ...]:
    """All activities of the three years, by time."""
    chance = stream(world.parameters.seed, "activities")
    spans, weights = _spans(world)
    drawn = Lot(spans, weights).draw_many(chance, world.parameters.count("activities"))
    moments = []
    for company, first, last in drawn:
        day = max(working(day_between(chance, first, last), company.language), world.parameters.start)
        moments.append((moment(chance, day), company))
    moments.sort(key=lambda pair: (pair[0], pair[1].number))
    open_deals = _deals_by_company(deals)
    recent = _orders_by_company(world)
    return tuple(
        _activity(chance, world, number, at, company, open_deals, recent)
        for number, (at, company) in enumerate(moments)
    )


def records(activities: Sequence[Activity], world: World) -> Iterator[CreateRecord]:
    """The activities as records."""
    chance = stream(world.parameters.seed, "activities", "records")
    for activity in activities:
        minutes = {"call": (3, 40), "meeting": (30, 120), "visit": (40, 180)}.get(activity.kind)
        values = {
            "subject": activity.subject,
            "kind": activity.kind,
            "happenedAt": activity.at,
            "direction": activity.direction,
            "outcome": activity.outcome,
        }
        if minutes and activity.outcome != "noAnswer":
            values["minutes"] = chance.randrange(*minutes)
        yield CreateRecord("Activity", activity.id, values)


def participant_links(activities: Sequence[Activity], world: World) -> Iterator[CreateLink]:
    """TOOK_PART, for the staff and for the contacts."""
    for activity in activities:
        written = activity.kind in {"email", "message"}
        ours = "organizer" if not written else "recipient" if activity.direction == "inbound" else "sender"
        theirs = "attendee" if not written else "sender" if activity.direction == "inbound" else "recipient"
        for number, role in (*((n, ours) for n in activity.staff), *((n, theirs) for n in activity.contacts)):
            day = activity.at.date()
            identity = identify(world.parameters.seed, "participant", f"{activity.number}.{number}", day)
            yield CreateLink("TOOK_PART", identity, world.people[number].id, activity.id, {"role": role})


def about_links(activities: Sequence[Activity], deals: Sequence[Deal], world: World) -> Iterator[CreateLink]:
    """ABOUT: the company always, and the deal or the order where there is one."""
    for activity in activities:
        targets = [world.companies[activity.company].id]
        targets += [] if activity.deal is None else [deals[activity.deal].id]
        targets += [] if activity.order is None else [activity.order]
        for place, target in enumerate(targets):
            identity = identify(world.parameters.seed, "about", f"{activity.number}.{place}", activity.at.date())
            yield CreateLink("ABOUT", identity, activity.id, target, {})


def _spans(world: World) -> tuple[list[tuple[Company, date, date]], list[float]]:
    """Times of talk with each company, weighted by its size; a little in silence too; prospects seldom."""
    spans, weights = [], []
    for company in world.companies[1:]:
        silence = world.silent.get(company.number)
        first = max(company.since or world.parameters.start, world.parameters.start)
        end = silence or world.parameters.until
        while first <= end:
            last = min(first + timedelta(days=60), end)
            spans.append((company, first, last))
            busy = company.weight**0.7 * season(company.language, first.month) * ((last - first).days + 1)
            weights.append(busy if company.since else busy * 0.3)
            first = last + timedelta(days=1)
        if silence:
            last = min(silence + _LONG_UNANSWERED, world.parameters.until)
            spans.append((company, silence + timedelta(days=4), last))
            weights.append(company.weight**0.7 * 30)
    return spans, weights


def _activity(
    chance: Random,
    world: World,
    number: int,
    at: datetime,
    company: Company,
    deals: dict[int, list[Deal]],
    orders: dict[int, list[tuple[date, str]]],
) -> Activity:
    day = at.date()
    silence = world.silent.get(company.number)
    answered = not (silence and day > silence)
    kind = chance.choices(("email", "call", "meeting", "visit", "message"), (46, 28, 13, 5, 8))[0]
    if not answered:
        kind = chance.choice(("email", "email", "call"))
    direction = _direction(chance, kind, answered=answered)
    phrases = _SUBJECTS[kind] if answered else UNANSWERED
    staff = [world.manager_of(company).number]
    if chance.random() < 0.15:
        staff.append(chance.randrange(6))
    contacts = world.draw_present(chance, company.number, day, 1 if kind == "call" else 2)
    at_work = [deal for deal in deals.get(company.number, ()) if deal.engaged <= day <= (deal.closed or day)]
    late = [identity for placed, identity in orders.get(company.number, ()) if 0 <= (day - placed).days <= 14]
    return Activity(
        identify(world.parameters.seed, "activity", number, day),
        number,
        company.number,
        at,
        kind,
        direction,
        chance.choice(phrases[company.language]),
        _outcome(chance, answered=answered),
        tuple(dict.fromkeys(staff)),
        tuple(person.number for person in contacts),
        chance.choice(at_work).number if at_work and chance.random() < 0.7 else None,
        late[-1] if late and chance.random() < 0.5 else None,
    )


def _direction(chance: Random, kind: str, *, answered: bool) -> str:
    if not answered:
        return "outbound"
    if kind in {"meeting", "visit"}:
        return "mutual"
    return "inbound" if chance.random() < 0.45 else "outbound"


def _outcome(chance: Random, *, answered: bool) -> str:
    if not answered:
        return "noAnswer"
    return chance.choices(("positive", "neutral", "negative", "noAnswer"), (42, 44, 8, 6))[0]


def _deals_by_company(deals: Sequence[Deal]) -> dict[int, list[Deal]]:
    grouped: dict[int, list[Deal]] = {}
    for deal in deals:
        grouped.setdefault(deal.company, []).append(deal)
    return grouped


def _orders_by_company(world: World) -> dict[int, list[tuple[date, str]]]:
    grouped: dict[int, list[tuple[date, str]]] = {}
    for order in world.orders:
        grouped.setdefault(order.company, []).append((order.day, order.id))
    return grouped
