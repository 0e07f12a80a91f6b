"""The events of a signal, read page by page in packed columns, as lists that analytics makes arrays of."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cypher.compile import events as compiled
from cypher.compile.events import EventShape
from graph import packed
from graph.packed import NOTHING
from graph.session import Database
from models.actor import Actor
from models.fields import kind_of
from models.metamodel import Field, Metamodel
from models.profiles import Signal
from models.profiles.profile import CREATED_AT

__all__ = ["NOTHING", "EventPage", "pages"]


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some events of a signal by their ids; `time` in days since 1970 where `dated`, else in milliseconds.

    `value` counts units of 10^-`scale` and is NOTHING where there is none. A column that the signal lacks is ().
    `currency` holds one entry only where the field is kept in that currency.
    """

    id: Sequence[str]
    time: Sequence[int]
    dated: bool
    value: Sequence[int] = ()
    scale: int = 0
    currency: Sequence[str] = ()
    weight: Sequence[float] = ()
    direction: Sequence[int] = ()


async def pages(database: Database, model: Metamodel, actor: Actor, signal: Signal) -> AsyncIterator[EventPage]:
    """Every event that a signal could count, whosever it is, in the order of ids. Raises NotSignedIn."""
    shape = _shape(model, signal)
    rest = _rest(model, signal)
    query = compiled.page_of_events(shape)
    async for columns in packed.pages(database, actor, query, shape.columns, _parameters(signal)):
        if columns["id"]:
            yield EventPage(dated=shape.dated, **{**rest, **columns})


def _shape(model: Metamodel, signal: Signal) -> EventShape:
    fields = model.types[signal.type].fields
    value = kind_of(fields[signal.value]).columns(fields[signal.value]) if signal.value else ()
    mixed = len(value) > 1 and not fields[signal.value or ""].options.get("currency")
    return EventShape(
        signal.type,
        CREATED_AT if signal.time == CREATED_AT else fields[signal.time].key,
        signal.time != CREATED_AT and fields[signal.time].kind == "date",
        value[0].key if value else "",
        value[1].key if mixed else "",
        _key(fields, signal.weigh_by),
        _key(fields, signal.inbound),
        _key(fields, signal.outbound),
        tuple(fields[name].key for name in signal.where),
    )


def _key(fields: Mapping[str, Field], match: tuple[str, Any] | None) -> str:
    return fields[match[0]].key if match else ""


def _rest(model: Metamodel, signal: Signal) -> Mapping[str, Any]:
    """What the model says of the value, so that it need not be read."""
    if signal.value is None:
        return {}
    field = model.types[signal.type].fields[signal.value]
    scale = 0 if field.kind == "integer" else int(field.options.get("scale", 2))
    currency = field.options.get("currency") if field.kind == "money" else None
    return {"scale": scale, "currency": (currency,) if currency else ()}


def _parameters(signal: Signal) -> Mapping[str, Any]:
    given: dict[str, Any] = {compiled.NONE: NOTHING, compiled.UNSAID: "", compiled.EPOCH: packed.EPOCH}
    given[compiled.WEIGHTS] = dict(signal.weigh_by[1]) if signal.weigh_by else {}
    for slot, match in ((compiled.INBOUND, signal.inbound), (compiled.OUTBOUND, signal.outbound)):
        given[slot] = list(match[1]) if match else []
    for place, values in enumerate(signal.where.values()):
        given[compiled.where_slot(place)] = list(values)
    return given
