"""What the trading house sells: coffee, tea and everything that goes with them, in eight series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.commands import CreateRecord
from models.fields.money import Money
from packs.sample.chance import identify, skewed, stream
from packs.sample.parameters import Parameters

CENT = Decimal("0.01")
_INTRODUCED = date(2015, 1, 5)
# series, words of its names, lowest and highest price, and the series often bought with it
_SERIES = (
    (
        "Roast",
        "Espresso Blend|House Blend|Dark Roast|Single Origin Hills|Decaf|Breakfast Roast",
        9,
        32,
        "Filter",
    ),
    ("Leaf", "Black Tea|Green Tea|Mountain Tea|Smoky Tea|Herbal Infusion|Saffron Tea", 7, 40, "Serve"),
    ("Filter", "Paper Filter|Metal Filter|Water Filter|Descaler|Cleaning Tablets", 4, 60, "Roast"),
    ("Grind", "Hand Grinder|Shop Grinder|Burr Set|Dosing Scale", 45, 900, "Brew"),
    ("Brew", "Espresso Machine|Drip Brewer|Samovar|Cold Brew Tower|Milk Frother", 120, 4800, "Filter"),
    ("Serve", "Cup Set|Tea Glass Set|Carafe|Tray|Sugar Bowl", 12, 140, "Leaf"),
    ("Sweet", "Rock Candy|Date Biscuits|Honey Jar|Almond Brittle", 5, 45, "Leaf"),
    ("Care", "Service Contract|Barista Course|Installation", 150, 2400, "Brew"),
)


@dataclass(frozen=True, slots=True)
class Product:
    """A product; `weight` is how often it is asked for against the most popular one."""

    id: str
    number: int
    name: str
    series: str
    goes_with: str
    price: Decimal
    weight: float


def stock(parameters: Parameters) -> tuple[Product, ...]:
    """All products by number, popularity by Zipf's law, the series taking turns."""
    chance = stream(parameters.seed, "products")
    count = parameters.count("products")
    weights = skewed(count, 0.9)
    products = []
    for number in range(count):
        series, words, low, high, goes_with = _SERIES[number % len(_SERIES)]
        names = words.split("|")
        turn = number // len(_SERIES)
        name = f"{series} {names[turn % len(names)]} No. {1 + turn}"
        spread = chance.random() ** 2
        price = Decimal(int((low + (high - low) * spread) * 100)) * CENT
        identity = identify(parameters.seed, "product", number, _INTRODUCED)
        products.append(Product(identity, number, name, series, goes_with, price, weights[number]))
    return tuple(products)


def records(parameters: Parameters, products: Sequence[Product]) -> Iterator[CreateRecord]:
    """The products as records; the least wanted few have been discontinued."""
    chance = stream(parameters.seed, "products", "records")
    for product in products:
        cost = (product.price * Decimal(chance.randrange(45, 75)) / 100).quantize(CENT)
        values = {
            "name": product.name,
            "sku": f"CV-{1001 + product.number}",
            "price": Money(product.price, "USD"),
            "discontinued": product.number >= len(products) - len(products) // 20,
            "series": product.series,
            "cost": Money(cost, "USD"),
        }
        yield CreateRecord("Product", product.id, values)
