"""A mapping guessed from the names of columns, or what to do where there is nothing to guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_imports import MODEL

from exchange.guess import guess
from models.definitions import patch_from_plain, patched
from models.errors import Rejected
from models.metamodel import EMPTY, Metamodel


def model() -> Metamodel:
    patch, problems = patch_from_plain(MODEL)
    assert problems == []
    return patched(EMPTY, patch)[0]


def test_columns_called_like_fields_are_those_fields(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("CODE,Tax ID,note\nA,1,x\n")

    (source,) = guess(path, model()).sources

    (rule,) = source.records
    assert (rule.type, rule.key, sorted(rule.fields)) == ("Firm", ("code",), ["code", "taxId"])


@pytest.mark.parametrize(
    ("header", "told"),
    [("mail,code", "fit Firm or Worker"), ("name,tags", "fit no type with a natural key among them")],
)
def test_columns_that_say_too_little_or_too_much_ask_for_a_mapping(tmp_path: Path, header: str, told: str) -> None:
    path = tmp_path / "f.csv"
    path.write_text(f"{header}\n1,2\n")

    with pytest.raises(Rejected, match=told):
        guess(path, model())


def test_a_folder_asks_for_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="no single file"):
        guess(tmp_path, model())
