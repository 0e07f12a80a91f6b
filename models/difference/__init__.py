"""What sets two versions of the model apart, what each change does to the data, and what must be counted first."""

from __future__ import annotations

from models.difference.changes import Effect, ModelChange, Question
from models.difference.versions import difference

__all__ = ["Effect", "ModelChange", "Question", "difference"]
