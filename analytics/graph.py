"""The graph that engines read: compressed sparse rows in numpy arrays, which is a networkx graph to its users.

A graph never changes. What is derived from it (turned round, undirected, parallel links merged, as a matrix) is made
once and kept with it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.links import Weights, check_ends, check_weights, floats

if TYPE_CHECKING:
    import networkx as nx
    from scipy.sparse import csr_array

    from analytics.assembling import Arrays

Parallel = Literal["sum", "min", "max", "keep"]


@dataclass(frozen=True, eq=False)
class Graph:
    """Links sorted by source and target: those of node i are `indices[indptr[i]:indptr[i + 1]]`.

    Undirected graphs hold each link in both rows and a self-loop once. `weights` None: every link weighs 1.
    `parallel` says what became of links between the same two nodes: added up, the least or greatest kept, or all kept
    (then networkx sees a multigraph). Equal to itself only; safe as a key and in threads.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weights: Weights | None = None
    directed: bool = True
    labels: Sequence[Hashable] | None = None
    parallel: Parallel = "sum"
    weight_name: str = "weight"  # what networkx calls `weights`; every other attribute is absent there, so 1
    whole: bool = False  # the weights were whole numbers: what is added up from them is shown as such

    __networkx_backend__ = "xrm"

    @property
    def n(self) -> int:
        """How many nodes there are."""
        return len(self.indptr) - 1

    @property
    def m(self) -> int:
        """How many links are stored; an undirected one counts in both rows (see `number_of_edges`)."""
        return len(self.indices)

    # -- made from --------------------------------------------------------------------------------------------------

    @classmethod
    def from_links(
        cls,
        n: int,
        source: ArrayLike,
        target: ArrayLike,
        weight: ArrayLike | None = None,
        *,
        directed: bool = True,
        parallel: Parallel = "sum",
        labels: Sequence[Hashable] | None = None,
    ) -> Graph:
        """The graph of these links among nodes 0…n-1, in any order. O(n + links).

        Raises BadWeight for a weight that is not finite and at least 0, BadLink for an end outside 0…n-1.
        Without weights parallel links are counted under "sum" (two of them weigh 2).
        """
        from analytics.assembling import assembled

        ends = np.asarray(source), np.asarray(target)
        weights = None if weight is None else floats(weight)
        check_ends(n, *ends)
        check_weights(*ends, weights, labels)
        first, second = ends[0].astype(np.int32, copy=False), ends[1].astype(np.int32, copy=False)
        return cls(*assembled(n, first, second, weights, directed, parallel), directed, labels, parallel)

    @classmethod
    def from_networkx(cls, G: nx.Graph, weight: str | None = "weight") -> Graph:  # noqa: N803  # networkx's own name
        """The arrays of a networkx graph, its nodes as labels; a link without the attribute weighs 1, parallel links are kept.

        Raises BadWeight naming the link. Without any attribute of that name the graph has no weights.
        """
        import networkx as nx

        labels = list(G)
        place = {label: i for i, label in enumerate(labels)}
        found = list(G.edges(data=weight)) if weight is not None else [(a, b, None) for a, b in G.edges()]
        source = np.fromiter((place[a] for a, _, _ in found), np.int32, len(found))
        target = np.fromiter((place[b] for _, b, _ in found), np.int32, len(found))
        weights, whole = None, all(w is None or isinstance(w, int | np.integer) for _, _, w in found)
        if any(w is not None for _, _, w in found):
            weights = np.fromiter((1.0 if w is None else w for _, _, w in found), np.float64, len(found))
        made = cls.from_links(
            len(labels),
            source,
            target,
            weights,
            directed=isinstance(G, nx.DiGraph),
            parallel="keep" if isinstance(G, nx.MultiGraph) else "sum",
            labels=labels,
        )
        return made if weight is None else made.changed(weight_name=weight, whole=whole)

    def changed(self, **fields: Any) -> Graph:
        """The same graph with some fields replaced, such as `labels`; arrays are shared."""
        from dataclasses import replace

        return replace(self, **fields)

    # -- derived, made once -----------------------------------------------------------------------------------------

    @cached_property
    def transposed(self) -> Graph:
        """Every link turned round; an undirected graph is its own transpose. O(n + m)."""
        if not self.directed:
            return self
        from analytics.assembling import turned

        made = self._with(turned((self.indptr, self.indices, self.weights)))
        made.__dict__["transposed"] = self
        return made

    def undirected(self, weights: Parallel = "sum") -> Graph:
        """Without directions: links there and back between two nodes become one by the policy named. Kept for each policy."""
        if not self.directed:
            return self
        from analytics.assembling import without_directions

        how = {"directed": False, "parallel": weights}
        made: Graph = self.kept(
            f"undirected by {weights}", lambda: self._with(without_directions(self, weights), **how)
        )
        return made

    def merged(self, parallel: Parallel = "sum") -> Graph:
        """Links between the same two nodes made one by the policy named; itself when it keeps none. Kept for each policy."""
        if self.parallel != "keep" or parallel == "keep":
            return self
        from analytics.assembling import merged

        made: Graph = self.kept(f"merged by {parallel}", lambda: self._with(merged(self, parallel), parallel=parallel))
        return made

    @cached_property
    def unweighted(self) -> Graph:
        """The same links, each weighing 1."""
        return self if self.weights is None else self.changed(weights=None)

    @cached_property
    def without_loops(self) -> Graph:
        """The same graph without links from a node to itself; itself when there are none."""
        if self.loops == 0:
            return self
        kept = self.sources != self.indices
        indptr = np.zeros(self.n + 1, np.int64)
        np.cumsum(np.bincount(self.sources[kept], minlength=self.n), out=indptr[1:])
        return self._with((indptr, self.indices[kept], None if self.weights is None else self.weights[kept]))

    @cached_property
    def sources(self) -> NDArray[np.int32]:
        """The source of every stored link, beside `indices`."""
        return np.repeat(np.arange(self.n, dtype=np.int32), np.diff(self.indptr))

    @cached_property
    def matrix(self) -> csr_array:
        """scipy's view of the arrays: entry (i, j) weighs the link i → j; parallel links add up there."""
        from scipy.sparse import csr_array

        data = np.ones(self.m) if self.weights is None else self.weights
        return csr_array((data, self.indices, self.indptr), shape=(self.n, self.n))

    def _with(self, arrays: Arrays, **fields: Any) -> Graph:
        indptr, indices, weights = arrays
        return self.changed(indptr=indptr, indices=indices, weights=weights, **fields)

    def kept(self, key: str, make: Callable[[], Any]) -> Any:
        """What is made of this graph once and stays with it, under a name."""
        if key not in self.__dict__:
            self.__dict__[key] = make()
        return self.__dict__[key]

    # -- nodes and their labels -------------------------------------------------------------------------------------

    @cached_property
    def nodes_in_order(self) -> list[Any]:
        """What networkx users see as nodes, in the order of the arrays."""
        return list(range(self.n)) if self.labels is None else list(self.labels)

    def index(self, label: Hashable) -> int:
        """The number of a node; KeyError when the graph has none of that label."""
        if self.labels is None:
            if isinstance(label, int | np.integer) and 0 <= label < self.n:
                return int(label)
            raise KeyError(label)
        if isinstance(self.labels, list | tuple):
            return self._places[label]
        try:  # a lazy sequence, such as a snapshot's record ids, knows its own way
            return self.labels.index(label)
        except (ValueError, TypeError, AttributeError) as missing:
            raise KeyError(label) from missing

    @cached_property
    def _places(self) -> dict[Hashable, int]:
        return {label: i for i, label in enumerate(self.nodes_in_order)}

    def label(self, i: int) -> Any:
        """The label of a node."""
        return int(i) if self.labels is None else self.labels[int(i)]

    # -- what networkx asks of a graph without dispatching ------------------------------------------------------------

    def __len__(self) -> int:
        return self.n

    def __iter__(self) -> Iterator[Any]:
        return iter(self.nodes_in_order)

    def __contains__(self, label: object) -> bool:
        try:
            self.index(label)
        except (KeyError, TypeError):
            return False
        return True

    def __bool__(self) -> bool:
        return self.n > 0

    def is_directed(self) -> bool:
        """Whether links have a direction."""
        return self.directed

    def is_multigraph(self) -> bool:
        """Whether parallel links were kept."""
        return self.parallel == "keep"

    def number_of_nodes(self) -> int:
        """How many nodes there are."""
        return self.n

    order = number_of_nodes

    def has_node(self, label: Hashable) -> bool:
        """Whether the graph has a node of that label."""
        return label in self

    def number_of_edges(self, u: Hashable = None, v: Hashable = None) -> int:
        """How many links there are (between u and v, if given); an undirected link counts once."""
        if u is not None:
            i = self.index(u)
            return int(np.count_nonzero(self.indices[self.indptr[i] : self.indptr[i + 1]] == self.index(v)))
        return self.m if self.directed else (self.m + self.loops) // 2

    @cached_property
    def loops(self) -> int:
        """How many links lead from a node to itself."""
        return int(np.count_nonzero(self.sources == self.indices))

    def __getitem__(self, label: Hashable) -> Any:
        from analytics.backend.face import Rows

        return Rows(self)[label]

    if not TYPE_CHECKING:  # the type checker is to find misspelt names

        def __getattr__(self, name: str) -> Any:
            """Whatever else networkx's own classes offer: `nodes`, `edges`, `degree` …"""
            if name.startswith("__"):
                raise AttributeError(name)
            from analytics.backend.face import part_of

            return part_of(self, name)

    def numbers(self, values: NDArray[Any]) -> list[Any]:
        """Sums of weights as Python numbers: whole ones where the weights are."""
        kind = np.int64 if self.weights is None or self.whole else np.float64
        found: list[Any] = values.astype(kind, copy=False).tolist()
        return found

    def subgraph(self, labels: Iterable[Hashable]) -> Graph:
        """The links among these nodes; nodes that the graph does not have are passed over, as networkx does."""
        return self.among([self.index(label) for label in labels if label in self])

    def among(self, nodes: ArrayLike) -> Graph:
        """The links among these nodes, given by number, renumbered in ascending order. O(n + m)."""
        chosen = np.zeros(self.n, np.bool_)
        chosen[np.asarray(nodes, np.int64)] = True
        kept = chosen[self.sources] & chosen[self.indices]
        number = np.cumsum(chosen, dtype=np.int32) - np.int32(1)
        indptr = np.zeros(np.count_nonzero(chosen) + 1, np.int64)
        np.cumsum(np.bincount(number[self.sources[kept]], minlength=len(indptr) - 1), out=indptr[1:])
        return self.changed(
            indptr=indptr,
            indices=number[self.indices[kept]],
            weights=None if self.weights is None else self.weights[kept],
            labels=[self.label(i) for i in np.flatnonzero(chosen).tolist()],
        )

    def to_networkx(self, *, asked_for: str | None = None) -> nx.Graph:
        """This graph as networkx's own class; read-only, made once (some 450 bytes a link): copy it to change it."""
        from analytics.backend.converting import converted

        return converted(self, asked_for)

    def __copy__(self) -> Graph:
        return self  # nothing in it changes

    def __deepcopy__(self, memo: dict[int, Any]) -> Graph:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        fields = self.indptr, self.indices, self.weights, self.directed, copy.copy(self.labels)
        return Graph, (*fields, self.parallel, self.weight_name, self.whole)

    def __repr__(self) -> str:
        kind = "directed" if self.directed else "undirected"
        return f"<{kind} graph of {self.n} nodes and {self.number_of_edges()} links>"
