"""Orders and their lines: more at season's peak and from large customers, none once a customer is silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from models.commands import CreateLink, CreateRecord
from models.fields.money import Money
from packs.sample.chance import Lot, day_between, identify, season, stream, working
from packs.sample.companies import Company
from packs.sample.parameters import Parameters
from packs.sample.products import CENT, Product

_QUANTITIES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 30, 40, 60)
_DISCOUNTS = (0, 0, 0, 0, 0, 5, 5, 10, 15, 20)


@dataclass(frozen=True, slots=True)
class Line:
    """So many of a product, at a price, less a discount in percent."""

    product: int
    quantity: int
    price: Decimal
    discount: int

    @property
    def amount(self) -> Decimal:
        """Exact: quantity × price × (1 − discount), with up to four digits after the point."""
        return self.quantity * self.price * (100 - self.discount) / 100


@dataclass(frozen=True, slots=True)
class Order:
    """What a company ordered on a day."""

    id: str
    number: int
    company: int
    day: date
    lines: tuple[Line, ...]
    late: bool  # paid well after it was due

    @property
    def total(self) -> Decimal:
        """The sum of the lines, exact."""
        return sum((line.amount for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class Month:
    """A month, or what is left of it, in which a company buys."""

    company: Company
    first: date
    last: date


def custom(
    parameters: Parameters, companies: Sequence[Company], silent: Mapping[int, date]
) -> tuple[list[Month], list[float]]:
    """The months each customer buys in and how busy they are: size × season × growth, fading to silence."""
    months, weights = [], []
    for company in companies:
        if company.since is None:
            continue
        end = silent.get(company.number, parameters.until)
        first = max(company.since, parameters.start)
        while first <= end:
            last = min(_month_end(first), end)
            fading = company.number in silent and (end - first).days < 120
            share = ((last - first).days + 1) / 30.4
            grown = 1 + 0.10 * (first - parameters.start).days / 365
            months.append(Month(company, first, last))
            weights.append(
                company.weight * season(company.language, first.month) * share * grown * (0.5 if fading else 1.0)
            )
            first = _month_end(first) + timedelta(days=1)
    return months, weights


def take(
    parameters: Parameters,
    companies: Sequence[Company],
    silent: Mapping[int, date],
    products: Sequence[Product],
) -> tuple[Order, ...]:
    """All orders of the three years, by day; a customer's first day has one, its last before silence too."""
    chance = stream(parameters.seed, "orders")
    days = list(_fixed_days(parameters, companies, silent))
    months, weights = custom(parameters, companies, silent)
    drawn = Lot(months, weights).draw_many(chance, max(parameters.count("orders") - len(days), 0))
    days += [(day_between(chance, month.first, month.last), month.company) for month in drawn]
    dated = sorted(
        ((_open(parameters, company, day), company) for day, company in days),
        key=lambda d: (d[0], d[1].number),
    )
    basket = _Baskets(parameters, products)
    return tuple(
        Order(
            identify(parameters.seed, "order", number, day),
            number,
            company.number,
            day,
            basket.fill(chance, company, day),
            _late(chance, silent.get(company.number), day),
        )
        for number, (day, company) in enumerate(dated)
    )


class _Baskets:
    """What goes into an order: a customer's favourites first, then what goes with them."""

    def __init__(self, parameters: Parameters, products: Sequence[Product]) -> None:
        self._parameters = parameters
        self._all = Lot(products, [product.weight for product in products])
        self._series = {
            name: Lot(group, [product.weight for product in group])
            for name in {product.series for product in products}
            if (group := [product for product in products if product.series == name])
        }

    def fill(self, chance: Random, company: Company, day: date) -> tuple[Line, ...]:
        taste = stream(self._parameters.seed, "taste", company.number)
        favourites = self._all.draw_different(taste, 6)
        chosen: dict[int, Product] = {}
        for _ in range(chance.choices(range(1, 8), (14, 24, 24, 17, 11, 6, 4))[0]):
            draw = chance.random()
            previous = next(reversed(chosen.values())) if chosen else None
            if previous and draw < 0.35:
                product = self._series[previous.goes_with].draw(chance)
            elif draw < 0.75:
                product = chance.choice(favourites)
            else:
                product = self._all.draw(chance)
            chosen[product.number] = product
        return tuple(self._line(chance, company, product, day) for product in chosen.values())

    def _line(self, chance: Random, company: Company, product: Product, day: date) -> Line:
        years = max((day - self._parameters.start).days // 365, 0)
        price = (product.price * (100 + 3 * years) / 100).quantize(CENT)
        size = min(int(company.weight * 60), 6) if product.price < 100 else 0
        quantity = _QUANTITIES[min(chance.randrange(6) + size + chance.randrange(3), len(_QUANTITIES) - 1)]
        if product.price >= 100:
            quantity = chance.choice((1, 1, 1, 2))
        return Line(product.number, quantity, price, chance.choice(_DISCOUNTS))


def records(parameters: Parameters, orders: Sequence[Order]) -> Iterator[CreateRecord]:
    """The orders as records, with how far each had come on the last day."""
    chance = stream(parameters.seed, "orders", "records")
    for order in orders:
        due = order.day + timedelta(days=30)
        paid = due + timedelta(days=chance.randrange(20, 70) if order.late else chance.randrange(-25, 6))
        values = {
            "number": f"CV-{order.day.year}-{10_000 + order.number}",
            "orderedOn": order.day,
            "status": _status(chance, (parameters.until - order.day).days),
            "total": Money(order.total, "USD"),
            "channel": chance.choices(("web", "phone", "field", "partner"), (50, 25, 18, 7))[0],
            "dueOn": due,
            "paidOn": paid if paid <= parameters.until else None,
        }
        yield CreateRecord("Order", order.id, {name: value for name, value in values.items() if value is not None})


def buyer_links(parameters: Parameters, companies: Sequence[Company], orders: Sequence[Order]) -> Iterator[CreateLink]:
    """PLACED, from the company to its order."""
    for order in orders:
        identity = identify(parameters.seed, "placed", order.number, order.day)
        yield CreateLink("PLACED", identity, companies[order.company].id, order.id, {})


def line_links(parameters: Parameters, products: Sequence[Product], orders: Sequence[Order]) -> Iterator[CreateLink]:
    """CONTAINS, one for every line."""
    for order in orders:
        for line in order.lines:
            identity = identify(parameters.seed, "line", f"{order.number}.{line.product}", order.day)
            values = {
                "quantity": Decimal(line.quantity),
                "unitPrice": Money(line.price, "USD"),
                "discount": Decimal(line.discount),
                "amount": Money(line.amount, "USD"),
            }
            yield CreateLink("CONTAINS", identity, order.id, products[line.product].id, values)


def _fixed_days(
    parameters: Parameters, companies: Sequence[Company], silent: Mapping[int, date]
) -> Iterator[tuple[date, Company]]:
    for company in companies:
        if company.since and company.since >= parameters.start:
            yield company.since, company
        if company.number in silent:
            yield silent[company.number], company


def _open(parameters: Parameters, company: Company, day: date) -> date:
    return max(working(day, company.language), parameters.start)


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _late(chance: Random, silence: date | None, day: date) -> bool:
    """Who is about to fall silent pays late three times in five."""
    if silence and 0 <= (silence - day).days < 180:
        return chance.random() < 0.6
    return chance.random() < 0.06


def _status(chance: Random, age_days: int) -> str:
    if chance.random() < 0.015:
        return "cancelled"
    return "confirmed" if age_days < 4 else "shipped" if age_days < 12 else "delivered"
