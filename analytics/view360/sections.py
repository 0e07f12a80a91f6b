"""Sections: the links of each relation, the strongest first, then the newest; and the small graph to draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.view360.gathering import Gathered, LinkRow
from analytics.view360.reading import link_values
from analytics.view360.shown import CardShown, LinkShown, NearLink, Neighbourhood, Section

DRAWN = 4  # neighbours of each relation
MOST_DRAWN = 40


def sections(
    gathered: Gathered, fields: Sequence[str], strengths: Mapping[str, float], most: int
) -> tuple[Section, ...]:
    """The relations of a record in the order of the view; `strengths` maps far records to how strong the relationship is."""
    return tuple(_section(gathered, field, strengths, most) for field in fields if field in gathered.compiled.sides)


def _section(gathered: Gathered, field: str, strengths: Mapping[str, float], most: int) -> Section:
    side = gathered.compiled.sides[field].side
    links = gathered.links(field)
    newest = sorted(links, key=lambda id: (strengths.get(links[id].far["id"], 0.0), id), reverse=True)[:most]
    shown = []
    for id in newest:
        link = links[id]
        record = gathered.card(link.kind, link.far)
        shown.append(LinkShown(id, link_values(side, link.properties), record, strengths.get(record.id)))
    return Section(side, gathered.count(field), tuple(shown))


def neighbourhood(gathered: Gathered, record: CardShown, shown: Sequence[Section]) -> Neighbourhood:
    """The record and a few of each relation around it, the strongest and newest, and how many links are not drawn."""
    records = {record.id: replace(record, values={})}
    links: dict[NearLink, None] = {}
    drawn: dict[str, int] = {}
    for section in shown:
        rows = gathered.links(section.side.name)
        for link in section.links[:DRAWN]:
            if len(records) > MOST_DRAWN:
                break
            records.setdefault(link.record.id, link.record)
            links[_near(record.id, rows[link.id], section)] = None
            drawn[section.side.name] = drawn.get(section.side.name, 0) + 1
    left = {each.side.name: each.count - drawn.get(each.side.name, 0) for each in shown}
    return Neighbourhood(tuple(records.values()), tuple(links), {name: many for name, many in left.items() if many > 0})


def _near(here: str, row: LinkRow, section: Section) -> NearLink:
    ends = (here, str(row.far["id"])) if row.away else (str(row.far["id"]), here)
    return NearLink(*ends, section.side.relation.name)
