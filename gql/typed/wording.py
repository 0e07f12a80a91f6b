"""What the schema says of types and fields: the model's English texts, or their names where nothing is said."""

from __future__ import annotations

from models.metamodel import Field, Labels


def text(labels: Labels) -> str | None:
    """A label's English text, for descriptions."""
    forms = labels.get("en") or next(iter(labels.values()), {})
    return forms.get("other") or forms.get("one")


def describe(field: Field) -> str:
    """What a field means."""
    return text(field.help) or text(field.labels) or field.name
