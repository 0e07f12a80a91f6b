"""Pages by key, both ways: the rows of a page in order, and the condition that it begins behind a given row.

A page of all records of a type comes out of indexes that lie in its order, and looks at no more rows than it shows. No
index holds what misses the first key, so those rows are a segment of their own, found in the order of what follows it.

Rows that miss a key stand behind those that have it, whether it rises or falls: who asks for the largest first wants to
see them, and no type is read to its end for what it hardly holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cypher import texts
from cypher.ast import (
    Arithmetic,
    Binary,
    Call,
    CallSubquery,
    Clause,
    Expression,
    IsNull,
    Item,
    Match,
    Order,
    Param,
    Prop,
    Query,
    Return,
    Union,
    Unwind,
    Var,
    With,
    every,
    some,
)
from cypher.compile.properties import is_text, sorting
from cypher.compile.scope import Scope
from cypher.request import Compare, CurrencyIs, Cut, Distance, Either, Every, Filter, InBox, Missing, OrderKey, Page
from models import system
from models.fields import kind_of
from models.fields.kind import Operator
from models.metamodel import Field

MOST_SPLIT = 3  # keys; each splits the rest once more
_MET_BY_NOTHING = (Operator.NE, Operator.NOT_IN)


@dataclass(frozen=True, slots=True)
class Found:
    """The match that finds a list's rows, and the variables of record and link ("" at the root).

    An index holds all of them in the order of the field `listed_by`, and equals of it in the order of their ids.
    """

    match: Match
    node: str
    link: str
    listed_by: Field | None = None

    @property
    def tie(self) -> str:
        """Whose id breaks ties."""
        return self.link or self.node


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows of a page that also pass `where`, sorted by `keys` and then by id; `present`: none misses the first key."""

    where: tuple[Expression, ...]
    keys: tuple[OrderKey, ...]
    cut: Cut | None
    present: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """The way a list is read: from its end `backward` or not, and whether equals stand by `falling` ids.

    They fall as the last key does, so that one index gives the whole order either way.
    """

    backward: bool
    falling: bool

    @classmethod
    def of(cls, order: tuple[OrderKey, ...], *, backward: bool = False) -> Course:
        """The course of a list in this order."""
        return cls(backward, (bool(order) and order[-1].descending) != backward)


def sorted_rows(page: Page, found: Found, segment: Segment | None = None) -> tuple[Clause, ...]:
    """The page's rows, or those of a segment of it."""
    match, ordered = _in_order(page, found, Segment((), page.order, page.cut) if segment is None else segment)
    return match, replace(ordered, skip=Param(page.skip_slot) if page.skip_slot else None, limit=Param(page.size_slot))


def _in_order(page: Page, found: Found, segment: Segment) -> tuple[Match, With]:
    keys, cut = segment.keys, None
    course = Course.of(page.order, backward=page.backward)
    if segment.cut is not None:
        cut = behind(segment.cut, keys, found, course, present=segment.present)
    match = Match(found.match.patterns, every((*segment.where, found.match.where, cut)))
    kept = tuple(_as_is(name) for name in (found.node, found.link) if name)
    return match, With(kept, order=ordering(keys, found, course, present=segment.present))


def scanned(scope: Scope, page: Page, found: Found) -> tuple[Clause, ...]:
    """The rows of a page of all records of a type: each segment's in a list, looked for only when those before it do not
    fill the page.
    """
    first, *others = (_listed(page, found, segment) for segment in segments(page, found.node))
    if not others:
        return sorted_rows(page, found, first)
    if page.skip_slot:
        return _passing_over(page, found, (first, *others))
    size, lists, clauses = Param(page.size_slot), list[str](), list[Clause]()
    for segment in (first, *others):
        name, rows = scope.fresh("s"), sorted_rows(page, found, segment)
        if lists:
            rows = _when_short(size, lists, rows, found.node)
        gathered = Return((Item(Call("collect", (Var(found.node),)), name),))
        clauses.append(CallSubquery(Query((*rows, gathered)), tuple(lists)))
        lists.append(name)
    return (*clauses, Unwind(_joined(lists), found.node), With((_as_is(found.node),), limit=size))


def _listed(page: Page, found: Found, segment: Segment) -> Segment:
    """The segment with what lets the planner take it, ids and all, out of the index that holds its order."""
    if not segment.present or found.listed_by is None or [key.field for key in page.order] != [found.listed_by]:
        return segment
    has_id = IsNull(Prop(Var(found.node), system.ID.key), negated=True)
    return replace(segment, where=(*segment.where, has_id))


def _passing_over(page: Page, found: Found, parts: tuple[Segment, ...]) -> tuple[Clause, ...]:
    """The rows of segments behind so many that are passed over, wherever in them these end.

    A union gives the rows of its queries in turn and asks the next one only when those before have no more.
    """
    skip, size = Param(page.skip_slot), Param(page.size_slot)
    queries = []
    for segment in parts:
        match, ordered = _in_order(page, found, segment)
        reached = replace(ordered, limit=Arithmetic(skip, "+", size))
        queries.append(Query((match, reached, Return((_as_is(found.node),)))))
    return CallSubquery(Union(tuple(queries))), With((_as_is(found.node),), skip=skip, limit=size)


def _when_short(size: Expression, lists: list[str], rows: tuple[Clause, ...], node: str) -> tuple[Clause, ...]:
    """The rows when the lists hold fewer than a page; in a sub-query, since the planner would scan first and ask then."""
    short = Binary(Call("size", (_joined(lists),)), "<", size)
    inner = CallSubquery(Query((*rows, Return((_as_is(node),)))))
    return With(tuple(map(_as_is, lists)), where=short), inner


def _as_is(name: str) -> Item:
    return Item(Var(name), name)


def _joined(lists: list[str]) -> Expression:
    joined: Expression = Var(lists[0])
    for name in lists[1:]:
        joined = Arithmetic(joined, "+", Var(name))
    return joined


def ordering(keys: tuple[OrderKey, ...], found: Found, course: Course, *, present: bool = False) -> tuple[Order, ...]:
    """The sort keys, turned round for a page from the end, then the id that breaks ties; `present` as in `behind`."""
    orders = list[Order]()
    for place, key in enumerate(keys):
        there = key.field.required or (present and place == 0)
        orders += directed(_sorting(key, found), descending=key.descending, backward=course.backward, present=there)
    return (*orders, Order(Prop(Var(found.tie), system.ID.key), course.falling))


def directed(
    value: Expression, *, descending: bool, backward: bool = False, present: bool = False
) -> tuple[Order, ...]:
    """By a value, what misses it behind the rest; the database puts it there by itself only where values rise."""
    order = Order(value, descending != backward)
    return (order,) if present or not descending else (Order(IsNull(value), backward), order)


def _sorting(key: OrderKey, found: Found) -> Expression:
    return sorting(found.link if key.of_link else found.node, key)


def behind(cut: Cut, keys: tuple[OrderKey, ...], found: Found, course: Course, *, present: bool = False) -> Expression:
    """The rows that come after the row whose sort values the cut holds, in the direction of the page.

    Missing values come after all others, and so before them on the way back; `present` says that no row misses the
    first key.
    """
    id_prop = Prop(Var(found.tie), system.ID.key)
    rest: Expression = Binary(id_prop, "<" if course.falling else ">", Param(cut.tie_slot))
    for place, (key, slot) in reversed(tuple(enumerate(zip(keys, cut.slots, strict=True)))):
        required = key.field.required or (present and place == 0)
        descending = key.descending != course.backward
        prop = _sorting(key, found)
        if slot is None:
            rest = _behind_missing(prop, course.backward, rest)
        else:
            if is_text(key.field):
                later = _behind_text(prop, slot, descending, rest, bounded=slot not in cut.endless)
            else:
                later = _behind_value(prop, slot, descending, rest)
            rest = later if required or course.backward else some([later, IsNull(prop)])
    return rest


def _behind_missing(prop: Expression, backward: bool, rest: Expression) -> Expression:
    level = every((IsNull(prop), rest))
    assert level is not None
    return some([IsNull(prop, negated=True), level]) if backward else level


def _behind_value(prop: Expression, slot: str, descending: bool, rest: Expression) -> Expression:
    value = Param(slot)
    # nothing but values from here on; written with >= so that the planner seeks the index from this value on
    from_here, later_still = ("<=", "<") if descending else (">=", ">")
    later = every((Binary(prop, from_here, value), some([Binary(prop, later_still, value), rest])))
    assert later is not None
    return later


def _behind_text(prop: Expression, slot: str, descending: bool, rest: Expression, *, bounded: bool) -> Expression:
    here = every((Binary(prop, "=", Prop(Param(slot), texts.TEXT)), rest))
    behind_it = some([texts.inside(prop, slot), here])
    if descending and not bounded:
        return behind_it
    later = every(((texts.sought_below if descending else texts.sought)(prop, slot), behind_it))
    assert later is not None
    return later


def segments(page: Page, node: str, keys: tuple[OrderKey, ...] | None = None, cut: Cut | None = None) -> list[Segment]:
    """A page of all records of a type, in segments one after the other, each in the order of an index.

    A first key that may be missing makes two: the rows that have it, and the rows that do not, in the order of the keys
    behind it. A cut lies in one of them; what comes before it is left out.
    """
    keys, cut = (page.order, page.cut) if keys is None else (keys, cut)
    prop = sorting(node, keys[0]) if keys else Prop(Var(node), system.ID.key)
    here = IsNull(prop, negated=True)
    if not keys or _always_there(page.filter, keys[0].field):
        return [Segment((here,), keys, cut, present=True)]
    if not kind_of(keys[0].field).indexed or len(page.order) - len(keys) >= MOST_SPLIT:
        return [Segment((), keys, cut)]
    slot = cut.slots[0] if cut else None
    inner = Cut(cut.slots[1:], cut.tie_slot, cut.endless) if cut and slot is None else None
    there = [Segment((here,), keys, cut if slot else None, present=True)]
    behind_it = segments(page, node, keys[1:], inner)
    missing = [replace(each, where=(IsNull(prop), *each.where)) for each in behind_it]
    in_order = [missing, there] if page.backward else [there, missing]
    if cut is not None and (slot is None) != page.backward:
        in_order = in_order[1:]  # the cut lies in the later ones
    return [segment for group in in_order for segment in group]


def _always_there(wanted: Filter | None, field: Field) -> bool:
    """Whether no row can miss a field: it is required, or the filter compares it with a value."""
    match wanted:
        case _ if field.required:
            return True
        case Compare(compared_field, operator):
            return compared_field is field and operator not in _MET_BY_NOTHING
        case Missing(missed, missing):
            return missed is field and not missing
        case CurrencyIs(owner) | Distance(owner) | InBox(owner):
            return owner is field
        case Every(parts):
            return any(_always_there(part, field) for part in parts)
        case Either(parts):
            return bool(parts) and all(_always_there(part, field) for part in parts)
    return False
