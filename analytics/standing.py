"""What may stand for a graph where networkx is given one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analytics.graph import Graph


class StandsForGraph(ABC):
    """Something that networkx may be given in place of its `whole` graph, such as a snapshot."""

    __networkx_backend__ = "xrm"

    @property
    @abstractmethod
    def whole(self) -> Graph:
        """The graph that it stands for; always the same one."""

    def __len__(self) -> int:
        return self.whole.n

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Any]:
        return iter(self.whole)

    def __contains__(self, label: object) -> bool:
        return label in self.whole

    def __getitem__(self, label: Hashable) -> Any:
        return self.whole[label]

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """What networkx asks of a graph itself: `is_directed`, `nodes`, `degree` …"""
            if name.startswith("__") or name == "whole":
                raise AttributeError(name)
            return getattr(self.whole, name)
