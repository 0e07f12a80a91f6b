"""What a run works with and what it gives: a context in, scores of records out, with the reasons for them on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from models.metamodel import Metamodel
from models.profiles import Profile
from models.scores import SCORES

if TYPE_CHECKING:
    from analytics.engines.churn.leavers import Leavers
    from analytics.engines.features import Feature
    from analytics.events import Events
    from analytics.reasons import Reason
    from analytics.snapshot import Snapshot

EPOCH = date(1970, 1, 1)
Progress = Callable[[str, float], None]
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Cancelled(Exception):
    """Somebody has cancelled the run."""


@dataclass(frozen=True, slots=True)
class Path:
    """A way along which a score comes to a record: the records it leads over and the relations between them."""

    code: str
    strength: float
    records: tuple[int, ...]
    relations: tuple[str, ...] = ()
    contribution: float | None = None
    facts: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What would change a score, and by how much; `record` is the one that something else would be so of."""

    code: str
    change: float
    record: int | None = None
    facts: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one record has its scores, and what would change them."""

    reasons: tuple[Reason, ...] = ()
    paths: tuple[Path, ...] = ()
    counterfactuals: tuple[Counterfactual, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of records of one type: a column for each, in the order of `numbers` (of the snapshot).

    In columns of numbers NaN is no score, in others None. `telling` ranks the records whose explanations are worth
    storing, the greatest first; without it the first column does where it holds numbers.
    """

    type: str
    numbers: NDArray[np.int32]
    columns: Mapping[str, NDArray[Any]]
    explain: Callable[[int], Explanation] | None = None  # of a place in `numbers`
    telling: NDArray[np.float64] | None = None
    quality: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    def told_first(self, most: int) -> list[int]:
        """The places of the records that are explained: at most so many, those that tell most first."""
        weights = self.telling
        if weights is None:
            first = next(iter(self.columns.values()))
            weights = first if first.dtype.kind in "fiu" else np.zeros(len(self.numbers))
        known = np.flatnonzero(~np.isnan(np.asarray(weights, np.float64)))
        order = np.lexsort((known, -np.asarray(weights, np.float64)[known]))
        return [int(place) for place in known[order][:most]]


@dataclass(frozen=True, slots=True)
class Context:
    """What a run of an engine on the records of one type works with; the same context gives the same scores.

    `type` is empty for engines that score records of all types at once. `events` are those of the type's profile where
    the kind asks for them, `all_events` those of every type; `leavers`, who of the type has left, and `features`, what its
    records say themselves, where the kind asks for fields. `before` are the scores of the run before, an entry for each
    record of the snapshot, for trends and stable labels.
    """

    snapshot: Snapshot
    model: Metamodel
    type: str
    parameters: Mapping[str, Any]
    seed: int
    now: datetime
    profile: Profile | None = None
    events: Events | None = None
    all_events: Mapping[str, Events] = field(default_factory=lambda: _NOTHING)
    leavers: Leavers | None = None
    features: tuple[Feature, ...] = ()
    before: Mapping[str, NDArray[Any]] = field(default_factory=lambda: _NOTHING)
    progress: Progress = lambda stage, done: None
    cancelled: Callable[[], bool] = lambda: False

    @property
    def day(self) -> float:
        """The moment of the data, in days since 1970-01-01 UTC."""
        return self.now.timestamp() / 86_400

    @property
    def subjects(self) -> NDArray[np.int32]:
        """The numbers of the records of the type, or of all."""
        found = self.snapshot.range_of(self.type) if self.type else range(self.snapshot.n)
        return np.arange(found.start, found.stop, dtype=np.int32)

    def check(self) -> None:
        """Raises Cancelled when somebody has cancelled the run."""
        if self.cancelled():
            raise Cancelled


class RunKind(Protocol):
    """An engine as something that can be run: what it needs, and the scores it gives."""

    name: str
    of_all_types: bool  # one pass scores the records of every type
    needs_events: bool
    needs_all_events: bool
    needs_leavers: bool

    def read(self, given: Mapping[str, Any]) -> object:
        """An analyst's parameters as the engine takes them. Raises Rejected with everything that is wrong."""
        ...

    def run(self, context: Context) -> Iterable[Scores]:
        """The scores of the records of the context's type, or of each type. Raises Rejected where it cannot be run."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A run kind made of a function."""

    name: str
    compute: Callable[[Context], Iterable[Scores]]
    read: Callable[[Mapping[str, Any]], object]
    of_all_types: bool = False
    needs_events: bool = False
    needs_all_events: bool = False
    needs_leavers: bool = False

    def run(self, context: Context) -> Iterable[Scores]:
        """What the function gives, checked against the scores the engine has."""
        known = {each.name for each in SCORES[self.name]}
        for scores in self.compute(context):
            if strangers := scores.columns.keys() - known:
                raise KeyError(f"{self.name} gave {', '.join(sorted(strangers))}, which are no scores of it.")
            yield scores


def plain_column(column: NDArray[Any], kind: str) -> list[Any]:
    """A column as values the database takes, None where there is no score."""
    if kind == "date":
        return [_day(value) for value in column.tolist()]
    if column.dtype.kind == "f":
        values = [None if value != value else value for value in column.tolist()]  # NaN differs from itself
        return values if kind == "number" else [None if value is None else int(value) for value in values]
    if kind == "number":
        return [None if value is None else float(value) for value in column.tolist()]
    return list(column.tolist())


def days(moments: Sequence[float] | NDArray[np.float64]) -> NDArray[Any]:
    """Days since 1970 as a column of dates."""
    found = np.empty(len(moments), object)
    found[:] = [_day(float(value)) for value in moments]
    return found


def _day(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    if value != value or not -700_000 < value < 2_900_000:  # NaN; and days beyond the calendar
        return None
    return EPOCH + timedelta(days=int(value // 1))
