"""The model that search by meaning goes by: a folder of the user's, read by model2vec. Nothing is fetched from anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import Problem, Rejected

if TYPE_CHECKING:
    from model2vec import StaticModel

    from models.search.meaning import Meaning

FILES = ("config.json", "model.safetensors", "tokenizer.json")
SETTING = "XRM_SEMANTIC_MODEL"


@dataclass(frozen=True, slots=True)
class StaticMeaning:
    """Vectors of a static model: the mean of those of a text's words. Some 20,000 short texts a second on one core."""

    model: StaticModel
    mark: str

    @property
    def size(self) -> int:
        """How many numbers a vector has."""
        return int(self.model.dim)

    def vectors(self, texts: Sequence[str]) -> list[list[float] | None]:
        """A vector for each text; None where the model knows no word of it."""
        found = self.model.encode(list(texts), use_multiprocessing=False)
        return [[float(each) for each in vector] if vector.any() else None for vector in found]


def loaded(folder: str) -> Meaning | None:
    """The model of a folder; None where none is named. Raises Rejected when there is no such model, or nothing to read it."""
    if not folder:
        return None
    path = Path(folder).expanduser()
    missing = [name for name in FILES if not (path / name).is_file()]
    if missing:
        told = (
            f"{SETTING} names {folder}, where {', '.join(missing)} of a model2vec model is not to be found. "
            "Name the folder that `StaticModel.save_pretrained` wrote, or unset it."
        )
        raise Rejected([Problem("no_semantic_model", told)])
    try:
        from model2vec import StaticModel  # the extra, and slow to import
    except ImportError as error:
        told = f"{SETTING} is set, but model2vec is not installed. Run: pip install 'xrm[semantic]', or unset it."
        raise Rejected([Problem("no_model2vec", told)]) from error
    return StaticMeaning(StaticModel.from_pretrained(path, force_download=False), _digest(path))


def _digest(path: Path) -> str:
    """What tells the files of a model from those of any other."""
    digest = hashlib.sha256()
    for name in FILES:
        with (path / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]
