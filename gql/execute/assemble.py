"""Rows into answers by generated code: one Python function for each statement, without a call for each field.

The code counts on a row that holds what the model promises. Where it does not, the row is read again by
`gql.execute.careful`, which knows paths and lets nulls rise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn, Protocol

from cypher import shape
from cypher.shape import Shape
from gql.execute.careful import assembled
from gql.execute.explaining import explainer
from gql.execute.recounting import recounter
from gql.plan.cursors import Cursors

Parameters = Mapping[str, Any]
Answered = tuple[dict[str, Any] | None, list[dict[str, Any]]]
Quick = Callable[[Sequence[Any], Parameters, list[int]], dict[str, Any]]


class Assemble(Protocol):
    """Makes the answer of a row."""

    def __call__(self, row: Sequence[Any], parameters: Parameters, tally: list[int] | None = None) -> Answered:
        """The answer's data and errors; the rows in it are added to the number in `tally`."""
        ...


class Lost(Exception):
    """A required value is not in the row."""


UNREADABLE = (Lost, TypeError, ValueError, LookupError, ArithmeticError, AttributeError)


def assembler(wanted: shape.Record, cursors: Cursors) -> Assemble:
    """A function from a row and its parameters to the answer's data and errors; data is None when a null rose to the top."""
    quick = Code(cursors).function(wanted)

    def assemble(row: Sequence[Any], parameters: Parameters, tally: list[int] | None = None) -> Answered:
        try:
            return quick(row, parameters, [0] if tally is None else tally), []
        except UNREADABLE:
            return assembled(wanted, row, parameters, cursors)

    return assemble


class Code:
    """Writes the function: an expression for each shape, a helper function for each connection and each type."""

    def __init__(self, cursors: Cursors) -> None:
        self.cursors = cursors
        self.names: dict[str, Any] = {"lost": _lost, "cursor": cursors.make}
        self.functions: list[str] = []
        self._count = 0

    def function(self, wanted: shape.Record) -> Quick:
        """The whole function."""
        body = self.record(wanted, "r")
        source = "\n".join([*self.functions, f"def main(r, p, n):\n    return {body}"])
        exec(compile(source, "<answer>", "exec"), self.names)  # noqa: S102  # names and numbers of ours alone
        made: Quick = self.names["main"]
        return made

    def _named(self, prefix: str, value: Any = None) -> str:
        self._count += 1
        name = f"{prefix}{self._count}"
        if value is not None:
            self.names[name] = value
        return name

    def record(self, wanted: shape.Record, row: str) -> str:
        """The text of an object made from a row."""
        return "{" + ", ".join(f"{key!r}: {self.value(part, row)}" for key, part in wanted.entries) + "}"

    def value(self, wanted: Shape, row: str) -> str:  # noqa: C901  # one case for each form
        """The text of one value made from a row."""
        match wanted:
            case shape.Value():
                return self._value(wanted, row)
            case shape.Fixed(value):
                return repr(value)
            case shape.Record():
                return self.record(wanted, row)
            case shape.ByKind(column, kinds):
                return self._by_kind(column, kinds, row)
            case shape.CursorOf(columns, tie, order):
                places = ", ".join(f"{row}[{place}]" for place in columns)
                return f"cursor({order!r}, [{places}], {row}[{tie}])"
            case shape.Rows():
                return self._rows(wanted, row)
            case shape.ConnectionShape():
                return f"{self._connection(wanted)}({row}[{wanted.column}], p, n)"
            case shape.Figures(column, entries):
                return f"{self._object(entries)}({row}[{column}][0], p, n)"
            case shape.Total(column):
                return f"{row}[{column}]"
            case shape.Each(inner):
                return f"[{self.value(inner, 'r')} for r in rows]"
            case shape.Listed(column, inner):
                return f"[{self.value(inner, 'r')} for r in {row}[{column}]]"
            case shape.Several(records):
                return f"[{', '.join(self.record(each, row) for each in records)}]"
            case shape.Info():
                return self._info(wanted)
            case shape.Explained():
                given = ", ".join(f"{row}[{place}]" for place in (wanted.document, wanted.most, wanted.language))
                return f"{self._named('e', explainer(wanted))}({given})"
            case shape.Recounted(rows, size):
                return f"{self._named('h', recounter(wanted, self.cursors))}({row}[{rows}], {row}[{size}])"

    def _value(self, wanted: shape.Value, row: str) -> str:
        columns = [f"{row}[{place}]" for place in wanted.columns]
        missing = "lost()" if wanted.required else "None"
        text = columns[0]
        if wanted.finish is not None:
            text = f"{self._named('f', wanted.finish)}({', '.join(columns)})"
        if wanted.inside is not None:
            text = f"{self._named('m', parts_of(wanted.inside, wanted.type_name))}({text})"
        if wanted.whole or (wanted.finish is None and not wanted.required and wanted.inside is None):
            return text
        if wanted.finish is None:
            held = self._named("v")
            return f"({held} if ({held} := {text}) is not None else lost())"
        return f"({missing} if {columns[0]} is None else {text})"

    def _object(self, wanted: shape.Record) -> str:
        name = self._named("o")
        self.functions.append(f"def {name}(r, p, n):\n    return {self.record(wanted, 'r')}")
        return name

    def _by_kind(self, column: int, kinds: Mapping[str, shape.Record], row: str) -> str:
        makers = self._named("k")
        listed = ", ".join(f"{name!r}: {self._object(inner)}" for name, inner in kinds.items())
        self.functions.append(f"{makers} = {{{listed}}}")
        return f"(lost() if {row}[{column}] is None else {makers}[{row}[{column}][0]]({row}[{column}], p, n))"

    def _rows(self, wanted: shape.Rows, row: str) -> str:
        name = self._named("one")
        inner = self.value(wanted.shape, "r")
        self.functions.append(
            f"def {name}(r, p, n):\n    if r is None:\n        return None\n    n[0] += 1\n    return {inner}"
        )
        rows = f"{row}[{wanted.column}]"
        return f"{name}({rows}[0][0], p, n)" if wanted.single else f"[{name}(b[0], p, n) for b in {rows}]"

    def _connection(self, wanted: shape.ConnectionShape) -> str:
        name = self._named("c")
        lines = [f"def {name}(c, p, n):"]
        if wanted.has_rows:
            lines.append("    rows = c[0]")
            if wanted.peek:
                lines += [f"    size = p[{wanted.size_slot!r}] - 1", "    more = len(rows) > size"]
                lines.append("    rows = rows[:size] if more else rows")
                lines.append(f"    backward = {wanted.backward}")
            if wanted.backward:
                lines.append("    rows = rows[::-1]")
            lines.append("    n[0] += len(rows)")
        inner = ", ".join(f"{key!r}: {self.value(part, 'c')}" for key, part in wanted.entries)
        lines.append(f"    return {{{inner}}}")
        self.functions.append("\n".join(lines))
        return name

    def _info(self, wanted: shape.Info) -> str:
        cursor, paged = wanted.cursor, str(wanted.paged)
        if wanted.skip_slot and not wanted.paged:
            paged = f"p[{wanted.skip_slot!r}] > 0"
        match wanted.what:
            case "hasNextPage":
                return f"({paged} if backward else more)"
            case "hasPreviousPage":
                return f"(more if backward else {paged})"
            case "startCursor":
                return f"({self.value(cursor, 'rows[0]')} if rows else None)"
            case _:
                return f"({self.value(cursor, 'rows[-1]')} if rows else None)"


def parts_of(
    inside: tuple[tuple[str, str], ...], type_name: str
) -> Callable[[dict[str, Any] | None], dict[str, Any] | None]:
    """What is asked of a value that is an object, from the whole of it."""

    def parts(whole: dict[str, Any] | None) -> dict[str, Any] | None:
        if whole is None:
            return None
        if None in whole.values():
            raise Lost
        return {key: type_name if name == "__typename" else whole[name] for key, name in inside}

    return parts


def _lost() -> NoReturn:
    raise Lost
