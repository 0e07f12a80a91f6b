"""The lists of GraphQL queries as streams: the door's part of them."""

from __future__ import annotations

from starlette.types import Receive, Send

from gql.documents import Documents
from gql.execute.answers import Answer, refusal
from gql.execute.errors import Refused, shown
from gql.http.requests import GraphQLRequest
from gql.streaming.documents import streamed
from gql.streaming.pages import PAGE, Broken, Executes, pages
from gql.streaming.responding import Form, respond
from models.actor import Actor


class ListStreams:
    """Answers requests for rows. The text that was sent is admitted; the pages it is worked off in need not be."""

    def __init__(self, documents: Documents, executor: Executes, max_page: int) -> None:
        self._documents, self._executor, self._page = documents, executor, min(PAGE, max_page)

    async def respond(
        self, request: GraphQLRequest, form: Form, actor: Actor, receive: Receive, send: Send
    ) -> Answer | None:
        """Send the rows; or answer with what is wrong before there are any."""
        untrusted = await self._documents.refusal(request.text)
        if untrusted is not None:
            return untrusted
        try:
            asked = streamed(request.text, request.variables, request.operation_name)
        except Refused as refused:
            return refusal([shown(error) for error in refused.errors])
        if asked is None:
            return await self._executor.execute(
                request.text, request.variables, request.operation_name, actor, mutations_allowed=False
            )
        rows = pages(self._executor, asked.query, actor, self._page)
        try:
            await respond(form, asked.columns, rows, asked.name, receive, send)
        except Broken as broken:
            return broken.answer
        return None
