"""Known operations are planned ahead: after a change of the model, what was asked lately finds its plans made."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from small_worlds import COMPANY, MODEL

from gql.editions import Editions
from gql.execute.executor import Executor
from gql.execute.limits import Limits
from gql.execute.rehearsal import Rehearsal
from gql.plan.cursors import Cursors
from graph.address import Address
from graph.session import Database
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio

BY_NAME = "query ($name: String!) { companies(where: {name: {eq: $name}}) { nodes { name } } }"
BY_MAIL = "{ companies(orderBy: [{mail: ASC}]) { nodes { mail } } }"
LATER = replace(MODEL, version=2)
WITHOUT_MAIL = replace(COMPANY, fields={name: field for name, field in COMPANY.fields.items() if name != "mail"})


@dataclass(frozen=True)
class Served:
    editions: Editions
    executor: Executor
    rehearsal: Rehearsal

    def planned(self) -> list[str]:
        plans = self.editions.current.plans
        return [sample.text for key in plans.plans.latest(100) if (sample := plans.samples.get(key))]


@pytest.fixture
async def served(clean_neo4j: Address) -> AsyncIterator[Served]:
    database, editions = await Database.connect(clean_neo4j), Editions(None, MODEL)
    executor = Executor(database, editions, None, Cursors(b"test"), Limits(), lambda actor, edition: None)  # type: ignore[arg-type]  # it only reads
    yield Served(editions, executor, Rehearsal(editions, executor.rehearse))
    await database.close()


async def test_what_was_asked_is_planned_for_the_new_model_the_last_first(served: Served) -> None:
    for text, given in ((BY_MAIL, None), (BY_NAME, {"name": "Acme"}), (BY_MAIL, None)):
        assert (await served.executor.execute(text, given, None, SYSTEM)).errors == 0

    await served.editions.publish(LATER)
    await served.rehearsal.begin(LATER)
    await served.rehearsal.finished()

    assert served.planned() == [BY_NAME, BY_MAIL]  # the last one planned is the last used of the new edition
    answer = await served.executor.execute(BY_NAME, {"name": "Bit"}, None, SYSTEM)
    assert answer.errors == 0
    assert len(served.editions.current.plans.plans) == 2


async def test_what_fits_the_new_model_no_more_is_left_out(served: Served) -> None:
    for text, given in ((BY_NAME, {"name": "Acme"}), (BY_MAIL, None)):
        assert (await served.executor.execute(text, given, None, SYSTEM)).errors == 0
    smaller = replace(LATER, types={**MODEL.types, "Company": WITHOUT_MAIL})

    await served.editions.publish(smaller)
    await served.rehearsal.begin(smaller)
    await served.rehearsal.finished()

    assert served.planned() == [BY_NAME]


async def test_the_same_edition_is_not_gone_through_twice(served: Served) -> None:
    assert (await served.executor.execute(BY_MAIL, None, None, SYSTEM)).errors == 0

    await served.rehearsal.begin(MODEL)
    await served.rehearsal.finished()

    assert served.planned() == [BY_MAIL]
