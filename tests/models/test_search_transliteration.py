"""Names in Cyrillic are found by the ways they are written in Latin letters, and the other way round."""

from __future__ import annotations

import pytest

from models.metamodel import Field
from models.search.asked import asked
from models.search.matching import highlight

NAME = Field("name", "text")
WAYS = {
    # ё: heard as yo, mostly written е
    "Ёлка": "yolka jolka elka yelka iolka елка",
    "Елка": "yolka jolka elka yelka ёлка",
    "Пётр": "Pyotr Petr Pjotr Piotr Петр",
    "Петр": "Pyotr Petr Pjotr Пётр",
    "Pyotr": "Petr Pjotr",
    "Семёнов": "Semyonov Semenov Semjonov Semionov Семенов",
    "Семенов": "Semyonov Semenov Semjonov",
    "Фёдор": "Fyodor Fedor Fjodor Fiodor",
    "Соловьёв": "Solovyov Solovyev Soloviev Solov'ev Solovjov",
    "Горбачёв": "Gorbachev Gorbachov Gorbachyov Gorbatschow",
    "Хрущёв": "Khrushchev Khrushchov Khrushchyov Hruščëv Chruschtschow",
    "Орел": "Oryol Orel",
    # sibilants, х, ц, ж
    "Щукин": "Shchukin Schukin Ščukin Schtschukin Szczukin",
    "Шишкин": "Shishkin Šiškin Schischkin Szyszkin",
    "Чехов": "Chekhov Čehov Tchekhov Tschechow Czechow",
    "Жуков": "Zhukov Zukov Žukov",
    "Харьков": "Kharkov Harkov Charkow Khar'kov",
    "Царёв": "Tsarev Carev Tzarev Tsaryov",
    # soft vowels, й, ы, soft and hard signs
    "Юлия": "Yulia Yuliya Julia Julija Iuliia",
    "Яна": "Yana Jana Iana",
    "Елена": "Elena Yelena Jelena",
    "Евгений": "Evgeny Yevgeny Jewgenij Evgenii Evgeniy",
    "Майоров": "Mayorov Majorov Maiorov",
    "Крым": "Krym Krim",
    "Наталья": "Natalya Natalia Natal'ya Natalja",
    "Любовь": "Lyubov Ljubov Lyubov' Lubov",
    "Подъезд": "podezd podyezd podjezd",
    # the rest
    "Ксения": "Ksenia Xenia Kseniya",
    "Иванов": "Ivanov Iwanow Ivanoff",
}
PAIRS = [(written, other) for written, others in WAYS.items() for other in others.split()]


def found(text: str, typed: str) -> bool:
    return highlight(asked(typed, lambda _: ()), NAME, text) is not None


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_either_way_of_writing_a_name_finds_the_other(one: str, other: str) -> None:
    assert found(one, other)
    assert found(other, one)


@pytest.mark.parametrize(
    ("text", "typed"),
    [("Tokyo", "Токе"), ("Елена", "yolka"), ("Leonard", "Lyon"), ("Яна", "Олег"), ("Майоров", "Maerov")],
)
def test_what_only_looks_like_it_is_not_found(text: str, typed: str) -> None:
    assert not found(text, typed)
