"""Any number of the values that the field lists."""

from __future__ import annotations

from typing import Any

from models.errors import Problem, told
from models.fields.choice import check_choices, chosen, label
from models.fields.kind import COUNTED, MEMBERSHIP, Aggregate, Column, InvalidValue, Kind, Operator, Storage
from models.fields.writing import called
from models.metamodel import Field


class MultiChoice(Kind):
    """Several of the field's `choices`, each once, in the order given; a cell separates them by semicolons."""

    name = "multiChoice"
    scalar = "String"
    operators = MEMBERSHIP
    aggregates = COUNTED - {Aggregate.COUNT_DISTINCT}
    options = frozenset({"choices"})
    sortable = False
    indexed = False
    is_list = True

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column(field.key, Storage.STRINGS),)

    def check_options(self, field: Field) -> list[Problem]:
        problems = check_choices(field)
        if not problems and any(";" in choice["value"] for choice in field.options["choices"]):
            problems.append(
                told(
                    "bad_choice",
                    "Take out the semicolons: they separate values in files.",
                    ("options", "choices"),
                    case="semicolon",
                )
            )
        return problems

    def coerce(self, field: Field, given: Any) -> tuple[str, ...]:
        if not isinstance(given, (list, tuple)) or len(given) > 1_000:
            raise InvalidValue("wrong_type", "Give a list of choices, at most 1,000 of them.", case="choices")
        values = tuple(dict.fromkeys(chosen(field, value) for value in given))
        if not values:
            raise InvalidValue("empty", "Give at least one choice, or null to leave it empty.", case="choice")
        return values

    def to_store(self, field: Field, value: Any) -> dict[str, Any]:
        return {field.key: list(value)}

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> str:
        if not isinstance(given, str):
            raise InvalidValue("wrong_type", "Compare with text, not {given}.", case="compare", given=called(given))
        return chosen(field, given)

    def show(self, field: Field, value: Any, language: str) -> str:
        return ("، " if language == "fa" else ", ").join(label(field, one, language) for one in value)

    def parse(self, field: Field, text: str) -> tuple[str, ...]:
        return self.coerce(field, [part.strip() for part in text.split(";") if part.strip()])

    def export(self, field: Field, value: Any) -> str:
        return ";".join(value)
