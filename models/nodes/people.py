"""People in the fixed graph: accounts and their changes, bearer tokens, browser sessions, and failed attempts to sign in."""

from __future__ import annotations

from neomodel import (
    AsyncStructuredNode,
    BooleanProperty,
    DateTimeNeo4jFormatProperty,
    IntegerProperty,
    StringProperty,
)


class User(AsyncStructuredNode):
    """The account of a person; `nameKey` is the name without regard to case."""

    uid = StringProperty(db_property="id", unique_index=True, required=True)
    name = StringProperty(required=True)
    name_key = StringProperty(db_property="nameKey", unique_index=True, required=True)
    password_hash = StringProperty(db_property="passwordHash", required=True)
    administrator = BooleanProperty(default=False)
    created_at = DateTimeNeo4jFormatProperty(db_property="createdAt", required=True)
    disabled_at = DateTimeNeo4jFormatProperty(db_property="disabledAt")
    cost_operation = IntegerProperty(db_property="costOperation")
    cost_minute = IntegerProperty(db_property="costMinute")
    person = StringProperty()  # the id of the record that this account is


class AccountChange(AsyncStructuredNode):
    """A change of an account, written with it; what was and what is lies in properties such as `before.administrator`."""

    uid = StringProperty(db_property="id", required=True)
    at = DateTimeNeo4jFormatProperty(required=True)
    kind = StringProperty(required=True)
    account = StringProperty(required=True)
    name = StringProperty(required=True)
    by = StringProperty(required=True)
    by_name = StringProperty(db_property="byName", required=True)


class Token(AsyncStructuredNode):
    """A bearer token of a user; only its digest is kept."""

    uid = StringProperty(db_property="id", unique_index=True, required=True)
    digest = StringProperty(unique_index=True, required=True)
    user = StringProperty(index=True, required=True)
    name = StringProperty()
    created_at = DateTimeNeo4jFormatProperty(db_property="createdAt", required=True)
    expires_at = DateTimeNeo4jFormatProperty(db_property="expiresAt", required=True)
    cost_operation = IntegerProperty(db_property="costOperation")
    cost_minute = IntegerProperty(db_property="costMinute")


class Session(AsyncStructuredNode):
    """A browser that is signed in; only the digest of its cookie is kept."""

    digest = StringProperty(unique_index=True, required=True)
    user = StringProperty(index=True, required=True)
    browser = StringProperty()
    system = StringProperty()
    created_at = DateTimeNeo4jFormatProperty(db_property="createdAt", required=True)
    expires_at = DateTimeNeo4jFormatProperty(db_property="expiresAt", index=True, required=True)


class SignInAttempts(AsyncStructuredNode):
    """How often signing in was tried of late, for one account, one address, or both together."""

    key = StringProperty(unique_index=True, required=True)
    count = IntegerProperty(required=True)
    until = DateTimeNeo4jFormatProperty(index=True, required=True)
