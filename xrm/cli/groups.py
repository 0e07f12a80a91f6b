"""A command group that stands for a command too: `xrm import PATH` beside `xrm import undo RUN`."""

from __future__ import annotations

from typing import Any, ClassVar

from typer.core import TyperGroup


class DefaultGroup(TyperGroup):
    """A group whose first argument may be left out: what names no command of the group goes to `default`."""

    default: ClassVar[str]

    # typer keeps the type of its context to itself
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command's name in front of arguments that name none."""
        if args and args[0] not in self.commands and args[0] not in {"--help", "-h"}:
            args = [self.default, *args]
        return super().parse_args(ctx, args)
