"""Segments found and made: the number chosen, the same for the same seed, told by what sets them apart."""

from __future__ import annotations

import doctest
from types import ModuleType

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, silhouette_score

from analytics.engines import clustering, columns, segments, traits
from analytics.engines.features import Feature
from analytics.engines.segments import Parameters
from analytics.reasons import total

SIZES = (200, 120, 80)


def three_kinds(seed: int = 5) -> tuple[list[Feature], np.ndarray]:
    """Small and frequent, large and seldom, in between and online: three kinds of customers in three features."""
    generator = np.random.default_rng(seed)
    kinds = np.repeat([0, 1, 2], SIZES)
    order = generator.permutation(len(kinds))
    kinds = kinds[order]
    orders = np.array([40.0, 4.0, 15.0])[kinds] + generator.normal(0, 1.5, len(kinds))
    value = np.array([50.0, 900.0, 400.0])[kinds] + generator.normal(0, 25, len(kinds))
    channel = np.array([0.0, 0.0, 1.0])[kinds]
    return [
        Feature("orders", orders),
        Feature("value", value),
        Feature("channel", channel, "choice", ("shop", "online")),
    ], kinds


@pytest.mark.parametrize("module", [clustering, columns, segments, traits])
def test_the_examples_of_the_docs_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_the_kinds_that_are_there_are_found_the_largest_first() -> None:
    features, kinds = three_kinds()

    found = segments.run(features, seed=1)

    assert [segment.size for segment in found.segments] == list(SIZES)
    assert found.labels.tolist() == kinds.tolist()
    assert [segment.share for segment in found.segments] == [0.5, 0.3, 0.2]
    best = max(found.choices, key=lambda choice: choice.silhouette)
    assert (best.k, best.stability) == (3, 1.0)


def test_a_segment_is_told_by_what_sets_it_apart() -> None:
    features, _ = three_kinds()

    online = segments.run(features, seed=1).segments[2]

    first = online.traits[0]
    assert (first.feature, first.choice, first.code) == ("channel", "online", "often")
    assert (first.inside, first.everyone, first.lift, first.difference) == (1.0, 0.2, 5.0, 2.0)
    assert {"field": "channel", "choice": "online"}.items() <= first.facts.items()
    assert [abs(trait.difference) for trait in online.traits] == sorted(
        (abs(trait.difference) for trait in online.traits), reverse=True
    )


def test_the_central_record_is_the_one_most_like_its_segment() -> None:
    features, kinds = three_kinds()

    found = segments.run(features, seed=1)

    assert len(found.segments) == 3
    for segment in found.segments:
        inside = np.flatnonzero(kinds == segment.number)
        rows = columns.standardised(features, np.arange(len(kinds))).rows[inside]
        assert segment.central == inside[((rows - rows.mean(axis=0)) ** 2).sum(axis=1).argmin()]


def test_reasons_tell_why_a_record_is_here_and_not_in_the_next_segment() -> None:
    features, _ = three_kinds()

    found = segments.run(features, seed=1)

    assert found.fits.min() > 0
    assert found.fits.max() <= 1
    for i in range(0, 400, 40):
        assert total(found.reasons(i)) == pytest.approx(found.fits[i])


def test_segments_have_names_of_their_own_that_say_what_they_are() -> None:
    features, _ = three_kinds()

    names = [segment.name for segment in segments.run(features, seed=1).segments]

    assert names == ["orders ↑, value ↓", "value ↑, orders ↓", "channel: online, orders ↓"]


def test_the_same_seed_gives_the_same_segments_on_a_sample() -> None:
    features, _ = three_kinds()
    parameters = Parameters(judged=100, learned=150)

    one, other = (segments.run(features, parameters, seed=9) for _ in range(2))

    assert one.labels.tolist() == other.labels.tolist()
    assert one.choices == other.choices
    assert [segment.size for segment in one.segments] == list(SIZES)


def test_records_that_are_not_asked_about_have_no_segment() -> None:
    features, kinds = three_kinds()

    found = segments.run(features, seed=1, among=kinds != 2)

    assert set(found.labels[kinds == 2].tolist()) == {-1}
    assert [segment.size for segment in found.segments] == [200, 120]
    assert found.reasons(int(np.flatnonzero(kinds == 2)[0])) == ()


@pytest.mark.parametrize(
    "values", [np.ones(30), np.full(30, np.nan), np.array([3.0]), np.zeros(0)], ids=["equal", "unknown", "one", "none"]
)
def test_where_nothing_differs_all_are_one_segment(values: np.ndarray) -> None:
    found = segments.run([Feature("x", values)])

    assert found.choices == ()
    assert found.labels.tolist() == [0] * len(values)
    assert [(segment.size, segment.traits) for segment in found.segments] == (
        [(len(values), ())] if len(values) else []
    )


def test_without_features_nothing_is_found() -> None:
    assert segments.run([]).segments == ()


def test_noise_around_one_centre_is_one_segment() -> None:
    generator = np.random.default_rng(4)

    found = segments.run([Feature(name, generator.normal(size=500)) for name in "abcdef"], seed=2)

    assert len(found.segments) == 1


def test_rules_make_segments_that_are_told_against_all() -> None:
    features, kinds = three_kinds()
    orders = features[0].values

    frequent, nobody = segments.described(features, [orders > 30, orders > 1e9])

    assert (frequent.size, frequent.share) == (200, 0.5)
    assert {trait.feature: trait.code for trait in frequent.traits}["orders"] == "more_of"
    trait = next(trait for trait in frequent.traits if trait.feature == "orders")
    assert trait.inside == round(float(np.median(orders[kinds == 0])), 6)
    assert trait.everyone == round(float(np.median(orders)), 6)
    assert (nobody.size, nobody.central, nobody.traits) == (0, -1, ())


def test_where_medians_are_alike_means_tell_what_sets_a_part_apart() -> None:
    orders, inside = np.array([0.0] * 8 + [6.0, 2.0]), np.arange(10) >= 5

    (part,) = segments.described([Feature("orders", orders)], [inside])

    (trait,) = part.traits
    assert (trait.code, trait.inside, trait.everyone) == ("more_of", 1.6, 0.8)


def test_giants_do_not_make_up_the_segments() -> None:
    money = np.concatenate([np.random.default_rng(1).lognormal(5, 1, 300), [1e12]])

    rows = columns.standardised([Feature("money", money)], np.arange(301)).rows

    assert rows.max() <= columns.FAR
    assert rows[:300].std() > 0.5


def test_silhouette_and_agreement_are_those_of_scikit_learn() -> None:
    generator = np.random.default_rng(8)
    rows, one, other = generator.normal(size=(80, 3)), generator.integers(0, 4, 80), generator.integers(0, 3, 80)

    assert clustering.silhouette(clustering.distances_between(rows), one) == pytest.approx(silhouette_score(rows, one))
    assert clustering.agreement(one, other) == pytest.approx(adjusted_rand_score(one, other))


def test_a_mask_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="A mask of 2"):
        segments.described([Feature("x", np.zeros(3))], [np.ones(2, np.bool_)])
