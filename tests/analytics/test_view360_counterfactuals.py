"""What would change a score, out of its stored document into a view."""

from __future__ import annotations

import json

from analytics.view360 import CounterfactualShown
from analytics.view360.scores import stored
from models.scores import key

PROPERTIES = {key("churn", "run"): 7, key("churn", "risk"): 0.5}
CHANGES = [
    {"code": "if_answers", "change": -0.12, "record": "ann", "facts": {"before": 0.5, "after": 0.38}},
    {"code": "if_returns", "change": -0.05, "record": None, "facts": {}},
]


def test_a_view_tells_what_would_change_a_score_and_of_which_record() -> None:
    document = json.dumps({"reasons": [], "paths": [], "counterfactuals": CHANGES})

    found = stored(PROPERTIES, [("churn", 7, document)])

    assert found["churn"].counterfactuals == (
        CounterfactualShown("if_answers", -0.12, {"before": 0.5, "after": 0.38}, "ann"),
        CounterfactualShown("if_returns", -0.05, {}, None),
    )


def test_documents_without_any_and_documents_of_another_run_tell_of_no_change() -> None:
    earlier = json.dumps({"reasons": [], "paths": [], "counterfactuals": CHANGES})

    assert stored(PROPERTIES, [("churn", 7, '{"reasons": []}')])["churn"].counterfactuals == ()
    assert stored(PROPERTIES, [("churn", 6, earlier)])["churn"].counterfactuals == ()
