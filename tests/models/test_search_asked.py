"""What a user's text asks for, as a query of the index, and which parts of a record's texts it highlights."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypher import lucene
from models.definitions import patch_from_plain, patched
from models.metamodel import EMPTY, Metamodel
from models.search.asked import Asked, Compound, Phrase, Term, asked
from models.search.folding import words
from models.search.matching import distance, highlight
from models.search.names import marks_of
from models.search.stored import Weight, beginning, owned, searched, texts


def model(**changes: object) -> Metamodel:
    fields = [
        {"name": "name", "kind": "text"},
        {"name": "city", "kind": "text", "searchable": True, "labels": {"de": "Stadt", "ru": "город"}},
        {"name": "phone", "kind": "phone", "searchable": True, "options": {"region": "DE"}},
        {"name": "worth", "kind": "money", "searchable": True, "options": {"currency": "EUR"}},
        {"name": "note", "kind": "longText", "searchable": True},
        {"name": "age", "kind": "integer"},
    ]
    kind = {"name": "Person", "plural": "People", "display": "{name}", "fields": fields, **changes}
    patch, problems = patch_from_plain({"types": [kind]})
    assert not problems
    made, problems = patched(EMPTY, patch)
    assert not problems
    return made


MODEL = model()
HOSTILE = st.text(alphabet='+-&|!(){}[]^"~*?:\\/ abANDORNOTTO0_=<>@#$%;,.\u200cکёß\ud7ff\x00', max_size=60) | st.text(
    max_size=40
)
GRAMMAR = re.compile(
    r'(?: |\+?\(|\)|\+?/\w+/\^[\d.]+|\w+\*\^[\d.]+|\+?\w+~[12]\^[\d.]+|"\w+(?: \w+)*"\^\d+)*|\s\+/_none/'
)


def query(text: str) -> str:
    return lucene.query(asked(text, marks_of(MODEL)))


@given(HOSTILE)
def test_whatever_is_typed_the_query_holds_words_and_our_own_syntax_alone(text: str) -> None:
    assert GRAMMAR.fullmatch(query(text))


@given(HOSTILE)
def test_brackets_and_quotes_always_match(text: str) -> None:
    made = query(text)

    assert made.count("(") == made.count(")")
    assert made.count('"') % 2 == 0


@given(HOSTILE, HOSTILE)
def test_more_text_never_asks_for_less(text: str, more: str) -> None:
    both = asked(f"{text} {more}", lambda name: ())

    assert len(both.wishes) <= 12
    assert bool(both.wishes) >= bool(asked(text.replace('"', ""), lambda name: ()).wishes)


def test_a_word_is_asked_for_by_weight_and_as_a_beginning() -> None:
    assert query("Acme") == (
        "+(/_a_aaaaacme/^20 _a_aaaaacme*^4 /_b_babaacme/^10 _b_babaacme*^2 /acme/^20 acme*^4 /_s_acm/^1.5 /acm/^1.5 "
        "_a_aaaaacme~1^0.025 _b_babaacme~1^0.0004 (+acme~1^0.0001 +/_i_a/^0)) "
        "/_x_acme/^1000 _x_acme*^200 /_y_acme/^400 _y_acme*^80"
    )


@pytest.mark.parametrize(
    ("word", "errors"), [("ber", set()), ("bern", {"1"}), ("bernard", {"1"}), ("bernarda", {"2"}), ("b1e2r3n4", set())]
)
def test_errors_are_forgiven_in_proportion(word: str, errors: set[str]) -> None:
    assert set(re.findall(r"~(\d)", query(word))) == errors


@pytest.mark.parametrize("text", ["qqqqq", "zzzzqq", "aaaa", "shch"])
def test_a_form_that_is_left_with_next_to_nothing_of_the_word_is_not_asked_for(text: str) -> None:
    (wish,) = asked(text, marks_of(MODEL)).wishes

    assert isinstance(wish, Term)
    assert wish.forms == ()


WORDS = st.text(alphabet="abyzаб", min_size=1, max_size=8)


@given(WORDS, WORDS)
def test_no_error_leads_to_a_word_that_begins_otherwise_or_counts_otherwise(one: str, other: str) -> None:
    name, field = owned(Weight.NAME, one), owned(Weight.FIELD, other)

    assert distance(name, field) > 2
    assert one[0] == other[0] or distance(name, owned(Weight.NAME, other)) > 2
    assert distance(name, other) > 2


@pytest.mark.parametrize("text", ["m", "ma", "и", "ро", "m city:berlin"])
def test_a_beginning_of_two_letters_is_a_token_and_goes_through_no_others(text: str) -> None:
    made = lucene.query(asked(text, marks_of(MODEL)))
    word = next(words(text)).text

    assert re.findall(rf"(?<!\w){word}\*|_[abxy]_{word}\*", made) == []
    assert f"/_k_{word}/^200" in made or "city" in text
    assert f"/_g_{word}/^4 " in made
    assert f"/_i_{word}/^4" in made


def test_what_begins_with_one_letter_and_with_two_has_the_same_tokens_as_what_asks_for_it() -> None:
    kept = set(" ".join(texts(searched(MODEL)["Person"], {"name": "Zoë Maria"})).split())

    for word in ("z", "zo", "m", "ma"):
        assert {beginning(f"{sort}{word}") for sort in ("_a_", "")} <= kept
    assert {beginning("_x_z"), beginning("_x_zo")} <= kept
    assert beginning("_x_m") not in kept
    assert beginning("zoe") == ""


def test_a_token_that_is_none_makes_no_query() -> None:
    with pytest.raises(lucene.UnsafeToken):
        lucene.query(Asked((Term("a b"),)))
    with pytest.raises(lucene.UnsafeToken):
        lucene.of_types(["A) OR (B"])


@pytest.mark.parametrize("name", ["city", "CITY", "Stadt", "ГОРОД"])
def test_a_field_is_named_by_its_name_or_a_label(name: str) -> None:
    assert asked(f"{name}:Berlin", marks_of(MODEL)).wishes == (Term("berlin", (), ("_f_city",)),)


@pytest.mark.parametrize("text", ["age:44", "https://acme.de", "12:30", "nobody:knows"])
def test_what_is_no_searched_field_is_words(text: str) -> None:
    wishes = asked(text, marks_of(MODEL)).wishes

    assert wishes
    assert not any(wish.marks for wish in wishes)


def test_quotes_make_a_phrase_also_while_they_are_open() -> None:
    assert asked('"New York', marks_of(MODEL)).wishes == (Phrase(("new", "york")),)
    assert asked('city:"New York"', marks_of(MODEL)).wishes == (Phrase(("new", "york"), ("_f_city",)),)


def test_digits_in_groups_are_one_number_or_words() -> None:
    (wish,) = asked("0049 30 1234", marks_of(MODEL)).wishes

    assert isinstance(wish, Compound)
    assert wish.whole == ("0049301234", "49301234")
    assert [term.word for term in wish.terms] == ["0049", "30", "1234"]


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("0049301234", ("0049301234", "49301234")),
        ("۰۰۴۹۳۰۱۲۳۴", ("0049301234", "49301234")),
        ("+49 (0)30 1234", ("490301234", "49301234")),
        ("0049 (0) 30 1234", ("00490301234", "0049301234", "490301234", "49301234")),
    ],
)
def test_a_telephone_number_is_known_by_what_is_dialled_from_abroad(text: str, wholes: tuple[str, ...]) -> None:
    (wish,) = asked(text, marks_of(MODEL)).wishes

    assert isinstance(wish, Compound)
    assert wish.whole == wholes


def test_a_short_number_filled_up_with_zeros_is_no_telephone_number() -> None:
    assert asked("0012345", marks_of(MODEL)).wishes == (Term("0012345"),)


def test_what_is_joined_to_a_persian_word_asks_for_nothing_alone() -> None:
    (wish,) = asked("کتاب ها", marks_of(MODEL)).wishes

    assert isinstance(wish, Compound)
    assert wish.whole == ("کتابها",)
    assert [term.word for term in wish.terms] == ["کتاب"]


# what a record keeps


def test_a_record_keeps_a_text_for_each_field_with_its_words_and_their_weight() -> None:
    head, name, city = texts(searched(MODEL)["Person"], {"name": "Zoë", "city": "New York", "age": 3})

    assert re.fullmatch(r"_m_[0-9a-f]{12} _t_Person", head)
    assert name == "_f_name zoe _ zo _a_azazzoe _ _f_name_zoe _ _f_name_zo _x_zoe _i_z _i_zo _g_z _g_zo _k_z _k_zo"
    assert city == (
        "_f_city new york _ nev iork _s_erk _b_bnbnnew _b_bybyyork _ "
        "_f_city_new _f_city_york _ _f_city_nev _f_city_iork _f_city__s_erk "
        "_y_new_york _i_n _i_ne _i_y _i_yo _i_i _i_io _h_n _h_ne _h_y _h_yo _l_n _l_ne"
    )


def test_nothing_is_kept_where_search_looks_into_nothing() -> None:
    blind = model(display="", fields=[{"name": "name", "kind": "text"}])

    assert texts(searched(blind)["Person"], {"name": "Zoë"}) == []


@pytest.mark.parametrize(
    "changes",
    [{"display": "{name} ({city})"}, {"fields": [{"name": "name", "kind": "text"}]}],
)
def test_another_way_to_be_found_has_another_mark(changes: dict[str, object]) -> None:
    assert searched(model(**changes))["Person"].mark != searched(MODEL)["Person"].mark


def test_what_search_does_not_ask_for_leaves_the_mark() -> None:
    assert searched(model(icon="user"))["Person"].mark == searched(MODEL)["Person"].mark


# highlights


def marked(text: str, field: str, held: str) -> list[str]:
    found = highlight(asked(text, marks_of(MODEL)), MODEL.types["Person"].fields[field], held)
    return [found.text[span.start : span.end] for span in found.spans] if found else []


@pytest.mark.parametrize(
    ("text", "field", "held", "parts"),
    [
        ("anna berl", "name", "Anna of Berlin", ["Anna", "Berlin"]),
        ("strasse", "note", "Die Straße", ["Straße"]),
        ("Iwanow", "name", "Иван Иванов", ["Иванов"]),
        ("компаниями", "note", "Эта компания", ["компания"]),
        ("companies", "note", "The company of a companion", ["company"]),
        ("cars", "note", "A car, not Carl", ["car"]),
        ("systmes", "name", "Ember Systems", ["Systems"]),
        ("كتاب", "note", "این کتاب\u200cها", ["کتاب"]),
        ("030-12", "phone", "+49301234567", ["+49301234567"]),
        ("0049301234", "phone", "+49301234567", ["+49301234567"]),
        ("+49 (0)30 1234", "phone", "+49301234567", ["+49301234567"]),
        ("1.234,50", "worth", "1234.50 EUR", ["1234.50 EUR"]),
        ("030-12", "note", "Call 030 1234 today", ["030 1234"]),
        ('"new york"', "name", "York New York", ["New York"]),
        ("city:anna", "name", "Anna", []),
        ("zoe", "name", "Anna", []),
    ],
)
def test_highlights_are_the_parts_that_match(text: str, field: str, held: str, parts: list[str]) -> None:
    assert marked(text, field, held) == parts


def test_a_long_text_is_shown_around_its_first_match() -> None:
    found = highlight(
        asked("needle", marks_of(MODEL)), MODEL.types["Person"].fields["note"], "hay " * 500 + "needle in it"
    )

    assert found is not None
    assert len(found.text) == 200
    assert [found.text[span.start : span.end] for span in found.spans] == ["needle"]


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_distance_is_symmetric_and_nothing_between_equals(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


def test_swapped_letters_are_one_error() -> None:
    assert distance("hodling", "holding") == 1
