"""Engines asked through the API where there is next to nothing to say: no records, one, no signals, everything ahead or over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import httpx
import pytest
from served_models import until_served

from graph import sequencer
from graph.registry import Registry
from graph.unit import write
from models.actor import SYSTEM
from models.commands import CreateLink, CreateRecord
from models.definitions import patch_from_plain
from models.ids import new_id

pytestmark = pytest.mark.anyio
NOW = datetime.now(UTC)
TODAY = NOW.date()
NAME = {"name": "name", "kind": "text"}
MODEL = {
    "types": [
        {"name": "Firm", "plural": "Firms", "fields": [NAME, {"name": "leftOn", "kind": "date"}]},
        {"name": "Sale", "plural": "Sales", "fields": [{"name": "on", "kind": "date"}]},
        {"name": "Shed", "plural": "Sheds", "fields": [NAME]},
    ],
    "relations": [
        {
            "name": "BOUGHT",
            "source": {"types": ["Firm"], "field": "bought"},
            "target": {"types": ["Sale"], "field": "boughtBy"},
        },
        {
            "name": "KNOWS",
            "source": {"types": ["Firm"], "field": "knows"},
            "target": {"types": ["Firm"], "field": "knows"},
            "symmetric": True,
        },
        {
            "name": "RENTS",
            "source": {"types": ["Firm"], "field": "rents"},
            "target": {"types": ["Shed"], "field": "rentedBy"},
            "validity": "overlaps",
        },
    ],
    "profiles": [
        {
            "type": "Firm",
            "signals": [{"name": "sales", "path": ["bought"], "role": "business", "time": "on"}],
            "leaving": {"field": "leftOn"},
            "spreads": [{"path": ["knows"], "factor": 0.5}],
        }
    ],
}
ALONE = """query ($id: ID!) { subgraph(ids: [$id]) { records { hop } } influence { totalCount rows { score rank percentile } }
  communities { totalCount modularity } }"""
RISK = (
    "query ($id: ID!) { riskPaths(id: $id) { risk own received band reasons { code contribution } paths { brings } } }"
)


class Firms:
    """A server whose model has firms, what they bought, and sheds to which nothing happens."""

    def __init__(self, api: Any, registry: Registry) -> None:
        self.api, self.registry = api, registry

    async def firms(self, sold: Sequence[Sequence[int]], **fields: object) -> list[str]:
        """Firms in a chain of acquaintance with sales so many days ahead (behind: below 0); their ids."""
        ids = [new_id() for _ in sold]
        made: list[Any] = [CreateRecord("Firm", id, {"name": f"F{i}", **fields}) for i, id in enumerate(ids)]
        made += [CreateLink("KNOWS", new_id(), *sorted(pair), {}) for pair in pairwise(ids)]
        for id, days in zip(ids, sold, strict=True):
            for day in days:
                sale = new_id()
                made += [CreateRecord("Sale", sale, {"on": TODAY + timedelta(days=day)})]
                made += [CreateLink("BOUGHT", new_id(), id, sale, {})]
        await self.write(made)
        return ids

    async def write(self, made: Sequence[Any]) -> None:
        """Put into the database and number what was made."""
        await write(self.api.database, self.registry.model, SYSTEM, made, now=NOW)
        await sequencer.number(self.api.database)

    async def asked(self, text: str, **variables: object) -> dict[str, Any]:
        """An answer; who waited too long asks again, since what has begun goes on."""
        for _ in range(20):
            try:
                answer: dict[str, Any] = (await self.api.ask(text, **variables)).json()
            except httpx.ReadTimeout:
                continue
            if [each["extensions"]["code"] for each in answer.get("errors", [])] != ["timed_out"]:
                return answer
        raise AssertionError(text)

    async def problem(self, text: str, **variables: object) -> str:
        """The code of the one problem for which a question is refused."""
        (error,) = (await self.asked(text, **variables))["errors"]
        (problem,) = error["extensions"]["problems"]
        return str(problem["code"])


@pytest.fixture
async def firms(api: Any) -> Firms:
    registry = await Registry.open(api.database)
    patch, problems = patch_from_plain(MODEL)
    assert problems == []
    await registry.apply(SYSTEM, patch)
    await until_served(api, registry.model.version)
    return Firms(api, registry)


async def test_an_empty_graph_and_a_single_record_are_answered_and_a_type_without_signals_is_called_so(
    firms: Firms,
) -> None:
    empty = await firms.asked("{ influence { totalCount rows { score } } communities { totalCount } }")
    (id,) = await firms.firms([[]])
    alone = await firms.asked(ALONE, id=id)
    gone = await firms.asked(
        "query ($id: ID!) { whatIf(input: {removeRecords: [$id]}) { moved sumBefore sumAfter lostOnlyLink { id } } }",
        id=id,
    )

    untyped = await firms.asked("{ influence(types: []) { totalCount rows { score } } }")

    assert empty["data"] == {"influence": {"totalCount": 0, "rows": []}, "communities": {"totalCount": 0}}
    assert untyped["data"] == {"influence": {"totalCount": 0, "rows": []}}
    assert alone["data"]["subgraph"] == {"records": [{"hop": 0}]}
    assert gone["data"]["whatIf"] == {"moved": 0, "sumBefore": 1.0, "sumAfter": 0.0, "lostOnlyLink": []}
    assert await firms.problem('{ segments(type: "Shed") { records } }') == "no_signals"
    assert await firms.problem('{ segments(type: "Firm") { records } }') == "no_events"
    assert await firms.problem("query ($id: ID!) { recommend(id: $id) { seq } }", id=id) == "no_offers"


async def test_what_is_still_to_come_has_not_happened(firms: Firms) -> None:
    ids = await firms.firms([[30, 60], [400], [36_500]])

    view = await firms.asked(
        "query ($id: ID!) { view360(id: $id) { timeline { events { record { id } change { op } } } } }", id=ids[0]
    )
    risk = await firms.asked(RISK, id=ids[0])

    assert view["data"]["view360"]["timeline"]["events"] == [{"record": None, "change": {"op": "create"}}]
    assert await firms.problem('{ segments(type: "Firm") { records } }') == "no_events"
    found = risk["data"]["riskPaths"]
    assert {each["code"] for each in found["reasons"]} <= {"unknown", "own", "received"}
    assert found["band"] == "low"
    assert sum(each["contribution"] for each in found["reasons"]) == pytest.approx(found["risk"])


async def test_when_all_have_left_and_are_alike_they_are_at_the_highest_risk_and_nothing_sets_them_apart(
    firms: Firms,
) -> None:
    left = await firms.firms([[-40, -400], [-40, -400], [-40, -400]], leftOn=TODAY - timedelta(days=10))

    risk = await firms.asked(RISK, id=left[0])
    segments = await firms.asked('{ segments(type: "Firm", language: "ru") { records segments { label size share } } }')

    assert (risk["data"]["riskPaths"]["risk"], risk["data"]["riskPaths"]["band"]) == (1.0, "high")
    assert segments["data"]["segments"] == {
        "records": 3,
        "segments": [{"label": "Ничем не выделяются", "size": 3, "share": 1.0}],
    }


CLOCKED = """query ($a: ID!, $b: ID!, $at: DateTime!) {
  around: subgraph(ids: [$a], asOf: $at) { records { hop } links { relation } }
  whole: subgraph(asOf: $at) { links { relation } }
  ways: paths(from: $a, to: $b, asOf: $at) { paths { length } }
  then: view360(id: $a, asOf: $at) { sections { count } }
  known: view360(id: $a, knownAt: $at) { sections { count } } }"""
BEFORE_ALL, AFTER_ALL = "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"


async def test_before_everything_there_is_nothing_and_long_after_what_has_no_end(firms: Firms) -> None:
    (firm,) = await firms.firms([[]])
    shed, other = new_id(), new_id()
    made: list[Any] = [CreateRecord("Shed", shed, {}), CreateRecord("Shed", other, {})]
    since, until = NOW - timedelta(days=9), NOW + timedelta(days=9)
    made += [CreateLink("RENTS", new_id(), firm, shed, {}, valid_from=since)]
    made += [CreateLink("RENTS", new_id(), firm, other, {}, valid_from=since, valid_to=until)]
    await firms.write(made)

    async def at(moment: str, end: str = shed) -> dict[str, Any]:
        answer = await firms.asked(CLOCKED, a=firm, b=end, at=moment)
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    before, after, ended = await at(BEFORE_ALL), await at(AFTER_ALL), await at(AFTER_ALL, other)

    assert before == {
        "around": {"records": [{"hop": 0}], "links": []},
        "whole": {"links": []},
        "ways": {"paths": []},
        "then": None,
        "known": None,
    }
    assert after["around"] == {"records": [{"hop": 0}, {"hop": 1}], "links": [{"relation": "RENTS"}]}
    assert after["whole"] == {"links": [{"relation": "RENTS"}]}
    assert (after["ways"], ended["ways"]) == ({"paths": [{"length": 1}]}, {"paths": []})
    assert sum(each["count"] for each in after["then"]["sections"]) == 1
    assert sum(each["count"] for each in after["known"]["sections"]) == 1
