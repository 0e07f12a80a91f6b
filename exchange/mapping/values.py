"""The values of a mapping's fields: from plain data that fits the schema to transforms, with a cure for what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from exchange.expressions import BadExpression, Expression
from exchange.expressions import parse as parse_expression
from exchange.mapping.document import At, Document
from exchange.transforms import (
    BadTemplate,
    Column,
    Compute,
    Constant,
    Instead,
    Join,
    Keep,
    Other,
    Refuse,
    Steps,
    Sum,
    Template,
    Value,
    template_parts,
)
from models.errors import Problem

FORMS = ("column", "template", "join", "value", "compute", "sum")
_STEPS = frozenset({"replace", "extract", "map", "other", "report", "date"})
_ALLOWED: Mapping[str, frozenset[str]] = {
    "column": _STEPS,
    "template": _STEPS,
    "join": _STEPS | {"with"},
    "value": frozenset(),
    "compute": frozenset({"round"}),
    "sum": frozenset({"of", "match", "round"}),
}
_NESTED_QUANTIFIER = re.compile(r"\([^)]*[*+}][^)]*\)[*+{]")


@dataclass(slots=True)
class ValueReader:
    """Reads values and collects what is wrong with them."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def value(self, plain: Any, path: At) -> Value:
        """The transform; a harmless one where there is a problem."""
        if isinstance(plain, str):
            return Column(plain)
        form = self._form(plain, path)
        match form:
            case "column":
                return Column(plain["column"], self._steps(plain, path))
            case "template":
                return Template(self._parts(plain["template"], (*path, "template")), self._steps(plain, path))
            case "join":
                return Join(tuple(plain["join"]), plain.get("with", " "), self._steps(plain, path))
            case "compute":
                return Compute(self._expression(plain["compute"], (*path, "compute")), plain.get("round"))
            case "sum":
                return self._sum(plain, path)
        return Constant(plain.get("value"))

    def _form(self, plain: Mapping[str, Any], path: At) -> str:
        forms = [name for name in FORMS if name in plain]
        if len(forms) != 1:
            found = " and ".join(forms) or "none of them"
            self.refuse("one_form", "Say exactly one of {forms}; here is {found}.", path, forms=[*FORMS], found=found)
            return "value"
        for name in plain:
            if name != forms[0] and name not in _ALLOWED[forms[0]]:
                fitting = ", ".join(sorted(_ALLOWED[forms[0]])) or "nothing"
                sentence = "{name} does not go with {form}; {fitting} does."
                self.refuse("not_here", sentence, (*path, name), name=name, form=forms[0], fitting=fitting)
        return forms[0]

    def _sum(self, plain: Mapping[str, Any], path: At) -> Value:
        missing = [name for name in ("of", "match") if name not in plain]
        if missing:
            cure = "{sum: lines, match: OrderID, of: Price * Quantity}"
            words = "A sum also says {missing}: {example}."
            self.refuse("incomplete_sum", words, path, missing=" and ".join(missing), example=cure)
            return Constant(None)
        match = plain["match"]
        ((here, there),) = match.items() if isinstance(match, Mapping) else ((match, match),)
        expression = self._expression(plain["of"], (*path, "of"))
        return Sum(plain["sum"], here, there, expression, plain.get("round"))

    def _steps(self, plain: Mapping[str, Any], path: At) -> Steps:
        if "map" not in plain:
            for name in ("other", "report"):
                if name in plain:
                    sentence = "{name} speaks about a map, but there is none here."
                    self.refuse("no_map", sentence, (*path, name), name=name)
        return Steps(
            replace=tuple(plain.get("replace", {}).items()),
            extract=self._pattern(plain.get("extract"), (*path, "extract")),
            map=plain.get("map"),
            other=self._other(plain.get("other", "reject"), (*path, "other")),
            report=bool(plain.get("report")),
            date=plain.get("date"),
        )

    def _other(self, plain: Any, path: At) -> Other:
        if isinstance(plain, Mapping):
            return Instead(plain["value"])
        if plain is None:
            return Instead(None)
        if plain not in {"keep", "reject"}:
            sentence = "other is keep, reject, null or {{value: …}}, not {given}."
            self.refuse("bad_other", sentence, path, case="given", given=repr(plain)[:60])
        return Keep() if plain == "keep" else Refuse()

    def _pattern(self, text: str | None, path: At) -> re.Pattern[str] | None:
        if text is None:
            return None
        if _NESTED_QUANTIFIER.search(text):
            sentence = "A repeated part may not itself be repeated: it could take for ever."
            self.refuse("bad_pattern", sentence, path, case="nested")
            return None
        try:
            return re.compile(text)
        except re.error as error:
            self.refuse("bad_pattern", "This is no regular expression: {why}.", path, case="regular", why=str(error))
            return None

    def _parts(self, text: str, path: At) -> tuple[str | tuple[str], ...]:
        try:
            return template_parts(text)
        except BadTemplate as error:
            self.refuse("bad_template", "{why}", path, why=str(error))
            return ()

    def _expression(self, text: str, path: At) -> Expression:
        try:
            return parse_expression(text)
        except BadExpression as error:
            self.refuse("bad_expression", "{why}", path, case="mapping", text=text[:60], why=str(error))
            return parse_expression("0")

    def refuse(self, code: str, sentence: str, path: At, **facts: Any) -> None:
        """Keep a problem of the part at a path; facts fill the sentence."""
        self.problems.append(self.document.problem(code, sentence, path, **facts))
