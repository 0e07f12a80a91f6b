"""Commands on links that are over, and kept beside the graph: corrected there, in the graph again, or taken back.

They are asked for only when a try has found that some link is not in the graph, so that other writes pay nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cypher import weave
from cypher.compile.writes import kind_of_link
from graph.changes import ChangeSet
from graph.session import Row, Transaction
from graph.unit import problems
from graph.unit.grouping import Gathering
from graph.unit.link_changes import changes_of_links, check_span, new_values
from models.commands import Command, EndLink, RetractLink, Unlink, UpdateLink
from models.errors import Problem
from models.metamodel import Metamodel


@dataclass(frozen=True, slots=True)
class PastLink:
    """A link that is over, under its lock; `missing` are the records at its ends that live no more."""

    id: str
    relation: str
    source: str
    target: str
    version: int
    valid_from: datetime | None
    valid_to: datetime
    missing: Sequence[str]

    def meets(self, command: UpdateLink | Unlink) -> bool:
        """Whether it touches the record it was reached through, and is at the version that was read, where given."""
        near = command.near is None or command.near in (self.source, self.target)
        return near and command.version in (None, self.version)


@dataclass(slots=True)
class Corrected:
    """What came of the commands on past links, the commands that are left, and changes that put links in the graph again."""

    commands: list[Command]
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    revived: list[UpdateLink] = field(default_factory=list)
    found: bool = False


async def correct_past_links(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, commands: Sequence[Command]
) -> Corrected:
    """Do what commands want of links that are over. What is unlinked is left as a retraction."""
    past = await _named(transaction, changes, commands)
    mine = [command for command in commands if _link_of(command, past) is not None]
    done = Corrected([command for command in commands if _link_of(command, past) is None], found=bool(mine))
    gathering = Gathering(model, changes)
    rows: dict[str, tuple[dict[str, Any], UpdateLink]] = {}
    for changed in changes_of_links(_shortening(mine, past, done)):
        command, link = changed.command, past[str(changed.command.id)]
        if not link.meets(command):
            done.problems.append(problems.link_not_found(command))
        elif isinstance(command, Unlink):
            done.commands.append(RetractLink(link.relation, link.id, command.path))
        elif check_span(gathering, model.relations[link.relation], command):
            row = _row(model, changes, link, command)
            done.problems += _wrong(model, row, link, command)
            rows[link.id] = row, command
    done.problems += gathering.problems
    if rows and not done.problems:
        await _correct(transaction, changes, rows, done)
    return done


async def _named(transaction: Transaction, changes: ChangeSet, commands: Iterable[Command]) -> Mapping[str, PastLink]:
    """The links that are over among those that commands name, locked."""
    ids = sorted(
        {each.id for each in commands if isinstance(each, UpdateLink | EndLink | Unlink) and each.id is not None}
    )
    rows = await _run(transaction, changes, "past_links", {"ids": ids}) if ids else ()
    return {
        id: PastLink(id, relation, source, target, version, begin and begin.to_native(), end.to_native(), missing)
        for id, relation, source, target, version, begin, end, missing in rows
    }


def _link_of(command: Command, past: Mapping[str, PastLink]) -> PastLink | None:
    """The past link that a command names, as one of its relation."""
    if not isinstance(command, UpdateLink | EndLink | Unlink) or command.id is None:
        return None
    link = past.get(command.id)
    return link if link is not None and link.relation == command.relation else None


def _shortening(commands: Iterable[Command], past: Mapping[str, PastLink], done: Corrected) -> list[Command]:
    """The commands without those that end a link which had ended by then."""
    left: list[Command] = []
    for command in commands:
        if isinstance(command, EndLink) and command.at >= past[command.id].valid_to:
            done.counts["unchanged"] += 1
        else:
            left.append(command)
    return left


def _row(model: Metamodel, changes: ChangeSet, link: PastLink, command: UpdateLink) -> dict[str, Any]:
    since = None if "validFrom" in command.open else command.valid_from or link.valid_from
    until = None if "validTo" in command.open else command.valid_to or link.valid_to
    kind = kind_of_link(model.relations[link.relation])
    return {
        "id": link.id,
        "relation": link.relation,
        "source": link.source,
        "target": link.target,
        "props": new_values(model, command)["props"],
        "since": since,
        "until": until,
        "times": bool(command.open or command.valid_from or command.valid_to),
        "living": until is None or until > changes.at,
        "single": kind.single,
        "change": changes.of_link(link.id, "update"),
    }


def _wrong(model: Metamodel, row: Mapping[str, Any], link: PastLink, command: UpdateLink) -> list[Problem]:
    """What a time may not be, and records that a link can stand at no more."""
    found = []
    if row["since"] is not None and row["until"] is not None and row["since"] > row["until"]:
        found.append(problems.bad_times(command.path, alone=row["single"]))
    if row["living"]:
        relation = model.relations[link.relation]
        ends = ((link.source, relation.source), (link.target, relation.target))
        found += [
            problems.not_found(" or ".join(end.types), id, command.path) for id, end in ends if id in link.missing
        ]
    return found


async def _correct(
    transaction: Transaction, changes: ChangeSet, rows: Mapping[str, tuple[dict[str, Any], UpdateLink]], done: Corrected
) -> None:
    parameters = {"rows": [row for row, _ in rows.values()], "now": changes.at, "set": changes.id}
    for id, changed, taken in await _run(transaction, changes, "correct_past_links", parameters):
        row, command = rows[id]
        done.counts["relinked" if changed else "unchanged"] += 1
        if taken:
            done.problems.append(problems.bad_times(command.path, alone=True))
        elif row["living"]:
            done.revived.append(command)


async def _run(transaction: Transaction, changes: ChangeSet, name: str, parameters: Mapping[str, Any]) -> list[Row]:
    return await transaction.run(weave.fixed(name, changes.actor, reads=False), parameters)
