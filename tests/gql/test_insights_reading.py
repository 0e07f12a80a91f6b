"""Insights in the typed API: read, filtered, sorted, paged and summed like fields, in one statement and out of indexes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import neo4j
import pytest
from asking import Asking
from profiling import profiled
from small_worlds import MODEL

from gql.editions import Editions
from gql.schema import build_schema, complete
from graph.address import Address
from graph.schema import build_score_indexes, install_fixed
from graph.session import Database
from models import scores
from models.metamodel import EntityType, Field, Metamodel
from models.profiles import Profile, Role, Signal

pytestmark = pytest.mark.anyio

RISKS = [0.25, 0.5, None, 0.75, 0.5]
DOCUMENT = {
    "reasons": [
        {"code": "rest", "contribution": 0.5, "facts": {"count": 3}, "records": ["000", "001"]},
        {"code": "gone_fishing", "contribution": -0.125, "facts": {"days": 40.0}, "records": []},
    ],
    "counterfactuals": [
        {"code": "gone_fishing", "change": -0.25, "record": "002", "facts": {"days": 3}},
        {"code": "rest", "change": -0.125, "record": None, "facts": {"count": 2}},
    ],
    "paths": [
        {"code": "rest", "strength": 0.3, "relations": ["OWNS"], "records": ["003", "000"], "facts": {"count": 1}}
    ],
}


@pytest.fixture
async def asking(model_neo4j: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Asking]:
    """Five companies with a churn risk each but for one, and reasons for the first and the second."""
    database = await Database.connect(model_neo4j)
    await install_fixed(database)
    rows = [
        {"id": f"00{i}", "name": f"c{i}", "mark": i, "version": 1, "insight_churn_risk": risk}
        | ({} if risk is None else {"insight_churn_run": 7, "insight_influence_rank": 5 - i})
        for i, risk in enumerate(RISKS)
    ]
    neo4j_driver.execute_query("UNWIND $rows AS row CREATE (n:Record:Company) SET n = row", rows=rows)
    insights = [{"record": id, "engine": "churn", "run": run, "document": json.dumps(DOCUMENT)} for id, run in
                (("000", 7), ("001", 6))]  # fmt: skip
    neo4j_driver.execute_query("UNWIND $rows AS row CREATE (n:Insight) SET n = row", rows=insights)
    yield Asking(database, Editions(None, MODEL))
    await database.close()


async def test_scores_are_null_where_there_are_none(asking: Asking) -> None:
    data = await asking.data("{ companies { nodes { id insights { churn { risk run band } influence { rank } } } } }")

    found = [node["insights"] for node in data["companies"]["nodes"]]
    assert found[0] == {"churn": {"risk": 0.25, "run": 7, "band": None}, "influence": {"rank": 5}}
    assert found[2] == {"churn": {"risk": None, "run": None, "band": None}, "influence": {"rank": None}}


async def test_a_filter_on_a_score_combines_with_others(asking: Asking) -> None:
    text = """query($w: CompanyFilter) { companies(where: $w) { totalCount nodes { id } } }"""

    async def ids(where: dict[str, Any]) -> list[str]:
        data = await asking.data(text, {"w": where})
        assert data["companies"]["totalCount"] == len(data["companies"]["nodes"])
        return [node["id"] for node in data["companies"]["nodes"]]

    assert await ids({"insights": {"churn": {"risk": {"gte": 0.5}}}}) == ["001", "003", "004"]
    assert await ids({"insights": {"churn": {"risk": {"gte": 0.5}}, "influence": {"rank": {"lt": 3}}}}) == [
        "003",
        "004",
    ]
    assert await ids({"not": {"insights": {"churn": {"risk": {"isNull": False}}}}}) == ["002"]
    assert await ids({"or": [{"name": {"eq": "c0"}}, {"insights": {"churn": {"risk": {"eq": 0.75}}}}]}) == [
        "000",
        "003",
    ]


async def test_pages_by_a_score_go_on_from_their_cursors_without_gap_or_repetition(asking: Asking) -> None:
    text = """query($after: String, $way: OrderDirection!) {
      companies(orderBy: [{insights: {churn: {risk: $way}}}], first: 2, after: $after) {
        nodes { id } pageInfo { hasNextPage endCursor } } }"""

    async def walked(way: str) -> list[str]:
        found: list[str] = []
        after, more = None, True
        while more:
            page = (await asking.data(text, {"after": after, "way": way}))["companies"]
            found += [node["id"] for node in page["nodes"]]
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        return found

    assert await walked("ASC") == ["000", "001", "004", "003", "002"]
    assert await walked("DESC") == ["003", "004", "001", "000", "002"]


async def test_a_cursor_of_a_score_is_refused_under_another_order(asking: Asking) -> None:
    text = """query($a: String) { companies(orderBy: [{name: ASC}], first: 1, after: $a) { nodes { id } } }"""
    page = await asking.data(
        "{ companies(orderBy: [{insights: {churn: {risk: ASC}}}], first: 1) { pageInfo { endCursor } } }"
    )

    assert await asking.codes(text, {"a": page["companies"]["pageInfo"]["endCursor"]}) == ["bad_cursor"]
    assert await asking.codes(
        "{ companies(orderBy: [{insights: {churn: {risk: ASC, band: ASC}}}]) { totalCount } }"
    ) == ["bad_order"]


async def test_figures_over_scores(asking: Asking) -> None:
    data = await asking.data(
        """{ companies { aggregate { count insights { churn {
          risk { count sum average min max countDistinct } band { count } } influence { rank { sum max } } } } } }"""
    )

    assert data["companies"]["aggregate"] == {
        "count": 5,
        "insights": {
            "churn": {
                "risk": {"count": 4, "sum": 2.0, "average": 0.5, "min": 0.25, "max": 0.75, "countDistinct": 3},
                "band": {"count": 0},
            },
            "influence": {"rank": {"sum": 12, "max": 5}},
        },
    }


async def test_reasons_and_paths_come_with_their_texts_in_the_language_asked_for(asking: Asking) -> None:
    text = """query($language: String, $first: Int) { company(id: "000") { insights { churn {
      reasons(language: $language, first: $first) { code text contribution facts records { id } }
      paths { strength text relations records { id } contribution } } } } }"""

    english = (await asking.data(text, {"language": "en"}))["company"]["insights"]["churn"]
    russian = (await asking.data(text, {"language": "ru", "first": 1}))["company"]["insights"]["churn"]

    assert english["reasons"] == [
        {
            "code": "rest",
            "text": "3 smaller reasons together",
            "contribution": 0.5,
            "facts": {"count": 3},
            "records": [{"id": "000"}, {"id": "001"}],
        },
        {
            "code": "gone_fishing",
            "text": "Gone fishing: days 40.",
            "contribution": -0.125,
            "facts": {"days": 40.0},
            "records": [],
        },
    ]
    assert [each["text"] for each in russian["reasons"]] == ["Ещё 3 менее значимых причин вместе"]
    assert english["paths"] == [
        {
            "strength": 0.3,
            "text": "1 smaller reasons together",
            "relations": ["OWNS"],
            "records": [{"id": "003"}, {"id": "000"}],
            "contribution": None,
        }
    ]


async def test_what_would_change_a_score_comes_with_its_record_where_it_has_one(asking: Asking) -> None:
    text = """{ company(id: "000") { insights { churn {
      counterfactuals(language: "en") { code text change record { id } facts __typename } } } } }"""

    found = (await asking.data(text))["company"]["insights"]["churn"]["counterfactuals"]

    of_type = {"__typename": "CounterfactualInsightPart"}
    assert found == [
        {"code": "gone_fishing", "text": "Gone fishing: days 3.", "change": -0.25, "record": {"id": "002"},
         "facts": {"days": 3}, **of_type},
        {"code": "rest", "text": "2 smaller reasons together", "change": -0.125, "record": None,
         "facts": {"count": 2}, **of_type},
    ]  # fmt: skip


async def test_reasons_call_a_signal_by_the_label_that_its_profile_has(
    asking: Asking, neo4j_driver: neo4j.Driver
) -> None:
    labels = {"en": {"other": "visits"}, "ru": {"other": "визиты"}}
    signal = Signal("calls", ("employees",), "Person", Role.CONTACT, labels=labels)
    model = replace(MODEL, profiles={"Company": Profile("Company", (signal,))})
    facts = {"name": "calls_180", "value": 0, "typical": 1}
    document = {"reasons": [{"code": "behaviour", "contribution": 0.5, "facts": facts, "records": []}]}
    row = {"record": "003", "engine": "churn", "run": 7, "document": json.dumps(document)}
    neo4j_driver.execute_query("CREATE (n:Insight) SET n = $row", row=row)
    text = '{ company(id: "003") { insights { churn { reasons(language: "ru") { text } } } } }'

    told = await Asking(asking.database, Editions(None, model)).data(text)

    assert told["company"]["insights"]["churn"]["reasons"] == [{"text": "Визиты за 180 дн.: 0, обычно 1"}]


async def test_reasons_of_another_run_than_the_scores_are_not_shown(asking: Asking) -> None:
    text = "query($id: ID!) { company(id: $id) { insights { churn { reasons { code } paths { strength } } } } }"

    for id in ("001", "002"):
        data = await asking.data(text, {"id": id})
        assert data["company"]["insights"]["churn"] == {"reasons": [], "paths": []}


async def test_insights_are_read_through_interfaces_and_relations_too(
    asking: Asking, neo4j_driver: neo4j.Driver
) -> None:
    neo4j_driver.execute_query(
        "MATCH (a:Company {id: '000'}) CREATE (p:Record:Person {id: 'p', name: 'p', mark: 1, insight_churn_risk: 0.5})"
        "-[:OWNS {id: 'l', note: 'n'}]->(a)"
    )
    text = """{ nodes(ids: ["000", "p"]) { __typename ... on Record { insights { churn { risk reasons { code } } } } }
      people(where: {owns: {some: {node: {insights: {churn: {risk: {lt: 0.3}}}}}}}) {
        nodes { owns(orderBy: [{node: {insights: {churn: {risk: DESC}}}}]) { nodes { id insights { churn { risk } } } } } } }"""

    data = await asking.data(text)

    assert [each["insights"]["churn"]["risk"] for each in data["nodes"]] == [0.25, 0.5]
    assert [len(each["insights"]["churn"]["reasons"]) for each in data["nodes"]] == [2, 0]
    assert data["people"]["nodes"][0]["owns"]["nodes"] == [{"id": "000", "insights": {"churn": {"risk": 0.25}}}]


async def test_a_page_by_a_score_comes_out_of_its_index_and_reasons_out_of_theirs(
    asking: Asking, neo4j_driver: neo4j.Driver
) -> None:
    await build_score_indexes(asking.database, "Company", "churn")
    rows = [{"id": f"x{i:05}", "name": f"x{i}", "mark": i, "risk": i / 4_000} for i in range(2_000)]
    neo4j_driver.execute_query(
        "UNWIND $rows AS row CREATE (n:Record:Company {id: row.id, name: row.name, mark: row.mark, version: 1, "
        "insight_churn_risk: row.risk, insight_churn_run: 7}) CREATE (:Insight {record: row.id, engine: 'churn', run: 7, "
        "document: '{}'})",
        rows=rows,
    )
    text = """{ companies(where: {insights: {churn: {risk: {gte: 0.4}}}},
      orderBy: [{insights: {churn: {risk: DESC}}}], first: 10) { nodes { id insights { churn { reasons { code } } } } } }"""

    plan = profiled(neo4j_driver, text)

    assert plan.hits < 600, (plan.hits, plan.operators)
    assert not any("Scan" in each or "Sort" in each for each in plan.operators if "Index" not in each), plan.operators


def test_every_type_of_a_model_shares_the_types_of_insights_and_the_schema_is_sound() -> None:
    types = {f"Kind{i}": EntityType(f"Kind{i}", f"Kinds{i}", {"name": Field("name", "text")}) for i in range(20)}
    schema = complete(build_schema(Metamodel(1, types, {}), None))

    named = [name for name in schema.type_map if "Insight" in name]
    assert len(named) == 5 + 7 * len(scores.ENGINES) + 6  # three of each for groups: keys, conditions, orders
    assert schema.type_map["Kind3"].fields["insights"].type == schema.type_map["Kind4"].fields["insights"].type  # type: ignore[attr-defined]


def test_types_of_insights_are_found_by_their_names() -> None:
    schema = build_schema(MODEL, None)

    for name in ("ChurnInsight", "InsightsFilter", "ChurnInsightOrder", "InsightsAggregate", "FloatFigures"):
        assert schema.get_type(name) is not None, name
