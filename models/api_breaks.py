"""What a change of the model breaks for those who use the API, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from models.metamodel import Metamodel


@dataclass(frozen=True, slots=True)
class ApiBreak:
    """One thing that was there and is no longer so: its code is that of GraphQL's own tools, such as `FIELD_REMOVED`.

    The facts are what the sentence speaks of: `name`, and `before`, `after`, `of` or `reason` where there is one.
    """

    code: str
    sentence: str
    facts: Mapping[str, str] = field(default_factory=dict, compare=False)


# from the model as it is and as it would be
FindBreaks = Callable[[Metamodel, Metamodel], tuple[ApiBreak, ...]]
