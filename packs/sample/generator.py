"""The sample as commands: record types first, then relations, each part drawn when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain

from models.commands import CreateLink, CreateRecord
from packs.sample import (
    activities,
    assignments,
    companies,
    deals,
    marketing,
    orders,
    people,
    products,
    service,
)
from packs.sample.chance import begun, midnight
from packs.sample.parameters import Parameters
from packs.sample.world import World, draw_world


@dataclass(frozen=True, slots=True)
class Part:
    """All records of one type or all links of one relation; `draw` gives the same ones every time.

    Each has been there since the day in its id, the last ones since the sample's last day.
    """

    name: str
    drawn: Callable[[], Iterator[CreateRecord | CreateLink]]
    until: datetime

    def draw(self) -> Iterator[CreateRecord | CreateLink]:
        """The records or links."""
        for command in self.drawn():
            since = min(begun(command.id), self.until)
            if isinstance(command, CreateRecord):
                yield replace(command, valid_from=since)
            else:  # for a link that has a time of its own, that is all that counts
                yield command if command.valid_from else replace(command, held_from=since)


def generate(parameters: Parameters) -> tuple[Part, ...]:
    """The whole sample in the order it can be written: a link never comes before the records at its ends.

    A pure function of its parameters; takes about a second at full size, and each part is a stream.
    """
    return parts_of(draw_world(parameters))


def parts_of(world: World) -> tuple[Part, ...]:
    """The sample of an organisation that has been drawn already."""
    p = world.parameters
    dealt = deals.work_on(world)
    acts = activities.happen(world, dealt)
    cases = service.raise_cases(world)
    tasks = service.set_tasks(world, dealt)
    campaigns = marketing.plan_campaigns(p)
    leads = marketing.receive_leads(world, campaigns)
    drawn: tuple[tuple[str, Callable[[], Iterator[CreateRecord | CreateLink]]], ...] = (
        ("Company", partial(companies.records, p, world.companies, world.lost)),
        ("Person", partial(people.records, p, world.companies, world.people)),
        ("Product", partial(products.records, p, world.products)),
        ("Campaign", partial(marketing.campaign_records, campaigns, p)),
        ("Lead", partial(marketing.lead_records, leads, world)),
        ("Deal", partial(deals.records, dealt, world)),
        ("Order", partial(orders.records, p, world.orders)),
        ("Activity", partial(activities.records, acts, world)),
        ("Task", partial(service.task_records, tasks, world)),
        ("Case", partial(service.case_records, cases, world)),
        ("WORKS_AT", partial(people.post_links, p, world.companies, world.people)),
        ("MANAGES", partial(people.manager_links, p, world.people)),
        ("OWNS", partial(companies.ownership_links, p, world.companies)),
        ("REFERRED", partial(companies.referral_links, p, world.companies, world.referrals)),
        ("KNOWS", partial(marketing.acquaintance_links, world)),
        ("ASSIGNED_TO", partial(assignments.assignee_links, world, dealt, leads, tasks, cases)),
        ("TARGETS", partial(marketing.audience_links, campaigns, world)),
        ("BROUGHT", partial(marketing.result_links, leads, campaigns, world)),
        ("BECAME", partial(marketing.outcome_links, leads, world)),
        ("DEAL_WITH", partial(deals.company_links, dealt, world)),
        ("OFFERS", partial(deals.offer_links, dealt, world)),
        ("DECIDES_ON", partial(deals.decider_links, dealt, world)),
        ("PLACED", partial(orders.buyer_links, p, world.companies, world.orders)),
        ("LED_TO", partial(deals.order_links, dealt, world)),
        ("CONTAINS", partial(orders.line_links, p, world.products, world.orders)),
        ("TOOK_PART", partial(activities.participant_links, acts, world)),
        ("RAISED", partial(service.case_links, cases, world)),
        (
            "ABOUT",
            lambda: chain(
                activities.about_links(acts, dealt, world),
                service.task_about_links(tasks, dealt, world),
                service.case_about_links(cases, world),
            ),
        ),
    )
    until = midnight(p.until)
    return tuple(Part(name, draw, until) for name, draw in drawn)
