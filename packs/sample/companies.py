"""The companies of the sample: who they are, how large, since when they buy, and who brought whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from models.commands import CreateLink, CreateRecord
from models.fields.money import Money
from packs.sample.chance import Lot, day_between, identify, midnight, skewed, stream
from packs.sample.firms import draw_phone, draw_place, firm_names
from packs.sample.parameters import Parameters

HOUSE = 0
HOUSE_FOUNDED = date(2009, 3, 2)
LANGUAGES = ("en", "ru", "fa")
_SHARES = (0.50, 0.27, 0.23)
CHAIN = 6  # companies of the referral chain that every sample holds


@dataclass(frozen=True, slots=True)
class Company:
    """A company; `weight` is its size against the largest, `since` the day it became a customer."""

    id: str
    number: int
    name: str
    slug: str
    language: str
    sector: str
    city: str
    country: str
    weight: float
    standing: str  # customer, prospect, partner or own
    since: date | None


@dataclass(frozen=True, slots=True)
class Referral:
    """One customer brought another."""

    referrer: int
    referred: int
    day: date


def found(parameters: Parameters) -> tuple[Company, ...]:
    """All companies by number; number 0 is the trading house itself. Sizes follow Zipf's law."""
    chance = stream(parameters.seed, "companies")
    others = parameters.count("companies") - 1
    names = {language: firm_names(language) for language in LANGUAGES}
    for pool in names.values():
        chance.shuffle(pool)
    languages = chance.choices(LANGUAGES, _SHARES, k=others)
    companies = [_house(parameters)]
    for number, (language, weight) in enumerate(zip(languages, skewed(others, 0.75), strict=True), start=1):
        name = names[language].pop()
        standing = "customer" if number <= CHAIN else _standing(chance)
        since = _since(chance, parameters, number) if standing == "customer" else None
        city, country = draw_place(chance, language)
        identity = identify(parameters.seed, "company", number, since or parameters.start)
        companies.append(
            Company(
                identity,
                number,
                name.name,
                name.slug,
                language,
                name.sector,
                city,
                country,
                weight,
                standing,
                since,
            )
        )
    return tuple(companies)


def refer(parameters: Parameters, companies: Sequence[Company]) -> tuple[Referral, ...]:
    """Who brought whom: a forest in which those who have brought many bring more."""
    chance = stream(parameters.seed, "referrals")
    customers = sorted((c for c in companies if c.since), key=lambda c: (c.since, c.number))
    planted = chain_of(companies)
    before = dict(zip(planted[1:], planted, strict=False))
    tickets: list[Company] = []
    referrals = []
    for company in customers:
        referrer = before.get(company.number)
        found_by = companies[referrer] if referrer else _draw_referrer(chance, tickets, company)
        if found_by and company.since:
            day = company.since - timedelta(days=chance.randrange(5, 40))
            referrals.append(Referral(found_by.number, company.number, day))
            tickets += [found_by, company]
        tickets.append(company)
    return tuple(referrals)


def chain_of(companies: Sequence[Company]) -> list[int]:
    """The numbers of the companies planted as one referral chain, the first referrer first."""
    planted = [c for c in companies[1 : CHAIN + 1] if c.since]
    return [c.number for c in sorted(planted, key=lambda c: (c.since, c.number))]


def records(parameters: Parameters, companies: Sequence[Company], left: Mapping[int, date]) -> Iterator[CreateRecord]:
    """The companies as records; `left` says which are known to be lost, and since when."""
    chance = stream(parameters.seed, "companies", "records")
    for company in companies:
        headcount = 3 + int(2400 * company.weight * (0.6 + 0.8 * chance.random()))
        revenue = Decimal(headcount * chance.randrange(60_000, 180_000)) + Decimal(chance.randrange(100)) / 100
        gone = left.get(company.number)
        values = {
            "name": company.name,
            "status": "former" if gone else company.standing,
            "sector": company.sector,
            "taxId": f"ZZ{100_000_000 + company.number}",
            "email": f"office@{company.slug}.example.org",
            "phone": draw_phone(chance, company.country),
            "website": f"https://{company.slug}.example.org",
            "city": company.city,
            "country": company.country,
            "founded": chance.randrange(1950, 2016),
            "headcount": headcount,
            "revenue": Money(revenue, "USD"),
            "customerSince": company.since,
            "leftOn": gone,
        }
        known = {name: value for name, value in values.items() if value is not None}
        yield CreateRecord("Company", company.id, known)


def referral_links(
    parameters: Parameters, companies: Sequence[Company], referrals: Sequence[Referral]
) -> Iterator[CreateLink]:
    """REFERRED, from the company that recommended the house to the one that came."""
    for referral in referrals:
        source, target = companies[referral.referrer], companies[referral.referred]
        identity = identify(parameters.seed, "referral", referral.referred, referral.day)
        yield CreateLink("REFERRED", identity, source.id, target.id, {"referredOn": referral.day})


def ownership_links(parameters: Parameters, companies: Sequence[Company]) -> Iterator[CreateLink]:
    """OWNS: about one company in twelve belongs, wholly or in part, to a larger one of its language."""
    chance = stream(parameters.seed, "ownership")
    for company in companies[len(companies) // 8 :]:
        if chance.random() > 1 / 11:
            continue
        larger = [c for c in companies[1 : company.number // 2] if c.language == company.language]
        if not larger:
            continue
        owner = Lot(larger, [c.weight for c in larger]).draw(chance)
        since = day_between(chance, parameters.start - timedelta(days=2000), parameters.until)
        share = Decimal(chance.choice((100, 100, 75, 51, 51, 40, 25)))
        identity = identify(parameters.seed, "ownership", company.number, since)
        yield CreateLink(
            "OWNS",
            identity,
            owner.id,
            company.id,
            {"share": share},
            valid_from=midnight(since),
            valid_to=None,
        )


def _house(parameters: Parameters) -> Company:
    identity = identify(parameters.seed, "company", HOUSE, HOUSE_FOUNDED)
    return Company(
        identity,
        HOUSE,
        "Cedar & Vale Trading House",
        "cedar-and-vale",
        "en",
        "food",
        "London",
        "United Kingdom",
        0.03,
        "own",
        None,
    )


def _standing(chance: Random) -> str:
    return chance.choices(("customer", "prospect", "partner"), (0.62, 0.34, 0.04))[0]


def _since(chance: Random, parameters: Parameters, number: int) -> date:
    """The planted chain came long ago, one by one; somewhat less than half of the rest before then too."""
    if number <= CHAIN:
        return parameters.start - timedelta(days=900 - 120 * number + chance.randrange(60))
    if chance.random() < 0.45:
        return day_between(chance, parameters.start - timedelta(days=5 * 365), parameters.start)
    return day_between(chance, parameters.start, parameters.until - timedelta(days=60))


def _draw_referrer(chance: Random, tickets: Sequence[Company], company: Company) -> Company | None:
    if chance.random() > 0.6:
        return None
    for _ in range(12):
        if not tickets:
            return None
        drawn = chance.choice(tickets)
        older = drawn.since and company.since and drawn.since + timedelta(days=45) <= company.since
        if older and (drawn.language == company.language or chance.random() < 0.15):
            return drawn
    return None
