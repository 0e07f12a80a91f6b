"""A social network from a seed, written as the files that the benchmark's own generator writes.

As there, friendships come in communities and few people have many of them, messages go to those who have friends, and
replies hang on messages of the same thread. No more than six replies lie between a comment and its post.
"""

from __future__ import annotations

import csv
import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

SEED = 20_260
BEGAN = datetime(2010, 1, 1, tzinfo=UTC)
DAYS = 1_000
LONGEST_THREAD = 6
FIRST = (
    "Jan",
    "Maria",
    "Ali",
    "Chen",
    "Ada",
    "Otto",
    "Lin",
    "Omid",
    "Rosa",
    "Ken",
    "Eva",
    "Raj",
    "Mina",
    "Ivan",
    "Zoe",
    "Leo",
)
LAST = ("Smith", "Rossi", "Khan", "Wang", "Novak", "Silva", "Meyer", "Sato", "Ivanov", "Haddad", "Jensen", "Costa")
WORDS = (
    "about",
    "photo",
    "maybe",
    "great",
    "music",
    "the",
    "journey",
    "of",
    "right",
    "thanks",
    "no",
    "way",
    "book",
    "film",
)
BROWSERS = ("Firefox", "Chrome", "Safari", "Opera")
NEVER = "2019-12-30T00:00:00.000+00:00"

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each; `friends`, `messages` and the rest are means for one person."""

    persons: int = 10_000
    friends: int = 18
    posts: float = 1.5
    comments: float = 3.0
    likes: float = 3.0
    forums: float = 0.5
    members: int = 8
    countries: int = 20
    tags: int = 200


@dataclass(slots=True)
class _Message:
    number: int
    post: bool
    at: datetime
    creator: int
    depth: int
    forum: int = 0
    parent: _Message | None = None


@dataclass(slots=True)
class Network:
    """The network while it is made; `write` gives its files."""

    size: Size = field(default_factory=Size)
    seed: int = SEED

    def write(self, folder: Path) -> None:
        """Write every file of the network."""
        folder.mkdir(parents=True, exist_ok=True)
        made = _Made(self.size, random.Random(self.seed))
        for name, (columns, rows) in made.files().items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out, delimiter="|", lineterminator="\n")
                writer.writerow(columns)
                writer.writerows(rows)


class _Made:
    """One network, drawn once in a fixed order."""

    def __init__(self, size: Size, chance: random.Random) -> None:
        self.size, self.chance = size, chance
        self.persons = range(1, size.persons + 1)
        self.joined = {person: self._moment(BEGAN) for person in self.persons}
        # as in social networks at large: a few people have many friends, and write most
        self.weight = [chance.paretovariate(1.6) for _ in self.persons]
        self.heavy = _Weighted(self.weight, chance)
        self.friendships = sorted(self._friendships())
        self.forums = {number: chance.choice(self.persons) for number in range(1, int(size.persons * size.forums) + 1)}
        self.messages = list(self._messages())

    def files(self) -> dict[str, tuple[Row, Iterator[Row]]]:
        """The rows of each file, behind the names of its columns."""
        since, whole = ("creationDate", "deletionDate"), ("creationDate", "deletionDate", "explicitlyDeleted")
        written = ("locationIP", "browserUsed")
        body = ("content", "length", "creator")
        return {
            "static_Place": (("id", "name", "url", "type", "isPartOf"), self._places()),
            "static_TagClass": (("id", "name", "url", "isSubclassOf"), self._tag_classes()),
            "static_Tag": (("id", "name", "url", "hasType"), self._tags()),
            "static_Organisation": (("id", "type", "name", "url", "place"), self._organisations()),
            "dynamic_Person": (
                (*whole, "id", "firstName", "lastName", "gender", "birthday", *written, "city", "language", "email"),
                self._people(),
            ),
            "dynamic_Person_knows_Person": ((*whole, "Person1.id", "Person2.id"), self._knows()),
            "dynamic_Person_hasInterest_Tag": ((*since, "Person.id", "Tag.id"), self._interests()),
            "dynamic_Person_studyAt_University": ((*since, "Person.id", "Organisation.id", "classYear"), self._work(0)),
            "dynamic_Person_workAt_Company": ((*since, "Person.id", "Organisation.id", "workFrom"), self._work(1)),
            "dynamic_Forum": ((*whole, "id", "title", "moderator"), self._forums()),
            "dynamic_Forum_hasMember_Person": ((*whole, "Forum.id", "Person.id"), self._members()),
            "dynamic_Forum_hasTag_Tag": ((*since, "Forum.id", "Tag.id"), self._tagged(self.forums)),
            "dynamic_Post": (
                (*whole, "id", "imageFile", *written, "language", *body, "Forum.id", "country"),
                self._posts(),
            ),
            "dynamic_Comment": (
                (*whole, "id", *written, *body, "country", "replyOfPost", "replyOfComment"),
                self._comments(),
            ),
            "dynamic_Post_hasTag_Tag": ((*since, "Post.id", "Tag.id"), self._tagged(self._numbers(post=True))),
            "dynamic_Comment_hasTag_Tag": (
                (*since, "Comment.id", "Tag.id"),
                self._tagged(self._numbers(post=False)[::4]),
            ),
            "dynamic_Person_likes_Post": ((*whole, "Person.id", "Post.id"), self._likes(post=True)),
            "dynamic_Person_likes_Comment": ((*whole, "Person.id", "Comment.id"), self._likes(post=False)),
        }

    # who knows whom

    def _friendships(self) -> set[tuple[int, int]]:
        """Two thirds among neighbours, who make up communities, the rest with anyone, by weight."""
        wanted, found = self.size.persons * self.size.friends // 2, set[tuple[int, int]]()
        while len(found) < wanted:
            one = self.heavy.draw()
            near = self.chance.random() < 0.67
            other = one + self.chance.randint(-30, 30) if near else self.heavy.draw()
            if other != one and 1 <= other <= self.size.persons:
                found.add((min(one, other), max(one, other)))
        return found

    def _knows(self) -> Iterator[Row]:
        for one, other in self.friendships:
            yield _text(self._moment(max(self.joined[one], self.joined[other]))), NEVER, "false", one, other

    # what they write

    def _messages(self) -> Iterator[_Message]:
        made: list[_Message] = []
        posts, comments = int(self.size.persons * self.size.posts), int(self.size.persons * self.size.comments)
        for number in range(1, posts + comments + 1):
            creator = self.heavy.draw()
            if number <= posts:
                forum = self.chance.randint(1, len(self.forums))
                message = _Message(number, True, self._moment(self.joined[creator]), creator, 0, forum)
            else:
                parent = self.chance.choice(made)
                while parent.depth == LONGEST_THREAD:
                    parent = self.chance.choice(made)
                at = self._moment(max(parent.at, self.joined[creator]))
                message = _Message(number, False, at, creator, parent.depth + 1, parent=parent)
            made.append(message)
            yield message

    def _posts(self) -> Iterator[Row]:
        for each in self.messages:
            if each.post:
                picture = f"photo{each.number}.jpg" if each.number % 10 == 0 else ""
                content = "" if picture else self._words()
                body = (content, len(content), each.creator, each.forum, self._country())
                yield (
                    _text(each.at),
                    NEVER,
                    "false",
                    each.number,
                    picture,
                    self._address(),
                    self._browser(),
                    "en",
                    *body,
                )

    def _comments(self) -> Iterator[Row]:
        for each in self.messages:
            if each.parent is not None:
                content = self._words()
                above = (each.parent.number, "") if each.parent.post else ("", each.parent.number)
                body = (content, len(content), each.creator, self._country(), *above)
                yield _text(each.at), NEVER, "false", each.number, self._address(), self._browser(), *body

    def _numbers(self, *, post: bool) -> list[int]:
        return [each.number for each in self.messages if each.post is post]

    def _likes(self, *, post: bool) -> Iterator[Row]:
        among = [each for each in self.messages if each.post is post]
        wanted = int(self.size.persons * self.size.likes / 2)
        for person, place in sorted({(self.heavy.draw(), self.chance.randrange(len(among))) for _ in range(wanted)}):
            at = self._moment(max(among[place].at, self.joined[person]))
            yield _text(at), NEVER, "false", person, among[place].number

    # forums

    def _forums(self) -> Iterator[Row]:
        for number, moderator in self.forums.items():
            yield _text(self._moment(self.joined[moderator])), NEVER, "false", number, f"Group {number}", moderator

    def _members(self) -> Iterator[Row]:
        for forum in self.forums:
            for person in sorted({self.heavy.draw() for _ in range(self.size.members)}):
                yield _text(self._moment(self.joined[person])), NEVER, "false", forum, person

    def _tagged(self, numbers: Sequence[int] | dict[int, int]) -> Iterator[Row]:
        for number in numbers:
            yield _text(BEGAN), NEVER, number, self._tag()

    # people

    def _people(self) -> Iterator[Row]:
        for person in self.persons:
            names = self.chance.choice(FIRST), self.chance.choice(LAST)
            born = date(1960, 1, 1) + timedelta(days=self.chance.randrange(15_000))
            written = self._address(), self._browser()
            city, email = 2 * self.size.countries + self._country(), f"{names[0]}{person}@example.org".lower()
            gender = self.chance.choice(("male", "female"))
            joined = _text(self.joined[person])
            yield joined, NEVER, "false", person, *names, gender, born, *written, city, "en;fa", email

    def _interests(self) -> Iterator[Row]:
        for person in self.persons:
            for tag in sorted({self._tag() for _ in range(2)}):
                yield _text(self.joined[person]), NEVER, person, tag

    def _work(self, sort: int) -> Iterator[Row]:
        """Every other person studied, most work; universities have odd numbers, companies even ones."""
        for person in self.persons:
            if self.chance.random() < (0.5, 0.8)[sort]:
                number = 2 * self.chance.randint(1, self.size.countries) - 1 + sort
                yield _text(self.joined[person]), NEVER, person, number, self.chance.randint(1990, 2010)

    # what does not change

    def _places(self) -> Iterator[Row]:
        """One continent, then countries, each with a city of the number above it."""
        many, url = self.size.countries, "http://place.example/"
        yield 1, "Laurasia", f"{url}1", "Continent", ""
        for number in range(2, many + 2):
            yield number, f"Country {number}", f"{url}{number}", "Country", 1
            yield 2 * many + number, f"City {number}", f"{url}c{number}", "City", number

    def _tag_classes(self) -> Iterator[Row]:
        yield 1, "Thing", "http://class.example/1", ""
        for number in range(2, 12):
            yield number, f"Class {number}", f"http://class.example/{number}", 1

    def _tags(self) -> Iterator[Row]:
        for number in range(1, self.size.tags + 1):
            yield number, f"Tag {number}", f"http://tag.example/{number}", 1 + number % 11

    def _organisations(self) -> Iterator[Row]:
        for number in range(1, 2 * self.size.countries + 1):
            university = number % 2 == 1
            kind, country = ("University", "Company")[not university], 2 + number % self.size.countries
            place = 2 * self.size.countries + country if university else country
            yield number, kind, f"{kind} {number}", f"http://organisation.example/{number}", place

    # one draw

    def _moment(self, after: datetime) -> datetime:
        """A moment after another, to the millisecond, of which hardly two are the same."""
        left = BEGAN + timedelta(days=DAYS) - after
        return after + timedelta(milliseconds=1 + int(left.total_seconds() * 1000 * self.chance.random() * 0.9))

    def _country(self) -> int:
        return self.chance.randint(2, self.size.countries + 1)

    def _tag(self) -> int:
        return self.chance.randint(1, self.size.tags)

    def _words(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(2, 14)))

    def _address(self) -> str:
        return f"10.{self.chance.randrange(256)}.{self.chance.randrange(256)}.{self.chance.randrange(256)}"

    def _browser(self) -> str:
        return self.chance.choice(BROWSERS)


class _Weighted:
    """Draws people by their weight."""

    def __init__(self, weights: Sequence[float], chance: random.Random) -> None:
        self.chance, self.sums, total = chance, list[float](), 0.0
        for weight in weights:
            total += weight
            self.sums.append(total)

    def draw(self) -> int:
        """A person's number."""
        return 1 + min(bisect_left(self.sums, self.chance.random() * self.sums[-1]), len(self.sums) - 1)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
