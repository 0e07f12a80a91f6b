"""Leads that came in and campaigns that went out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.commands import CreateLink, CreateRecord
from models.fields.money import Money
from packs.sample.chance import day_between, identify, moment, stream
from packs.sample.companies import LANGUAGES
from packs.sample.firms import FirmName, firm_names
from packs.sample.names import FullName, draw_name
from packs.sample.parameters import Parameters
from packs.sample.people import STAFF
from packs.sample.phrases import CAMPAIGNS
from packs.sample.world import World

_SOURCES = ("web", "campaign", "event", "call", "partner")


@dataclass(frozen=True, slots=True)
class Campaign:
    """An effort of some weeks in one language."""

    id: str
    number: int
    language: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who asked; `company` is the customer that came of it."""

    id: str
    number: int
    name: FullName
    firm: FirmName | None
    language: str
    day: date
    company: int | None
    source: str
    campaign: int | None


def plan_campaigns(parameters: Parameters) -> tuple[Campaign, ...]:
    """All campaigns, evenly over the three years and a little beyond: the last is planned only."""
    count = parameters.count("campaigns")
    days = (parameters.until - parameters.start).days + 30
    campaigns = []
    for number in range(count):
        first = parameters.start + timedelta(days=(number + 1) * days // count)
        identity = identify(parameters.seed, "campaign", number, first)
        language = ("en", "ru", "en", "fa")[number % 4]
        campaigns.append(Campaign(identity, number, language, first, first + timedelta(days=24)))
    return tuple(campaigns)


def campaign_records(campaigns: Sequence[Campaign], parameters: Parameters) -> Iterator[CreateRecord]:
    """The campaigns as records."""
    chance = stream(parameters.seed, "campaigns", "records")
    for campaign in campaigns:
        until = parameters.until
        status = "planned" if campaign.first > until else "running" if campaign.last >= until else "finished"
        budget = Decimal(chance.randrange(20, 200) * 100)
        spent = (budget * chance.randrange(60, 115) / 100).quantize(Decimal("0.01"))
        title = CAMPAIGNS[campaign.language][campaign.number % 5]
        values = {
            "name": f"{title} {campaign.first.year}/{campaign.first.month:02d}",
            "code": f"K-{campaign.first:%y%m}-{campaign.number:02d}",
            "kind": chance.choice(("email", "email", "event", "webinar", "advertising", "partner")),
            "status": status,
            "startsOn": campaign.first,
            "endsOn": campaign.last,
            "budget": Money(budget, "USD"),
            "spent": Money(spent if status == "finished" else Decimal(0), "USD"),
        }
        yield CreateRecord("Campaign", campaign.id, values)


def audience_links(campaigns: Sequence[Campaign], world: World) -> Iterator[CreateLink]:
    """TARGETS: about seventy contacts each, of the campaign's language, and how they responded."""
    chance = stream(world.parameters.seed, "audience")
    size = max(5, round(72 * world.parameters.size))
    for campaign in campaigns:
        if campaign.first > world.parameters.until:
            continue
        known = [p for p in world.people[STAFF:] if p.language == campaign.language]
        for person in chance.sample(known, min(size, len(known))):
            quiet = world.silent.get(person.home, date.max) < campaign.first
            responses = ("none", "opened", "clicked", "replied", "attended", "unsubscribed")
            response = chance.choices(responses, (88, 5, 0, 0, 0, 7) if quiet else (45, 28, 13, 7, 5, 2))[0]
            identity = identify(world.parameters.seed, "audience", f"{campaign.number}.{person.number}", campaign.first)
            values: dict[str, object] = {"response": response}
            if response != "none":
                last = min(campaign.last, world.parameters.until)
                values["respondedAt"] = moment(chance, day_between(chance, campaign.first, last))
            yield CreateLink("TARGETS", identity, campaign.id, person.id, values)


def receive_leads(world: World, campaigns: Sequence[Campaign]) -> tuple[Lead, ...]:
    """All leads by day: most customers of the three years began as one, and many came to nothing."""
    chance = stream(world.parameters.seed, "leads")
    count = world.parameters.count("leads")
    referred = {referral.referred for referral in world.referrals}
    came = [c for c in world.companies if c.since and c.since > world.parameters.start and chance.random() < 0.72]
    days: list[tuple[date, int | None]] = []
    for company in came[:count]:
        assert company.since is not None
        days.append((company.since - timedelta(days=chance.randrange(10, 90)), company.number))
    firms = {language: firm_names(language) for language in LANGUAGES}
    while len(days) < count:
        days.append((day_between(chance, world.parameters.start, world.parameters.until), None))
    days.sort(key=lambda pair: (pair[0], pair[1] or 0))
    leads = []
    for number, (day, came_to_be) in enumerate(days):
        language = world.companies[came_to_be].language if came_to_be else chance.choice(LANGUAGES)
        source = "referral" if came_to_be in referred else chance.choice(_SOURCES)
        running = [c.number for c in campaigns if c.first <= day <= c.last + timedelta(days=30)]
        from_campaign = source in {"campaign", "event"} and running
        leads.append(
            Lead(
                identify(world.parameters.seed, "lead", number, day),
                number,
                draw_name(chance, language),
                None if came_to_be else chance.choice(firms[language]),
                language,
                day,
                came_to_be,
                source,
                chance.choice(running) if from_campaign else None,
            )
        )
    return tuple(leads)


def lead_records(leads: Sequence[Lead], world: World) -> Iterator[CreateRecord]:
    """The leads as records; the newest are not settled yet."""
    chance = stream(world.parameters.seed, "leads", "records")
    for lead in leads:
        fresh = (world.parameters.until - lead.day).days < 25
        open_statuses = ("new", "contacted") if fresh else ("contacted", "qualified", "unqualified", "unqualified")
        firm, slug = "", "mail"
        if lead.company is not None:
            firm, slug = world.companies[lead.company].name, world.companies[lead.company].slug
        elif lead.firm:
            firm, slug = lead.firm.name, lead.firm.slug
        values = {
            "name": lead.name.whole,
            "company": firm,
            "email": f"{lead.name.latin}@{slug}.example.org",
            "source": lead.source,
            "status": "converted" if lead.company is not None else chance.choice(open_statuses),
            "rating": chance.choice(("cold", "warm", "warm", "hot")),
            "value": Money(Decimal(chance.randrange(2, 120) * 100), "USD"),
            "receivedOn": lead.day,
        }
        yield CreateRecord("Lead", lead.id, values)


def outcome_links(leads: Sequence[Lead], world: World) -> Iterator[CreateLink]:
    """BECAME, from a lead to the company it turned into and to that company's first contact."""
    leading = {person.home: person for person in world.people if person.lead}
    for lead in leads:
        if lead.company is None:
            continue
        for place, target in enumerate((world.companies[lead.company].id, leading[lead.company].id)):
            identity = identify(world.parameters.seed, "became", f"{lead.number}.{place}", lead.day)
            yield CreateLink("BECAME", identity, lead.id, target, {})


def result_links(leads: Sequence[Lead], campaigns: Sequence[Campaign], world: World) -> Iterator[CreateLink]:
    """BROUGHT, from a campaign to the leads that came of it."""
    for lead in leads:
        if lead.campaign is not None:
            identity = identify(world.parameters.seed, "brought", lead.number, lead.day)
            yield CreateLink("BROUGHT", identity, campaigns[lead.campaign].id, lead.id, {})


def acquaintance_links(world: World) -> Iterator[CreateLink]:
    """KNOWS: colleagues of one company, and the first contacts of companies that brought one another."""
    chance = stream(world.parameters.seed, "acquaintances")
    pairs: dict[tuple[int, int], str] = {}
    leading = {person.home: person.number for person in world.people if person.lead}
    for referral in world.referrals:
        ends = sorted((leading[referral.referrer], leading[referral.referred]))
        pairs[ends[0], ends[1]] = chance.choice(("friend", "acquaintance", "acquaintance", "family"))
    for number in sorted(world.contacts):
        known = sorted({person.number for person in world.contacts[number]})
        for person in known[1:]:
            if chance.random() < 0.75:
                pairs.setdefault((chance.choice([n for n in known if n < person]), person), "colleague")
    for (first, second), closeness in sorted(pairs.items()):
        since = max(world.people[first].posts[0].since, world.people[second].posts[0].since)
        identity = identify(world.parameters.seed, "knows", f"{first}.{second}", since)
        ends_ids = (world.people[first].id, world.people[second].id)
        yield CreateLink("KNOWS", identity, *ends_ids, {"closeness": closeness, "since": since})
