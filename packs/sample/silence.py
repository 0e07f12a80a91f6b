"""Who falls silent: one customer after another along referrals, some alone; and who is known to be lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from packs.sample.chance import day_between, stream
from packs.sample.companies import Company, Referral, chain_of
from packs.sample.parameters import Parameters


def fall_silent(parameters: Parameters, companies: Sequence[Company], referrals: Sequence[Referral]) -> dict[int, date]:
    """The day after which a customer, by number, never orders or answers again.

    The planted chain falls silent in order, three months apart, the last three months before the end. From
    other referrers it spreads to those they brought with probability 0.65, after six weeks to five months.
    One customer in fourteen falls silent for reasons of its own.
    """
    chance = stream(parameters.seed, "silence")
    brought: dict[int, list[int]] = defaultdict(list)
    for referral in referrals:
        brought[referral.referrer].append(referral.referred)
    silent = _planted(parameters, companies)
    spreading = list(silent)
    earliest, latest = parameters.start + timedelta(days=240), parameters.until - timedelta(days=240)
    hubs = sorted(brought, key=lambda number: (-len(brought[number]), number))
    for number in hubs[: max(2, len(hubs) // 8)]:
        if number not in silent and chance.random() < 0.5:
            silent[number] = day_between(chance, max(earliest, _settled(companies[number])), latest)
            spreading.append(number)
    while spreading:
        referrer = spreading.pop(0)
        for number in brought[referrer]:
            day = silent[referrer] + timedelta(days=chance.randrange(45, 150))
            possible = _settled(companies[number]) <= day <= parameters.until - timedelta(days=20)
            if number not in silent and possible and chance.random() < 0.65:
                silent[number] = day
                spreading.append(number)
    for company in companies:
        if company.since and company.number not in silent and chance.random() < 1 / 14:
            first = max(earliest, _settled(company))
            if first <= latest:
                silent[company.number] = day_between(chance, first, latest)
    return silent


def known_to_be_lost(parameters: Parameters, silent: Mapping[int, date]) -> dict[int, date]:
    """The day the house marked a customer as lost: half a year into silence, for three in four."""
    chance = stream(parameters.seed, "lost")
    lost = {}
    for number in sorted(silent):
        day = silent[number] + timedelta(days=150 + chance.randrange(60))
        if chance.random() < 0.75 and day <= parameters.until:
            lost[number] = day
    return lost


def _planted(parameters: Parameters, companies: Sequence[Company]) -> dict[int, date]:
    chain = chain_of(companies)
    last = parameters.until - timedelta(days=90)
    return {number: last - timedelta(days=92 * back) for back, number in enumerate(reversed(chain))}


def _settled(company: Company) -> date:
    """The first day on which a customer can fall silent: not before half a year of custom."""
    return (company.since or date.max - timedelta(days=400)) + timedelta(days=180)
