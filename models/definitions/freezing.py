"""Plain data made immutable, without a check: for definitions that were checked before they were stored."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from models.metamodel import NO_LABELS, NO_OPTIONS, Labels, When


def frozen(value: Any) -> Any:
    """Maps and lists, all the way down, as read-only maps and tuples."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: frozen(entry) for key, entry in value.items()})
    return tuple(frozen(entry) for entry in value) if isinstance(value, (list, tuple)) else value


def frozen_labels(plain: Mapping[str, Any] | None) -> Labels:
    """Texts by language, as `labels_to_plain` writes them."""
    if not plain:
        return NO_LABELS
    return MappingProxyType(
        {
            language: MappingProxyType(forms if isinstance(forms, dict) else {"other": forms})
            for language, forms in plain.items()
        }
    )


def frozen_options(plain: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The options of a field, as `field_to_plain` writes them."""
    if not plain:
        return NO_OPTIONS
    options = {name: frozen(option) for name, option in plain.items()}
    if "choices" in plain:
        options["choices"] = tuple(
            MappingProxyType(
                {**choice, "labels": frozen_labels(choice["labels"])} if "labels" in choice else {**choice}
            )
            for choice in plain["choices"]
        )
    return MappingProxyType(options)


def frozen_when(plain: Mapping[str, Any] | None) -> When | None:
    """When a field is asked for, as `when_to_plain` writes it."""
    return When(plain["field"], tuple(plain["values"]), plain.get("required", False)) if plain else None
