"""Whether a list is answered as a page, or streamed as CSV or NDJSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gql.http.media import MediaType, negotiated
from gql.rest.problems import bad_parameters, refusal
from gql.streaming.responding import Form
from models.errors import Problem


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


def check_form(form: Form | None, given: Mapping[str, Any]) -> None:
    """Raises Refusal for parameters that say nothing of an answer in this form."""
    problems = []
    if "labels" in given and form is not Form.CSV:
        told = "labels: only CSV has a header; leave labels out, or ask for format=csv."
        problems.append(Problem("bad_parameter", told, ("labels",)))
    if given.get("count") and form is not None:
        told = "count: a stream tells no totalCount; leave count out, or ask for a page with first=0."
        problems.append(Problem("bad_parameter", told, ("count",)))
    if problems:
        raise bad_parameters(problems)
