"""The whole organisation before it is written down: who there is and what happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from packs.sample import companies, orders, people, products, silence
from packs.sample.companies import Company, Referral
from packs.sample.orders import Order
from packs.sample.parameters import Parameters
from packs.sample.people import STAFF, Person
from packs.sample.products import Product


@dataclass(frozen=True, slots=True)
class World:
    """What later parts of the sample refer to. `silent` and `lost` are days by a company's number."""

    parameters: Parameters
    companies: tuple[Company, ...]
    referrals: tuple[Referral, ...]
    silent: Mapping[int, date]
    lost: Mapping[int, date]
    people: tuple[Person, ...]
    products: tuple[Product, ...]
    orders: tuple[Order, ...]
    contacts: Mapping[int, Sequence[Person]]  # everyone who ever worked at a company
    single_threaded: frozenset[int]  # companies that only their first contact speaks for

    def manager_of(self, company: Company) -> Person:
        """Who of the staff answers for a company: somebody of its language, the same one always."""
        team = [person for person in self.people[1:STAFF] if person.language == company.language]
        place = company.number * company.number % (len(team) * len(team))
        return team[min(place // len(team), place % len(team))]

    def present(self, company: int, day: date) -> list[Person]:
        """Who speaks for a company on a day; nobody where its only contact has left."""
        there = [
            person
            for person in self.contacts.get(company, ())
            if any(post.company == company and post.held_on(day) for post in person.posts)
        ]
        if company not in self.single_threaded:
            return there
        return [person for person in there if person.lead and person.home == company]

    def draw_present(self, chance: Random, company: int, day: date, most: int) -> list[Person]:
        """One to `most` of those who speak for a company on a day, its first contact more often."""
        there = self.present(company, day)
        if not there:
            return []
        count = min(len(there), 1 + chance.randrange(most))
        drawn = [there[0]] if chance.random() < 0.5 else []
        return list({person.number: person for person in (*drawn, *chance.choices(there, k=count))}.values())[:count]


def draw_world(parameters: Parameters) -> World:
    """The organisation of these parameters; always the same for the same parameters."""
    firms = companies.found(parameters)
    referrals = companies.refer(parameters, firms)
    silent = silence.fall_silent(parameters, firms, referrals)
    known = people.meet(parameters, firms, silent)
    goods = products.stock(parameters)
    return World(
        parameters,
        firms,
        referrals,
        silent,
        silence.known_to_be_lost(parameters, silent),
        known,
        goods,
        orders.take(parameters, firms, silent, goods),
        _contacts(known),
        _single_threaded(firms, known),
    )


def _contacts(known: Sequence[Person]) -> dict[int, list[Person]]:
    grouped: dict[int, list[Person]] = defaultdict(list)
    for person in known[STAFF:]:
        for number in dict.fromkeys(post.company for post in person.posts):
            grouped[number].append(person)
    return dict(grouped)


def _single_threaded(firms: Sequence[Company], known: Sequence[Person]) -> frozenset[int]:
    """Every third customer with three people or more: one contact holds the whole relationship."""
    homes: dict[int, int] = defaultdict(int)
    for person in known:
        homes[person.home] += 1
    return frozenset(c.number for c in firms if c.since and c.number % 3 == 0 and homes[c.number] >= 3)
