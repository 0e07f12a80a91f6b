"""`communities` and `segments`: which records belong together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from gql.fixed.answers.shown import First, OnSnapshot, Relations, Seed, Showing, asked
from gql.fixed.context import FixedInfo
from gql.fixed.labels import Language, plain
from gql.fixed.view_types import RecordCard
from models.labels import label as labelled
from models.profiles import Signal, profile_of
from models.reasons import alike, feature, sentence

_COMMAS = {"fa": "، "}


@strawberry.type(description="Records that are linked more among themselves than with others.")
class CommunityFound:
    """A community."""

    label: int = strawberry.field(description="Its number in this answer; 0 is the largest.")
    size: int = strawberry.field(description="How many records it has.")
    types: JSON = strawberry.field(description="How many of each type.")
    members: list[RecordCard] = strawberry.field(description="Its strongest members, by the weight of links inside.")
    bridging: list[RecordCard] = strawberry.field(
        description="Members without which a part of the graph falls away, the strongest first."
    )


@strawberry.type(description="A link that alone holds two communities together.")
class CommunityBridge:
    """A bridge."""

    source: RecordCard = strawberry.field(description="The one end.")
    target: RecordCard = strawberry.field(description="The other end.")


@strawberry.type(description="The largest communities.")
class CommunitiesAnswer(OnSnapshot):
    """Communities."""

    communities: list[CommunityFound] = strawberry.field(description="Those with two members or more, largest first.")
    total_count: int = strawberry.field(description="How many there are.")
    modularity: float = strawberry.field(description="How well the graph falls into them, at most 1.")
    bridges: list[CommunityBridge] = strawberry.field(description="Links that alone hold two communities together.")


@strawberry.type(description="Something that sets a segment apart.")
class SegmentTrait:
    """A trait."""

    code: str = strawberry.field(description="The sort of trait, for programs; it stays the same.")
    text: str = strawberry.field(description="The trait in words.")
    facts: JSON = strawberry.field(description="The facts of the sentence.")


@strawberry.type(description="Records that are alike in what happened to them.")
class SegmentFound:
    """A segment."""

    name: str = strawberry.field(description="Its name, made of what sets it apart; the same in every language.")
    label: str = strawberry.field(description="The name in words of the language.")
    size: int = strawberry.field(description="How many records it has.")
    share: float = strawberry.field(description="Its share of those that anything happened to, 0 to 1.")
    traits: list[SegmentTrait] = strawberry.field(description="What sets it apart, the weightiest first.")
    typical: RecordCard | None = strawberry.field(description="The record that is most like all of it.")


@strawberry.type(description="The segments of a type's records.")
class SegmentsAnswer(OnSnapshot):
    """Segments."""

    segments: list[SegmentFound] = strawberry.field(description="The segments, the largest first.")
    records: int = strawberry.field(description="How many records anything happened to.")


async def communities(
    info: FixedInfo,
    relations: Relations = None,
    types: Annotated[
        list[str] | None, strawberry.argument(description="Only records of these types, and links among them.")
    ] = None,
    resolution: Annotated[
        float, strawberry.argument(description="Above 1: more and smaller communities; below 1: fewer and larger.")
    ] = 1.0,
    seed: Seed = 0,
    first: First = 20,
    members: Annotated[int, strawberry.argument(description="How many members of each are told.")] = 5,
) -> CommunitiesAnswer:
    """The largest communities."""
    from analytics.answering.groups import communities as found_communities

    found = await found_communities(
        asked(info), relations=relations, types=types, resolution=resolution, seed=seed, first=first, members=members
    )
    showing = Showing(found)
    told = [
        CommunityFound(
            label=each.label,
            size=each.size,
            types=plain(each.types),
            members=showing.card_list(each.members),
            bridging=showing.card_list(each.bridging),
        )
        for each in found.communities
    ]
    bridges = [CommunityBridge(source=showing.card(a), target=showing.card(b)) for a, b in found.bridges]
    return CommunitiesAnswer(
        snapshot_at=showing.snapshot_at,
        seq=showing.seq,
        communities=told,
        total_count=found.total,
        modularity=found.modularity,
        bridges=bridges,
    )


async def segments(
    info: FixedInfo,
    type: Annotated[str, strawberry.argument(description="The type whose records are grouped.")],
    seed: Seed = 0,
    language: Language = "en",
) -> SegmentsAnswer:
    """The segments of a type's records."""
    from analytics.answering.groups import segments as found_segments

    found = await found_segments(asked(info), type, seed=seed)
    showing, words = Showing(found), _words(profile_of(info.context.model, type).signals, language)
    comma = _COMMAS.get(language.partition("-")[0], ", ")
    called = found.called(words, comma, alike(language))
    told = [
        SegmentFound(
            name=each.name,
            label=label,
            size=each.size,
            share=each.share,
            traits=[
                SegmentTrait(
                    code=one.code,
                    text=sentence(one.code, {**one.facts, "field": words(str(one.facts["field"]))}, language),
                    facts=plain(one.facts),
                )
                for one in each.traits
            ],
            typical=None if each.typical is None else showing.card(each.typical),
        )
        for each, label in zip(found.segments, called, strict=True)
    ]
    return SegmentsAnswer(snapshot_at=showing.snapshot_at, seq=showing.seq, segments=told, records=found.asked)


def _words(signals: Sequence[Signal], language: str) -> Callable[[str], str]:
    """What segments are told apart by, in words: signals of the profile by their labels."""
    labels = {signal.name: signal.labels for signal in signals}

    def words(name: str) -> str:
        said = labelled(labels[name], language) if name in labels else feature(name, language)
        return f"{said[:1].upper()}{said[1:]}" if said else name

    return words
