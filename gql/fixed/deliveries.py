"""Saved pages that come to the reader by themselves: listed, asked for, and no longer."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated

import strawberry

from gql.fixed.context import FixedInfo
from gql.fixed.planning import ProblemShown
from gql.fixed.refusing import tried
from graph import deliveries as kept
from models.calendars import Calendar
from models.errors import Problem, Rejected, told
from models.fields.kind import InvalidValue
from models.periods import zone
from models.rhythms import Every, Rhythm, problems_of

strawberry.enum(Every, name="DeliveryEvery", description="How often a saved page comes.")
strawberry.enum(Calendar, name="DeliveryCalendar", description="Which calendar's months and quarters are meant.")


@strawberry.type(name="PageDelivery", description="A saved page that comes to the reader by itself, as a notification.")
class PageDeliveryShown:
    """A delivery, as the API shows it."""

    page: strawberry.ID = strawberry.field(description="The id of the saved page.")
    name: str = strawberry.field(description="What the page is called.")
    every: Every = strawberry.field(description="How often it comes.")
    on: int | None = strawberry.field(
        description="The day of the week, from 1 for Monday, or of the month or the quarter's first month; null every day."
    )
    at: str = strawberry.field(description='The time of day in its time zone: "08:00".')
    time_zone: str = strawberry.field(description="The time zone, of the IANA data base.")
    calendar: Calendar = strawberry.field(description="Whose months and quarters are meant.")
    next_at: datetime = strawberry.field(description="When it comes next.")
    last_at: datetime | None = strawberry.field(description="When it came last; null before the first time.")


@strawberry.input(name="DeliverPageInput", description="Which saved page is to come, and when.")
class DeliverPageInput:
    """What is to come."""

    page: strawberry.ID = strawberry.field(description="The id of the saved page.")
    every: Every = strawberry.field(description="How often.")
    on: int | None = strawberry.field(
        default=None,
        description="The day of the week, from 1 for Monday to 7; or the day of the month or of the quarter's first month, "
        "from 1 to 31, where shorter months take their last day. Left out every day.",
    )
    at: str = strawberry.field(default="08:00", description='The time of day: "08:00".')
    time_zone: str | None = strawberry.field(
        default=None,
        description="In which time zone, of the IANA data base; that of the header `Time-Zone` when left out.",
    )
    calendar: Calendar = strawberry.field(default=Calendar.ISO, description="Whose months and quarters are meant.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.type(name="DeliverPagePayload", description="When the page comes, or why it does not.")
class DeliverPagePayload:
    """What came of asking for it."""

    delivery: PageDeliveryShown | None = strawberry.field(description="As it is kept; null when it was refused.")
    errors: list[ProblemShown] = strawberry.field(description="Everything wrong with it; nothing was kept then.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


@strawberry.input(name="EndPageDeliveryInput", description="Which saved page is to come no longer.")
class EndPageDeliveryInput:
    """What is to end."""

    page: strawberry.ID = strawberry.field(description="The id of the saved page.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.type(name="EndPageDeliveryPayload", description="Whether the page came to the reader until now.")
class EndPageDeliveryPayload:
    """What came of ending it."""

    ended: bool = strawberry.field(description="Whether it came until now.")
    errors: list[ProblemShown] = strawberry.field(description="Empty: what does not come can be ended too.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


async def page_deliveries(info: FixedInfo) -> list[PageDeliveryShown]:
    """What comes to the reader, by name."""
    return [_shown(each) for each in await kept.deliveries(info.context.database, info.context.actor)]


async def deliver_page(
    info: FixedInfo,
    input: Annotated[DeliverPageInput, strawberry.argument(description="Which page, and when.")],  # noqa: A002  # GraphQL's name
) -> DeliverPagePayload:
    """Have a page come to the reader, in the place of the rhythm it had."""
    delivery, errors = await tried(_delivered(info, input))
    shown = _shown(delivery) if delivery else None
    return DeliverPagePayload(delivery=shown, errors=errors, client_mutation_id=input.client_mutation_id)


async def end_page_delivery(
    info: FixedInfo,
    input: Annotated[EndPageDeliveryInput, strawberry.argument(description="Which page.")],  # noqa: A002  # GraphQL's name
) -> EndPageDeliveryPayload:
    """Let a page come no longer; nothing happens where it did not come."""
    ended = await kept.drop(info.context.database, info.context.actor, str(input.page))
    return EndPageDeliveryPayload(ended=ended, errors=[], client_mutation_id=input.client_mutation_id)


async def _delivered(info: FixedInfo, given: DeliverPageInput) -> kept.Delivery:
    context = info.context
    rhythm = _rhythm(given, given.time_zone or context.actor.time_zone)
    return await kept.keep(context.database, context.actor, str(given.page), rhythm, now=datetime.now(UTC))


def _rhythm(given: DeliverPageInput, named: str) -> Rhythm:
    """The rhythm that was asked for. Raises Rejected with everything wrong with it."""
    problems, at = problems_of(given.every, given.on), _time(given.at)
    if at is None:
        problems.append(told("bad_time", "Write a time of day as hours and minutes: 08:00.", ("at",)))
    try:
        zone(named)
    except InvalidValue as error:
        problems.append(Problem(error.code, error.message, ("timeZone",), dict(error.facts)))
    if problems or at is None:
        raise Rejected(problems)
    return Rhythm(given.every, given.on, at, named, given.calendar)


def _time(text: str) -> time | None:
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  # a time of day alone
    except ValueError:
        return None


def _shown(delivery: kept.Delivery) -> PageDeliveryShown:
    rhythm = delivery.rhythm
    return PageDeliveryShown(
        page=strawberry.ID(delivery.page),
        name=delivery.name,
        every=rhythm.every,
        on=rhythm.on,
        at=f"{rhythm.at:%H:%M}",
        time_zone=rhythm.zone,
        calendar=rhythm.calendar,
        next_at=delivery.next_at,
        last_at=delivery.last_at,
    )
