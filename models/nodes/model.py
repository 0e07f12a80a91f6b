"""The model in the fixed graph: definitions of types, fields and relations, its version, and every change of it."""

from __future__ import annotations

from neomodel import (
    ArrayProperty,
    AsyncRelationshipTo,
    AsyncStructuredNode,
    BooleanProperty,
    DateTimeNeo4jFormatProperty,
    IntegerProperty,
    JSONProperty,
    StringProperty,
)


class ModelRoot(AsyncStructuredNode):
    """The one node that says which version of the model is in force; whoever changes the model locks it."""

    name = StringProperty(unique_index=True, default="model")
    version = IntegerProperty(required=True)


class FieldDefinition(AsyncStructuredNode):
    """A field of a type or of a relation; `key` is `Company.revenue`."""

    key = StringProperty(unique_index=True, required=True)
    position = IntegerProperty(required=True)
    name = StringProperty(required=True)
    kind = StringProperty(required=True)
    labels = JSONProperty(ensure_ascii=False)
    help = JSONProperty(ensure_ascii=False)
    required = BooleanProperty(default=False)
    unique = BooleanProperty(default=False)
    default_value = JSONProperty(db_property="default", ensure_ascii=False)
    read_only = BooleanProperty(db_property="readOnly", default=False)
    searchable = BooleanProperty(default=False)
    personal = BooleanProperty(default=False)
    sensitive = BooleanProperty(default=False)
    options = JSONProperty(ensure_ascii=False)
    stored_as = StringProperty(db_property="storedAs")
    deprecated = StringProperty()
    when = JSONProperty(ensure_ascii=False)


class EntityTypeDefinition(AsyncStructuredNode):
    """An entity type, with its fields."""

    name = StringProperty(unique_index=True, required=True)
    position = IntegerProperty(required=True)
    plural = StringProperty(required=True)
    labels = JSONProperty(ensure_ascii=False)
    description = JSONProperty(ensure_ascii=False)
    icon = StringProperty()
    color = StringProperty()
    display = StringProperty()
    natural_keys = JSONProperty(db_property="naturalKeys")
    order = JSONProperty()
    pack = StringProperty()
    deprecated = StringProperty()
    fields = AsyncRelationshipTo(FieldDefinition, "HAS_FIELD")


class RelationTypeDefinition(AsyncStructuredNode):
    """A relation type, with its fields and the types at its ends; `source` and `target` hold what else an end says."""

    name = StringProperty(unique_index=True, required=True)
    position = IntegerProperty(required=True)
    labels = JSONProperty(ensure_ascii=False)
    description = JSONProperty(ensure_ascii=False)
    source = JSONProperty(ensure_ascii=False, required=True)
    target = JSONProperty(ensure_ascii=False, required=True)
    symmetric = BooleanProperty(default=False)
    repeatable = BooleanProperty(default=False)
    validity = StringProperty(required=True)
    pack = StringProperty()
    fields = AsyncRelationshipTo(FieldDefinition, "HAS_FIELD")
    sources = AsyncRelationshipTo(EntityTypeDefinition, "FROM")
    targets = AsyncRelationshipTo(EntityTypeDefinition, "TO")


class ProfileDefinition(AsyncStructuredNode):
    """The profile of a type, as the document that `models.definitions` reads and writes."""

    name = StringProperty(unique_index=True, required=True)
    position = IntegerProperty(required=True)
    document = JSONProperty(ensure_ascii=False, required=True)


class ModelVersion(AsyncStructuredNode):
    """One change of the model: who made it, when and why, what it says for people, what it breaks for clients, the patch."""

    uid = StringProperty(db_property="id", unique_index=True, required=True)
    version = IntegerProperty(unique_index=True, required=True)
    at = DateTimeNeo4jFormatProperty(required=True)
    actor = StringProperty(required=True)
    actor_name = StringProperty(db_property="actorName", required=True)
    reason = StringProperty()
    summary = ArrayProperty(StringProperty())
    changes = JSONProperty(ensure_ascii=False)
    breaks = JSONProperty(ensure_ascii=False)
    document = JSONProperty(ensure_ascii=False, required=True)


class ModelCleanup(AsyncStructuredNode):
    """Work on records and links that a published change still asks for, as JSON; gone when it is done."""

    uid = StringProperty(db_property="id", unique_index=True, required=True)
    version = IntegerProperty(required=True)
    position = IntegerProperty(required=True)
    step = StringProperty(required=True)
