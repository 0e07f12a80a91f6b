"""The sample's promises as facts: sizes, seasons, careers, referrals, silence; the same for the same seed; valid for crm."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest

from models.commands import CreateLink, CreateRecord
from models.definitions import patched
from models.fields import kind_of
from models.ids import is_id
from models.metamodel import EMPTY, Field, Metamodel
from packs.patching import patch_of
from packs.requirements import gather
from packs.sample.chance import midnight, season
from packs.sample.companies import CHAIN, chain_of
from packs.sample.generator import Part, generate
from packs.sample.loading import with_defaults
from packs.sample.parameters import Parameters
from packs.sample.world import World, draw_world

UNTIL = date(2026, 11, 24)
FULL = Parameters(UNTIL)


@cache
def world() -> World:
    return draw_world(FULL)


@cache
def parts() -> tuple[Part, ...]:
    return generate(FULL)


@cache
def model() -> Metamodel:
    packs, _ = gather(["crm"])
    return patched(EMPTY, patch_of(packs, EMPTY))[0]


@cache
def commands() -> tuple[CreateRecord | CreateLink, ...]:
    return tuple(command for part in parts() for command in part.draw())


def records() -> Iterator[CreateRecord]:
    return (command for command in commands() if isinstance(command, CreateRecord))


def links() -> Iterator[CreateLink]:
    return (command for command in commands() if isinstance(command, CreateLink))


@pytest.fixture(autouse=True, scope="module")
def drawn_once() -> Iterator[None]:
    """What is drawn for the tests of this module is gone after them: it is large."""
    yield
    for each in (commands, parts, world):
        each.cache_clear()


def test_there_are_about_20_000_records_and_60_000_links() -> None:
    counted = Counter(command.type for command in records())

    assert 19_000 <= sum(counted.values()) <= 21_000
    assert 57_000 <= sum(1 for _ in links()) <= 66_000
    assert set(counted) == set(model().types)


def test_the_same_seed_draws_the_same_organisation_and_another_seed_another() -> None:
    small = Parameters(UNTIL, size=0.02)

    def drawn(parameters: Parameters) -> list[CreateRecord | CreateLink]:
        return [command for part in generate(parameters) for command in part.draw()]

    assert drawn(small) == drawn(small)
    assert drawn(small) != drawn(Parameters(UNTIL, seed=8, size=0.02))


def test_records_and_links_have_been_there_since_their_day_of_the_three_years_and_before() -> None:
    last = midnight(UNTIL)
    begun = {command.id: command.valid_from for command in records()}

    assert all(since is not None and since <= last for since in begun.values())
    assert sum(since >= midnight(FULL.start) for since in begun.values() if since) > 0.85 * len(begun)
    orders = [command for command in records() if command.type == "Order"]
    assert all(order.valid_from == midnight(order.values["orderedOn"]) for order in orders)
    for link in links():
        since = link.held_from or link.valid_from
        assert since is not None
        assert since <= last or link.valid_from


def test_a_part_gives_the_same_stream_again() -> None:
    for part in generate(Parameters(UNTIL, size=0.02)):
        assert list(part.draw()) == list(part.draw()), part.name


def test_every_value_is_canonical_for_the_crm_pack() -> None:
    def wrong(fields: dict[str, Field], values: dict[str, object]) -> list[str]:
        return [
            name for name, value in values.items() if kind_of(fields[name]).coerce(fields[name], value) != value
        ] + [field.name for field in fields.values() if field.required and values.get(field.name) is None]

    for part in parts():
        for command in part.draw():
            full = with_defaults(model(), command)
            if isinstance(full, CreateRecord):
                assert wrong(dict(model().types[full.type].fields), dict(full.values)) == [], full
            else:
                assert wrong(dict(model().relations[full.relation].fields), dict(full.values)) == [], full


def test_ids_and_natural_keys_are_told_apart() -> None:
    ids: set[str] = set()
    keys: dict[tuple[str, tuple[str, ...]], set[tuple[object, ...]]] = defaultdict(set)
    for record in records():
        assert is_id(record.id)
        assert record.id not in ids
        ids.add(record.id)
        for key in model().types[record.type].natural_keys:
            values = tuple(record.values.get(name) for name in key)
            if None not in values:
                assert values not in keys[record.type, key], (record.type, key, values)
                keys[record.type, key].add(values)
    for link in links():
        assert is_id(link.id)
        assert link.id not in ids
        ids.add(link.id)


def test_links_join_types_that_their_relation_allows_within_its_limits() -> None:
    types = {record.id: record.type for record in records()}
    out: Counter[tuple[str, str]] = Counter()
    into: Counter[tuple[str, str]] = Counter()
    pairs: Counter[tuple[str, str, str]] = Counter()
    for link in links():
        relation = model().relations[link.relation]
        assert types[link.source] in relation.source.types, link
        assert types[link.target] in relation.target.types, link
        assert link.valid_to is None or (link.valid_from is not None and link.valid_from < link.valid_to), link
        assert relation.temporal or (link.valid_from is None and link.valid_to is None), link
        out[link.relation, link.source] += 1
        into[link.relation, link.target] += 1
        ends = sorted((link.source, link.target)) if relation.symmetric else [link.source, link.target]
        pairs[link.relation, ends[0], ends[1]] += 0 if relation.repeatable else 1
        assert link.source != link.target, link
    for relation in model().relations.values():
        for counted, most in ((out, relation.source.most), (into, relation.target.most)):
            if most is not None:
                assert max((n for (name, _), n in counted.items() if name == relation.name), default=0) <= most
    assert max(pairs.values()) == 1


def test_a_link_never_comes_before_the_records_it_joins() -> None:
    seen: set[str] = set()
    for part in parts():
        for command in part.draw():
            if isinstance(command, CreateRecord):
                seen.add(command.id)
            else:
                assert {command.source, command.target} <= seen


def test_orders_span_three_years_and_grow_with_the_season() -> None:
    days = [order.day for order in world().orders]
    western = {c.number for c in world().companies if c.language in {"en", "ru"}}
    months = Counter(order.day.month for order in world().orders if order.company in western)

    assert FULL.start <= min(days) < FULL.start + timedelta(days=14)
    assert UNTIL - timedelta(days=14) < max(days) <= UNTIL
    peak, dip = months[11] + months[12], months[7] + months[8]
    expected = (season("en", 11) + season("en", 12)) / (season("en", 7) + season("en", 8))
    assert expected * 0.7 <= peak / dip <= expected * 1.4
    assert peak > 1.5 * dip


def test_persian_customers_buy_most_before_their_own_new_year() -> None:
    persian = {c.number for c in world().companies if c.language == "fa"}
    months = Counter(order.day.month for order in world().orders if order.company in persian)

    assert months[2] + months[3] > 1.5 * (months[4] + months[7])


def test_an_order_is_the_sum_of_its_lines_to_the_cent_fraction() -> None:
    totals = {r.id: r.values["total"].amount for r in records() if r.type == "Order"}
    sums: dict[str, object] = {}
    for link in links():
        if link.relation == "CONTAINS":
            sums[link.source] = sums.get(link.source, 0) + link.values["amount"].amount  # type: ignore[operator]

    assert sums == totals


def test_people_change_employers_and_their_old_posts_end() -> None:
    contacts = [person for person in world().people if not person.staff]
    movers = [
        person
        for person in contacts
        if len(person.posts) > 1 and person.posts[0].until is not None and person.posts[-1].until is None
    ]

    assert 0.10 <= len(movers) / len(contacts) <= 0.30
    assert all(person.posts[0].until <= person.posts[-1].since for person in movers if person.posts[0].until)


def test_referrals_form_a_forest_in_the_order_of_time() -> None:
    since = {c.number: c.since for c in world().companies}
    referred = [referral.referred for referral in world().referrals]

    assert len(referred) == len(set(referred)) > 100
    assert max(Counter(referral.referrer for referral in world().referrals).values()) >= 5
    for referral in world().referrals:
        assert since[referral.referrer] is not None
        assert since[referral.referrer] <= since[referral.referred]


def test_the_planted_chain_falls_silent_one_after_another() -> None:
    chain = chain_of(world().companies)
    days = [world().silent[number] for number in chain]
    brought = {referral.referred: referral.referrer for referral in world().referrals}

    assert len(chain) == CHAIN
    assert [brought[number] for number in chain[1:]] == chain[:-1]
    assert {(later - earlier).days for earlier, later in pairwise(days)} == {92}
    assert days[-1] == UNTIL - timedelta(days=90)


def test_silence_follows_referrals_after_a_while() -> None:
    silent = world().silent
    customers = [c for c in world().companies if c.since]
    followed = [r for r in world().referrals if r.referrer in silent]
    caught = [r for r in followed if r.referred in silent]
    delays = [(silent[r.referred] - silent[r.referrer]).days for r in caught]
    spread = [delay for delay in delays if 45 <= delay < 150]

    overall = len(silent) / len(customers)
    assert len(caught) / len(followed) > 2 * overall
    assert len(spread) / len(delays) > 0.6


def test_the_silent_never_order_or_answer_again() -> None:
    last: dict[int, date] = {}
    for order in world().orders:
        last[order.company] = max(order.day, last.get(order.company, order.day))

    assert len(world().silent) > 30
    for number, day in world().silent.items():
        assert last[number] <= day
        assert day - last[number] <= timedelta(days=3)


@pytest.mark.parametrize(("size", "most"), [(0.001, 1_600), (0.02, 2_400), (0.3, 27_000)])
def test_small_samples_keep_the_shape(size: float, most: int) -> None:
    counted = {part.name: sum(1 for _ in part.draw()) for part in generate(Parameters(UNTIL, size=size))}

    assert all(counted[name] >= 4 for name in model().types), counted
    assert counted["WORKS_AT"] >= counted["Person"]
    assert sum(counted.values()) < most
