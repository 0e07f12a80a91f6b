"""The model, its schema and the plans made for it, replaced as one while requests go on with the one they began with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from graphql import GraphQLSchema

from gql.execute.plans import PlanCache
from gql.schema import RuntimeSchema, build_schema
from models.metamodel import EMPTY, Metamodel
from models.saved import NONE, SavedQueries
from models.search.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of the model with everything made from it."""

    model: Metamodel
    schema: RuntimeSchema
    plans: PlanCache = field(default_factory=PlanCache)


class Editions:
    """The edition that new requests begin with."""

    def __init__(
        self,
        fixed: GraphQLSchema | None = None,
        model: Metamodel = EMPTY,
        saved: Callable[[], SavedQueries] = lambda: NONE,
        meaning: Meaning | None = None,
    ) -> None:
        self._fixed, self.saved, self.meaning = fixed, saved, meaning
        self._publishing = asyncio.Lock()
        self._current = self._built(model)

    @property
    def current(self) -> Edition:
        """The edition in force; a request reads it once and keeps it."""
        return self._current

    async def publish(self, model: Metamodel) -> None:
        """Build the model's schema off the event loop and put it in force; an older model than the present is ignored.

        Raises TypeError, and leaves the present edition in force, when the model and the fixed half contradict each other.
        """
        async with self._publishing:
            if model.version >= self._current.model.version:
                self._current = await asyncio.to_thread(self._built, model)

    def _built(self, model: Metamodel) -> Edition:
        assert model.by_root_field is not None  # made here, once, and not by the first request
        assert model.deprecates is not None  # likewise
        return Edition(model, build_schema(model, self._fixed))
