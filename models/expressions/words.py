"""How comparisons are written in expressions: signs and words, by the names that filters of the API know them by."""

from __future__ import annotations

from collections.abc import Iterable

from models.fields.kind import CASELESS, Operator

SIGNS = {"=": "eq", "!=": "ne", "<>": "ne", "<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
SIGN_OF = {operator: sign for sign, operator in reversed(SIGNS.items())}
WORDS_OF = {
    "in": "in",
    "notIn": "not in",
    "startsWith": "starts with",
    "endsWith": "ends with",
    "contains": "contains",
    "matches": "matches",
    "has": "has",
    "hasAny": "has any",
    "hasAll": "has all",
}
_OTHERWISE = {"isNull": "is null", "near": "distance(…)", "distance": "distance(…)", "inBox": "inBox(…)"}


def written(operator: Operator) -> str:
    """A comparison as people write it: `>`, `starts with`, `= … ignoring case`."""
    if operator in CASELESS:
        return f"{written(CASELESS[operator])} … ignoring case"
    name = operator.value
    return SIGN_OF.get(name) or WORDS_OF.get(name) or _OTHERWISE.get(name, name)


def all_written(operators: Iterable[Operator]) -> list[str]:
    """Each of the comparisons once, as people write them; those that make no difference of case go without saying."""
    known = frozenset(operators) - CASELESS.keys()
    return list(dict.fromkeys(written(each) for each in Operator if each in known))
