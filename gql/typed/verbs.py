"""What can be done to records by mutations, and the names that follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from models.keys import keys_of
from models.metamodel import EntityType, Metamodel


class Verb(StrEnum):
    """What a mutation does to the records it names."""

    CREATE = "create"
    UPDATE = "update"
    UPSERT = "upsert"
    DELETE = "delete"
    RESTORE = "restore"
    ERASE = "erase"


_OF_MANY = (Verb.CREATE, Verb.UPDATE, Verb.UPSERT, Verb.DELETE)
_GONE = {Verb.DELETE: "deletedId", Verb.ERASE: "erasedId"}


@dataclass(frozen=True, slots=True)
class Mutation:
    """One root field that writes: a verb, a type, and whether it takes one record or many."""

    verb: Verb
    kind: EntityType
    many: bool

    @property
    def stem(self) -> str:
        """`CreateCompanies`: how its input and payload begin."""
        verb = self.verb.capitalize()
        return f"{verb}{self.kind.plural}" if self.many else f"{verb}{self.kind.name}"

    @property
    def name(self) -> str:
        """`createCompanies`: the root field."""
        return self.stem[0].lower() + self.stem[1:]

    @property
    def payload(self) -> str:
        """`CreateCompaniesPayload`."""
        return f"{self.stem}Payload"

    @property
    def answers_ids(self) -> bool:
        """Whether the payload holds ids, the records being gone."""
        return self.verb in _GONE

    @property
    def entry(self) -> str:
        """The entry of the payload that answers: `companies`, `company`, `deletedIds`."""
        if self.answers_ids:
            return f"{_GONE[self.verb]}s" if self.many else _GONE[self.verb]
        return self.kind.many if self.many else self.kind.one


def mutations_of(kind: EntityType) -> Iterator[Mutation]:
    """The root fields that write one type."""
    for verb in Verb:
        if verb is not Verb.UPSERT:
            yield Mutation(verb, kind, many=False)
        if verb in _OF_MANY and (verb is not Verb.UPSERT or keys_of(kind)):
            yield Mutation(verb, kind, many=True)


def mutation_named(model: Metamodel, name: str) -> Mutation | None:
    """The mutation behind a root field; None for a field of the fixed half."""
    for verb in Verb:
        rest = name.removeprefix(verb)
        kind = model.by_root_field.get(rest[:1].lower() + rest[1:])
        if rest != name and kind is not None:
            return Mutation(verb, kind, many=rest == kind.plural)
    return None
