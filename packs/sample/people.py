"""The people of the sample: the house's staff and the customers' contacts, with every post they held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from models.commands import CreateLink, CreateRecord
from packs.sample.chance import Lot, day_between, identify, midnight, stream
from packs.sample.companies import HOUSE, Company
from packs.sample.firms import draw_phone
from packs.sample.names import FullName, draw_name
from packs.sample.parameters import Parameters

STAFF = 36
MANAGERS = 6  # number 0 is the director, 1 to 5 lead a team each
_OFFICES = ("London", "Berlin", "Almaty")


@dataclass(frozen=True, slots=True)
class Post:
    """A time at a company in a role; without `until` it lasts."""

    company: int
    role: str
    since: date
    until: date | None = None
    main: bool = True

    def held_on(self, day: date) -> bool:
        """Whether the post was held on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with the posts held, the earliest first; `lead` is the first contact of the company `home`."""

    id: str
    number: int
    name: FullName
    language: str
    home: int
    lead: bool
    posts: tuple[Post, ...]

    @property
    def staff(self) -> bool:
        """Whether the house employs this person."""
        return self.home == HOUSE


_ROLES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Head of Purchasing",
        "Office Manager",
        "Finance Director",
        "Operations Manager",
        "Assistant",
        "Chef",
    ),
    "ru": (
        "Начальник отдела закупок",
        "Офис-менеджер",
        "Финансовый директор",
        "Управляющий",
        "Секретарь",
        "Шеф-повар",
    ),
    "fa": ("مدیر خرید", "مدیر دفتر", "مدیر مالی", "مدیر عملیات", "دستیار", "سرآشپز"),
}


def meet(parameters: Parameters, companies: Sequence[Company], silent: Mapping[int, date]) -> tuple[Person, ...]:
    """All people by number, the staff first. About one contact in five has changed employers."""
    chance = stream(parameters.seed, "people")
    people = [_staff(chance, parameters, number) for number in range(STAFF)]
    homes = _homes(chance, parameters, companies)
    neighbours = _by_language(companies)
    met: set[int] = set()
    for number, home in enumerate(homes, start=STAFF):
        lead = home.number not in met
        met.add(home.number)
        others = neighbours[home.language]
        posts = _posts(chance, parameters, home, lead, others, silent)
        name = draw_name(chance, home.language)
        identity = identify(parameters.seed, "person", number, posts[0].since)
        people.append(Person(identity, number, name, home.language, home.number, lead, posts))
    return tuple(people)


def records(parameters: Parameters, companies: Sequence[Company], people: Sequence[Person]) -> Iterator[CreateRecord]:
    """The people as records; an address is at the domain of the latest employer and never given twice."""
    chance = stream(parameters.seed, "people", "records")
    taken: set[str] = set()
    for person in people:
        employer = companies[person.posts[-1].company if person.posts[-1].main else person.home]
        address = f"{person.name.latin}@{employer.slug}.example.org"
        if address in taken:
            address = f"{person.name.latin}.{person.number}@{employer.slug}.example.org"
        taken.add(address)
        birthday = day_between(chance, date(1958, 1, 1), date(2001, 12, 31))
        values = {
            "name": person.name.whole,
            "givenName": person.name.given,
            "familyName": person.name.family,
            "patronymic": person.name.patronymic,
            "email": address,
            "phone": draw_phone(chance, employer.country),
            "language": person.language,
            "city": employer.city,
            "country": employer.country,
            "birthday": birthday if chance.random() < 0.4 else None,
            "staff": person.staff,
            "office": _OFFICES[person.number % len(_OFFICES)] if person.staff else None,
            "optOut": not person.staff and chance.random() < 0.06,
        }
        known = {name: value for name, value in values.items() if value is not None}
        yield CreateRecord("Person", person.id, known)


def post_links(parameters: Parameters, companies: Sequence[Company], people: Sequence[Person]) -> Iterator[CreateLink]:
    """WORKS_AT, one for every post, also those that have ended."""
    for person in people:
        for count, post in enumerate(person.posts):
            identity = identify(parameters.seed, "post", f"{person.number}.{count}", post.since)
            yield CreateLink(
                "WORKS_AT",
                identity,
                person.id,
                companies[post.company].id,
                {"role": post.role, "since": post.since, "main": post.main},
                valid_from=midnight(post.since),
                valid_to=midnight(post.until) if post.until else None,
            )


def manager_links(parameters: Parameters, people: Sequence[Person]) -> Iterator[CreateLink]:
    """MANAGES among the staff: the director leads the managers, each manager a team."""
    for person in people[1:STAFF]:
        manager = people[0 if person.number < MANAGERS else 1 + person.number % (MANAGERS - 1)]
        identity = identify(parameters.seed, "manager", person.number, person.posts[0].since)
        yield CreateLink("MANAGES", identity, manager.id, person.id, {})


def _staff(chance: Random, parameters: Parameters, number: int) -> Person:
    language = ("en", "en", "ru", "fa")[number % 4]
    role = "Director" if number == 0 else "Team Lead" if number < MANAGERS else "Account Manager"
    since = day_between(chance, date(2010, 1, 4), parameters.start - timedelta(days=30))
    identity = identify(parameters.seed, "person", number, since)
    return Person(identity, number, draw_name(chance, language), language, HOUSE, False, (Post(HOUSE, role, since),))


def _homes(chance: Random, parameters: Parameters, companies: Sequence[Company]) -> list[Company]:
    """The company of each contact: everyone has one, large companies have many."""
    others = list(companies[1:])
    more = max(parameters.count("people") - STAFF - len(others), 0)
    drawn = Lot(others, [company.weight**0.7 for company in others]).draw_many(chance, more)
    return others + sorted(drawn, key=lambda company: company.number)


def _by_language(companies: Sequence[Company]) -> dict[str, Lot[Company]]:
    grouped: dict[str, list[Company]] = {}
    for company in companies[1:]:
        grouped.setdefault(company.language, []).append(company)
    return {name: Lot(group, [c.weight**0.5 for c in group]) for name, group in grouped.items()}


def _posts(
    chance: Random,
    parameters: Parameters,
    home: Company,
    lead: bool,
    others: Lot[Company],
    silent: Mapping[int, date],
) -> tuple[Post, ...]:
    role = _ROLES[home.language][0 if lead else chance.randrange(len(_ROLES[home.language]))]
    first = (home.since or parameters.start) - timedelta(days=chance.randrange(60, 900))
    gone = silent.get(home.number)
    if lead and gone and chance.random() < 0.3:
        return _moved_away(chance, home, role, first, gone - timedelta(days=40), others)
    if lead:
        return (Post(home.number, role, first),)
    draw = chance.random()
    began = day_between(chance, first, parameters.until - timedelta(days=90))
    if draw < 0.20:
        return _moved_here(chance, home, role, began, others)
    if draw < 0.24:
        ended = day_between(chance, began + timedelta(days=60), parameters.until)
        return (Post(home.number, role, began, min(ended, parameters.until)),)
    posts: tuple[Post, ...] = (Post(home.number, role, began),)
    if draw < 0.29:
        second = others.draw(chance)
        if second.number != home.number:
            began = day_between(chance, began, parameters.until - timedelta(days=30))
            posts += (Post(second.number, role, began, main=False),)
    return posts


def _moved_away(
    chance: Random, home: Company, role: str, first: date, left: date, others: Lot[Company]
) -> tuple[Post, ...]:
    """The only contact leaves a company, which then falls silent."""
    new = others.draw(chance)
    before = Post(home.number, role, first, left)
    if new.number == home.number:
        return (before,)
    return (before, Post(new.number, role, left + timedelta(days=chance.randrange(1, 30))))


def _moved_here(chance: Random, home: Company, role: str, began: date, others: Lot[Company]) -> tuple[Post, ...]:
    old = others.draw(chance)
    left = began - timedelta(days=chance.randrange(0, 60))
    if old.number == home.number:
        return (Post(home.number, role, began),)
    return (
        Post(old.number, role, left - timedelta(days=chance.randrange(200, 1500)), left),
        Post(home.number, role, began),
    )
