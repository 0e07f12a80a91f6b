"""`paths` and `introductions`: ways between two records."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, cast

import strawberry

from gql.fixed.answers.shown import Direction, First, OnSnapshot, Showing, WalkDirection, asked, way
from gql.fixed.context import FixedInfo
from gql.fixed.labels import Language
from gql.fixed.moments import moment_or_none
from gql.fixed.view_types import RecordCard, ViewReason
from gql.fixed.wanted import wants
from models.errors import Problem, Rejected

if TYPE_CHECKING:
    from analytics.answering.ways import IntroductionFound, Step, WayFound
    from analytics.engines.paths import By

From = Annotated[strawberry.ID, strawberry.argument(name="from", description="The record that the ways begin at.")]
To = Annotated[strawberry.ID, strawberry.argument(name="to", description="The record that the ways lead to.")]


@strawberry.enum(description="Which ways are best.")
class PathMeasure(Enum):
    """A measure of ways."""

    SHORTEST = strawberry.enum_value("shortest", description="Fewest links.")
    STRONGEST = strawberry.enum_value(
        "strongest",
        description="Greatest product of the strengths of relationships; a link of which nothing is known counts 0.1.",
    )
    CHEAPEST = strawberry.enum_value("cheapest", description="Least sum of the costs of links, by relation.")


@strawberry.input(description="What a link of a relation costs.")
class RelationCost:
    """A cost."""

    relation: str = strawberry.field(description="The relation.")
    cost: float = strawberry.field(description="What each of its links costs; 1 for relations that are not named.")


@strawberry.type(description="A link of a way.")
class PathStepShown:
    """A step."""

    source: strawberry.ID = strawberry.field(description="The record it is walked from.")
    target: strawberry.ID = strawberry.field(description="The record it is walked to.")
    relations: list[str] = strawberry.field(description="The relations that join the two, whichever way they lead.")
    weight: float = strawberry.field(description="Its strength, or its cost.")


@strawberry.type(description="A way between two records.")
class PathFound:
    """A way."""

    records: list[RecordCard] = strawberry.field(description="The records it leads over, both ends included.")
    steps: list[PathStepShown] = strawberry.field(description="Its links.")
    length: int = strawberry.field(description="How many links it has.")
    strength: float | None = strawberry.field(description="The product of their strengths; for STRONGEST.")
    cost: float | None = strawberry.field(description="The sum of their costs; for CHEAPEST.")
    weakest: PathStepShown | None = strawberry.field(
        description="The link of least strength, or of greatest cost; null for SHORTEST."
    )


@strawberry.type(description="Ways between two records.")
class PathsAnswer(OnSnapshot):
    """Ways."""

    paths: list[PathFound] = strawberry.field(description="The ways, the best first; none where there is no way.")
    complete: bool = strawberry.field(description="False when the search was bounded: ways left out may be better.")


@strawberry.type(description="A way of acquaintances.")
class IntroductionShown:
    """An introduction."""

    records: list[RecordCard] = strawberry.field(description="The records it leads over, both ends included.")
    strengths: list[float] = strawberry.field(description="How strong each relationship on the way is, 0 to 1.")
    strength: float = strawberry.field(description="The product of them.")
    ask: RecordCard | None = strawberry.field(description="Who must be asked; null where they know each other.")
    introducer: RecordCard | None = strawberry.field(description="Who knows the one asked for.")
    weakest: list[RecordCard] = strawberry.field(description="The two whose relationship to warm up first.")
    reasons: list[ViewReason] = strawberry.field(description="What each relationship adds or takes; they sum to it.")


@strawberry.type(description="Who can introduce one record to another.")
class IntroductionsAnswer(OnSnapshot):
    """Introductions."""

    introductions: list[IntroductionShown] = strawberry.field(description="The ways, the strongest first.")


async def paths(
    info: FixedInfo,
    source: From,
    target: To,
    via: Annotated[
        list[str] | None, strawberry.argument(description="The relations that are walked; all, if left out.")
    ] = None,
    measure: Annotated[PathMeasure, strawberry.argument(description="What makes a path short.")] = PathMeasure.SHORTEST,
    direction: Direction = WalkDirection.BOTH,
    first: Annotated[int, strawberry.argument(description="How many of the best, 1 to 50.")] = 1,
    hops: Annotated[
        int | None, strawberry.argument(description="How many links at most, 1 to 10; any number, if left out.")
    ] = None,
    as_of: Annotated[
        datetime | None,
        strawberry.argument(description="Over what was true then; now, if left out. With its offset, such as Z."),
    ] = None,
    known_at: Annotated[
        datetime | None,
        strawberry.argument(
            description="Over what was known then, and without asOf as it was. With its offset, such as Z."
        ),
    ] = None,
    costs: Annotated[
        list[RelationCost] | None, strawberry.argument(description="What links cost, by relation; for CHEAPEST.")
    ] = None,
) -> PathsAnswer:
    """The best ways from one record to another."""
    from analytics.answering.ways import WaysAsked
    from analytics.answering.ways import paths as found_paths

    if costs and measure is not PathMeasure.CHEAPEST:
        raise Rejected([Problem("not_used", "costs are for the measure CHEAPEST.", ("costs",))])
    wanted = WaysAsked(
        cast("By", measure.value),
        via,
        way(direction),
        first,
        hops,
        moment_or_none("asOf", as_of),
        moment_or_none("knownAt", known_at),
        {each.relation: each.cost for each in costs or ()},
    )
    found = await found_paths(asked(info), source, target, wanted, cards=(shows := wants(info, "paths", "records")))
    showing = Showing(found)
    ways = [_way(showing, each, measure, shows=shows) for each in found.ways]
    return PathsAnswer(snapshot_at=showing.snapshot_at, seq=showing.seq, paths=ways, complete=found.complete)


def _way(showing: Showing, found: WayFound, measure: PathMeasure, *, shows: bool) -> PathFound:
    steps = [_step(each) for each in found.steps]
    weakest = None if found.weakest is None or measure is PathMeasure.SHORTEST else steps[found.weakest]
    return PathFound(
        records=showing.card_list(found.records) if shows else [],
        steps=steps,
        length=len(steps),
        strength=found.strength if measure is PathMeasure.STRONGEST else None,
        cost=found.cost if measure is PathMeasure.CHEAPEST else None,
        weakest=weakest,
    )


def _step(step: Step) -> PathStepShown:
    ends = strawberry.ID(step.source), strawberry.ID(step.target)
    return PathStepShown(source=ends[0], target=ends[1], relations=list(step.relations), weight=step.weight)


async def introductions(
    info: FixedInfo,
    source: From,
    target: To,
    first: First = 3,
    hops: Annotated[int, strawberry.argument(description="How many relationships at most, 1 to 10.")] = 4,
    language: Language = "en",
) -> IntroductionsAnswer:
    """Who can introduce one record to another."""
    from analytics.answering.ways import introductions as found_introductions

    found = await found_introductions(asked(info), source, target, first=first, hops=hops)
    showing = Showing(found, language)
    told = [_introduction(showing, each) for each in found.introductions]
    return IntroductionsAnswer(snapshot_at=showing.snapshot_at, seq=showing.seq, introductions=told)


def _introduction(showing: Showing, found: IntroductionFound) -> IntroductionShown:
    return IntroductionShown(
        records=showing.card_list(found.records),
        strengths=list(found.strengths),
        strength=found.strength,
        ask=None if found.ask is None else showing.card(found.ask),
        introducer=None if found.introducer is None else showing.card(found.introducer),
        weakest=showing.card_list(found.weakest),
        reasons=showing.reasons(found.reasons),
    )
