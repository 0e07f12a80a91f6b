"""Changing the model: what a change would do, and doing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from gql.fixed.context import Context, FixedInfo
from gql.fixed.labels import plain
from gql.fixed.model import ModelShown, shown_model
from gql.fixed.patches import ApplyModelInput, ModelPatchInput, document
from gql.fixed.scalars import PathStep
from graph import model_plan, model_versions
from graph.registry import MOST_BREAKS
from models.api_breaks import ApiBreak
from models.definitions import ModelPatch, patch_from_plain
from models.difference import Effect
from models.errors import ModelChanged, Problem, Rejected

strawberry.enum(
    Effect,
    name="ModelEffect",
    description="What a change does to data that is there: nothing, writes values into it, or loses something.",
)
FORBIDDEN = Problem(
    "forbidden", "Only administrators may change the model. Ask one of them, or plan the change and send it to them."
)


@strawberry.type(name="MutationError", description="One thing wrong with what was asked for.")
class ProblemShown:
    """A problem, as the API shows it."""

    code: str = strawberry.field(description="What is wrong, for programs; it stays the same.")
    message: str = strawberry.field(description="What is wrong and how to mend it.")
    path: list[PathStep] = strawberry.field(description="Where it is, from the input on.")
    details: JSON | None = strawberry.field(description="Facts for programs, such as both values of a conflict.")


@strawberry.type(name="ModelChange", description="One change of the model, and what it touches.")
class ChangeShown:
    """A planned change, as the API shows it."""

    code: str = strawberry.field(description="The sort of change, for programs.")
    effect: Effect = strawberry.field(description="What it does to data that is there.")
    sentence: str = strawberry.field(description="The change and its count, for people.")
    path: list[PathStep] = strawberry.field(description="What it is about.")
    details: JSON | None = strawberry.field(description="The facts of the sentence, for programs.")
    records: int = strawberry.field(description="How many records it touches.")
    links: int = strawberry.field(description="How many links it touches.")


@strawberry.type(name="ApiBreak", description="One thing that clients of the API can no longer count on.")
class BreakShown:
    """A break, as the API shows it."""

    code: str = strawberry.field(description="The sort of break, under the name GraphQL's own tools have for it.")
    sentence: str = strawberry.field(description="What is gone or otherwise, for people.")
    details: JSON | None = strawberry.field(description="The facts of the sentence, for programs.")


@strawberry.type(name="ModelPlan", description="What a patch would do, counted; nothing has been changed.")
class PlanShown:
    """A plan, as the API shows it."""

    version: int = strawberry.field(description="The version of the model that the plan was made on.")
    effect: Effect = strawberry.field(description="The gravest effect of all changes.")
    changes: list[ChangeShown] = strawberry.field(description="Every change.")
    errors: list[ProblemShown] = strawberry.field(description="Everything in the way; with any it cannot be applied.")
    api_breaks: list[BreakShown] = strawberry.field(
        description="What breaks for clients of this API, records first; at most 1,000 are told."
    )


@strawberry.type(description="The model after a change, or why it was refused.")
class ApplyModelPayload:
    """What came of an application."""

    model: ModelShown = strawberry.field(description="The model in force now.")
    plan: PlanShown | None = strawberry.field(description="What was done; null when it was refused.")
    errors: list[ProblemShown] = strawberry.field(description="Why it was refused; nothing was changed then.")
    client_mutation_id: str | None = strawberry.field(description="As it was given.")


async def plan_model(
    info: FixedInfo,
    input: Annotated[ModelPatchInput, strawberry.argument(description="The change to plan.")],  # noqa: A002 - the argument's name in the API
) -> PlanShown:
    """The plan of a patch; everything wrong with it is in its errors."""
    context = info.context
    patch, problems = patch_from_plain(document(input))
    if problems:
        nothing = model_plan.ModelPlan(context.registry.model, context.registry.model, (), tuple(problems))
        return shown_plan(nothing)
    return shown_plan(await context.registry.plan(context.actor, patch))


async def apply_model(
    info: FixedInfo,
    input: Annotated[ApplyModelInput, strawberry.argument(description="The change to make.")],  # noqa: A002 - the argument's name in the API
) -> ApplyModelPayload:
    """Make a patch part of the model. What the caller can mend is in the payload."""
    context = info.context
    try:
        plan: PlanShown | None = await _applied(context, input)
        errors: list[ProblemShown] = []
    except Rejected as error:
        plan, errors = None, shown_problems(error.problems)
    except ModelChanged as error:
        plan, errors = None, shown_problems([Problem(error.code, error.message, ("expectedVersion",))])
    return ApplyModelPayload(
        model=shown_model(context.registry.model),
        plan=plan,
        errors=errors,
        client_mutation_id=input.client_mutation_id or None,
    )


async def _applied(context: Context, given: ApplyModelInput) -> PlanShown:
    if not context.actor.administrator:
        raise Rejected([FORBIDDEN])
    patch: ModelPatch
    patch, problems = patch_from_plain(document(given))
    if problems:
        raise Rejected(problems)
    expected = given.expected_version
    plan = await context.registry.apply(
        context.actor,
        patch,
        expected_version=None if expected is strawberry.UNSET else expected,
        reason=given.reason or "",
    )
    return shown_plan(plan)


def shown_plan(plan: model_plan.ModelPlan) -> PlanShown:
    """A plan for the API."""
    changes = [
        ChangeShown(
            code=planned.change.code,
            effect=planned.change.effect,
            sentence=planned.sentence,
            path=[PathStep(step) for step in planned.change.path],
            details=plain(planned.change.facts) if planned.change.facts else None,
            records=planned.records,
            links=planned.links,
        )
        for planned in plan.changes
    ]
    return PlanShown(
        version=plan.before.version,
        effect=plan.effect,
        changes=changes,
        errors=shown_problems(plan.problems),
        api_breaks=[shown_break(each) for each in plan.breaks[:MOST_BREAKS]],
    )


def shown_change(change: model_versions.PublishedChange) -> ChangeShown:
    """A change that a version brought, for the API."""
    return ChangeShown(
        code=change.code,
        effect=Effect(change.effect),
        sentence=change.sentence,
        path=[PathStep(step) for step in change.path],
        details=plain(change.facts) if change.facts else None,
        records=change.records,
        links=change.links,
    )


def shown_break(each: ApiBreak) -> BreakShown:
    """A break for the API."""
    return BreakShown(code=each.code, sentence=each.sentence, details=plain(each.facts) if each.facts else None)


def shown_problems(problems: Iterable[Problem]) -> list[ProblemShown]:
    """Problems for the API."""
    return [
        ProblemShown(
            code=problem.code,
            message=problem.message,
            path=[PathStep(step) for step in problem.path],
            details=plain(problem.details) if problem.details else None,
        )
        for problem in problems
    ]
