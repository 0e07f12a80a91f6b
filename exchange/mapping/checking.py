"""A mapping held against the model and the files: types, fields, keys, relations, ends and columns that are not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from exchange.mapping.document import At
from exchange.mapping.reading import near
from exchange.mapping.rules import ByKey, EndRule, LinkRule, Plan, RecordRule, Source
from exchange.tables import Table
from exchange.transforms import Sum, Value
from models.errors import Problem
from models.metamodel import End, EntityType, Field, Metamodel


def check(plan: Plan, model: Metamodel, tables: Mapping[str, Table]) -> list[Problem]:
    """Everything of the mapping that does not fit the model or the tables, by source name; [] when it all fits."""
    checking = _Checking(plan, model, tables)
    for source in plan.sources:
        checking.source(source)
    return checking.problems


@dataclass(slots=True)
class _Checking:
    plan: Plan
    model: Metamodel
    tables: Mapping[str, Table]
    problems: list[Problem] = field(default_factory=list)

    def source(self, source: Source) -> None:
        if source.valid_from is not None:
            self._columns(source, source.valid_from, ("sources", source.name, "validFrom"))
        for rule in source.records:
            self._record(source, rule)
        for link in source.links:
            self._link(source, link)

    def _record(self, source: Source, rule: RecordRule) -> None:
        kind = self._type(rule.type, (*rule.path, "type"))
        if kind is None:
            return
        self._fields(source, kind.name, kind.fields, rule.fields, (*rule.path, "fields"))
        if rule.valid_from is not None:
            self._columns(source, rule.valid_from, (*rule.path, "validFrom"))
        self._key(kind, rule.key, (*rule.path, "key"))

    def _link(self, source: Source, rule: LinkRule) -> None:
        relation = self.model.relations.get(rule.relation)
        if relation is None:
            known = near(rule.relation, tuple(self.model.relations))
            path = (*rule.path, "relation")
            self._note(
                "unknown_relation", "No relation {name}. Near: {near}.", path, name=repr(rule.relation), near=known
            )
            return
        self._end(source, relation.source, rule.source, (*rule.path, "from"))
        self._end(source, relation.target, rule.target, (*rule.path, "to"))
        self._fields(source, relation.name, relation.fields, rule.fields, (*rule.path, "fields"))
        for name, bound in (("validFrom", rule.valid_from), ("validTo", rule.valid_to)):
            if bound is not None:
                self._columns(source, bound, (*rule.path, name))
                if name == "validTo" and not relation.temporal:
                    sentence = "Links of {relation} end at no time."
                    self._note("no_validity", sentence, (*rule.path, name), case="mapping", relation=relation.name)

    def _end(self, source: Source, end: End, rule: EndRule, path: At) -> None:
        if isinstance(rule, ByKey):
            kind = self._type(rule.type, (*path, "type"))
            if kind is None:
                return
            self._key(kind, tuple(rule.by), (*path, "by"))
            self._fields(source, kind.name, kind.fields, rule.by, (*path, "by"))
        type_name = rule.type if isinstance(rule, ByKey) else source.record(rule.rule).type
        if type_name in self.model.types and type_name not in end.types:
            sentence = "{type} may not stand at this end; {allowed} may."
            self._note("wrong_end", sentence, path, type=type_name, allowed=" or ".join(end.types))

    def _type(self, name: str, path: At) -> EntityType | None:
        kind = self.model.types.get(name)
        if kind is None:
            known = near(name, tuple(self.model.types)) or "none; install a pack first: xrm pack install"
            needed = f" The mapping needs the packs {', '.join(self.plan.requires)}." if self.plan.requires else ""
            sentence = "No type {name}. Near: {near}.{needed}"
            self._note("unknown_type", sentence, path, case="mapping", name=repr(name), near=known, needed=needed)
        return kind

    def _key(self, kind: EntityType, key: tuple[str, ...], path: At) -> None:
        keys = [*kind.natural_keys, *((name,) for name, each in kind.fields.items() if each.unique)]
        if not any(set(key) == set(each) for each in keys):
            known = " or ".join(", ".join(each) for each in keys) or "none; add one to the type"
            sentence = "{key} is no natural key of {type}; its keys are: {known}."
            self._note("no_key", sentence, path, key=", ".join(key), type=kind.name, known=known)

    def _fields(
        self, source: Source, owner: str, fields: Mapping[str, Field], values: Mapping[str, Value], path: At
    ) -> None:
        for name, value in values.items():
            if name not in fields:
                known = near(name, tuple(fields))
                sentence = "{owner} has no field {name}. Near: {near}."
                facts = {"owner": owner, "name": repr(name), "near": known}
                self._note("unknown_field", sentence, (*path, name), case="mapping", **facts)
            self._columns(source, value, (*path, name))

    def _columns(self, source: Source, value: Value, path: At) -> None:
        self._missing(source.name, value.columns, path)
        if isinstance(value, Sum):
            if value.source not in self.tables:
                known = near(value.source, tuple(self.tables))
                sentence = "No source {name} to sum. Near: {near}."
                self._note("unknown_source", sentence, path, name=repr(value.source), near=known)
                return
            self._missing(value.source, (value.there, *value.expression.columns), path)

    def _missing(self, source: str, names: tuple[str, ...], path: At) -> None:
        table = self.tables.get(source)
        if table is None:
            return
        for name in names:
            if name not in table.columns:
                facts = {"table": table.path.name, "name": repr(name), "near": near(name, table.columns)}
                self._note("unknown_column", "{table} has no column {name}. Near: {near}.", path, **facts)

    def _note(self, code: str, sentence: str, path: At, **facts: str) -> None:
        self.problems.append(self.plan.document.problem(code, sentence, path, **facts))
