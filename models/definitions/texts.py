"""Texts by language as plain data."""

from __future__ import annotations

from typing import Any

from models.metamodel import Labels


def labels_to_plain(labels: Labels) -> dict[str, Any]:
    """Texts by language; one that has a single form stands plain."""
    return {language: forms["other"] if set(forms) == {"other"} else dict(forms) for language, forms in labels.items()}
