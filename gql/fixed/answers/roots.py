"""The root fields that ask the engines at once."""

from __future__ import annotations

import strawberry

from gql.fixed.answers.drawn import SubgraphAnswer, subgraph
from gql.fixed.answers.groups import CommunitiesAnswer, SegmentsAnswer, communities, segments
from gql.fixed.answers.likely import LikelyLinksAnswer, likely_links
from gql.fixed.answers.offers import OffersAnswer, recommend
from gql.fixed.answers.rankings import InfluenceRanking, influence
from gql.fixed.answers.risk import ChurnPage, RiskPathsAnswer, churn, risk_paths
from gql.fixed.answers.supposing import WhatIfAnswer, what_if
from gql.fixed.answers.ways import IntroductionsAnswer, PathsAnswer, introductions, paths


@strawberry.type
class AnswerRoots:
    """Questions to the engines."""

    influence: InfluenceRanking = strawberry.field(
        resolver=influence, description="Records ranked by a measure of the graph, on the newest snapshot."
    )
    communities: CommunitiesAnswer = strawberry.field(
        resolver=communities, description="Which records belong together, and who holds communities together."
    )
    paths: PathsAnswer = strawberry.field(
        resolver=paths, description="The best ways between two records: shortest, strongest, cheapest."
    )
    introductions: IntroductionsAnswer = strawberry.field(
        resolver=introductions, description="Who can introduce one record to another, by strength of relationships."
    )
    likely_links: LikelyLinksAnswer = strawberry.field(
        resolver=likely_links,
        description="Records that are likely to be linked with one and are not, by whom they share, the likeliest first.",
    )
    churn: ChurnPage = strawberry.field(
        resolver=churn, description="Records of a type by the risk that the last run of churn stored, highest first."
    )
    risk_paths: RiskPathsAnswer = strawberry.field(
        resolver=risk_paths, description="The risk of one record now, and the ways along which it comes."
    )
    segments: SegmentsAnswer = strawberry.field(
        resolver=segments, description="Groups of a type's records that are alike, told by what sets them apart."
    )
    recommend: OffersAnswer = strawberry.field(resolver=recommend, description="What to offer a record next, and why.")
    what_if: WhatIfAnswer = strawberry.field(
        resolver=what_if,
        description="What would be if records or links went or came: who moves, who loses the only link. Changes nothing.",
    )
    subgraph: SubgraphAnswer = strawberry.field(
        resolver=subgraph, description="A part of the graph to draw: ranked, capped, and what was left out."
    )
