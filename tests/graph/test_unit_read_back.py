"""What a unit of work reads back in its own statement, and how that statement finds what it needs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cypher.compile.reads import compile_read
from cypher.request import Leaf, ReadRecords
from graph.changes import ChangeSet
from graph.unit import ReadBack
from graph.unit.work import work_of
from models.actor import SYSTEM
from models.commands import CreateLink, CreateRecord, UpsertRecord
from models.ids import new_id
from models.metamodel import EntityType

pytestmark = pytest.mark.anyio

SCANS = {"AllNodesScan", "NodeByLabelScan", "DirectedRelationshipTypeScan", "UndirectedRelationshipTypeScan"}


def names_of(kind: EntityType) -> ReadBack:
    selection = {kind.name: (Leaf("name", kind.fields["name"]),)}
    return ReadBack(compile_read([ReadRecords("all", (kind,), "answers", selection, many=True)]), {}, "answers")


async def test_the_payload_comes_back_with_the_write_in_the_order_asked(hand: Any) -> None:
    company = hand.model.types["Company"]
    one = CreateRecord("Company", new_id(), {"name": "One", "taxId": "1"})
    two = UpsertRecord("Company", new_id(), ("taxId",), {"name": "Two", "taxId": "2"}, {})

    created = await hand.write(one, two, answer=[two.id, one.id], read_back=names_of(company))
    again = UpsertRecord("Company", new_id(), ("taxId",), {"name": "Zwei", "taxId": "2"}, {})
    changed = await hand.write(again, answer=[again.id], read_back=names_of(company), idempotency_key="k")
    replayed = await hand.write(again, answer=[again.id], read_back=names_of(company), idempotency_key="k")

    assert names_of(company).compiled.shape is not None
    assert created.row == [[[["Two"]], [["One"]]]]
    assert (changed.ids, changed.row) == ((two.id,), [[[["Zwei"]]]])
    assert (replayed.replayed, replayed.ids, replayed.row) == (True, (two.id,), [[[["Zwei"]]]])


async def test_a_person_linked_to_a_company_is_written_by_index_seeks_alone(hand: Any) -> None:
    acme = CreateRecord("Company", new_id(), {"name": "Acme"})
    await hand.write(acme)
    ann = CreateRecord("Person", new_id(), {"name": "Ann"})
    changes = ChangeSet(new_id(), datetime(2026, 1, 1, tzinfo=UTC), SYSTEM, "", "test", 0)
    work = work_of(hand.model, changes, [ann, CreateLink("WORKS_AT", new_id(), ann.id, acme.id, {})], [ann.id])
    back = names_of(hand.model.types["Person"])

    plan = hand.driver.execute_query(
        "EXPLAIN " + work.statement(back, halts=True).text, work.parameters(back), database_=hand.database.name
    ).summary.plan

    found = list(operators(plan))
    assert [name for name, about in found if name in SCANS and "ModelRoot" not in about] == []
    assert sum("IndexSeek" in name for name, _ in found) == 3


def operators(plan: dict[str, Any]) -> Any:
    yield plan["operatorType"].split("@")[0], plan["args"].get("Details", "")
    for child in plan.get("children", ()):
        yield from operators(child)
