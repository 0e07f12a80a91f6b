"""The sample as commands: record types first, then relations, each part drawn when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
from packs.sample.parameters import Parameters
from packs.sample.world import World, draw_world


@dataclass(frozen=True, slots=True)
class Part:
    """All records of one type or all links of one relation; `draw` gives the same ones every time."""

    name: str
    draw: Callable[[], Iterator[CreateRecord | CreateLink]]


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
    return (
        Part("Company", partial(companies.records, p, world.companies, world.lost)),
        Part("Person", partial(people.records, p, world.companies, world.people)),
        Part("Product", partial(products.records, p, world.products)),
        Part("Campaign", partial(marketing.campaign_records, campaigns, p)),
        Part("Lead", partial(marketing.lead_records, leads, world)),
        Part("Deal", partial(deals.records, dealt, world)),
        Part("Order", partial(orders.records, p, world.orders)),
        Part("Activity", partial(activities.records, acts, world)),
        Part("Task", partial(service.task_records, tasks, world)),
        Part("Case", partial(service.case_records, cases, world)),
        Part("WORKS_AT", partial(people.post_links, p, world.companies, world.people)),
        Part("MANAGES", partial(people.manager_links, p, world.people)),
        Part("OWNS", partial(companies.ownership_links, p, world.companies)),
        Part("REFERRED", partial(companies.referral_links, p, world.companies, world.referrals)),
        Part("KNOWS", partial(marketing.acquaintance_links, world)),
        Part("ASSIGNED_TO", partial(assignments.assignee_links, world, dealt, leads, tasks, cases)),
        Part("TARGETS", partial(marketing.audience_links, campaigns, world)),
        Part("BROUGHT", partial(marketing.result_links, leads, campaigns, world)),
        Part("BECAME", partial(marketing.outcome_links, leads, world)),
        Part("DEAL_WITH", partial(deals.company_links, dealt, world)),
        Part("OFFERS", partial(deals.offer_links, dealt, world)),
        Part("DECIDES_ON", partial(deals.decider_links, dealt, world)),
        Part("PLACED", partial(orders.buyer_links, p, world.companies, world.orders)),
        Part("LED_TO", partial(deals.order_links, dealt, world)),
        Part("CONTAINS", partial(orders.line_links, p, world.products, world.orders)),
        Part("TOOK_PART", partial(activities.participant_links, acts, world)),
        Part("RAISED", partial(service.case_links, cases, world)),
        Part(
            "ABOUT",
            lambda: chain(
                activities.about_links(acts, dealt, world),
                service.task_about_links(tasks, dealt, world),
                service.case_about_links(cases, world),
            ),
        ),
    )
