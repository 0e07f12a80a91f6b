"""The fixed half of the schema: its roots, and the schema they make."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

import strawberry
from graphql import GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig

from gql.fixed.account_changes import AccountChangeConnection, account_changes
from gql.fixed.accounts import (
    UserPayload,
    UserShown,
    add_user,
    set_user_administrator,
    set_user_disabled,
    set_user_password,
    set_user_person,
    users,
)
from gql.fixed.allowances import SetAllowancePayload, set_allowance
from gql.fixed.analyses import (
    analyses,
    analysis,
    analysis_schedules,
    cancel_analysis,
    compare_runs,
    followed,
    schedule_analysis,
    start_analysis,
)
from gql.fixed.analysis_types import (
    AnalysisConnection,
    AnalysisPayload,
    AnalysisSchedule,
    AnalysisShown,
    RunComparison,
    ScheduleAnalysisPayload,
)
from gql.fixed.answers.roots import AnswerRoots
from gql.fixed.change_types import ChangeConnection
from gql.fixed.changes import ChangeFeed, changes, history
from gql.fixed.context import FixedInfo
from gql.fixed.credentials import (
    CreateTokenPayload,
    EndCredentialPayload,
    SessionShown,
    TokenShown,
    create_token,
    end_session,
    sessions,
    tokens,
    withdraw_token,
)
from gql.fixed.deliveries import (
    DeliverPagePayload,
    EndPageDeliveryPayload,
    PageDeliveryShown,
    deliver_page,
    end_page_delivery,
    page_deliveries,
)
from gql.fixed.documents import (
    DocumentShown,
    ForgetDocumentsPayload,
    RegisterDocumentsPayload,
    forget_documents,
    persisted_documents,
    register_documents,
)
from gql.fixed.importing.changing import (
    ImportJobPayload,
    ImportUploadPayload,
    cancel_import,
    drop_import_file,
    forget_import,
    look_at_import_file,
    mend_import,
    save_import_mapping,
    start_import,
    try_import,
    undo_import,
)
from gql.fixed.importing.reading import (
    import_guess,
    import_job,
    import_preview,
    import_problems,
    import_upload,
    imports,
)
from gql.fixed.importing.types import (
    GuessShown,
    ImportConnection,
    ImportProblemConnection,
    JobShown,
    PreviewShown,
    UploadShown,
)
from gql.fixed.model import ModelShown, model, shown_model
from gql.fixed.model_versions import ModelVersionShown, model_versions
from gql.fixed.notification_wishes import (
    ChooseNotificationsPayload,
    NotificationKindShown,
    choose_notifications,
    notification_kinds,
)
from gql.fixed.notifications import (
    MarkNotificationsReadPayload,
    NotificationConnection,
    NotificationShown,
    heard,
    mark_notifications_read,
    notifications,
)
from gql.fixed.packs import ExportedPack, InstallPackPayload, PackShown, exported_pack, install_pack, packs
from gql.fixed.people import Me, me
from gql.fixed.planning import ApplyModelPayload, PlanShown, apply_model, plan_model
from gql.fixed.saved import (
    DeleteSavedQueryPayload,
    SavedQueryShown,
    SaveQueryPayload,
    delete_saved_query,
    filter_text,
    save_query,
    saved_queries,
    saved_query,
)
from gql.fixed.saved_pages import (
    DeleteSavedPagePayload,
    RestoreSavedPagePayload,
    SavedPageShown,
    SavePagePayload,
    delete_saved_page,
    restore_saved_page,
    save_page,
    saved_page,
    saved_pages,
)
from gql.fixed.scalars import SCALARS
from gql.fixed.server_state import ServerState, server_state
from gql.fixed.undo import UndoPayload, undo_activity, undo_change
from gql.fixed.view360 import view360
from gql.fixed.view_types import View360Shown
from gql.fixed.wording import describe_values


@strawberry.type(description="Reading.")
class Query(AnswerRoots):
    """Reading."""

    me: Me = strawberry.field(resolver=me, description="Who asks.")
    model: ModelShown = strawberry.field(resolver=model, description="All types and relations.")
    plan_model: PlanShown = strawberry.field(
        resolver=plan_model, description="What a change of the model would do, counted; nothing is changed."
    )
    model_versions: list[ModelVersionShown] = strawberry.field(
        resolver=model_versions, description="The versions the model has had, the newest first."
    )
    view360: View360Shown | None = strawberry.field(
        resolver=view360, description="Everything about one record at once; null when there is no such record."
    )
    history: ChangeConnection = strawberry.field(
        resolver=history,
        description="The changes of any record or link by its id, the newest first; also of one that is no more.",
    )
    changes: ChangeFeed = strawberry.field(
        resolver=changes,
        description="All changes in the order of their numbers, from a cursor on: for programs that keep up with XRM.",
    )
    analyses: AnalysisConnection = strawberry.field(
        resolver=analyses, description="Runs of analytics, the newest first."
    )
    analysis: AnalysisShown | None = strawberry.field(resolver=analysis, description="A run of analytics, by its id.")
    analysis_schedules: list[AnalysisSchedule] = strawberry.field(
        resolver=analysis_schedules, description="When runs begin by themselves."
    )
    compare_runs: RunComparison = strawberry.field(
        resolver=compare_runs, description="Two runs of one engine: what moved, and why."
    )
    notifications: NotificationConnection = strawberry.field(
        resolver=notifications, description="What you were told, the newest first."
    )
    notification_kinds: list[NotificationKindShown] = strawberry.field(
        resolver=notification_kinds, description="What you can be told of by itself, and whether you want it."
    )
    saved_queries: list[SavedQueryShown] = strawberry.field(
        resolver=saved_queries, description="The saved queries that the reader may use, by name, with what is wrong."
    )
    saved_query: SavedQueryShown | None = strawberry.field(
        resolver=saved_query, description="A saved query by its id; null when there is none that the reader may use."
    )
    saved_pages: list[SavedPageShown] = strawberry.field(
        resolver=saved_pages, description="The dashboards, scenes and scenarios that the reader may see, by name."
    )
    saved_page: SavedPageShown | None = strawberry.field(
        resolver=saved_page, description="A saved page by its id; null when there is none that the reader may see."
    )
    page_deliveries: list[PageDeliveryShown] = strawberry.field(
        resolver=page_deliveries, description="The saved pages that come to the reader by themselves, by name."
    )
    persisted_documents: list[DocumentShown] = strawberry.field(
        resolver=persisted_documents, description="What is persisted, by id. For administrators."
    )
    filter_text: str = strawberry.field(
        resolver=filter_text, description="A filter of a type, given as an object, in the expression language."
    )
    packs: list[PackShown] = strawberry.field(
        resolver=packs, description="The packs that come with XRM and those in the model. For administrators."
    )
    exported_pack: ExportedPack | None = strawberry.field(
        resolver=exported_pack,
        description="A pack of the model as files; what came with none is `own`. For administrators.",
    )
    users: list[UserShown] = strawberry.field(resolver=users, description="Every account. For administrators.")
    account_changes: AccountChangeConnection = strawberry.field(
        resolver=account_changes,
        description="What was changed of accounts, tokens and sessions, the newest first. For administrators.",
    )
    tokens: list[TokenShown] = strawberry.field(resolver=tokens, description="Bearer tokens, one's own or everybody's.")
    sessions: list[SessionShown] = strawberry.field(
        resolver=sessions, description="Browsers that are signed in, one's own or everybody's."
    )
    server_state: ServerState = strawberry.field(
        resolver=server_state, description="How the server does, and its settings. For administrators."
    )
    import_upload: UploadShown | None = strawberry.field(
        resolver=import_upload, description="Files sent for an import, and how far that is. For administrators."
    )
    import_guess: GuessShown = strawberry.field(
        resolver=import_guess, description="What the files of an upload most likely mean. For administrators."
    )
    import_preview: PreviewShown = strawberry.field(
        resolver=import_preview, description="What the first rows of a file become. For administrators."
    )
    import_problems: ImportProblemConnection = strawberry.field(
        resolver=import_problems, description="What is wrong with rows of an import, by pages. For administrators."
    )
    import_job: JobShown | None = strawberry.field(
        resolver=import_job, description="What is being done for an upload or with a run. For administrators."
    )
    imports: ImportConnection = strawberry.field(
        resolver=imports, description="What was imported, the newest first. For administrators."
    )


@strawberry.type(description="Changing.")
class Mutation:
    """Changing."""

    apply_model: ApplyModelPayload = strawberry.field(
        resolver=apply_model,
        description="Change the model, and the data after it. For administrators. All of it is done, or nothing.",
    )
    undo_change: UndoPayload = strawberry.field(
        resolver=undo_change,
        description="Take back a change, everything that was done at once, or an import; what others did since is safe.",
    )
    undo_activity: UndoPayload = strawberry.field(
        resolver=undo_activity, description="Take back everything that somebody did between two moments."
    )
    start_analysis: AnalysisPayload = strawberry.field(
        resolver=start_analysis,
        description="Ask for a run of analytics; a worker begins it at once, or after one like it.",
    )
    cancel_analysis: AnalysisPayload = strawberry.field(
        resolver=cancel_analysis, description="Cancel a run of analytics, waiting or under way."
    )
    schedule_analysis: ScheduleAnalysisPayload = strawberry.field(
        resolver=schedule_analysis, description="Have an engine run by itself, or no longer. For administrators."
    )
    mark_notifications_read: MarkNotificationsReadPayload = strawberry.field(
        resolver=mark_notifications_read, description="Mark what you were told as read."
    )
    choose_notifications: ChooseNotificationsPayload = strawberry.field(
        resolver=choose_notifications, description="Choose what you are told of by itself."
    )
    register_documents: RegisterDocumentsPayload = strawberry.field(
        resolver=register_documents,
        description="Persist GraphQL texts under their digests, all of them or none. For administrators.",
    )
    forget_documents: ForgetDocumentsPayload = strawberry.field(
        resolver=forget_documents, description="Persist documents no longer. For administrators."
    )
    save_query: SaveQueryPayload = strawberry.field(
        resolver=save_query, description="Keep a condition on the records of a type under a name, for filters to use."
    )
    delete_saved_query: DeleteSavedQueryPayload = strawberry.field(
        resolver=delete_saved_query, description="Forget a saved query."
    )
    save_page: SavePagePayload = strawberry.field(
        resolver=save_page,
        description="Keep a dashboard, a scene or a scenario, as a new one or in the place of a version.",
    )
    delete_saved_page: DeleteSavedPagePayload = strawberry.field(
        resolver=delete_saved_page, description="Delete a saved page; for 30 days it can be brought back."
    )
    restore_saved_page: RestoreSavedPagePayload = strawberry.field(
        resolver=restore_saved_page, description="Bring back a deleted page."
    )
    deliver_page: DeliverPagePayload = strawberry.field(
        resolver=deliver_page, description="Have a saved page come to the reader by itself, as a notification."
    )
    end_page_delivery: EndPageDeliveryPayload = strawberry.field(
        resolver=end_page_delivery, description="Let a saved page come to the reader no longer."
    )
    set_allowance: SetAllowancePayload = strawberry.field(
        resolver=set_allowance, description="Set what a person or a token may spend. For administrators."
    )
    install_pack: InstallPackPayload = strawberry.field(
        resolver=install_pack,
        description="Put packs into the model in one change, or tell what that would do. For administrators.",
    )
    add_user: UserPayload = strawberry.field(resolver=add_user, description="Let somebody sign in. For administrators.")
    set_user_password: UserPayload = strawberry.field(
        resolver=set_user_password,
        description="A new password, which ends the sessions: one's own, or for administrators anybody's.",
    )
    set_user_administrator: UserPayload = strawberry.field(
        resolver=set_user_administrator,
        description="Make somebody else an administrator, or one no longer. For administrators.",
    )
    set_user_disabled: UserPayload = strawberry.field(
        resolver=set_user_disabled, description="Shut somebody else out, or let them in again. For administrators."
    )
    set_user_person: UserPayload = strawberry.field(
        resolver=set_user_person, description="Say which record somebody is. For administrators."
    )
    create_token: CreateTokenPayload = strawberry.field(
        resolver=create_token, description="Make a bearer token, shown this once. Only for who signed in by password."
    )
    withdraw_token: EndCredentialPayload = strawberry.field(
        resolver=withdraw_token, description="End a token: one's own, or for administrators anybody's."
    )
    end_session: EndCredentialPayload = strawberry.field(
        resolver=end_session, description="Sign a browser out: one's own, or for administrators anybody's."
    )
    save_import_mapping: ImportUploadPayload = strawberry.field(
        resolver=save_import_mapping, description="Keep a mapping with an upload. For administrators."
    )
    look_at_import_file: ImportUploadPayload = strawberry.field(
        resolver=look_at_import_file,
        description="Look at a file again, its encoding or delimiter given. For administrators.",
    )
    drop_import_file: ImportUploadPayload = strawberry.field(
        resolver=drop_import_file, description="Take a file out of an upload. For administrators."
    )
    mend_import: ImportUploadPayload = strawberry.field(
        resolver=mend_import, description="Put values of an uploaded file right. For administrators."
    )
    forget_import: ImportUploadPayload = strawberry.field(
        resolver=forget_import, description="Throw the files of an upload away. For administrators."
    )
    try_import: ImportJobPayload = strawberry.field(
        resolver=try_import, description="Try an import in the background: nothing is changed. For administrators."
    )
    start_import: ImportJobPayload = strawberry.field(
        resolver=start_import, description="Carry an import out in the background. For administrators."
    )
    undo_import: ImportJobPayload = strawberry.field(
        resolver=undo_import, description="Take an import back in the background. For administrators."
    )
    cancel_import: ImportJobPayload = strawberry.field(
        resolver=cancel_import, description="End what is being done for an import. For administrators."
    )


@strawberry.type(description="Following.")
class Subscription:
    """Following."""

    @strawberry.subscription(description="A run of analytics whenever it has moved on, until it has ended.")
    async def run_progress(
        self, info: FixedInfo, id: Annotated[strawberry.ID, strawberry.argument(description="The run to follow.")]
    ) -> AsyncIterator[AnalysisShown]:
        async for moved in followed(info, id):
            yield moved

    @strawberry.subscription(description="The model after every change of it, whoever makes it.")
    async def model_changed(self, info: FixedInfo) -> AsyncIterator[ModelShown]:
        async for changed in info.context.news.follow():
            yield shown_model(changed)

    @strawberry.subscription(description="What you are told from now on, each once.")
    async def notification(self, info: FixedInfo) -> AsyncIterator[NotificationShown]:
        async for told in heard(info):
            yield told


def strawberry_schema() -> strawberry.Schema:
    """The fixed half as strawberry has it."""
    return strawberry.Schema(Query, Mutation, Subscription, config=StrawberryConfig(scalar_map=SCALARS))


def fixed_schema() -> GraphQLSchema:
    """The fixed half as a schema of graphql-core, made anew, since merging it changes it."""
    schema: GraphQLSchema = strawberry_schema()._schema  # noqa: SLF001 - strawberry has no public name for it
    describe_values(schema)
    return schema


def fixed_sdl() -> str:
    """The fixed half in the schema definition language."""
    return print_schema(fixed_schema()) + "\n"
