"""What is learned is calibrated, explains itself exactly, refuses little, drops leaks and repeats whatever the threads."""

import csv
import doctest
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from analytics.engines.churn import attribution, leaks, learned
from analytics.engines.churn.attribution import leaves, shapley
from analytics.engines.churn.learned import Parameters, folds_of, learn
from analytics.engines.churn.learners import Boosted, Logistic
from analytics.engines.features import Feature
from analytics.examples import TooFewExamples
from analytics.reasons import total

TELCO = Path(__file__).parents[3] / "shared" / "data" / "telco-churn" / "wa_churn.csv"
BOTH = [Logistic(), Boosted(trees=30)]


@pytest.mark.parametrize("module", [attribution, leaks, learned])
def test_the_examples_of_the_module_hold(module) -> None:
    assert doctest.testmod(module).failed == 0


@cache
def _telco() -> tuple[tuple[Feature, ...], np.ndarray]:
    if not TELCO.exists():
        pytest.skip("the data set telco-churn is not beside the checkout")
    with TELCO.open() as file:
        rows = list(csv.DictReader(file))
    left = np.array([row["churn"] == "Yes" for row in rows])
    return tuple(
        _feature(name, [row[name] for row in rows]) for name in rows[0] if name not in ("rownames", "churn")
    ), left


def _feature(name: str, texts: list[str]) -> Feature:
    try:
        return Feature(name, np.array([float(text) if text not in ("", "NA") else np.nan for text in texts]))
    except ValueError:
        choices = sorted(set(texts))
        return Feature(name, np.array([float(choices.index(text)) for text in texts]), "choice", choices)


def _made(n: int = 300, seed: int = 0) -> tuple[tuple[Feature, ...], np.ndarray]:
    rng = np.random.default_rng(seed)
    visits, kind, age = rng.exponential(10, n), rng.integers(0, 3, n).astype(float), rng.normal(40, 9, n)
    left = rng.random(n) < 1 / (1 + np.exp(0.25 * visits - 1 - (kind == 2)))
    age[rng.random(n) < 0.2] = np.nan
    return (Feature("visits", visits), Feature("kind", kind, "choice", ("a", "b", "c")), Feature("age", age)), left


def test_telco_churn_is_told_as_well_as_published_and_no_better() -> None:
    features, left = _telco()

    found = learn(features, left)

    assert found.quality.mean_auc("logistic") == pytest.approx(0.845, abs=0.006)
    assert found.quality.mean_auc("boosted") == pytest.approx(0.848, abs=0.006)
    assert found.quality.calibration.error < 0.02
    assert found.quality.brier < 0.14
    assert found.dropped == ()


def test_leaks_planted_in_telco_churn_are_found_and_change_nothing() -> None:
    features, left = _telco()
    rng = np.random.default_rng(0)
    planted = (
        Feature("goodbye_letter", np.where(left & (rng.random(len(left)) < 0.5), rng.random(len(left)), np.nan)),
        Feature("final_bill", left * 3.0 + rng.normal(0, 0.5, len(left))),
        Feature("still_active", np.where(left, np.nan, 1.0)),
        Feature("constant", np.ones(len(left))),
        Feature("status", (left & (rng.random(len(left)) < 0.4)) * 1.0, "choice", ("active", "closing")),
    )

    found = learn((*features, *planted), left, Parameters(learners=(Logistic(),)))

    assert {each.name: each.why for each in found.dropped} == {
        "goodbye_letter": "only_filled_for_leavers",
        "final_bill": "tells_too_well",
        "still_active": "only_empty_for_leavers",
        "constant": "same_for_all",
        "status": "value_only_of_leavers",
    }
    assert found.quality.mean_auc("logistic") < 0.86


def test_a_choice_of_few_who_happen_to_have_left_is_kept() -> None:
    left = np.arange(400) % 4 == 0
    rare = Feature("plan", np.isin(np.arange(400), [0, 4, 8, 12, 16, 20]) * 1.0, "choice", ("new", "old"))

    assert leaks.leaking([rare], left, np.arange(400) % 5) == ()


def test_a_field_set_after_the_leaving_is_dropped() -> None:
    features, left = _made()
    day = np.where(left, 100.0, np.nan)
    dated = {"age": np.where(left, 130.0, 10.0), "visits": np.full(len(left), 10.0)}

    found = learn(features, left, Parameters(learners=(Logistic(),)), dated=dated, left_day=day)

    assert [(each.name, each.why, each.figure) for each in found.dropped] == [("age", "dated_after_leaving", 1.0)]


@pytest.mark.parametrize("learner", BOTH)
def test_contributions_sum_to_the_risk(learner) -> None:
    features, left = _made()

    found = learn(features, left, Parameters(learners=(learner,)))
    scored = found.score(features)

    assert np.abs(scored.risk - found.risk(features)).max() < 1e-9
    assert np.abs(scored.base + scored.contributions.sum(axis=1) - scored.risk).max() < 1e-12
    for i in range(0, 300, 37):
        assert total(scored.reasons(i)) == pytest.approx(found.risk(features)[i], abs=1e-9)
    assert ((scored.risk > 0) & (scored.risk < 1)).all()


def test_tree_contributions_are_the_shapley_values_of_all_coalitions() -> None:
    from itertools import combinations
    from math import factorial

    features, left = _made(200)
    model = Boosted(trees=8, least_in_leaf=5).fit(features, left, 0)
    reference = model.reference

    def worth(record: int, mixed: tuple[int, ...]) -> float:
        row = [
            Feature(each.name, each.values[record : record + 1] if j in mixed else reference[j].values, each.kind)
            for j, each in enumerate(features)
        ]
        return float(model.log_odds(row)[0])

    found = model.contributions(features)
    for record in range(0, 200, 23):
        for j in range(3):
            others = [i for i in range(3) if i != j]
            value = sum(
                factorial(size) * factorial(2 - size) / 6 * (worth(record, (*some, j)) - worth(record, some))
                for size in range(3)
                for some in combinations(others, size)
            )
            assert found[record, j] == pytest.approx(value, abs=1e-12)


def test_leaves_of_a_tree_say_what_the_tree_says() -> None:
    features, left = _made(250)
    model = Boosted(trees=5, least_in_leaf=5).fit(features, left, 0)
    matrix = model.code.matrix(features)

    for tree, (predictor,) in zip(model.trees, model.said._predictors, strict=True):
        again = tuple(leaves(predictor.nodes, model.code.owner))
        said = predictor.predict(matrix, np.zeros((0, 8), np.uint32), np.zeros(0, np.uint32), 1)
        known = shapley([again], matrix, matrix[0], 3).sum(axis=1) + said[0]
        assert tree == again
        assert known == pytest.approx(said, abs=1e-12)


@pytest.mark.parametrize("learner", BOTH)
def test_the_same_seed_gives_the_same_answer_on_any_number_of_threads(learner) -> None:
    from threadpoolctl import threadpool_limits

    features, left = _made(600)
    answers = []
    for threads in (1, 2):
        with threadpool_limits(limits=threads):
            answers.append(learn(features, left, Parameters(learners=(learner,)), seed=7))

    assert answers[0].risk(features).tobytes() == answers[1].risk(features).tobytes()
    assert answers[0].quality.auc == answers[1].quality.auc


@pytest.mark.parametrize(("leavers", "what"), [(0, "left"), (39, "left"), (261, "stayed"), (300, "stayed")])
def test_too_few_examples_are_refused_with_the_numbers(leavers: int, what: str) -> None:
    features, _ = _made()

    with pytest.raises(TooFewExamples, match=what) as refused:
        learn(features, np.arange(300) < leavers)

    assert (refused.value.needed, refused.value.found) == (40, leavers if what == "left" else 300 - leavers)


def test_features_that_tell_nothing_are_too_few() -> None:
    with pytest.raises(TooFewExamples, match="features"):
        learn([Feature("same", np.ones(200)), Feature("empty", np.full(200, np.nan))], np.arange(200) % 2 == 0)


def test_a_record_is_never_learned_from_and_tested_at_once() -> None:
    owners = np.repeat(np.arange(40), 3)
    left = np.arange(120) % 9 == 0

    folds = folds_of(left, owners, 5, seed=1)

    assert all(len(set(folds[owners == owner])) == 1 for owner in range(40))
    assert min(np.bincount(folds).tolist()) >= 18


def test_what_was_not_seen_in_learning_still_gets_a_risk() -> None:
    features, left = _made()
    found = learn(features, left)

    strange = (
        Feature("visits", np.array([np.nan, 1e9])),
        Feature("kind", np.array([7.0, np.nan]), "choice"),
        Feature("age", np.array([np.nan, -5.0])),
    )
    assert ((found.risk(strange) > 0) & (found.risk(strange) < 1)).all()


def test_more_examples_than_are_learned_from_are_drawn_in_their_shares() -> None:
    features, left = _made(2000)

    found = learn(features, left, Parameters(learners=(Logistic(),), most=500))

    assert found.quality.examples == pytest.approx(500, abs=1)
    assert found.quality.left / found.quality.examples == pytest.approx(left.mean(), abs=0.01)
