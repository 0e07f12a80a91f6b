"""What two runs differ in, in words."""

from __future__ import annotations

from string import Formatter

import pytest

from models.run_differences import TEXTS, difference

FACTS = {"names": ("damping", "hops"), "count": 1_250, "before": 3, "after": 5}


@pytest.mark.parametrize("code", TEXTS)
def test_every_difference_has_a_sentence_of_the_same_facts_in_all_languages(code: str) -> None:
    named = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in TEXTS[code].values()]

    assert TEXTS[code].keys() == {"en", "ru", "fa"}
    assert all(names == named[0] for names in named)
    said = {difference(code, FACTS, language) for language in ("en", "ru-RU", "fa")}
    assert len(said) == 3
    assert difference(code, FACTS, "ja") == difference(code, FACTS, "en")


def test_facts_stand_in_the_digits_and_commas_of_their_language() -> None:
    assert difference("parameters", FACTS, "en") == "The parameters differ: damping, hops."
    assert difference("parameters", FACTS, "fa") == "پارامترها یکی نیستند: damping، hops."
    assert difference("model", FACTS, "ru") == "Между ними изменилась модель: версия 3 стала 5."
    assert "۵" in difference("model", FACTS, "fa")
