"""Operations of GraphQL in the making: a text whose values are all variables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

INFO = "pageInfo { hasNextPage endCursor }"
ERRORS = "errors { code message path details }"


@dataclass(slots=True)
class Operation:
    """Takes down the variables that its arguments need."""

    variables: dict[str, Any] = field(default_factory=dict)
    _declared: list[str] = field(default_factory=list)

    def arguments(self, *given: tuple[str, str, Any], more: str = "") -> str:
        """Arguments (names, types, values) in brackets, behind `more`; those without a value are left out."""
        named = [more] if more else []
        for name, type_name, value in given:
            if value is not None:
                self.variables[name] = value
                named.append(f"{name}: {self.variable(name, type_name)}")
        return f"({', '.join(named)})" if named else ""

    def variable(self, name: str, type_name: str) -> str:
        """A variable whose value comes with the request, or later."""
        self._declared.append(f"${name}: {type_name}")
        return f"${name}"

    def text(self, sort: str, selection: str) -> str:
        """The whole of it."""
        declared = f" ({', '.join(self._declared)})" if self._declared else ""
        return f"{sort}{declared} {{ {selection} }}"
