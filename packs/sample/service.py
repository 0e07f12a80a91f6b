"""Cases that customers raised and tasks that the staff set themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.commands import CreateLink, CreateRecord
from packs.sample.chance import Lot, day_between, identify, moment, stream, working
from packs.sample.deals import Deal
from packs.sample.orders import Order
from packs.sample.phrases import CASES, TASKS
from packs.sample.world import World


@dataclass(frozen=True, slots=True)
class Case:
    """Something a customer wants settled about an order."""

    id: str
    number: int
    order: Order
    opened: datetime
    closed: datetime | None
    contact: int | None
    product: int
    troubled: bool  # the customer is about to fall silent


@dataclass(frozen=True, slots=True)
class Task:
    """Something one of the staff has to do about a company, perhaps about a deal with it."""

    id: str
    number: int
    company: int
    deal: int | None
    due: date


def raise_cases(world: World) -> tuple[Case, ...]:
    """All cases, by time; customers about to fall silent raise five times as many."""
    chance = stream(world.parameters.seed, "cases")
    orders = [order for order in world.orders if order.day < world.parameters.until - timedelta(days=3)]
    weights = [5.0 if _troubled(world, order) else 1.0 for order in orders]
    drawn = Lot(orders, weights).draw_many(chance, world.parameters.count("cases"))
    opened = []
    for order in drawn:
        end = world.silent.get(order.company, world.parameters.until)
        last = min(order.day + timedelta(days=40), max(end, order.day + timedelta(days=2)), world.parameters.until)
        opened.append((moment(chance, day_between(chance, order.day + timedelta(days=2), last)), order))
    opened.sort(key=lambda pair: (pair[0], pair[1].number))
    cases = []
    for number, (at, order) in enumerate(opened):
        contacts = world.draw_present(chance, order.company, at.date(), 1)
        closed = at + timedelta(hours=chance.randrange(2, 24 * 14))
        cases.append(
            Case(
                identify(world.parameters.seed, "case", number, at.date()),
                number,
                order,
                at,
                closed if closed.date() <= world.parameters.until else None,
                contacts[0].number if contacts else None,
                chance.choice(order.lines).product,
                _troubled(world, order),
            )
        )
    return tuple(cases)


def case_records(cases: Sequence[Case], world: World) -> Iterator[CreateRecord]:
    """The cases as records; who is about to leave is less satisfied."""
    chance = stream(world.parameters.seed, "cases", "records")
    for case in cases:
        kinds = ("complaint", "problem", "return", "question", "request")
        kind = chance.choices(kinds, (40, 30, 15, 10, 5) if case.troubled else (12, 25, 8, 40, 15))[0]
        marks = (30, 30, 25, 10, 5) if case.troubled else (3, 7, 20, 40, 30)
        values = {
            "number": f"C-{100_000 + case.number}",
            "subject": chance.choice(CASES[world.companies[case.order.company].language]),
            "kind": kind,
            "status": chance.choice(("solved", "closed")) if case.closed else chance.choice(("new", "open", "waiting")),
            "priority": chance.choices(("low", "normal", "high", "urgent"), (20, 55, 20, 5))[0],
            "openedAt": case.opened,
            "closedAt": case.closed,
            "satisfaction": chance.choices(range(1, 6), marks)[0] if case.closed and chance.random() < 0.6 else None,
        }
        yield CreateRecord("Case", case.id, {name: value for name, value in values.items() if value is not None})


def case_links(cases: Sequence[Case], world: World) -> Iterator[CreateLink]:
    """RAISED, by a contact or, where nobody is left, by the company."""
    for case in cases:
        company = world.companies[case.order.company]
        source = company.id if case.contact is None else world.people[case.contact].id
        yield CreateLink("RAISED", _id(world, "raised", case.number, case.opened.date()), source, case.id, {})


def case_about_links(cases: Sequence[Case], world: World) -> Iterator[CreateLink]:
    """ABOUT: the company, the order and the product of each case."""
    for case in cases:
        targets = (world.companies[case.order.company].id, case.order.id, world.products[case.product].id)
        for place, target in enumerate(targets):
            identity = _id(world, "case about", f"{case.number}.{place}", case.opened.date())
            yield CreateLink("ABOUT", identity, case.id, target, {})


def set_tasks(world: World, deals: Sequence[Deal]) -> tuple[Task, ...]:
    """All tasks, by the day they are due; the last are due a month after the end."""
    chance = stream(world.parameters.seed, "tasks")
    known = [company for company in world.companies[1:] if company.standing != "partner"]
    lot = Lot(known, [company.weight**0.6 for company in known])
    due = []
    for _ in range(world.parameters.count("tasks")):
        if deals and chance.random() < 0.5:
            deal = chance.choice(deals)
            last = deal.closed or world.parameters.until + timedelta(days=30)
            company, number, day = deal.company, deal.number, day_between(chance, deal.engaged, last)
        else:
            company, number = lot.draw(chance).number, None
            end = min(world.silent.get(company, date.max), world.parameters.until + timedelta(days=30))
            first = max(world.companies[company].since or world.parameters.start, world.parameters.start)
            day = day_between(chance, first, end)
        due.append((working(day, world.companies[company].language), company, number))
    due.sort(key=lambda task: (task[0], task[1], -1 if task[2] is None else task[2]))
    return tuple(
        Task(_id(world, "task", number, day), number, company, deal, day)
        for number, (day, company, deal) in enumerate(due)
    )


def task_records(tasks: Sequence[Task], world: World) -> Iterator[CreateRecord]:
    """The tasks as records; what was due long ago is done or cancelled."""
    chance = stream(world.parameters.seed, "tasks", "records")
    until = world.parameters.until
    for task in tasks:
        done = min(task.due + timedelta(days=chance.randrange(-6, 5)), until)
        status = chance.choices(("done", "cancelled"), (94, 6))[0]
        if task.due > until - timedelta(days=14):
            status = chance.choice(("open", "inProgress", "waiting", "done"))
        values = {
            "subject": chance.choice(TASKS[world.companies[task.company].language]),
            "status": status,
            "priority": chance.choices(("low", "normal", "high", "urgent"), (15, 60, 20, 5))[0],
            "dueOn": task.due,
        }
        if status == "done":
            values["doneAt"] = moment(chance, done)
        yield CreateRecord("Task", task.id, values)


def task_about_links(tasks: Sequence[Task], deals: Sequence[Deal], world: World) -> Iterator[CreateLink]:
    """ABOUT, from a task to its company, and to its deal where it has one."""
    for task in tasks:
        targets = [world.companies[task.company].id]
        targets += [] if task.deal is None else [deals[task.deal].id]
        for place, target in enumerate(targets):
            identity = _id(world, "task about", f"{task.number}.{place}", task.due)
            yield CreateLink("ABOUT", identity, task.id, target, {})


def _id(world: World, sort: str, number: int | str, day: date) -> str:
    return identify(world.parameters.seed, sort, number, day)


def _troubled(world: World, order: Order) -> bool:
    silence = world.silent.get(order.company)
    return silence is not None and 0 <= (silence - order.day).days < 150
