"""Folding: one way of writing finds the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.search.folding import fold, words
from models.search.numbers import phone_forms, runs
from models.search.rules import LETTERS
from models.search.variants import english, sound, variants

TEXTS = st.text(max_size=60) | st.text(alphabet="aЁжÉßكيۀ\u200c'ـ۱٣½ǅﬃİı .-_", max_size=40)


@given(TEXTS)
def test_folding_once_more_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_folded_words_hold_letters_and_digits_alone(text: str) -> None:
    assert all(word.text.isalnum() for word in words(text))


@given(TEXTS)
def test_every_word_lies_where_it_says(text: str) -> None:
    ends = 0
    for word in words(text):
        assert ends <= word.end
        assert word.text in fold(text[word.start : word.end])
        ends = word.start


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_plain_text_folds_alike_on_either_way(text: str) -> None:
    beyond = [word.text for word in words(f"{text} é")]

    assert [word.text for word in words(text)] == beyond[:-1]


@pytest.mark.parametrize("into", sorted(set(LETTERS.values())))
def test_what_a_letter_becomes_folds_to_itself(into: str) -> None:
    assert fold(into) == into


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Straße", "strasse"),
        ("Élan  Vital", "elan vital"),
        ("ŁÓDŹ", "lodz"),
        ("O’Brien & Söhne", "obrien sohne"),
        ("Жуков", "zhukov"),
        ("Ёлка", "elka"),
        ("елка", "elka"),
        ("كتابي", "کتابی"),
        ("مدرسة", "مدرسه"),
        ("کِتاب", "کتاب"),
        ("کتاب\u200cها", "کتاب ها"),
        ("۱۲۳", "123"),
        ("١٢٣", "123"),
        ("ﬁne", "fine"),
    ],
)
def test_ways_of_writing_fold_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("one", "others"),
    [
        ("Чайковский", ["Tchaikovsky", "Tschaikowski", "Čajkovskij", "Chaikovskii"]),
        ("Достоевский", ["Dostoyevsky", "Dostojewski", "Dostoevskij"]),
        ("Юрий", ["Yuri", "Juri", "Iurii", "Yury"]),
        ("Müller", ["Mueller", "Muller"]),
        ("Иванов", ["Ivanov", "Iwanow"]),
    ],
)
def test_transliterations_of_one_name_sound_alike(one: str, others: list[str]) -> None:
    assert {sound(fold(other)) for other in others} == {sound(fold(one))}


def test_forms_of_a_russian_word_share_a_stem() -> None:
    forms = [set(variants(fold(word), word)) for word in ("компания", "компании", "компаниями")]

    assert set.intersection(*forms) == {"kompan"}


@pytest.mark.parametrize(
    ("forms", "stem"),
    [
        (("company", "companies"), "compani"),
        (("run", "runs", "running"), "run"),
        (("consultant", "consulting"), "consult"),
        (("news",), "news"),
    ],
)
def test_forms_of_an_english_word_share_a_stem(forms: tuple[str, ...], stem: str) -> None:
    assert {english(form) for form in forms} == {stem}


@pytest.mark.parametrize("word", ["ab", "a1", "компании", "кот", "2024", ""])
def test_what_is_no_latin_word_has_no_english_stem(word: str) -> None:
    assert english(word) == ""


def test_a_persian_word_is_found_without_what_is_joined_to_it() -> None:
    assert variants("کتابهای", "کتابهای") == ("کتاب",)
    assert variants("میروم", "میروم") == ("روم",)


def test_a_half_space_joins_two_words() -> None:
    assert [(word.text, word.joined) for word in words("این کتاب\u200cها")] == [
        ("این", False),
        ("کتاب", False),
        ("ها", True),
    ]


def test_a_telephone_number_is_begun_in_four_ways() -> None:
    assert phone_forms("+493012345678") == ("493012345678", "03012345678", "3012345678", "12345678")


@pytest.mark.parametrize(
    ("written", "digits"),
    [("030-12 34", "0301234"), ("1.234,50", "123450"), ("۰۳۰-۱۲۳۴", "0301234"), ("+49 (30) 1234", "49301234")],
)
def test_digits_in_groups_are_one_number(written: str, digits: str) -> None:
    assert [run.digits for run in runs(written)] == [digits]


def test_digits_in_one_group_are_a_word() -> None:
    assert [*runs("Room 123 of 2024")] == []
