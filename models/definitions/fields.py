"""Whether one field is sound by itself."""

from __future__ import annotations

from models.errors import Problem
from models.fields import KINDS
from models.fields.kind import Storage
from models.metamodel import Field


def check_field(field: Field, *, of_link: bool) -> list[Problem]:
    """Problems of a field's options and default, and of what its flags ask of its kind."""
    return [
        *KINDS[field.kind].check_definition(field),
        *_unique(field, of_link=of_link),
        *_required(field),
        *_deprecated(field),
    ]


def _unique(field: Field, *, of_link: bool) -> list[Problem]:
    if not field.unique:
        return []
    kind = KINDS[field.kind]
    if of_link:
        message = "Fields of links cannot be unique; `repeatable: false` makes each pair unique."
        return [Problem("never_unique", message, ("unique",))]
    if not kind.sortable or kind.is_list or kind.columns(field)[0].storage is Storage.BOOLEAN:
        return [Problem("never_unique", f"A field of kind {field.kind} cannot be unique; use text.", ("unique",))]
    if field.default is not None:
        message = "Only one record could hold this default; take out `unique` or `default`."
        return [Problem("unique_default", message, ("default",))]
    return []


def _required(field: Field) -> list[Problem]:
    if field.required and field.read_only and field.default is None:
        message = "Nobody could fill a field that is required and read-only; give it a default."
        return [Problem("never_filled", message, ("required",))]
    return []


def _deprecated(field: Field) -> list[Problem]:
    if field.deprecated and field.required and field.default is None:
        message = "Clients must still give a field that is required; take out `required`, or give it a default."
        return [Problem("required_deprecated", message, ("deprecated",))]
    return []
