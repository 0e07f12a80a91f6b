"""What an operation asks of a field of the fixed half, so that nothing is read that nobody wants."""

from __future__ import annotations

from collections.abc import Iterable

from strawberry.types.nodes import SelectedField, Selection

from gql.fixed.context import FixedInfo


def wants(info: FixedInfo, *path: str) -> bool:
    """Whether a field below the one that is resolved is asked for: `wants(info, "paths", "records")`.

    One that a directive may leave out counts as asked for.
    """
    return any(_leads(selected.selections, path) for selected in info.selected_fields)


def _leads(selections: Iterable[Selection], path: tuple[str, ...]) -> bool:
    if not path:
        return True
    for each in selections:
        if not isinstance(each, SelectedField):
            if _leads(each.selections, path):
                return True
        elif each.name == path[0] and _leads(each.selections, path[1:]):
            return True
    return False
