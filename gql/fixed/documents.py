"""Persisted documents through the API, for administrators: registered, listed and forgotten, as `xrm document` does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import strawberry
from graphql import GraphQLError

from gql.documents import check
from gql.fixed.context import Context, FixedInfo
from gql.fixed.planning import ProblemShown
from gql.fixed.refusing import tried
from graph import documents
from models.documents import MOST_AT_ONCE, id_of
from models.errors import Problem, Rejected

FORBIDDEN = Problem("forbidden", "Only administrators may see and change what is persisted. Ask one of them.")


@strawberry.type(name="PersistedDocument", description="A GraphQL text that clients may send the id of instead.")
class DocumentShown:
    """A document, as the API shows it."""

    id: strawberry.ID = strawberry.field(description="sha256: and the digest of the text.")
    name: str = strawberry.field(description="What it was called when it was registered first.")
    text: str = strawberry.field(description="What it says.")
    at: datetime = strawberry.field(description="When it was registered.")
    by: str = strawberry.field(description="Who registered it, by name.")


@strawberry.input(name="DocumentInput", description="A document to register.")
class DocumentInput:
    """A text and its name."""

    name: str = strawberry.field(description="What to call it, such as the name of its file; each once.")
    text: str = strawberry.field(description="What it says, byte for byte as clients will have it.")


@strawberry.type(name="RegisteredDocument", description="A document that is persisted now.")
class Registered:
    """What became of one text."""

    id: strawberry.ID = strawberry.field(description="The id that stands for it.")
    name: str = strawberry.field(description="As it was given.")
    is_new: bool = strawberry.field(description="Whether it was not persisted before.")


@strawberry.input(description="Documents to register.")
class RegisterDocumentsInput:
    """All of them, or none."""

    documents: list[DocumentInput] = strawberry.field(description=f"The documents, at most {MOST_AT_ONCE:,}.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.type(description="What is registered, or why nothing was.")
class RegisterDocumentsPayload:
    """What came of it."""

    documents: list[Registered] | None = strawberry.field(
        description="One for each that was given, in their order; null when refused."
    )
    errors: list[ProblemShown] = strawberry.field(
        description="Everything wrong with the input; empty when it was done."
    )
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


@strawberry.input(description="Documents to forget.")
class ForgetDocumentsInput:
    """By their ids."""

    ids: list[strawberry.ID] = strawberry.field(description="Their ids; what is not persisted is passed over.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Comes back in the payload.")


@strawberry.type(description="What is forgotten, or why nothing was.")
class ForgetDocumentsPayload:
    """What came of it."""

    forgotten_ids: list[strawberry.ID] | None = strawberry.field(
        description="The ids of those that were persisted; null when refused."
    )
    errors: list[ProblemShown] = strawberry.field(
        description="Everything wrong with the input; empty when it was done."
    )
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


async def persisted_documents(
    info: FixedInfo,
    first: Annotated[int, strawberry.argument(description=f"How many, at most {MOST_AT_ONCE:,}.")] = 100,
    after_id: Annotated[str, strawberry.argument(description="Begin behind this id.")] = "",
) -> list[DocumentShown]:
    """Documents in the order of their ids."""
    _admit(info.context)
    if not 0 <= first <= MOST_AT_ONCE:
        message = f"Ask for 0 to {MOST_AT_ONCE:,} documents at once, not {first}."
        raise GraphQLError(message, extensions={"code": "page_too_large"})
    found = await documents.listed(info.context.database, most=first, after=after_id)
    return [
        DocumentShown(id=strawberry.ID(one.id), name=one.name, text=one.text, at=one.at, by=one.by) for one in found
    ]


async def register_documents(
    info: FixedInfo,
    input: Annotated[RegisterDocumentsInput, strawberry.argument(description="What is to be registered.")],  # noqa: A002 - the argument's name in the API
) -> RegisterDocumentsPayload:
    """Persist documents; everything wrong with them is in the errors."""
    registered, errors = await tried(_registered(info.context, input.documents))
    return RegisterDocumentsPayload(documents=registered, errors=errors, client_mutation_id=input.client_mutation_id)


async def forget_documents(
    info: FixedInfo,
    input: Annotated[ForgetDocumentsInput, strawberry.argument(description="What is to be forgotten.")],  # noqa: A002 - the argument's name in the API
) -> ForgetDocumentsPayload:
    """Persist documents no longer."""
    forgotten, errors = await tried(_forgotten(info.context, input.ids))
    return ForgetDocumentsPayload(forgotten_ids=forgotten, errors=errors, client_mutation_id=input.client_mutation_id)


async def _forgotten(context: Context, ids: list[strawberry.ID]) -> list[strawberry.ID]:
    _admit(context)
    return [strawberry.ID(id) for id in await documents.forget(context.database, [str(id) for id in ids])]


async def _registered(context: Context, given: list[DocumentInput]) -> list[Registered]:
    _admit(context)
    texts = {one.name: one.text for one in given}
    problems = [problem for name, text in texts.items() for problem in check(name, text)]
    if len(texts) < len(given):
        problems.append(Problem("twice", "Two documents have one name; call each otherwise.", ("documents",)))
    if problems:
        raise Rejected(problems)
    new = await documents.persist(context.database, context.actor, texts, now=datetime.now(UTC))
    return [
        Registered(id=strawberry.ID(id_of(text)), name=name, is_new=id_of(text) in new) for name, text in texts.items()
    ]


def _admit(context: Context) -> None:
    if not context.actor.administrator:
        raise Rejected([FORBIDDEN])
