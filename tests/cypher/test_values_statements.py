"""Values of records as packed columns: one row a page, and never a null in a list."""

from __future__ import annotations

from cypher.compile.values import page_of_values
from models.fields.kind import Column, Storage

HEAD = (
    "MATCH (n:Firm) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $size "
    "RETURN max(n.id) AS last, count(n) AS size, collect(n.id) AS id"
)


def test_a_page_of_values_has_a_list_for_each_property() -> None:
    columns = [Column("size", Storage.INTEGER), Column("kind", Storage.STRING), Column("live", Storage.BOOLEAN)]

    assert str(page_of_values("Firm", columns)) == HEAD + (
        ", collect(coalesce(n.size, $missing)) AS c0"
        ", collect(coalesce(n.kind, $unsaid)) AS c1"
        ", collect(CASE WHEN n.live = true THEN 1 WHEN n.live = false THEN 0 ELSE $missing END) AS c2"
    )


def test_days_and_moments_are_numbers() -> None:
    columns = [Column("leftOn", Storage.DATE), Column("seenAt", Storage.DATETIME)]

    assert str(page_of_values("Firm", columns)) == HEAD + (
        ", collect(coalesce(duration.inDays($epoch, n.leftOn).days, $missing)) AS c0"
        ", collect(coalesce(n.seenAt.epochMillis, $missing)) AS c1"
    )
