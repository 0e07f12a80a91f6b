"""From plain data (YAML, JSON, GraphQL input) to a patch, with everything that is wrong in itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from models import names
from models.definitions.conditional import read_when
from models.definitions.fields import check_field
from models.definitions.given import Given, near
from models.definitions.patch import ModelPatch, Path, RelationPatch, TypePatch
from models.definitions.profiles.reading import MOST_PROFILES, ProfileReader
from models.errors import Problem
from models.fields import KINDS
from models.metamodel import Field, OnDelete, Validity

MOST_TYPES = 5_000
MOST_RELATIONS = 10_000
MOST_FIELDS = 500
LONGEST_REASON = 300  # of a deprecation


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DOCUMENT = frozenset({"types", "relations", "profiles", "drop"})
_DROP = frozenset({"types", "relations", "fields", "profiles"})
_FIELD = _words(
    "name kind labels help required unique default readOnly searchable personal sensitive options storedAs deprecated "
    "when"
)
_TYPE = _words(
    "name extends plural labels description icon color display naturalKeys order fields fieldOrder pack deprecated"
)
_RELATION = _words("name extends labels description source target fields fieldOrder symmetric repeatable validity pack")
_END = frozenset({"types", "field", "labels", "most", "onDelete", "deprecated"})


def patch_from_plain(document: Mapping[str, Any], *, pack: str = "") -> tuple[ModelPatch, list[Problem]]:
    """The patch a document describes, made of its sound parts, and everything wrong with the others.

    Keys may be written in camelCase or snake_case. What depends on the model (whether a type exists, whether names
    clash) is checked by `patched`.
    """
    reader = _Reader(pack)
    given = reader.entries(document, _DOCUMENT, ())
    types = [
        reader.type(entry, ("types", place))
        for place, entry in reader.items(given.get("types"), MOST_TYPES, ("types",))
    ]
    relations = [
        reader.relation(entry, ("relations", place))
        for place, entry in reader.items(given.get("relations"), MOST_RELATIONS, ("relations",))
    ]
    profiles = ProfileReader(pack, reader.problems, reader.places).profiles(given.get("profiles"))
    drop = reader.entries(given["drop"], _DROP, ("drop",)) if given.get("drop") is not None else {}
    reader.faults(names.check_pack_name(pack), ("pack",))
    patch = ModelPatch(
        tuple(entry for entry in types if entry),
        tuple(entry for entry in relations if entry),
        reader.names(drop.get("types"), names.check_type_name, MOST_TYPES, ("drop", "types")),
        reader.names(drop.get("relations"), names.check_relation_name, MOST_RELATIONS, ("drop", "relations")),
        reader.dropped_fields(drop.get("fields"), ("drop", "fields")),
        pack,
        MappingProxyType(reader.places),
        profiles,
        reader.names(drop.get("profiles"), names.check_type_name, MOST_PROFILES, ("drop", "profiles")),
    )
    return patch, reader.problems


class _Reader(Given):
    def __init__(self, pack: str) -> None:
        super().__init__()
        self.pack = pack
        self.places: dict[Path, Path] = {}

    def type(self, value: object, path: Path) -> TypePatch | None:
        given = self.entries(value, _TYPE, path)
        name = self._name(given, "types", names.check_type_name, path)
        attributes = self._shared(given, path)
        if "plural" in given and not self.faults(names.check_plural(given["plural"]), (*path, "plural")):
            attributes["plural"] = given["plural"]
        if "icon" in given:
            attributes["icon"] = self.text(
                given["icon"], (*path, "icon"), longest=60, pattern="[a-z0-9]+(-[a-z0-9]+)*", example="building-2"
            )
        if "color" in given:
            attributes["color"] = self.text(
                given["color"], (*path, "color"), longest=7, pattern="#[0-9A-Fa-f]{6}", example="#2f6feb"
            )
        if "display" in given:
            attributes["display"] = self.text(given["display"], (*path, "display"), longest=500)
        if "naturalKeys" in given:
            attributes["natural_keys"] = self._natural_keys(given["naturalKeys"], (*path, "naturalKeys"))
        if "order" in given:
            attributes["order"] = self._order(given["order"], (*path, "order"))
        if "deprecated" in given:
            attributes["deprecated"] = self._deprecated(given, path)
        fields = self._fields(given.get("fields"), "types", name, path)
        order = self._field_order(given, path)
        return TypePatch(name, MappingProxyType(attributes), fields, "extends" in given, order) if name else None

    def relation(self, value: object, path: Path) -> RelationPatch | None:
        given = self.entries(value, _RELATION, path)
        name = self._name(given, "relations", names.check_relation_name, path)
        attributes = self._shared(given, path)
        for flag in ("symmetric", "repeatable"):
            if flag in given:
                attributes[flag] = self.flag(given[flag], (*path, flag))
        if given.get("validity") is not None:
            word = self.word(given["validity"], tuple(Validity), (*path, "validity"))
            attributes["validity"] = Validity(word or "none")
        fields = self._fields(given.get("fields"), "relations", name, path)
        source, target = (self._end(given.get(end), (*path, end)) for end in ("source", "target"))
        order = self._field_order(given, path)
        if name is None:
            return None
        return RelationPatch(name, MappingProxyType(attributes), fields, source, target, "extends" in given, order)

    def dropped_fields(self, value: object, path: Path) -> tuple[tuple[str, str], ...]:
        found = []
        for place, entry in self.items(value, MOST_TYPES, path):
            owner, dot, name = entry.partition(".") if isinstance(entry, str) else ("", "", "")
            if not dot or len(entry) > 2 * names.LONGEST + 1:
                self.fault(
                    "bad_form", f"Write Company.revenue or WORKS_AT.role, not {names.shown(entry)}.", (*path, place)
                )
            else:
                found.append((owner, name))
        return tuple(dict.fromkeys(found))

    def _name(self, given: Mapping[str, Any], where: str, check: Any, path: Path) -> str | None:
        key = "extends" if "extends" in given else "name"
        if "extends" in given and "name" in given and given["name"] != given["extends"]:
            self.fault("twice", "Give either name or extends.", (*path, "extends"))
        if self.faults(check(given.get(key)), (*path, key)):
            return None
        name = str(given[key])
        if (where, name) in self.places:
            self.fault("twice", "{name} is described twice in this document.", (*path, key), name=name)
            return None
        self.places[where, name] = path
        return name

    def _shared(self, given: Mapping[str, Any], path: Path) -> dict[str, Any]:
        attributes: dict[str, Any] = {"pack": self.pack} if self.pack else {}
        if "labels" in given:
            attributes["labels"] = self.labels(given["labels"], (*path, "labels"))
        if "description" in given:
            attributes["description"] = self.labels(given["description"], (*path, "description"), longest=2_000)
        if given.get("pack") is not None and not self.faults(names.check_pack_name(given["pack"]), (*path, "pack")):
            attributes["pack"] = given["pack"]
        return attributes

    def _natural_keys(self, value: object, path: Path) -> tuple[tuple[str, ...], ...]:
        keys = [
            self.names(key, names.check_field_name, 4, (*path, place)) for place, key in self.items(value, 10, path)
        ]
        return tuple(dict.fromkeys(key for key in keys if key))

    def _field_order(self, given: Mapping[str, Any], path: Path) -> tuple[str, ...]:
        return self.names(given.get("fieldOrder"), names.check_field_name, MOST_FIELDS, (*path, "fieldOrder"))

    def _order(self, value: object, path: Path) -> tuple[tuple[str, str], ...]:
        found = []
        for place, entry in self.items(value, 5, path):
            given = self.entries(entry, frozenset({"field", "direction"}), (*path, place))
            direction = self.word(given.get("direction", "asc"), ("asc", "desc"), (*path, place, "direction"))
            name = given.get("field")
            if isinstance(name, str) and len(name) <= names.LONGEST:
                found.append((name, direction or "asc"))
            else:
                self.fault("bad_name", "Give the name of a field.", (*path, place, "field"))
        return tuple(found)

    def _end(self, value: object, path: Path) -> Mapping[str, Any]:
        if value is None:
            return MappingProxyType({})
        given = self.entries(value, _END, path)
        end: dict[str, Any] = {}
        if "types" in given:
            end["types"] = self.names(given["types"], names.check_type_name, 1_000, (*path, "types"))
        if "field" in given and not self.faults(names.check_field_name(given["field"]), (*path, "field")):
            end["field"] = given["field"]
        if "labels" in given:
            end["labels"] = self.labels(given["labels"], (*path, "labels"))
        if "most" in given:
            end["most"] = self._most(given["most"], (*path, "most"))
        if given.get("onDelete") is not None:
            word = self.word(given["onDelete"], tuple(OnDelete), (*path, "onDelete"))
            end["on_delete"] = OnDelete(word or "unlink")
        if "deprecated" in given:
            end["deprecated"] = self._deprecated(given, path)
        return MappingProxyType(end)

    def _deprecated(self, given: Mapping[str, Any], path: Path) -> str:
        """Why something should be used no longer; empty where it may be."""
        return self.text(given.get("deprecated"), (*path, "deprecated"), longest=LONGEST_REASON)

    def _most(self, value: object, path: Path) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1_000_000_000:
            sentence = "Give how many links at most, from 1 up, or null; not {given}."
            self.fault("bad_limit", sentence, path, case="given", given=names.shown(value))
            return None
        return value

    def _fields(self, value: object, where: str, owner: str | None, path: Path) -> Mapping[str, Field]:
        found: dict[str, Field] = {}
        for place, entry in self.items(value, MOST_FIELDS, (*path, "fields")):
            at = (*path, "fields", place)
            field = self._field(entry, at, of_link=where == "relations")
            if field is None:
                continue
            if field.name in found:
                sentence = "The field {name} is described twice."
                self.fault("twice", sentence, (*at, "name"), case="field", name=field.name)
            found[field.name] = field
            self.places[where, owner or "", "fields", field.name] = at
        return MappingProxyType(found)

    def _field(self, value: object, path: Path, *, of_link: bool) -> Field | None:
        before = len(self.problems)
        given = self.entries(value, _FIELD, path)
        self.faults(names.check_field_name(given.get("name"), of_link=of_link), (*path, "name"))
        kind = given.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            known = near(str(kind), frozenset(KINDS))
            sentence = "There is no kind {name}. {near}"
            self.fault("unknown_kind", sentence, (*path, "kind"), case="given", name=names.shown(kind), near=known)
        if given.get("storedAs"):
            self.faults(names.check_stored_as(given["storedAs"]), (*path, "storedAs"))
        options = self._options(given.get("options"), (*path, "options"))
        flags = {
            flag: self.flag(given.get(flag), (*path, flag))
            for flag in ("required", "unique", "readOnly", "searchable", "personal", "sensitive")
        }
        labels = self.labels(given.get("labels"), (*path, "labels"))
        help_texts = self.labels(given.get("help"), (*path, "help"), longest=2_000)
        default = self.plain(given.get("default"), (*path, "default"))
        deprecated = self._deprecated(given, path)
        when = read_when(self, given.get("when"), (*path, "when"))
        if len(self.problems) > before:
            return None
        flags["read_only"] = flags.pop("readOnly")
        field = Field(
            given["name"],
            str(kind),
            labels,
            help_texts,
            default=default,
            options=options,
            stored_as=given.get("storedAs") or "",
            deprecated=deprecated,
            when=when,
            **flags,
        )
        return None if self.faults(check_field(field, of_link=of_link), path) else field

    def _options(self, value: object, path: Path) -> Mapping[str, Any]:
        if value is None:
            return MappingProxyType({})
        if not isinstance(value, Mapping):
            self.fault("wrong_type", f"Give a map of options, not {type(value).__name__}.", path)
            return MappingProxyType({})
        frozen = self.plain(value, path) or {}
        choices = frozen.get("choices")
        if not isinstance(choices, tuple):
            return MappingProxyType({name: option for name, option in frozen.items() if option is not None})
        return MappingProxyType(
            {
                **frozen,
                "choices": tuple(
                    self._choice(choice, (*path, "choices", place)) for place, choice in enumerate(choices)
                ),
            }
        )

    def _choice(self, value: object, path: Path) -> object:
        given = self.entries(value, frozenset({"value", "labels", "color"}), path)
        choice: dict[str, Any] = {"value": given.get("value")}
        if given.get("labels") is not None:
            choice["labels"] = self.labels(given["labels"], (*path, "labels"))
        if given.get("color") is not None:
            choice["color"] = self.text(
                given["color"], (*path, "color"), longest=7, pattern="#[0-9A-Fa-f]{6}", example="#2f6feb"
            )
        return MappingProxyType(choice)
