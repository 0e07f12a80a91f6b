"""What the resolvers of the fixed half work with, for one operation of one actor."""

from __future__ import annotations

from dataclasses import dataclass

from strawberry import Info

from analytics.answering import Answers
from analytics.view360 import Views
from exchange.uploads import Desk
from gql.about import UNKNOWN, About
from gql.editions import Edition
from gql.fixed.news import ModelNews
from gql.plan.cursors import Cursors
from graph.notifications import Bell
from graph.registry import Registry
from graph.saved import Saved
from graph.session import Database
from models.actor import Actor
from models.metamodel import Metamodel


@dataclass(frozen=True, slots=True)
class Context:
    """The actor, the edition the operation began with, and what it may ask."""

    actor: Actor
    edition: Edition
    database: Database
    registry: Registry
    news: ModelNews
    views: Views
    answers: Answers
    cursors: Cursors
    bell: Bell
    saved: Saved
    about: About = UNKNOWN
    desk: Desk | None = None  # where uploads lie; none where the server keeps no files

    @property
    def model(self) -> Metamodel:
        """The model that the operation sees from its beginning to its end."""
        return self.edition.model


FixedInfo = Info[Context, None]
