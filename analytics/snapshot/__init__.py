"""The graph as arrays: taken from the database, kept on disk, kept fresh, and chosen from."""

from analytics.snapshot.keeping import Freshness, Snapshots
from analytics.snapshot.links import ALWAYS, FOREVER, LinkArrays
from analytics.snapshot.memory import TooLarge
from analytics.snapshot.opening import Source, open  # noqa: A004  # read as snapshot.open
from analytics.snapshot.records import Ids
from analytics.snapshot.state import Snapshot
from analytics.snapshot.taking import take

__all__ = [
    "ALWAYS",
    "FOREVER",
    "Freshness",
    "Ids",
    "LinkArrays",
    "Snapshot",
    "Snapshots",
    "Source",
    "TooLarge",
    "open",
    "take",
]
