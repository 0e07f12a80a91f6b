"""Whether a list is answered as a page, or streamed as CSV or NDJSON."""

from __future__ import annotations

from gql.http.media import MediaType, negotiated
from gql.rest.problems import refusal
from gql.streaming.responding import Form


def wanted_form(accept: str | None, named: str | None) -> Form | None:
    """The form of a stream; None for a page. A name goes before the header. Raises Refusal, 406."""
    if named is not None:
        return {"csv": Form.CSV, "ndjson": Form.NDJSON}.get(named)
    form, media = Form.of(accept), negotiated(accept)
    if media is MediaType.JSON and (form is None or MediaType.JSON in (accept or "")):
        return None
    if form is None:
        said = f"Lists are {MediaType.JSON}, {' or '.join(Form)}; let the Accept header take one of them."
        raise refusal(406, "not_acceptable", said)
    return form
