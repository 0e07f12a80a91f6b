"""The own fields of a type's records as columns in the order of the snapshot's numbers, and who of them has left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn.leavers import Leavers
from analytics.engines.features import Feature
from analytics.events_loading import MS_A_DAY, one_currency, unscaled
from analytics.snapshot import Snapshot
from graph import packed
from graph.session import Database
from models.actor import Actor
from models.fields import kind_of
from models.fields.decimal import scale_of
from models.fields.kind import Storage
from models.metamodel import EntityType, Field, Metamodel
from models.profiles import Leaving, profile_of

DAYS = ("date", "dateTime")
NUMBERS = ("integer", "decimal", "percent", "money", "boolean", *DAYS)
KNOWN = (*NUMBERS, "choice")
Values = Mapping[str, NDArray[Any]]  # by the key of a property, in the order of the records


@dataclass(frozen=True, slots=True)
class OwnFields:
    """What the records of a type say themselves, in their order: who has left, where the profile marks it, and features."""

    leavers: Leavers | None = None
    features: tuple[Feature, ...] = ()


async def own_fields(
    database: Database, model: Metamodel, actor: Actor, snapshot: Snapshot, type_name: str, *, now: float
) -> OwnFields:
    """The fields of the snapshot's records of a type; nothing where its profile does not say who has left.

    Numbers, money (in the commonest currency), choices, booleans and days since 1970 are features; what is personal or
    sensitive is none, nor is the field that marks leaving. Who leaves after `now`, in days since 1970, has not left yet.
    Raises TimedOut and Unavailable.
    """
    leaving, kind = profile_of(model, type_name).leaving, model.types[type_name]
    if leaving is None:
        return OwnFields()
    mark, told = kind.fields[leaving.field], list(telling(kind, leaving.field))
    values = await _values(database, actor, snapshot, kind, (mark, *told))
    features = tuple(feature for field in told for feature in _features(field, values))
    return OwnFields(_leavers(mark, leaving, values, now), features)


def telling(kind: EntityType, leaving: str) -> Iterator[Field]:
    """The fields that may be learned from: of a known kind, not the mark of leaving, neither personal nor sensitive."""
    for name, field in kind.fields.items():
        if name != leaving and field.kind in KNOWN and not field.personal and not field.sensitive:
            yield field


async def _values(
    database: Database, actor: Actor, snapshot: Snapshot, kind: EntityType, fields: Sequence[Field]
) -> Values:
    """All columns in the order of the snapshot's numbers; records that it does not have are left out, and empty where it
    has some that are gone by now.
    """
    span = snapshot.range_of(kind.name)
    found: dict[str, list[Any]] = {}
    places: list[NDArray[np.int64]] = []
    async for page in packed.values(database, actor, kind, fields):
        places.append(snapshot.indices(page["id"]).astype(np.int64) - span.start)
        for key, column in page.items():
            found.setdefault(key, []).extend(column)
    place = np.concatenate(places)
    there = (place >= 0) & (place < len(span))
    ordered: dict[str, NDArray[Any]] = {}
    for stored in (column for field in fields for column in kind_of(field).columns(field)):
        mine = np.full(len(span), "" if stored.storage is Storage.STRING else packed.NOTHING, dtype=np.object_)
        mine[place[there]] = np.array(found[stored.key], np.object_)[there]
        ordered[stored.key] = mine
    return ordered


def _numbers(field: Field, values: Values) -> NDArray[np.float64]:
    scale = scale_of(field) if field.kind in ("decimal", "percent", "money") else 0
    found = unscaled(values[kind_of(field).columns(field)[0].key].astype(np.int64), scale)
    return found / MS_A_DAY if field.kind == "dateTime" else found


def _features(field: Field, values: Values) -> Iterator[Feature]:
    """The column, where it tells anything at all: more than one value."""
    if field.kind == "choice":
        said = np.asarray(values[field.key], str)
        choices = [choice for choice in np.unique(said).tolist() if choice]
        column = np.where(said == "", np.nan, np.searchsorted(np.asarray(choices, str), said)) if choices else None
        if column is not None:
            yield Feature(field.name, column, "choice", tuple(choices))
        return
    numbers = _numbers(field, values)
    if field.kind == "money":
        numbers = _in_one_currency(field, numbers, values)
    if not np.isnan(numbers).all():
        yield Feature(field.name, numbers)


def _in_one_currency(field: Field, amounts: NDArray[np.float64], values: Values) -> NDArray[np.float64]:
    columns = {"value": amounts, "currency": np.asarray(values[kind_of(field).columns(field)[1].key], str)}
    one_currency(columns)
    return columns["value"]


def _leavers(field: Field, leaving: Leaving, values: Values, now: float) -> Leavers:
    if field.kind in DAYS:
        return Leavers.dated(_numbers(field, values), now=now)
    if field.kind == "boolean":
        return Leavers.undated(np.isin(_numbers(field, values), [float(bool(value)) for value in leaving.values]))
    return Leavers.undated(np.isin(np.asarray(values[field.key], str), [str(value) for value in leaving.values]))
