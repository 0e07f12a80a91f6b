"""Risk from silence rises with the silence and says what it stands on."""

import doctest
from math import nan

import numpy as np
import pytest

from analytics.engines.churn import silence
from analytics.engines.churn.silence import Parameters, risk_of, run
from analytics.engines.examples_of_events import bought
from analytics.events import Events
from analytics.reasons import total

SUBJECTS = np.arange(5, dtype=np.int32)


def test_the_examples_of_the_module_hold() -> None:
    assert doctest.testmod(silence).failed == 0


def test_the_longer_the_silence_the_greater_the_risk_and_it_stays_a_probability() -> None:
    risk = risk_of(np.linspace(0, 1e6, 10_001), Parameters())

    assert (np.diff(risk) > 0).all()
    assert (risk[0], risk[-1] < 1) == (0.0, True)


def test_reasons_sum_to_the_risk() -> None:
    found = run(bought({i: range(0, 60 + 10 * i, 7) for i in range(4)}), SUBJECTS, now=100.0)

    for i in range(5):
        assert total(found.reasons(i)) == pytest.approx(found.risk[i], abs=1e-15)
    assert found.reasons(4)[0].code == "unknown"


@pytest.mark.parametrize("events", [Events.none(), bought({1: [3]}), bought({1: [500]})])
def test_where_nothing_is_known_everybody_has_the_base_risk(events: Events) -> None:
    found = run(events, SUBJECTS, now=100.0)

    assert found.risk.tolist() == [found.base] * 5


def test_events_in_the_future_change_nothing() -> None:
    past = {0: range(0, 50, 10), 1: range(0, 90, 10)}

    before = run(bought(past), SUBJECTS, now=100.0)
    after = run(bought({i: [*days, 101, 150, 4000] for i, days in past.items()}), SUBJECTS, now=100.0)

    assert before.risk.tolist() == after.risk.tolist()


def test_no_subjects_have_no_risk() -> None:
    assert run(bought({0: [1, 2]}), np.empty(0, np.int32), now=9.0).risk.tolist() == []


@pytest.mark.parametrize("given", [{"half": 0.0}, {"half": nan}, {"steepness": -1.0}])
def test_parameters_that_cannot_be_are_refused(given: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Parameters(**given)
