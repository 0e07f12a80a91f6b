"""`view360` through the API: whole, in the reader's language, its time line paged with signed cursors."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from crm_worlds import CrmWorld, crm_registry
from served_models import until_served

pytestmark = pytest.mark.anyio
TODAY = datetime.now(UTC).date()

VIEW = """query ($id: ID!, $after: String, $language: String! = "en", $kinds: [String!]) {
  view360(id: $id, events: 3, after: $after, language: $language, kinds: $kinds) {
    record { id type title values }
    sections { field count label links { id strength values record { id type title } } }
    timeline { events { at path record { type title } change { op fields } } hasNextPage endCursor }
    unfinished { record { title } due late }
    money { currency total count lastYear months { month value } trend }
    kpis { name label value months { month value count } }
    health { scores reasons { code text contribution } }
    actions { code text weight records { title } }
    neighbourhood { records { id title } links { source target relation } leftOut }
  }
}"""


async def _world(api: Any) -> str:
    registry = await crm_registry(api.database)
    world = CrmWorld()
    acme, ann = world.company("Acme"), world.record("Person", name="Ann")
    world.link(ann, "WORKS_AT", acme, role="buyer")
    for day in range(5):
        world.order(acme, TODAY - timedelta(days=10 + day), "10.50")
    task = world.record("Task", subject="Call back", status="open", dueOn=TODAY - timedelta(days=3))
    world.link(task, "ABOUT", acme)
    await world.write(api.database, registry.model)
    await until_served(api, registry.model.version)
    return acme


async def _viewed(api: Any, **variables: object) -> dict[str, Any]:
    answer = (await api.ask(VIEW, **variables)).json()
    assert "errors" not in answer, answer
    view: dict[str, Any] = answer["data"]["view360"]
    return view


async def test_a_view_answers_everything_at_once_and_its_time_line_goes_on(api: Any) -> None:
    acme = await _world(api)

    first = await _viewed(api, id=acme)
    seen, page = list(first["timeline"]["events"]), first["timeline"]
    while page["hasNextPage"]:
        page = (await _viewed(api, id=acme, after=page["endCursor"]))["timeline"]
        seen += page["events"]
    persian = await _viewed(api, id=acme, language="fa")

    assert first["record"]["title"] == "Acme"
    assert {each["field"]: each["count"] for each in first["sections"]}["employees"] == 1
    assert [(each["currency"], each["total"], each["count"]) for each in first["money"]] == [("USD", "52.5000", 5)]
    assert first["unfinished"][0]["record"]["title"] == "Call back"
    assert first["unfinished"][0]["late"] is True
    assert first["actions"][0]["text"] == "Finish “Call back”: 3 days late"
    parts = [reason["contribution"] for reason in first["health"]["reasons"]]
    assert sum(parts) == pytest.approx(first["health"]["scores"]["score"])
    kinds = [event["record"]["type"] if event["record"] else event["change"]["op"] for event in seen]
    assert sorted(kinds) == ["Order"] * 5 + ["create"]
    assert {link["relation"] for link in first["neighbourhood"]["links"]} >= {"PLACED", "WORKS_AT", "ABOUT"}
    assert persian["actions"][0]["text"] == "«Call back» را تمام کنید: ۳ روز دیر شده"


async def test_the_query_of_the_guide_is_answered(api: Any) -> None:
    acme = await _world(api)
    guide = Path(__file__).parents[2] / "docs" / "how-to" / "see-a-record-whole.md"
    (query,) = re.findall(r"```graphql\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)

    answer = (await api.ask(query, id=acme)).json()

    assert "errors" not in answer
    assert answer["data"]["view360"]["record"]["title"] == "Acme"


async def test_bad_questions_are_refused_with_their_place(api: Any) -> None:
    acme = await _world(api)

    nobody = (await api.ask('{ view360(id: "nobody") { at } }')).json()
    many = (await api.ask(f'{{ view360(id: "{acme}", events: 100000) {{ at }} }}')).json()
    forged = (await api.ask(f'{{ view360(id: "{acme}", after: "k1.abc") {{ at }} }}')).json()

    assert nobody["data"] == {"view360": None}
    assert "ask for 0 to 200" in many["errors"][0]["message"]
    assert "cursor" in forged["errors"][0]["message"]


async def test_a_time_line_tells_only_the_kinds_of_events_that_are_asked_for(api: Any) -> None:
    acme = await _world(api)

    orders = (await _viewed(api, id=acme, kinds=["Order"]))["timeline"]
    on = (await _viewed(api, id=acme, kinds=["Order"], after=orders["endCursor"]))["timeline"]
    changes = (await _viewed(api, id=acme, kinds=["change"]))["timeline"]
    nothing = (await _viewed(api, id=acme, kinds=[]))["timeline"]
    strange = (await api.ask(VIEW, id=acme, kinds=["Order", "Ordr"])).json()

    assert [each["record"]["type"] for each in [*orders["events"], *on["events"]]] == ["Order"] * 5
    assert [orders["hasNextPage"], on["hasNextPage"]] == [True, False]
    assert [each["change"]["op"] for each in changes["events"]] == ["create"]
    assert nothing == {"events": [], "hasNextPage": False, "endCursor": None}
    assert strange["errors"][0]["extensions"]["problems"][0]["code"] == "unknown_type"


async def test_each_figure_tells_how_its_last_twelve_months_went(api: Any) -> None:
    acme = await _world(api)

    figures = {each["name"]: each for each in (await _viewed(api, id=acme))["kpis"]}

    assert sum(float(month["value"]) for month in figures["revenueYear"]["months"]) == 52.5
    assert [len(figures[name]["months"]) for name in ("revenueYear", "ordersYear", "sinceLastOrder")] == [12, 12, 0]
    assert sum(int(month["value"]) for month in figures["ordersYear"]["months"]) == 5


async def test_a_view_of_the_past_is_asked_for_by_a_variable_or_in_the_text(api: Any) -> None:
    acme = await _world(api)
    then = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    query = "query ($id: ID!, $then: DateTime) { view360(id: $id, asOf: $then) { at } }"

    now = (await api.ask(query, id=acme)).json()
    past = (await api.ask(query, id=acme, then=then)).json()
    refused = (await api.ask(query, id=acme, then="yesterday")).json()

    assert now["data"]["view360"] is not None
    assert past == {**past, "data": {"view360": None}}
    assert "errors" not in past
    assert "errors" in refused
