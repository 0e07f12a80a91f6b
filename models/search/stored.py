"""What a record keeps to be found by: a text for each searchable field, in one list property that one index covers.

A text begins with the field's mark, so that a change of one field replaces one text. Every sort of token has a beginning
of its own with an underscore, which folded words never hold:

| token | says |
|---|---|
| `_m_1f0c…` `_t_Company` | how the record was made findable, and its type: the list's first text |
| `_f_name` | the mark of a field: the beginning of its text |
| `acme` | a word, in its order, so that phrases are found; behind `_`, other forms of words |
| `_s_compani` | the English stem of a word that has another one than itself, compared whole; `pyotr` has that of `petr` too |
| `_a_aaaaacme` `_b_babaacme` | the same word once more: of a field that names the record, of any other but a long text |
| `_f_name_acme` | the same word once more, of this field |
| `_x_acme_gmbh` `_y_acme_gmbh` | all words of a field that names the record, of another one |
| `_g_a` `_g_ac` `_h_ac` `_i_ac` `_k_ac` `_l_ac` | how `_a_`, `_b_`, bare words, `_x_`, `_y_` begin, in one and in two letters |

An index finds what begins with two letters by going through every token that does: half of them at a million records. So
beginnings that short are tokens of their own.

Between the mark and the word of `_a_` and `_b_` stand the mark's letter and the word's first one, twice: tokens of another
sort, or of a word that begins otherwise, are then three letters away, further than any error that is forgiven.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any

from models.display import display_of
from models.fields.choice import choices
from models.fields.geo_point import GeoPoint
from models.fields.money import Money
from models.metamodel import EntityType, Field, Metamodel
from models.scores import PREFIX
from models.search.folding import Word, words
from models.search.numbers import digits_of, phone_forms, runs
from models.search.variants import english, variants, without_yo

KEY = f"{PREFIX}search"  # like scores it lies beside the record, outside its version, changes, trash and exports
MOST_WORDS = 2_000  # of one field; what stands behind them is not found
MOST_JOINED = 120  # characters of a whole value as one token
FOLDING = 5  # one more whenever the rules change, so that every record is folded anew
STEM = "_s_"
BREAK = "_"  # no phrase leads across it
NUMBERS = frozenset({"integer", "decimal", "money", "percent"})


class Weight(StrEnum):
    """How much a field counts, by the beginning of its words' own tokens."""

    NAME = "_a_"
    FIELD = "_b_"
    TEXT = ""


EDGE = 2  # letters of a beginning that has a token of its own
BEGINNING = MappingProxyType({"_a_": "_g_", "_b_": "_h_", "": "_i_", "_x_": "_k_", "_y_": "_l_"})
WHOLE = MappingProxyType({Weight.NAME: "_x_", Weight.FIELD: "_y_"})


@dataclass(frozen=True, slots=True)
class Searched:
    """The fields of a type that search looks into, and the mark of how its records are made findable."""

    type: str
    fields: Mapping[str, tuple[Field, Weight]]
    mark: str

    @property
    def head(self) -> str:
        """The first text of every record of the type."""
        return f"{self.mark} {type_token(self.type)}"


def type_token(name: str) -> str:
    """The token that every record of a type has."""
    return f"_t_{name}"


def field_mark(field: Field) -> str:
    """The mark of a field, by which its text begins, before a blank."""
    return f"_f_{field.key}"


@lru_cache(maxsize=8)
def searched(model: Metamodel) -> Mapping[str, Searched]:
    """What search looks into, by type: searchable fields, and those that name a record."""
    return MappingProxyType({name: _of_type(kind) for name, kind in model.types.items()})


def _of_type(kind: EntityType) -> Searched:
    named = {field.name for field in display_of(kind)[0]}
    fields = {
        name: (field, _weight(field, named=name in named))
        for name, field in kind.fields.items()
        if field.searchable or name in named
    }
    made_of = [
        (field.key, field.kind, weight.value, field.required, repr(field.default), _choice_texts(field))
        for field, weight in fields.values()
    ]
    digest = hashlib.sha256(repr((FOLDING, kind.name, made_of)).encode()).hexdigest()[:12]
    return Searched(kind.name, fields, f"_m_{digest}")


def _weight(field: Field, *, named: bool) -> Weight:
    if named or field.unique:
        return Weight.NAME
    return Weight.TEXT if field.kind == "longText" else Weight.FIELD


def texts(of: Searched, values: Mapping[str, Any]) -> list[str]:
    """The list a record keeps, from its values by field name; [] where nothing of the type is looked into."""
    return [of.head, *changed_texts(of, values)[1]] if of.fields else []


def changed_texts(of: Searched, values: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """How the texts of the fields among these values begin, and their texts now; a field without a value has none."""
    found = [(*of.fields[name], value) for name, value in values.items() if name in of.fields]
    begins = [f"{field_mark(field)} " for field, _, _ in found]
    return begins, [_text(field, weight, value) for field, weight, value in found if value is not None]


def written(value: Any) -> str:
    """A value as it is looked into and shown with what was found: a canonical one, or in its JSON form."""
    match value:
        case Money():
            return f"{value.amount:f} {value.currency}"
        case GeoPoint(latitude, longitude):
            return f"{latitude} {longitude}"
        case Mapping():  # an amount, or a place
            return " ".join(map(str, value.values()))
        case Decimal():
            return f"{value:f}"
        case list() | tuple():
            return " · ".join(map(str, value))
    return str(value)


def _text(field: Field, weight: Weight, value: Any) -> str:
    text, mark = written(value), field_mark(field)
    found = list(islice(words(text), MOST_WORDS))
    in_order = [word.text for word in found]
    forms = [form for form in dict.fromkeys(_forms(field, value, text, found)) if form not in in_order]
    stems = [f"{STEM}{stem}" for word in dict.fromkeys(in_order) for stem in _stems(word)]
    own = [owned(weight, word) for word in dict.fromkeys(in_order)] if weight.value else []
    of_field = [f"{mark}_{word}" for word in in_order]
    of_field += [BREAK, *(f"{mark}_{form}" for form in (*forms, *stems))] if forms or stems else []
    whole = [f"{WHOLE[weight]}{joined(in_order)}"] if weight in WHOLE and in_order else []
    weighed = [f"{weight.value}{word}" for word in in_order] if weight.value else []
    tokens = (*in_order, *forms, *weighed, *whole)
    edges = dict.fromkeys(_edges(tokens))
    return " ".join((mark, *in_order, BREAK, *forms, *dict.fromkeys(stems), *own, BREAK, *of_field, *whole, *edges))


def owned(weight: Weight, word: str) -> str:
    """A word as the token that says how much its field counts; the bare word where it counts as any does."""
    return f"{weight.value}{(weight.value[1] + word[0]) * 2}{word}" if weight.value else word


def _stems(word: str) -> Iterator[str]:
    """What a word is compared with as a whole besides itself."""
    found = dict.fromkeys((english(word), english(without_yo(word))))
    yield from (stem for stem in found if stem not in ("", word))


def _edges(tokens: Iterable[str]) -> Iterator[str]:
    """How tokens begin: each sort of them after its own mark."""
    for token in tokens:
        sort = token[:3] if token[0] == "_" else ""
        word = token[len(sort) :]
        for size in range(1, min(EDGE, len(word)) + 1):
            yield BEGINNING[sort] + word[:size]


def beginning(token: str) -> str:
    """The token that says how tokens begin, for one of at most `EDGE` letters behind its mark; empty for a longer one."""
    sort = token[:3] if token[:3] in BEGINNING else ""
    word = token[len(sort) :]
    return BEGINNING[sort] + word if 0 < len(word) <= EDGE and word[0] != "_" else ""


def joined(words: Iterable[str]) -> str:
    """Words as one token."""
    return "_".join(words)[:MOST_JOINED].rstrip("_")


def _forms(field: Field, value: Any, text: str, found: list[Word]) -> Iterator[str]:
    """The other forms that a value is found by."""
    for word, following in zip(found, [*found[1:], None], strict=True):
        yield from variants(word.text, word.written)
        if following is not None and following.joined:
            yield word.text + following.text
    if field.kind == "phone":
        yield from phone_forms(text)
    elif field.kind in NUMBERS:
        yield from _number_forms(text)
    else:
        yield from (run.digits for run in runs(text))
    for label in _choice_texts(field, value) if field.kind in ("choice", "multiChoice") else ():
        yield from (word.text for word in words(label))


def _number_forms(text: str) -> Iterator[str]:
    """A number's digits without its sign: whole, with all decimals it has, with two at least."""
    whole, _, decimals = text.partition(" ")[0].partition(".")
    whole, decimals = digits_of(whole), digits_of(decimals).rstrip("0")
    yield from (whole, whole + decimals, whole + decimals.ljust(2, "0"))


def _choice_texts(field: Field, value: Any = None) -> list[str]:
    """The labels of a field's choices, in every language; of those alone that a value names, where one is given."""
    if field.kind not in ("choice", "multiChoice"):
        return []
    chosen = value if isinstance(value, (list, tuple)) else (value,)
    return [
        text
        for name, choice in choices(field).items()
        if value is None or name in chosen
        for forms in (choice.get("labels") or {}).values()
        for text in (forms.values() if isinstance(forms, Mapping) else (forms,))
    ]
