"""The graph as arrays: taken from the database, kept on disk, kept fresh, and chosen from."""

from analytics.snapshot.links import ALWAYS, FOREVER, LinkArrays
from analytics.snapshot.records import Ids
from analytics.snapshot.state import Snapshot

__all__ = ["ALWAYS", "FOREVER", "Ids", "LinkArrays", "Snapshot"]
