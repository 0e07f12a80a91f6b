"""`search(…)` into a request: the user's text becomes a query of the index, each argument a parameter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphql import FieldNode, GraphQLError, SelectionSetNode

from cypher import lucene, request
from cypher.compile.hits import BEST
from cypher.compile.search import ORDER, order_of
from gql.plan.given import Given
from gql.plan.pages import DEFAULT_SIZE
from gql.plan.selection import Selections
from models.expressions.faults import meant
from models.fields.date_time import moment
from models.fields.kind import InvalidValue
from models.search.asked import asked
from models.search.names import marks_of

LONGEST_TEXT = 500
WORDS = "WORDS"
NO_MODEL = (
    "this server has no model to search by meaning with. Install the extra (pip install 'xrm[semantic]'), name the folder "
    "of a model2vec model in XRM_SEMANTIC_MODEL, and start the server again."
)
_INSIDE = {"ranges": "SearchRange"}
_KEYS: tuple[Callable[[Any], Any], ...] = (int, float, moment, str)  # what each part of a cursor is compared as


class Searches:
    """Reads the searches of one operation."""

    def __init__(self, selections: Selections) -> None:
        self.selections = selections
        self.model, self.slots = selections.model, selections.slots
        self._order = ORDER

    def root(self, key: str, nodes: list[FieldNode]) -> request.Search:
        """The root field `search`. Raises GraphQLError for arguments that cannot be used."""
        arguments = self.selections.arguments(nodes[0])
        text, types = arguments["text"], arguments.get("types") or Given(None)
        query, of_types, words = (
            self.slots.add(text, self._query, "search.text"),
            self.slots.add(types, self._types, "search.types"),
            self.slots.add(text, _text, "search.text"),
        )
        size = self.slots.add(arguments.get("first") or Given(DEFAULT_SIZE), self._size, "search.first")
        mode, vectors, named = self._mode(arguments.get("mode")), "", ""
        if mode != WORDS:
            vectors = self.slots.add(text, self._vectors(), "search.text")
            named = self.slots.add(types, _listed, "search.types") if types else ""
        self._order = order_of(mode)
        behind, ledger = self._behind(arguments.get("after")), self.selections.ledger
        with ledger.at(key), ledger.page(size):
            parts = self._parts(nodes)
        with ledger.at(key):
            ledger.searched()
        return request.Search(key, query, of_types, words, size, behind, parts, self.model, mode, vectors, named)

    # arguments

    def _mode(self, given: Given | None) -> str:
        return str(given.plain()) if given else WORDS

    def _vectors(self) -> Callable[[Any], list[list[float]]]:
        """The vector of a text, in a list; none where the model knows no word of it. Raises GraphQLError without a model."""
        meaning = self.selections.filters.terms.meaning
        if meaning is None:
            raise GraphQLError(f"search.mode: {NO_MODEL}", extensions={"code": "no_meaning"})
        return lambda value: [each for each in meaning.vectors([_text(value)]) if each is not None]

    def _query(self, value: Any) -> str:
        return lucene.query(asked(_text(value), marks_of(self.model)))

    def _types(self, value: Any) -> str:
        if value is None:
            return ""
        names = value if isinstance(value, list) else [value]
        for name in names:
            if name not in self.model.types:
                told = f"there is no type {name[:80]!r}; {meant(name, [*self.model.types])}"
                raise InvalidValue("unknown_type", told)
        return lucene.of_types(dict.fromkeys(names)) or lucene.NOTHING

    def _size(self, value: Any) -> int:
        most = min(self.selections.most, BEST)
        if not isinstance(value, int) or not 0 <= value <= most:
            raise InvalidValue("page_too_large", f"ask for 0 to {most} records a page; use after to go on.")
        return value + 1  # one more tells whether there is a next page

    def _behind(self, cursor: Given | None) -> tuple[str, ...]:
        if not cursor:
            return ()
        self._read(cursor.plain())
        readers = [self._key(place, native) for place, native in enumerate(_KEYS)]
        return tuple(self.slots.add(cursor, reader, "search.after") for reader in readers)

    def _key(self, place: int, native: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda text: native(self._read(text)[place])

    def _read(self, cursor: Any) -> Sequence[Any]:
        try:
            values, tie = self.selections.cursors.read(self._order, cursor)
        except InvalidValue as error:
            raise GraphQLError(f"search.after: {error.message}", extensions={"code": error.code}) from error
        return (*values, tie)

    # what is asked for

    def _parts(self, nodes: list[FieldNode]) -> tuple[request.FoundPart, ...]:
        found = []
        for key, each in self._inside(nodes, "SearchConnection").items():
            what = each[0].name.value.removeprefix("__")
            inner, node = self._inner(what, each), self._node(each) if what == "nodes" else None
            found.append(request.FoundPart(key, what, inner, node, "SearchConnection"))
        return tuple(found)

    def _inner(self, what: str, nodes: list[FieldNode]) -> tuple[request.FoundPart, ...]:
        match what:
            case "edges":
                return tuple(self._edge(key, each) for key, each in self._inside(nodes, "SearchEdge").items())
            case "pageInfo":
                return self._plain(nodes, "PageInfo")
            case "facets":
                return self._plain(nodes, "SearchFacet")
        return ()

    def _edge(self, key: str, nodes: list[FieldNode]) -> request.FoundPart:
        what = nodes[0].name.value.removeprefix("__")
        inner = self._plain(nodes, "SearchHighlight") if what == "highlights" else ()
        node = self._node(nodes) if what == "node" else None
        return request.FoundPart(key, what, inner, node, "SearchEdge")

    def _plain(self, nodes: list[FieldNode], type_name: str) -> tuple[request.FoundPart, ...]:
        """The parts of an object of the answer's own, and of the objects in it."""
        found = []
        for key, each in self._inside(nodes, type_name).items():
            what = each[0].name.value.removeprefix("__")
            inner = self._plain(each, _INSIDE[what]) if what in _INSIDE else ()
            found.append(request.FoundPart(key, what, inner, type_name=type_name))
        return tuple(found)

    def _node(self, nodes: list[FieldNode]) -> request.ByType:
        return self.selections.by_type(_sets(nodes), self.model.types)

    def _inside(self, nodes: list[FieldNode], type_name: str) -> dict[str, list[FieldNode]]:
        return self.selections.collect(_sets(nodes), frozenset((type_name,)))


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _sets(nodes: list[FieldNode]) -> list[SelectionSetNode | None]:
    return [node.selection_set for node in nodes]


def _text(value: Any) -> str:
    text = str(value)
    if len(text) > LONGEST_TEXT:
        raise InvalidValue("too_long", f"look for at most {LONGEST_TEXT} characters; this has {len(text)}.")
    return text
