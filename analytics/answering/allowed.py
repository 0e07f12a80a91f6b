"""Whether the model allows the links that are supposed to come."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.answering.wishes import Wishes
from analytics.snapshot import Snapshot
from graph.unit.problems import wrong_end
from models.errors import Problem, told
from models.metamodel import Metamodel


def links_refused(model: Metamodel, snapshot: Snapshot, wishes: Wishes) -> list[Problem]:
    """What is wrong with the links that come: a link to oneself, or ends of types that the relation does not take.

    What is not there at all is left to whoever carries the wishes out.
    """
    types = _types(snapshot, wishes)
    return [problem for link in wishes.add_links for problem in _refused(model, types, link[:3])]


def _types(snapshot: Snapshot, wishes: Wishes) -> dict[str, str]:
    ids = [id for link in wishes.add_links for id in link[1:3]]
    numbers = zip(ids, snapshot.indices(ids), strict=True)
    there = {id: snapshot.type_of(int(number)) for id, number in numbers if number >= 0}
    return {id: name for name, id in wishes.add_records} | there


def _refused(model: Metamodel, types: dict[str, str], link: tuple[str, str, str]) -> Iterator[Problem]:
    relation, path = model.relations.get(link[0]), ("addLinks", *link)
    if link[1] == link[2]:
        yield told("same_record", "A link from a record to itself moves nothing; name two records.", path, case="link")
    elif relation is not None:
        for id, end in zip(link[1:], (relation.source, relation.target), strict=True):
            if id in types and types[id] not in end.types:
                yield wrong_end(relation, end, path, types[id])
