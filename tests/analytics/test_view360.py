"""The 360° view of a record: complete, exact, paged, and no dearer for a hub."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import neo4j
import pytest
from crm_worlds import NOW, CrmWorld, crm_registry

from analytics.events import Events
from analytics.events_loading import events
from analytics.snapshot import Snapshot, take
from analytics.view360 import Cut, View360, Views
from cypher.clock import reading
from cypher.compile.view360 import Wanted, compile_view
from cypher.compile.view360.sections import MOST_SHOWN
from cypher.compile.view360.statement import CLOCK
from graph.registry import Registry
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM, Actor
from models.commands import CreateRecord, DeleteRecord, UpdateRecord
from models.definitions import patch_from_plain
from models.ids import new_id
from models.metamodel import Metamodel
from models.profiles import profile_of

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Ready:
    """A database with the crm pack's model."""

    database: Database
    registry: Registry

    @property
    def model(self) -> Metamodel:
        return self.registry.model

    async def write(self, world: CrmWorld, now: datetime | None = None) -> None:
        await world.write(self.database, self.model, now)


@pytest.fixture
async def ready(database: Database) -> Ready:
    return Ready(database, await crm_registry(database))


async def viewed(ready: Ready, id: str, **options: object) -> View360:
    view = await Views(ready.database).view(ready.model, SYSTEM, id, now=NOW, **options)  # type: ignore[arg-type]
    assert view is not None
    return view


async def test_a_view_shows_the_record_and_every_relation_counted(ready: Ready) -> None:
    world = CrmWorld()
    acme, other = world.company("Acme", city="Bonn"), world.company("Other")
    people = [world.record("Person", name=name) for name in ("Ann", "Bob", "Cyd")]
    for person in people[:2]:
        world.link(person, "WORKS_AT", acme, role="buyer")
    world.link(people[2], "WORKS_AT", acme, until=NOW - timedelta(days=30), since=NOW - timedelta(days=300))
    world.link(acme, "REFERRED", other)
    await ready.write(world)

    view = await viewed(ready, acme)

    assert (view.record.title, view.record.type, view.record.values["city"]) == ("Acme", "Company", "Bonn")
    counts = {section.side.name: section.count for section in view.sections}
    assert counts["employees"] == 2
    assert counts["referrals"] == 1
    assert counts["orders"] == 0
    employees = next(section for section in view.sections if section.side.name == "employees")
    assert {link.record.title for link in employees.links} == {"Ann", "Bob"}
    assert {link.values["role"] for link in employees.links} == {"buyer"}


async def test_money_is_exact_by_currency_by_month_and_against_the_year_before(ready: Ready) -> None:
    world = CrmWorld()
    acme = world.company("Acme")
    for on, total in (
        (date(2026, 6, 1), "10.10"),
        (date(2026, 6, 15), "0.20"),
        (date(2026, 1, 5), "5.00"),
        (date(2025, 3, 3), "30.60"),
        (date(2026, 6, 16), "999.00"),
    ):
        world.order(acme, on, total)
    await ready.write(world)

    (money,) = (await viewed(ready, acme)).money

    assert (money.currency, money.total, money.count) == ("USD", Decimal("45.90"), 4)
    assert (money.last_year, money.year_before) == (Decimal("15.30"), Decimal("30.60"))
    assert money.trend == -0.5
    assert [(month.month, month.value) for month in money.months if month.count] == [
        (date(2025, 3, 1), Decimal("30.60")),
        (date(2026, 1, 1), Decimal("5.00")),
        (date(2026, 6, 1), Decimal("10.30")),
    ]


async def test_the_time_line_holds_everything_newest_first_and_pages_through_it_once(ready: Ready) -> None:
    world = CrmWorld()
    acme = world.company("Acme")
    wanted = {acme: "change"}
    for day in range(1, 8):
        wanted[world.order(acme, date(2026, 5, day), "1.00")] = "Order"
    for hour in range(5):
        at = datetime(2026, 5, 3, hour, tzinfo=UTC)
        activity = world.record("Activity", subject="call", kind="call", happenedAt=at)
        world.link(activity, "ABOUT", acme)
        wanted[activity] = "Activity"
    await ready.write(world)

    views, seen, cut = Views(ready.database), list[str](), None
    later = datetime.now(UTC) + timedelta(minutes=1)
    moments = []
    for _ in range(10):
        view = await views.view(ready.model, SYSTEM, acme, now=later, events=4, after=cut)
        assert view is not None
        seen += [event.record.id if event.record else acme for event in view.timeline.events]
        moments += [(event.at, event.id) for event in view.timeline.events]
        if not view.timeline.more:
            break
        last = view.timeline.events[-1]
        cut = Cut(last.at, last.id)

    assert sorted(seen) == sorted(wanted)
    assert moments == sorted(moments, reverse=True)
    assert len(moments) == 13


async def test_late_work_comes_first_and_is_suggested(ready: Ready) -> None:
    world = CrmWorld()
    acme = world.company("Acme")
    due = {"late": date(2026, 6, 1), "today": date(2026, 6, 15), "later": date(2026, 7, 1), "whenever": None}
    for subject, on in due.items():
        values = {"subject": subject, "status": "open"} | ({"dueOn": on} if on else {})
        world.link(world.record("Task", **values), "ABOUT", acme)
    world.link(world.record("Task", subject="done", status="done", dueOn=date(2026, 5, 1)), "ABOUT", acme)
    await ready.write(world)

    view = await viewed(ready, acme)

    assert [(each.record.title, each.late) for each in view.unfinished] == [
        ("late", True),
        ("today", False),
        ("later", False),
        ("whenever", False),
    ]
    assert view.actions[0].code == "finish"
    assert view.actions[0].records[0].title == "late"
    assert view.health is not None
    assert sum(reason.contribution for reason in view.health.reasons) == pytest.approx(view.health.scores["score"])
    assert "health.late" in {reason.code for reason in view.health.reasons}


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def _seen(view: View360) -> tuple[Any, ...]:
    """The city, how many employees and who, what business came to, in a view of a company."""
    section = next(each for each in view.sections if each.side.name == "employees")
    names = [link.record.title for link in section.links]
    return view.record.values["city"], section.count, names, [money.total for money in view.money]


async def test_the_past_shows_values_and_links_of_then_and_nothing_that_came_later(ready: Ready) -> None:
    world = CrmWorld()
    acme, ann = world.company("Acme", city="Bonn"), world.record("Person", name="Ann")
    world.link(ann, "WORKS_AT", acme, since=ago(400), until=ago(100))
    world.order(acme, date(2025, 12, 1), "3.00")
    await ready.write(world, ago(500))
    world.commands += [UpdateRecord("Company", acme, {"city": "Köln"}), UpdateRecord("Person", ann, {"name": "Anna"})]
    world.order(acme, date(2026, 6, 1), "7.00")
    await ready.write(world, ago(50))

    now, then = await viewed(ready, acme), await viewed(ready, acme, as_of=ago(150))
    known = await viewed(ready, acme, as_of=ago(1), known_at=ago(60))

    assert _seen(now) == ("Köln", 0, [], [Decimal("10.00")])
    assert _seen(then) == ("Bonn", 1, ["Ann"], [Decimal("3.00")])
    assert _seen(known) == ("Bonn", 0, [], [Decimal("3.00")])
    assert [event.change.op for event in then.timeline.events if event.change] == ["create"]


async def test_a_record_that_is_deleted_has_a_view_of_the_past(ready: Ready) -> None:
    world = CrmWorld()
    acme, bob = world.company("Acme", city="Bonn"), world.record("Person", name="Bob")
    world.link(bob, "WORKS_AT", acme)
    await ready.write(world, ago(90))
    world.commands += [DeleteRecord("Company", acme)]
    await ready.write(world, ago(10))

    views = Views(ready.database)

    assert await views.view(ready.model, SYSTEM, acme, now=NOW) is None
    assert await views.view(ready.model, SYSTEM, acme, now=NOW, as_of=ago(5)) is None
    assert await views.view(ready.model, SYSTEM, acme, now=NOW, as_of=ago(100)) is None
    assert _seen(await viewed(ready, acme, as_of=ago(20))) == ("Bonn", 1, ["Bob"], [])
    assert _seen(await viewed(ready, acme, known_at=ago(20))) == ("Bonn", 1, ["Bob"], [])


async def test_scores_of_the_past_are_those_of_a_run_from_before(ready: Ready, neo4j_driver: neo4j.Driver) -> None:
    world = CrmWorld()
    acme = world.company("Acme")
    await ready.write(world, ago(90))
    with neo4j_driver.session() as session:
        scored = "MATCH (n:Record {id: $id}) SET n.insight_churn_risk = 0.5, n.insight_churn_run = 1, n.insight_churn_at = $at"
        session.run(scored, id=acme, at=ago(30)).consume()

    assert (await viewed(ready, acme, as_of=ago(20))).scores["churn"].scores["risk"] == 0.5
    assert (await viewed(ready, acme, as_of=ago(40))).scores == {}


async def test_a_view_of_the_past_costs_the_same_however_often_its_records_have_changed_since(
    ready: Ready, neo4j_driver: neo4j.Driver
) -> None:
    await ready.registry.indexed()
    world = CrmWorld()
    acme = world.company("Acme", city="0")
    people = [world.record("Person", name="0") for _ in range(5)]
    for person in people:
        world.link(person, "WORKS_AT", acme)
    await ready.write(world, ago(300))

    async def changed(first: int, end: int) -> int:
        for change in range(first, end):
            world.commands += [UpdateRecord("Company", acme, {"city": f"{change}"})]
            world.commands += [UpdateRecord("Person", person, {"name": f"{change}"}) for person in people]
            await ready.write(world, ago(200 - change))
        return _hits(neo4j_driver, ready.model, acme, ago(250))

    seldom, often = await changed(1, 4), await changed(4, 60)

    assert often <= 1.1 * seldom


async def test_a_hub_of_the_past_shows_some_links_and_its_events_in_order(ready: Ready) -> None:
    await ready.registry.indexed()
    world = CrmWorld()
    hub = world.company("Hub")
    for number in range(1005):
        world.order(hub, date(2024, 1, 1) + timedelta(days=number // 2), "1.00")
    await ready.write(world, ago(90))

    view = await viewed(ready, hub, as_of=ago(1), events=5)

    orders = next(each for each in view.sections if each.side.name == "orders")
    assert orders.count == 1005
    newest = [event.at.date() for event in view.timeline.events if event.record]
    assert newest == [date(2025, 5, 17), *[date(2025, 5, 16)] * 2, date(2025, 5, 15)]
    assert view.money == ()
    present, past = (_parts(ready.model, Wanted(past=past, hub=True)) for past in (False, True))
    assert past <= 1.5 * present, "every part takes Neo4j about a fifth of a second to plan"


async def test_a_hub_is_counted_exactly_and_its_links_are_not_walked(ready: Ready, neo4j_driver: neo4j.Driver) -> None:
    await ready.registry.indexed()
    world = CrmWorld()
    hub = world.company("Hub")
    for number in range(1100):
        world.order(hub, date(2024, 1, 1) + timedelta(days=number // 2), "1.00")
    await ready.write(world)

    view = await viewed(ready, hub, events=10)
    walked = _walked_from_here(neo4j_driver, ready.model, hub)

    orders = next(each for each in view.sections if each.side.name == "orders")
    assert (orders.count, len(orders.links)) == (1100, 10)
    newest = [event.at.date() for event in view.timeline.events if event.record]
    assert newest == [date(2025, 7, 3) - timedelta(days=day) for day in range(5) for _ in range(2)]
    assert view.money == ()
    assert max(walked) == MOST_SHOWN


async def test_a_hubs_figures_come_from_the_events_of_a_snapshot(ready: Ready) -> None:
    world = CrmWorld()
    hub = world.company("Hub")
    for number in range(1010):
        world.order(hub, date(2026, 1, 1) + timedelta(days=number % 100), "1.25")
    await ready.write(world)
    snapshot = await take(ready.database, ready.model, SYSTEM, folder=None)
    held = await events(ready.database, ready.model, SYSTEM, snapshot, "Company")

    class Held:
        async def of(self, type_name: str, actor: Actor) -> tuple[Snapshot, Events] | None:
            return snapshot, held

    view = await Views(ready.database, Held()).view(ready.model, SYSTEM, hub, now=NOW)

    assert view is not None
    assert view.figures_at == snapshot.taken_at
    assert [(each.currency, each.total, each.count) for each in view.money] == [("USD", Decimal("1262.50"), 1010)]


async def test_a_type_made_a_minute_ago_has_a_view(database: Database) -> None:
    registry = await Registry.open(database)
    patch, _ = patch_from_plain(
        {"types": [{"name": "Vessel", "plural": "Vessels", "display": "{name}", "fields": [NAME]}]}
    )
    await registry.apply(SYSTEM, patch)
    id, views = new_id(), Views(database)
    assert await views.view(registry.model, SYSTEM, id, now=NOW) is None
    created = [CreateRecord("Vessel", id, {"name": "Argo"})]
    await write(database, registry.model, SYSTEM, created, now=datetime.now(UTC))

    view = await views.view(registry.model, SYSTEM, id, now=datetime.now(UTC) + timedelta(seconds=5))

    assert view is not None
    assert (view.record.title, view.sections, view.money, view.unfinished) == ("Argo", (), (), ())
    assert [event.change.op for event in view.timeline.events if event.change] == ["create"]


NAME = {"name": "name", "kind": "text"}


def _parts(model: Metamodel, wanted: Wanted) -> int:
    """How many branches a company's statement has."""
    return str(compile_view(model, profile_of(model, "Company"), wanted).query).count("UNION ALL")


def _hits(driver: neo4j.Driver, model: Metamodel, id: str, as_of: datetime) -> int:
    """What the database looks at for a company's view of the past."""
    compiled = compile_view(model, profile_of(model, "Company"), Wanted(past=True))
    asked = {"id": id, "now": as_of, "today": as_of.date(), "size": 11, "waiting": 20}
    with driver.session() as session:
        parameters = {**compiled.values, **asked, CLOCK: reading((as_of, None))}
        profile = session.run(f"PROFILE {compiled.query}", parameters).consume().profile
    assert profile is not None
    return sum(int(each.get("dbHits", 0)) for each in _operators(profile))


def _walked_from_here(driver: neo4j.Driver, model: Metamodel, id: str) -> list[int]:
    """How many links each expansion from the record at hand came to."""
    compiled = compile_view(model, profile_of(model, "Company"), Wanted(hub=True))
    parameters = {**compiled.values, "id": id, "now": NOW, "today": NOW.date(), "size": 11, "waiting": 20, "shown": 10}
    with driver.session() as session:
        profile = session.run(f"PROFILE {compiled.query}", parameters).consume().profile
    assert profile is not None
    return [each["rows"] for each in _operators(profile) if each["operatorType"].startswith("Expand(All)")]


def _operators(operator: Any) -> Iterator[Any]:
    yield operator
    for child in operator.get("children", ()):
        yield from _operators(child)
