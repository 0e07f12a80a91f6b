"""The model as documents: reading what users hand in, putting it on a model, checking it whole, writing it out."""

from models.definitions.applying import patched
from models.definitions.checking import check
from models.definitions.patch import ModelPatch, ProfilePatch, RelationPatch, TypePatch
from models.definitions.plain import field_to_plain, relation_to_plain, to_plain, type_to_plain
from models.definitions.profiles.plain import profile_to_plain
from models.definitions.reading import patch_from_plain

__all__ = [
    "ModelPatch",
    "ProfilePatch",
    "RelationPatch",
    "TypePatch",
    "check",
    "field_to_plain",
    "patch_from_plain",
    "patched",
    "profile_to_plain",
    "relation_to_plain",
    "to_plain",
    "type_to_plain",
]
