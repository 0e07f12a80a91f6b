"""A statement about the present made into one about other moments, where its variables have clocks.

Whatever compiles a read names its variables in a `Scope`, which knows the clock of each. Here every match of records and
links whose variables have one finds their states of that moment instead: the nodes and relationships of the graph where
these show, and the versions kept beside it. Both carry the same properties, so all the rest of the statement stays; only
what asks a record for its type or its scores asks for those of then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from cypher.ast import (
    EVERY,
    Binary,
    Call,
    CallSubquery,
    Case,
    Clause,
    Collect,
    Expression,
    Filter,
    HasLabel,
    IsNull,
    Item,
    Link,
    ListOf,
    Literal,
    Match,
    Node,
    Order,
    Pattern,
    Prop,
    Query,
    Return,
    Seek,
    Union,
    Var,
    With,
    every,
    some,
)
from cypher.clock import Clock, link_shows, link_version_shows, of_each, record_shows, record_version_shows
from cypher.compile.variables import Names, asks_further, bound_after, conjuncts, imports, mentioned, variables
from models import scores
from models.metamodel import Direction

RECORD, RECORD_VERSION, LINK_VERSION = "Record", "RecordVersion", "LinkVersion"
OF_RECORD = ("id", "closed_at")  # the index of a record's versions


def looked_back(query: Query, clocks: Mapping[str, Clock], fresh: Callable[[str], str]) -> Query:
    """The query at the clocks of its variables; the same one where none has any."""
    return _Rewriting(clocks, fresh).query(query, frozenset()) if clocks else query


class _Rewriting:
    def __init__(self, clocks: Mapping[str, Clock], fresh: Callable[[str], str]) -> None:
        self.clocks, self.fresh = dict(clocks), fresh

    def query(self, query: Query, bound: Names) -> Query:
        """The clauses in turn; `bound` are the variables that each can see."""
        made: list[Clause] = []
        for clause, following in zip(query.clauses, (*query.clauses[1:], None), strict=True):
            rewritten = (
                self._match(clause, following, bound) if isinstance(clause, Match) else [self._other(clause, bound)]
            )
            made += rewritten
            bound = bound_after(clause, bound)
        return Query(tuple(made))

    def _other(self, clause: Clause, bound: Names) -> Clause:
        if isinstance(clause, CallSubquery):
            inner = bound if clause.imports == EVERY else frozenset(clause.imports)
            return replace(clause, query=self._inner(clause.query, inner))
        return self._rebuilt(clause, bound)  # type: ignore[no-any-return]  # a clause stays one

    def _inner(self, query: Query | Union, bound: Names) -> Query | Union:
        if isinstance(query, Union):
            return Union(tuple(self.query(each, bound) for each in query.queries))
        return self.query(query, bound)

    # expressions

    def _rebuilt(self, part: Any, bound: Names) -> Any:
        if isinstance(part, Query):
            return self.query(part, bound)
        if isinstance(part, tuple):
            return tuple(self._rebuilt(each, bound) for each in part)
        if not is_dataclass(part) or isinstance(part, type):
            return part
        inner = {each.name: self._rebuilt(getattr(part, each.name), bound) for each in fields(part)}
        return self._asked(type(part)(**inner))

    def _asked(self, part: Any) -> Any:
        """What is asked of a record or link that may be a version: its labels, its scores, its type, where it begins."""
        match part:
            case HasLabel(Var(name), label) if name in self.clocks:
                kept = HasLabel(Var(name), RECORD_VERSION) if label == RECORD else _is_type(name, label)
                return of_each(some((part, kept)), False)
            case Call("labels", (Var(name),)) if name in self.clocks:
                type_ = Prop(Var(name), "type")
                return Case(((IsNull(type_), part),), ListOf((type_,)))
            case Call("type", (Var(name),)) if name in self.clocks:
                relation = Prop(Var(name), "relation")
                return Case(((IsNull(relation), Call("type", (_untyped(name),))),), relation)
            case Binary(Call("startNode", (Var(link),)), "=", Var(name)) if link in self.clocks:
                begins = Binary(Prop(Call("startNode", (_untyped(link),)), "id"), "=", _id(name))
                kept = Binary(Prop(Var(link), "source"), "=", _id(name))
                return Case(((IsNull(Prop(Var(link), "relation")), begins),), kept)
            case Prop(Var(name), key) if name in self.clocks and key.startswith(scores.PREFIX):
                return self._score(name, key)
        return part

    def _score(self, var: str, key: str) -> Expression:
        """A score as it was: that of the present, where its run is from before."""
        of = self.fresh("i")
        engine = key.removeprefix(scores.PREFIX).partition("_")[0]
        made_before = Binary(Prop(Var(of), scores.key(engine, scores.AT)), "<=", self.clocks[var].least)
        found = Match((Pattern((Node(of, (RECORD,), (("id", _id(var)),)),)),), made_before)
        return Call("head", (Collect(Query((found, Return((Item(Prop(Var(of), key)),))))),))

    # matches

    def _match(self, match: Match, following: Clause | None, bound: Names) -> list[Clause]:
        match = self._rebuilt(match, bound | variables(match))
        if not any(var in self.clocks for var in variables(match)):
            return [match]
        (pattern, *others) = match.patterns
        if not others and len(pattern.parts) == 1:
            return self._records(match, following, bound)
        clauses, conditions = self._ways(match, bound)
        clauses += [Filter(where)] if (where := every(conditions)) else []
        if not match.optional:
            return clauses
        new = sorted(variables(match) - bound)
        query = Query((*clauses, Return(tuple(Item(Var(name), name) for name in new))))
        return [CallSubquery(query, imports(bound, *clauses), optional=True)]

    def _records(self, match: Match, following: Clause | None, bound: Names) -> list[Clause]:
        """All records that one node stands for: the present states that show, and the versions.

        What is asked of more than the record alone is asked of both together, unless a page is cut: it takes long to plan.
        """
        (node,) = match.patterns[0].parts
        assert isinstance(node, Node)
        var, clock = node.var, self.clocks[node.var]
        types = tuple(label for label in node.labels if label != RECORD)
        version = Pattern((Node(var, (RECORD_VERSION,), node.props),))
        of_types = every(Binary(Prop(Var(var), "type"), "=", Literal(label)) for label in types)
        page = (self._rebuilt(following, bound | {var}),) if _is_page(following, var) else ()
        parts = conjuncts(match.where)
        further = [] if page or match.optional else [part for part in parts if asks_further(part)]
        own = every(part for part in parts if part not in further)
        live = Match(match.patterns, every((own, record_shows(var, clock))), seek=match.seek)
        conditions = every((of_types, record_version_shows(var, clock), own))
        kept = Match((version,), conditions, seek=_by_id(var) if node.props else None)
        first = (_first(var),) if node.props else page  # of one record there is one version that shows
        both = Union((Query((live, *page, _returned(var))), Query((kept, *first, _returned(var)))))
        found = CallSubquery(both, imports(bound, both), optional=match.optional)
        left = every(further)
        return [found] if left is None else [found, Filter(left)]

    def _ways(self, match: Match, bound: Names) -> tuple[list[Clause], list[Expression]]:
        """The clauses that walk the patterns, and the conditions that are left to be met behind them."""
        left = conjuncts(match.where)
        clauses: list[Clause] = []
        for pattern in match.patterns:
            near, *rest = pattern.parts
            assert isinstance(near, Node)
            if near.var not in bound:
                clauses += self._start(near, bound)
                bound |= {near.var}
            for each in zip(rest[::2], rest[1::2], strict=True):
                link, far = self._named(near, *each)
                own = [one for one in left if _of_link_alone(one, link.var, bound | {far.var})]
                left = [one for one in left if one not in own]
                clauses += self._step(near, link, far, bound, own)
                near, bound = far, bound | {link.var, far.var}
        return clauses, left

    def _start(self, near: Node, bound: Names) -> list[Clause]:
        alone = Match((Pattern((near,)),))
        return self._records(alone, None, bound) if near.var in self.clocks else [alone]

    def _named(self, near: Node, link: Any, far: Any) -> tuple[Link, Node]:
        """A step whose link and far end have variables, at the clock of what they are walked from where they had none."""
        clock = self.clocks.get(link.var or far.var or near.var)
        link_var, far_var = link.var or self._at("l", clock), far.var or self._at("m", clock)
        return replace(link, var=link_var), replace(far, var=far_var)

    def _at(self, prefix: str, clock: Clock | None) -> str:
        name = self.fresh(prefix)
        if clock is not None:
            self.clocks[name] = clock
        return name

    def _step(self, near: Node, link: Link, far: Node, bound: Names, own: list[Expression]) -> list[Clause]:
        """From a record over a link to the record at its other end, or to one that is bound already."""
        clock = self.clocks.get(link.var)
        here = Node(self.fresh("h"), (RECORD,), (("id", _id(near.var)),))
        if clock is None:
            there = Node(self.fresh("h"), (RECORD,), (("id", _id(far.var)),)) if far.var in bound else far
            return [Match((Pattern((here, link, there)),), every(own))]
        if far.var in bound:
            return [self._between(here, near, link, far, clock, own)]
        end, beyond = self.fresh("e"), self.fresh("h")
        shows = every((*own, link_shows(link.var, clock)))
        found = Match((Pattern((here, link, Node(beyond))),), shows)
        live = Query((found, Return((_as_is(link.var), Item(_id(beyond), end)))))
        links = Union((live, *self._kept(near.var, link, end, clock, own)))
        ends = CallSubquery(self._states(far, Var(end), clock), (end,))
        return [*self._shown(near, clock), CallSubquery(links, (near.var,)), ends]

    def _shown(self, near: Node, clock: Clock) -> Iterator[Clause]:
        """A link shows where both its ends do: asked of the near one where that is seen at another moment."""
        if self.clocks.get(near.var) != clock:
            there = Node(self._at("m", clock))
            yield CallSubquery(self._states(there, _id(near.var), clock), (near.var,))

    def _kept(self, near: str, link: Link, end: str, clock: Clock, own: list[Expression]) -> Iterator[Query]:
        """The links that are kept beside the graph, in each direction that they may be walked."""
        for here, there in _directions(link.direction):
            other = Prop(Var(link.var), there)
            once = Binary(other, "<>", _id(near)) if link.direction is Direction.BOTH and here == "target" else None
            version = Node(link.var, (LINK_VERSION,), ((here, _id(near)),))
            conditions = every((_of_relations(link), once, *own, link_version_shows(link.var, clock)))
            yield Query((Match((Pattern((version,)),), conditions), Return((_as_is(link.var), Item(other, end)))))

    def _states(self, far: Node, id: Expression, clock: Clock) -> Union:
        """The record with an id: as it is, or the version that shows."""
        var, by_id = far.var, (("id", id),)
        live, kept = Node(var, (RECORD,), by_id), Node(var, (RECORD_VERSION,), by_id)
        present = every((_of_types(far, _has_label), record_shows(var, clock)))
        past = every((_of_types(far, _is_type), record_version_shows(var, clock)))
        versions = Query((Match((Pattern((kept,)),), past, seek=_by_id(var)), _first(var), _returned(var)))
        return Union((Query((Match((Pattern((live,)),), present), _returned(var))), versions))

    def _between(self, here: Node, near: Node, link: Link, far: Node, clock: Clock, own: list[Expression]) -> Clause:
        """A link between two records that are bound."""
        there = Node(self.fresh("h"), (RECORD,), (("id", _id(far.var)),))
        shows = every((*own, link_shows(link.var, clock)))
        live = Query((Match((Pattern((here, link, there)),), shows), _returned(link.var)))
        return CallSubquery(Union((live, *self._kept_between(near, link, far, clock, own))), (near.var, far.var))

    def _kept_between(self, near: Node, link: Link, far: Node, clock: Clock, own: list[Expression]) -> Iterator[Query]:
        """The links kept beside the graph between two records, sought at the far one: the near one may be a hub."""
        for here, there in _directions(link.direction):
            version = Node(link.var, (LINK_VERSION,), ((there, _id(far.var)),))
            other = Binary(Prop(Var(link.var), here), "=", _id(near.var))
            conditions = every((_of_relations(link), other, *own, link_version_shows(link.var, clock)))
            yield Query((Match((Pattern((version,)),), conditions), _returned(link.var)))


def _by_id(var: str) -> Seek:
    """The index of versions by record: Neo4j may take that by type for the better one, and read the versions of all records."""
    return Seek(var, RECORD_VERSION, OF_RECORD)


def _first(var: str) -> With:
    """The version of a record that was closed first: behind it in the index none needs to be looked at, but for corrections."""
    of_index = tuple(Order(Prop(Var(var), key)) for key in OF_RECORD)
    return With((_as_is(var),), order=of_index, limit=Literal(1))


def _directions(direction: Direction) -> list[tuple[str, str]]:
    """The ends of a link where it is walked from and to."""
    out, back = ("source", "target"), ("target", "source")
    return {Direction.OUT: [out], Direction.IN: [back], Direction.BOTH: [out, back]}[direction]


def _of_types(far: Node, one: Callable[[str, str], Expression]) -> Expression | None:
    """Whether a record is of one of the types that may stand there; `one` asks it for a type."""
    names = far.labels or far.record
    return some([one(far.var, name) for name in names]) if names else None


def _of_relations(link: Link) -> Expression:
    relation = Prop(Var(link.var), "relation")
    if len(link.types) == 1:
        return Binary(relation, "=", Literal(link.types[0]))
    return Binary(relation, "IN", ListOf(tuple(map(Literal, link.types))))


def _has_label(var: str, name: str) -> Expression:
    return HasLabel(Var(var), name)


def _is_type(var: str, name: str) -> Expression:
    return Binary(Prop(Var(var), "type"), "=", Literal(name))


def _id(var: str) -> Expression:
    return Prop(Var(var), "id")


def _untyped(var: str) -> Expression:
    """A link that may be a version: Neo4j would take the variable for a relationship wherever `type` is asked of it."""
    return Call("head", (ListOf((Var(var),)),))


def _as_is(var: str) -> Item:
    return Item(Var(var), var)


def _returned(*names: str) -> Return:
    return Return(tuple(map(_as_is, names)))


def _of_link_alone(condition: Expression, link: str, others: Names) -> bool:
    """Whether a condition can be asked as soon as the link is found."""
    names = mentioned(condition)
    return link in names and not names & others


def _is_page(clause: Clause | None, var: str) -> bool:
    """Whether a clause cuts the rows of a variable alone to a page in some order, which each segment can be cut to as well."""
    return (
        isinstance(clause, With)
        and clause.items == (_as_is(var),)
        and clause.limit is not None
        and not (clause.distinct or clause.skip or clause.where)
    )
