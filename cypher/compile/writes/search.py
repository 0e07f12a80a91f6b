"""What a record is found by, kept right by the statement that changes the record."""

from __future__ import annotations

from cypher.ast import Arithmetic, Binary, Call, Clause, ListOf, Not, Prop, Set, Var
from cypher.ast.updates import Listed
from cypher.compile.writes.changes import of_row
from models.search.stored import KEY

GONE, COME = "gone", "come"  # in a row: how the texts of the fields that change begin, and their new texts


def found_anew(var: str) -> Clause:
    """The texts of the fields that change replaced, all others kept."""
    kept, text, mark = Prop(Var(var), KEY), Var("text"), Var("mark")
    begins = Binary(Binary(mark, "IN", of_row(GONE)), "WHERE", Binary(text, "STARTS WITH", mark))
    others = Listed("text", Call("coalesce", (kept, ListOf(()))), Not(Call("any", (begins,))))
    return Set(((kept, Arithmetic(others, "+", of_row(COME))),))
