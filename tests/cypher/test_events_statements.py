"""The statement of a signal's events: whole text, only what the signal asks for."""

from __future__ import annotations

from cypher.compile.events import EventShape, page_of_events, where_slot


def test_a_page_of_events_in_the_order_of_their_ids() -> None:
    assert str(page_of_events(EventShape("Gift", "givenOn", dated=True))) == (
        "MATCH (n:Gift) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $size WITH n, n.givenOn IS NOT NULL AS fits "
        "RETURN max(n.id) AS last, count(n) AS size, collect(CASE WHEN fits THEN n.id END) AS id, "
        "collect(CASE WHEN fits THEN duration.inDays($epoch, n.givenOn).days END) AS time"
    )


def test_a_page_of_everything_a_signal_may_ask_for() -> None:
    shape = EventShape(
        "Talk",
        "at",
        False,
        "paid_e2",
        "paid_currency",
        "form",
        inbound="way",
        outbound="side",
        where=("state", "public"),
    )

    assert str(page_of_events(shape)) == (
        "MATCH (n:Talk) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $size "
        "WITH n, n.at IS NOT NULL AND n.state IN $where0 AND n.public IN $where1 AS fits "
        "RETURN max(n.id) AS last, count(n) AS size, collect(CASE WHEN fits THEN n.id END) AS id, "
        "collect(CASE WHEN fits THEN n.at.epochMillis END) AS time, "
        "collect(CASE WHEN fits THEN coalesce(n.paid_e2, $missing) END) AS value, "
        "collect(CASE WHEN fits THEN coalesce(n.paid_currency, $unsaid) END) AS currency, "
        "collect(CASE WHEN fits THEN coalesce($weights[n.form], 1) END) AS weight, "
        "collect(CASE WHEN fits THEN (CASE WHEN n.side IN $outbound THEN 1 ELSE 0 END "
        "- CASE WHEN n.way IN $inbound THEN 1 ELSE 0 END) END) AS direction"
    )
    assert shape.columns == ("id", "time", "value", "currency", "weight", "direction")
    assert where_slot(1) == "where1"
