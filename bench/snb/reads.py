"""Reads of the LDBC Social Network Benchmark: in GraphQL, in plain Cypher, and how an answer becomes the rows it wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "social-network"
PLAIN = ROOT / "tests" / "stories" / "social_network"

Data = Mapping[str, Any]
Row = list[Any]


@dataclass(frozen=True, slots=True)
class Read:
    """One read: the names of its parameters, and the rows that the benchmark wants of GraphQL's answer."""

    name: str
    about: str
    parameters: tuple[str, ...]
    rows: Callable[[Data], list[Row]]

    @property
    def text(self) -> str:
        """The GraphQL operation."""
        return (EXAMPLE / "reads" / f"{self.name}.graphql").read_text(encoding="utf-8")

    @property
    def plain(self) -> str:
        """The plain Cypher that asks for the same rows."""
        return (PLAIN / f"{self.name}.cypher").read_text(encoding="utf-8")


def _one(connection: Data) -> Data:
    """The only record of a relation that leads to one at most."""
    (node,) = connection["nodes"]
    found: Data = node
    return found


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _number(record: Data) -> int:
    return int(record["number"])


def _person(person: Data) -> Row:
    return [_number(person), person["firstName"], person["lastName"]]


def _content(message: Data) -> str | None:
    content: str | None = message["content"] if message["content"] is not None else message["imageFile"]
    return content


def _thread(message: Data) -> Iterator[Data]:
    """A message, what it replies to, and so on up to the post."""
    yield message
    for parent in message.get("replyOf", {"nodes": ()})["nodes"]:
        yield from _thread(parent)


def _profile(data: Data) -> list[Row]:
    person = data["person"]
    values = [person[name] for name in ("firstName", "lastName", "birthday", "locationIP", "browserUsed")]
    return [[*values, _number(_one(person["city"])), person["gender"], _moment(person["creationDate"])]]


def _last_messages(data: Data) -> list[Row]:
    rows = []
    for message in data["person"]["messages"]["nodes"]:
        *_, post = _thread(message)
        own = [_number(message), _content(message), _moment(message["creationDate"])]
        rows.append([*own, _number(post), *_person(_one(post["creator"]))])
    return rows


def _friends(data: Data) -> list[Row]:
    edges = data["person"]["friends"]["edges"]
    return [[*_person(edge["node"]), _moment(edge["link"]["creationDate"])] for edge in edges]


def _message(data: Data) -> list[Row]:
    message = data["message"]
    return [[_moment(message["creationDate"]), _content(message)]]


def _author(data: Data) -> list[Row]:
    return [_person(_one(data["message"]["creator"]))]


def _forum(data: Data) -> list[Row]:
    *_, post = _thread(data["message"])
    forum = _one(post["forum"])
    return [[_number(forum), forum["title"], *_person(_one(forum["moderator"]))]]


def _replies(data: Data) -> list[Row]:
    rows = []
    for reply in data["message"]["replies"]["nodes"]:
        author = _one(reply["creator"])
        own = [_number(reply), reply["content"], _moment(reply["creationDate"])]
        rows.append([*own, *_person(author), author["friends"]["totalCount"] > 0])
    return sorted(rows, key=lambda row: (-row[2].timestamp(), row[3]))


def _known(data: Data) -> list[Row]:
    rows = [
        _acquaintance(person, steps)
        for steps, key in enumerate(("one", "two", "three"), 1)
        for person in data[key]["nodes"]
    ]
    return rows[:20]


def _acquaintance(person: Data, distance: int) -> Row:
    own = [_number(person), person["lastName"], distance, person["birthday"], _moment(person["creationDate"])]
    more = [person[name] for name in ("gender", "browserUsed", "locationIP", "emails", "languages")]
    return [
        *own,
        *more,
        _one(person["city"])["name"],
        _organisations(person, "studies", "classYear"),
        _organisations(person, "jobs", "workFrom"),
    ]


def _organisations(person: Data, relation: str, year: str) -> list[Row]:
    edges = person[relation]["edges"]
    return [[edge["node"]["name"], edge["link"][year], _one(edge["node"]["place"])["name"]] for edge in edges]


def _news(data: Data) -> list[Row]:
    return [
        [*_person(_one(each["creator"])), _number(each), _content(each), _moment(each["creationDate"])]
        for each in data["messages"]["nodes"]
    ]


def _distance(data: Data) -> list[Row]:
    paths = data["paths"]["paths"]
    return [[paths[0]["length"] if paths else -1]]


PERSON, MESSAGE = ("person",), ("message",)
READS = (
    Read("IS1", "a person's profile", PERSON, _profile),
    Read("IS2", "a person's last ten messages with the posts they hang on", PERSON, _last_messages),
    Read("IS3", "a person's friends", PERSON, _friends),
    Read("IS4", "a message", MESSAGE, _message),
    Read("IS5", "who wrote a message", MESSAGE, _author),
    Read("IS6", "the forum of a message", MESSAGE, _forum),
    Read("IS7", "the replies to a message", MESSAGE, _replies),
    Read("IC1", "people of a name within three steps", ("person", "firstName"), _known),
    Read("IC2", "the newest messages of friends", ("person", "before"), _news),
    Read("IC13", "how far apart two people are", ("person", "other"), _distance),
)
