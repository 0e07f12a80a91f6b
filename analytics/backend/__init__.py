"""The networkx backend `xrm`: networkx functions run on our arrays where they can, and are converted with a warning where not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import networkx as nx
from networkx.utils import backends

from analytics.backend import components, neighbours, ranks, reach, ways
from analytics.backend.calls import ON_ARRAYS, Borrowed, NotOnArrays, graph_of
from analytics.backend.converting import ConvertedToNetworkX, converted
from analytics.graph import Graph

__all__ = ["BACKEND", "Backend", "ConvertedToNetworkX"]

PARTS = (components, neighbours, ranks, reach, ways)  # each offers its functions as it is imported


class Backend:
    """What networkx loads by the entry point: an attribute for every function that it can dispatch."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__") or name not in backends._registered_algorithms:  # noqa: SLF001  # networkx's own list
            raise AttributeError(f"networkx dispatches no function {name!r}.")
        call = partial(_call, name, ON_ARRAYS.get(name))
        self.__dict__[name] = call
        return call

    def can_run(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        """Everything runs, on arrays or converted."""
        return True

    def should_run(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool | str:
        """A networkx graph is worth converting to arrays only where the function has a form on them."""
        return name in ON_ARRAYS or "no form on arrays"

    def convert_from_nx(self, graph: nx.Graph, *, name: str = "", **wanted: Any) -> Graph | Borrowed:
        """Arrays of a networkx graph; the graph itself, wrapped, where arrays cannot hold what the function needs."""
        attributes = wanted.get("edge_attrs") or {}
        several = len(attributes) > 1 or any(default != 1 for default in attributes.values())
        if name not in ON_ARRAYS or several or wanted.get("preserve_edge_attrs"):
            return Borrowed(graph)
        try:
            return Graph.from_networkx(graph, next(iter(attributes), None))
        except (TypeError, ValueError):  # weights that are no numbers
            return Borrowed(graph)

    def convert_to_nx(self, found: Any, *, name: str = "") -> Any:
        """networkx's own graph for one of ours; anything else as it is."""
        if isinstance(found, Borrowed):
            return found.origin
        return converted(graph_of(found), name or "networkx") if _is_ours(found) else found


def _call(name: str, ours: Callable[..., Any] | None, /, *args: Any, **kwargs: Any) -> Any:
    if ours is not None:
        try:
            return ours(*args, **kwargs)
        except NotOnArrays:
            pass
    function = backends._registered_algorithms[name].__wrapped__  # noqa: SLF001  # networkx has no public way to ask
    if function._will_call_mutate_input(args, kwargs):  # noqa: SLF001  # networkx has no public way to ask
        raise nx.NetworkXError(
            f"networkx.{name} changes the graph it is given, and a Graph of arrays never changes: "
            "give it a copy, `graph.to_networkx().copy()`."
        )
    given = [_as_networkx(name, value) for value in args]
    named = {key: _as_networkx(name, value) for key, value in kwargs.items()}
    return function.orig_func(*given, **named)


def _as_networkx(name: str, value: Any) -> Any:
    if _is_ours(value):
        return BACKEND.convert_to_nx(value, name=name)
    if isinstance(value, list | tuple) and any(_is_ours(part) for part in value):
        return [_as_networkx(name, part) for part in value]
    return value


def _is_ours(value: Any) -> bool:
    return getattr(value, "__networkx_backend__", None) == "xrm"


BACKEND = Backend()
