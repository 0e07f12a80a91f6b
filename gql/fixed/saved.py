"""Saved queries: kept, listed with what is wrong with them, deleted; and filters printed as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import strawberry
from graphql import GraphQLError, GraphQLInputType, coerce_input_value, validate_input_value
from strawberry.scalars import JSON

from gql.fixed.context import Context, FixedInfo
from gql.fixed.pages import check_first
from gql.fixed.planning import ProblemShown, shown_problems
from gql.fixed.refusing import no_such, tried
from gql.plan.segments import not_read
from models.errors import NotFound
from models.expressions import BadExpression, condition, printed
from models.ids import new_id
from models.saved import SavedParameter, SavedQuery, check, signatures

MOST_LISTED = 1_000


@strawberry.type(name="SavedQueryParameter", description="A value that is given when a saved query is used.")
class ParameterShown:
    """A parameter, as the API shows it."""

    name: str = strawberry.field(description="Its name, in the condition with a $ before it.")
    type: str = strawberry.field(description="The scalar of its values.")
    list: bool = strawberry.field(description="Whether it takes several values.")
    default: JSON | None = strawberry.field(description="What it is when it is not given; null where it must be.")


@strawberry.type(name="SavedQuery", description="A named condition on the records of a type, usable as a segment.")
class SavedQueryShown:
    """A saved query, as the API shows it."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="The name that filters use it by.")
    type: str = strawberry.field(description="The type of the records that it asks for.")
    where: str = strawberry.field(description="The condition, in the expression language.")
    description: str = strawberry.field(description="What it is for, for people.")
    shared: bool = strawberry.field(description="Whether everyone may use it; else its owner alone.")
    owner: str = strawberry.field(description="The name of the person who saved it.")
    mine: bool = strawberry.field(description="Whether the reader saved it.")
    parameters: list[ParameterShown] = strawberry.field(description="What is given when it is used.")
    look: JSON | None = strawberry.field(description="How whoever saved it shows its records; as it was given.")
    problems: list[ProblemShown] = strawberry.field(
        description="What is wrong with it on the present model; a query with any cannot be used until it is mended."
    )


@strawberry.input(name="SavedQueryParameterInput", description="A value that is to be given when the query is used.")
class ParameterInput:
    """A parameter, as it is given."""

    name: str = strawberry.field(description="Its name, without the $.")
    type: str = strawberry.field(description="The scalar of its values: Int, Decimal, String, Date, DateTime …")
    list: bool = strawberry.field(default=False, description="Whether it takes several values, as for in.")
    default: JSON | None = strawberry.field(default=None, description="What it is when it is not given.")


@strawberry.input(name="SaveQueryInput", description="A query to be kept.")
class SaveQueryInput:
    """What is to be saved."""

    name: str = strawberry.field(description="Unique among those shared, or among your own.")
    type: str = strawberry.field(description="The type of the records.")
    where: str = strawberry.field(description="The condition, in the expression language: revenue > $least.")
    id: strawberry.ID | None = strawberry.field(default=None, description="Of the query to put it in the place of.")
    description: str = strawberry.field(default="", description="What it is for.")
    shared: bool = strawberry.field(default=False, description="Whether everyone may use it.")
    parameters: list[ParameterInput] = strawberry.field(default_factory=list, description="What is given on use.")
    look: JSON | None = strawberry.field(
        default=None, description="How its records are to be shown, such as columns and order: any JSON, 16,000 bytes."
    )
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.type(name="SaveQueryPayload", description="The query that was kept, or why it was not.")
class SaveQueryPayload:
    """What came of saving."""

    saved_query: SavedQueryShown | None = strawberry.field(description="As it is kept; null when it was refused.")
    errors: list[ProblemShown] = strawberry.field(description="Everything wrong with it; nothing was kept then.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


@strawberry.input(name="DeleteSavedQueryInput", description="A saved query to be deleted.")
class DeleteSavedQueryInput:
    """What is to be deleted."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    client_mutation_id: str | None = strawberry.field(default=None, description="Given back as it is.")


@strawberry.type(name="DeleteSavedQueryPayload", description="The query that was deleted, or why it was not.")
class DeleteSavedQueryPayload:
    """What came of deleting."""

    deleted_id: strawberry.ID | None = strawberry.field(description="Its id; null when it was refused.")
    errors: list[ProblemShown] = strawberry.field(description="Why it was refused; nothing was deleted then.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


async def saved_queries(
    info: FixedInfo,
    type: Annotated[str | None, strawberry.argument(description="Only those for records of this type.")] = None,
    first: Annotated[int, strawberry.argument(description="How many, at most 1,000.")] = 200,
) -> list[SavedQueryShown]:
    """Those the reader may use, by name."""
    check_first(first, MOST_LISTED)
    context = info.context
    saved = await context.saved.refresh()
    theirs = [each for each in saved.queries if each.shared or each.owner == context.actor.id]
    found = [each for each in theirs if type in (None, each.type_name)]
    if not found and type is not None and type not in context.model.types:
        raise no_such("type", type, context.model.types)
    return [_shown(context, each) for each in found[:first]]


async def saved_query(
    info: FixedInfo, id: Annotated[strawberry.ID, strawberry.argument(description="The saved query.")]
) -> SavedQueryShown | None:
    """One by its id."""
    context = info.context
    try:
        return _shown(context, context.saved.visible(context.actor, str(id), await context.saved.refresh()))
    except NotFound:
        return None


async def save_query(
    info: FixedInfo,
    input: Annotated[SaveQueryInput, strawberry.argument(description="What is to be kept.")],  # noqa: A002 - the argument's name in the API
) -> SaveQueryPayload:
    """Keep a query; everything wrong with it is in the errors."""
    kept, errors = await tried(_kept(info.context, input))
    shown = _shown(info.context, kept) if kept else None
    return SaveQueryPayload(saved_query=shown, errors=errors, client_mutation_id=input.client_mutation_id)


async def _kept(context: Context, given: SaveQueryInput) -> SavedQuery:
    return await context.saved.save(context.actor, await _wanted(context, given), context.model)


async def delete_saved_query(
    info: FixedInfo,
    input: Annotated[DeleteSavedQueryInput, strawberry.argument(description="What is to be deleted.")],  # noqa: A002 - the argument's name in the API
) -> DeleteSavedQueryPayload:
    """Forget a query."""
    context = info.context
    gone, errors = await tried(context.saved.delete(context.actor, str(input.id)))
    deleted = strawberry.ID(gone.id) if gone else None
    return DeleteSavedQueryPayload(deleted_id=deleted, errors=errors, client_mutation_id=input.client_mutation_id)


async def filter_text(
    info: FixedInfo,
    type: Annotated[str, strawberry.argument(description="The type whose records are filtered: Company.")],
    where: Annotated[JSON, strawberry.argument(description="The filter, as where of a list takes it.")],
) -> str:
    """A typed filter in the expression language."""
    context = info.context
    kind = context.model.types.get(type)
    if kind is None:
        raise GraphQLError(f"There is no type {type[:80]!r}.", extensions={"code": "unknown_type"})
    of_type: GraphQLInputType = context.edition.schema.type_map[f"{type}Filter"]  # type: ignore[assignment]  # filters are inputs
    validate_input_value(where, of_type, _refuse)
    text = printed(coerce_input_value(where, of_type), context.model, kind)
    saved = await context.saved.refresh()
    try:
        condition(text, context.model, kind, segments=signatures(saved.of(context.actor.id)))
    except BadExpression as error:
        raise not_read("where", error) from error
    return text


def _refuse(error: GraphQLError, path: Sequence[str | int]) -> None:
    where = ".".join(map(str, ("where", *path)))
    raise GraphQLError(f"{where}: {error.message}", extensions={"code": "bad_filter"})


async def _wanted(context: Context, given: SaveQueryInput) -> SavedQuery:
    parameters = tuple(SavedParameter(each.name, each.type, each.list, each.default) for each in given.parameters)
    wanted = SavedQuery(
        id=new_id(),
        name=given.name,
        type_name=given.type,
        where=given.where,
        owner=context.actor.id,
        owner_name=context.actor.name,
        shared=given.shared,
        description=given.description[:2_000],
        parameters=parameters,
        look=given.look,
    )
    if given.id is None:
        return wanted
    before = context.saved.visible(context.actor, str(given.id), await context.saved.refresh())
    return replace(wanted, id=before.id, owner=before.owner, owner_name=before.owner_name)


def _shown(context: Context, query: SavedQuery) -> SavedQueryShown:
    return SavedQueryShown(
        id=strawberry.ID(query.id),
        name=query.name,
        type=query.type_name,
        where=query.where,
        description=query.description,
        shared=query.shared,
        owner=query.owner_name,
        mine=query.owner == context.actor.id,
        parameters=[
            ParameterShown(name=each.name, type=each.scalar, list=each.many, default=each.default)
            for each in query.parameters
        ],
        look=query.look,
        problems=shown_problems(check(query, context.model, context.saved.present)),
    )
