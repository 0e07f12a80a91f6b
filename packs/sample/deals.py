"""Deals: won, lost or still open, who decides on them, what they offer and the order they led to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from models.commands import CreateLink, CreateRecord
from models.fields.money import Money
from packs.sample.chance import Lot, day_between, identify, stream, working
from packs.sample.companies import Company
from packs.sample.orders import Line, Order
from packs.sample.world import World

_WON_DAYS, _LOST_DAYS = 52, 41
_PROBABILITIES = {"prospecting": 10, "engaging": 30, "proposal": 50, "negotiation": 75, "won": 100, "lost": 0}
_REASONS = ("price", "competitor", "timing", "noNeed", "noAnswer")


@dataclass(frozen=True, slots=True)
class Deal:
    """A sale in the making with one company."""

    id: str
    number: int
    company: int
    engaged: date
    closed: date | None
    stage: str
    lines: tuple[Line, ...]
    order: Order | None

    @property
    def amount(self) -> Decimal:
        """What it is worth, to the cent."""
        return sum((line.amount for line in self.lines), Decimal(0)).quantize(Decimal("0.01"))


def work_on(world: World) -> tuple[Deal, ...]:
    """All deals of the three years, by first day. Prospects never win, and nobody begins one in silence."""
    chance = stream(world.parameters.seed, "deals")
    able = [c for c in world.companies[1:] if (c.since or world.parameters.start) < world.parameters.until]
    weights = [c.weight**0.6 * (1.0 if c.since else 0.6) for c in able]
    drawn = Lot(able, weights).draw_many(chance, world.parameters.count("deals"))
    begun = sorted(((_begin(chance, world, company), company) for company in drawn), key=lambda d: (d[0], d[1].number))
    orders = _orders_to_come(world)
    return tuple(_deal(chance, world, number, *pair, orders) for number, pair in enumerate(begun))


def records(deals: Sequence[Deal], world: World) -> Iterator[CreateRecord]:
    """The deals as records."""
    chance = stream(world.parameters.seed, "deals", "records")
    for deal in deals:
        values = {
            "name": f"{world.companies[deal.company].name} · {world.products[deal.lines[0].product].name}",
            "stage": deal.stage,
            "amount": Money(deal.amount, "USD"),
            "probability": Decimal(_PROBABILITIES[deal.stage]),
            "engagedOn": deal.engaged,
            "expectedOn": deal.engaged + timedelta(days=chance.randrange(30, 120)),
            "closedOn": deal.closed,
            "lostReason": chance.choice(_REASONS) if deal.stage == "lost" else None,
        }
        yield CreateRecord("Deal", deal.id, {name: value for name, value in values.items() if value is not None})


def company_links(deals: Sequence[Deal], world: World) -> Iterator[CreateLink]:
    """DEAL_WITH, from each deal to its company."""
    for deal in deals:
        identity = identify(world.parameters.seed, "deal with", deal.number, deal.engaged)
        yield CreateLink("DEAL_WITH", identity, deal.id, world.companies[deal.company].id, {})


def offer_links(deals: Sequence[Deal], world: World) -> Iterator[CreateLink]:
    """OFFERS, from each deal to its products."""
    for deal in deals:
        for line in deal.lines:
            identity = identify(world.parameters.seed, "offer", f"{deal.number}.{line.product}", deal.engaged)
            values = {
                "quantity": Decimal(line.quantity),
                "unitPrice": Money(line.price, "USD"),
                "discount": Decimal(line.discount),
                "amount": Money(line.amount, "USD"),
            }
            yield CreateLink("OFFERS", identity, deal.id, world.products[line.product].id, values)


def decider_links(deals: Sequence[Deal], world: World) -> Iterator[CreateLink]:
    """DECIDES_ON, from the people at the company when the deal began."""
    chance = stream(world.parameters.seed, "deciders")
    for deal in deals:
        for place, person in enumerate(world.draw_present(chance, deal.company, deal.engaged, 4)):
            role = "decisionMaker" if place == 0 else chance.choice(("champion", "influencer", "user", "blocker"))
            influence = Decimal(chance.randrange(50, 100) if place == 0 else chance.randrange(5, 50))
            identity = identify(world.parameters.seed, "decider", f"{deal.number}.{person.number}", deal.engaged)
            yield CreateLink("DECIDES_ON", identity, person.id, deal.id, {"role": role, "influence": influence})


def order_links(deals: Sequence[Deal], world: World) -> Iterator[CreateLink]:
    """LED_TO, from deals won to the first order after them."""
    for deal in deals:
        if deal.order:
            identity = identify(world.parameters.seed, "led to", deal.number, deal.order.day)
            yield CreateLink("LED_TO", identity, deal.id, deal.order.id, {})


def _begin(chance: Random, world: World, company: Company) -> date:
    end = world.silent.get(company.number, world.parameters.until)
    first = max((company.since or world.parameters.start) - timedelta(days=70), world.parameters.start)
    return working(day_between(chance, first, max(first, end - timedelta(days=10))), company.language)


def _deal(
    chance: Random,
    world: World,
    number: int,
    engaged: date,
    company: Company,
    orders: dict[int, list[Order]],
) -> Deal:
    win = company.since is not None and chance.random() < 0.66
    days = max(4, int(chance.lognormvariate(0, 0.5) * (_WON_DAYS if win else _LOST_DAYS)))
    closed = engaged + timedelta(days=days)
    stage = "won" if win else "lost"
    if closed > world.parameters.until:
        done = (world.parameters.until - engaged).days / days
        stage = ("prospecting", "engaging", "proposal", "negotiation")[min(int(done * 4), 3)]
    order = _order_after(orders.get(company.number, []), closed) if stage == "won" else None
    return Deal(
        identify(world.parameters.seed, "deal", number, engaged),
        number,
        company.number,
        engaged,
        closed if stage in {"won", "lost"} else None,
        stage,
        order.lines if order else _wished(chance, world),
        order,
    )


def _wished(chance: Random, world: World) -> tuple[Line, ...]:
    goods = Lot(world.products, [product.weight**0.5 * float(product.price) ** 0.3 for product in world.products])
    return tuple(
        Line(product.number, chance.randrange(1, 13), product.price, chance.choice((0, 0, 5, 10)))
        for product in goods.draw_different(chance, chance.choice((1, 1, 2, 3)))
    )


def _orders_to_come(world: World) -> dict[int, list[Order]]:
    grouped: dict[int, list[Order]] = {}
    for order in world.orders:
        grouped.setdefault(order.company, []).append(order)
    return grouped


def _order_after(orders: list[Order], day: date) -> Order | None:
    """The first order within four months after a day; taken off the list, so that no two deals claim it."""
    for place, order in enumerate(orders):
        if day <= order.day <= day + timedelta(days=120):
            return orders.pop(place)
    return None
