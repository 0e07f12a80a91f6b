"""Pages by key, both ways: the order of a list, and the condition that a page begins behind a given row."""

from __future__ import annotations

from cypher.ast import Binary, Expression, IsNull, Order, Param, Prop, Var, every, some
from cypher.compile.properties import compared
from cypher.request import Cut, OrderKey


def ordering(keys: tuple[OrderKey, ...], node: str, tie: str, link: str = "", *, backward: bool) -> tuple[Order, ...]:
    """The sort keys, then the id of `tie`, turned round for a page from the end."""
    orders = [Order(compared(link if key.of_link else node, key.field), key.descending != backward) for key in keys]
    return (*orders, Order(Prop(Var(tie), "id"), backward))


def behind(cut: Cut, keys: tuple[OrderKey, ...], node: str, tie: str, link: str = "", *, backward: bool) -> Expression:
    """The rows that come after the row whose sort values the cut holds, in the direction of the page.

    Missing values sort last when ascending and first when descending, as the database sorts them.
    """
    id_prop = Prop(Var(tie), "id")
    rest: Expression = Binary(id_prop, "<" if backward else ">", Param(cut.tie_slot))
    for key, slot in reversed(tuple(zip(keys, cut.slots, strict=True))):
        prop = compared(link if key.of_link else node, key.field)
        rest = _step(prop, slot, key.descending != backward, rest, required=key.field.required)
    return rest


def _step(prop: Expression, slot: str | None, descending: bool, rest: Expression, *, required: bool) -> Expression:
    if slot is None:
        level = every((IsNull(prop), rest))
        assert level is not None
        return some([IsNull(prop, negated=True), level]) if descending else level
    value = Param(slot)
    equal = every((Binary(prop, "=", value), rest))
    if descending:
        return some([Binary(prop, "<", value), equal])
    # nothing but values from here on; written with >= so that the planner seeks the index from this value on
    later = every((Binary(prop, ">=", value), some([Binary(prop, ">", value), rest])))
    assert later is not None
    return later if required else some([later, IsNull(prop)])


def seekable(cut: Cut | None, keys: tuple[OrderKey, ...]) -> bool:
    """Whether the first sort key never misses a value, so that its index can give the order."""
    return bool(keys) and not keys[0].of_link and keys[0].field.required and (cut is None or cut.slots[0] is not None)
