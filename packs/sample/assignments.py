"""Who of the staff answers for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from models.commands import CreateLink
from packs.sample.chance import identify, stream
from packs.sample.deals import Deal
from packs.sample.marketing import Lead
from packs.sample.people import STAFF
from packs.sample.service import Case, Task
from packs.sample.world import World


def assignee_links(
    world: World, deals: Sequence[Deal], leads: Sequence[Lead], tasks: Sequence[Task], cases: Sequence[Case]
) -> Iterator[CreateLink]:
    """ASSIGNED_TO, to the account manager of the company concerned, sometimes to a colleague."""
    chance = stream(world.parameters.seed, "assignments")
    seed = world.parameters.seed
    for sort, identity, company, day in _assigned(world, deals, leads, tasks, cases):
        person = world.manager_of(world.companies[company])
        if sort != "company" and chance.random() < 0.12:
            person = world.people[chance.randrange(1, STAFF)]
        link = identify(seed, "assigned", identity, day)
        yield CreateLink("ASSIGNED_TO", link, identity, person.id, {"since": day})


def _assigned(
    world: World, deals: Sequence[Deal], leads: Sequence[Lead], tasks: Sequence[Task], cases: Sequence[Case]
) -> Iterator[tuple[str, str, int, date]]:
    for company in world.companies[1:]:
        yield "company", company.id, company.number, company.since or world.parameters.start
    for deal in deals:
        yield "deal", deal.id, deal.company, deal.engaged
    for lead in leads:
        yield "lead", lead.id, lead.company or 1 + lead.number % (len(world.companies) - 1), lead.day
    for task in tasks:
        yield "task", task.id, task.company, min(task.due, world.parameters.until)
    for case in cases:
        yield "case", case.id, case.order.company, case.opened.date()
