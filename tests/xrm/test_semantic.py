"""The model of search by meaning: read from a folder, or refused with the cure; nothing is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.errors import Rejected
from xrm import semantic


def test_no_folder_is_no_model() -> None:
    assert semantic.loaded("") is None


def test_a_folder_without_a_model_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        semantic.loaded(str(tmp_path))

    (problem,) = caught.value.problems
    assert problem.code == "no_semantic_model"
    assert "config.json, model.safetensors, tokenizer.json" in problem.message


def test_a_model_of_a_few_words_is_read_and_knows_them(tmp_path: Path) -> None:
    model2vec = pytest.importorskip("model2vec", reason="needs the extra xrm[semantic]")
    import numpy as np
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "car": 1, "vehicle": 2, "bread": 3}, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.Lowercase(), pre_tokenizers.Whitespace()
    made = np.array([[0, 0], [1, 0.1], [1, 0], [0, 1]], dtype=np.float32)
    model2vec.StaticModel(made, tokenizer).save_pretrained(tmp_path)

    meaning = semantic.loaded(str(tmp_path))

    assert meaning is not None
    assert meaning.size == 2
    car, vehicle, bread, nothing = meaning.vectors(["a Car", "vehicle", "bread", "?"])
    assert np.dot(car, vehicle) > np.dot(car, bread)
    assert nothing is None
    assert semantic.loaded(str(tmp_path)).mark == meaning.mark  # type: ignore[union-attr]  # it is there
