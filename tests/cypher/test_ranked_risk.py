"""The page of records by their stored risk: the whole statement, and the rest of it behind a row."""

from __future__ import annotations

from cypher.compile.insights import ranked

TOLD = (
    "RETURN n.id AS id, n.insight_churn_risk AS risk, n.insight_churn_own AS own, n.insight_churn_received AS received, "
    "n.insight_churn_band AS band, n.insight_churn_trend AS trend, n.insight_churn_run AS run, n.insight_churn_at AS at "
    "ORDER BY n.insight_churn_risk DESC, n.id LIMIT $size"
)


def test_the_first_page_reads_the_index_of_the_risk_from_its_end() -> None:
    query = str(ranked("Company", banded=False, after=False))

    assert query == f"MATCH (n:Company) WHERE n.insight_churn_risk >= 0 {TOLD}"


def test_those_that_had_left_are_chosen_or_left_out() -> None:
    staying, left = (str(ranked("Company", banded=False, after=False, left=each)) for each in (False, True))

    # what a run of long ago has stored does not say
    assert "n.insight_churn_risk >= 0 AND NOT coalesce((n.insight_churn_left), false) RETURN" in staying
    assert "n.insight_churn_risk >= 0 AND n.insight_churn_left RETURN" in left


def test_a_later_page_begins_behind_a_row_and_may_be_of_one_band() -> None:
    query = str(ranked("Company", banded=True, after=True))

    behind = "n.insight_churn_risk <= $risk AND (n.insight_churn_risk < $risk OR n.id > $id)"
    assert query == f"MATCH (n:Company) WHERE {behind} AND n.insight_churn_band = $band {TOLD}"
