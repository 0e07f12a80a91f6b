"""What asks an index by a procedure, because Cypher has no operator for it: full text, and nearness of vectors."""

from __future__ import annotations

from dataclasses import dataclass

from cypher.ast.clauses import Clause
from cypher.ast.expressions import Expression, Literal
from cypher.names import quote

# a full-text index may follow commits a moment later; this returns at once where it has followed all
CAUGHT_UP = "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()"


@dataclass(frozen=True, slots=True)
class FullText(Clause):
    """The best nodes of a full-text index, at most so many, each with its score; the query is in Lucene's syntax.

    The index is asked when it has caught up with all that is committed: what was written is found.
    """

    index: str
    query: Expression
    most: Expression
    node: str
    score: str

    def __str__(self) -> str:
        arguments = f"{Literal(self.index)}, {self.query}, {{limit: {self.most}}}"
        return f"{CAUGHT_UP} CALL db.index.fulltext.queryNodes({arguments}) {_yielded(self.node, self.score)}"


@dataclass(frozen=True, slots=True)
class Nearest(Clause):
    """The nodes of a vector index that lie nearest to a vector, at most so many, each with how near it is, 1 at most."""

    index: str
    vector: Expression
    most: Expression
    node: str
    score: str

    def __str__(self) -> str:
        arguments = f"{Literal(self.index)}, {self.most}, {self.vector}"
        return f"CALL db.index.vector.queryNodes({arguments}) {_yielded(self.node, self.score)}"


def _yielded(node: str, score: str) -> str:
    return f"YIELD node AS {quote(node)}, score AS {quote(score)}"
