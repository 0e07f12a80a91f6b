"""Whether one field is sound by itself."""

from __future__ import annotations

from models.errors import Problem, told
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
        sentence = "Fields of links cannot be unique; `repeatable: false` makes each pair unique."
        return [told("never_unique", sentence, ("unique",), case="link")]
    if not kind.sortable or kind.is_list or kind.columns(field)[0].storage is Storage.BOOLEAN:
        sentence = "A field of kind {kind} cannot be unique; use text."
        return [told("never_unique", sentence, ("unique",), kind=field.kind)]
    if field.default is not None:
        sentence = "Only one record could hold this default; take out `unique` or `default`."
        return [told("unique_default", sentence, ("default",))]
    return []


def _required(field: Field) -> list[Problem]:
    if field.required and field.read_only and field.default is None:
        sentence = "Nobody could fill a field that is required and read-only; give it a default."
        return [told("never_filled", sentence, ("required",))]
    return []


def _deprecated(field: Field) -> list[Problem]:
    if field.deprecated and field.required and field.default is None:
        sentence = "Clients must still give a field that is required; take out `required`, or give it a default."
        return [told("required_deprecated", sentence, ("deprecated",))]
    return []
