"""Accounts, tokens, sessions and the brake on guessing, against a real Neo4j."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import neo4j
import pytest

from graph import admission, passwords, people, sign_in
from graph.admission import Admission
from graph.session import Database
from models.actor import ActorKind
from models.errors import Rejected
from models.people import TOKEN_PREFIX, check_name, check_password, is_token, name_key, period

pytestmark = pytest.mark.anyio

NOW = datetime.now(UTC)
PASSWORD = "correct horse battery"
HERE = "127.0.0.1"


@pytest.fixture
def remember_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "KEEP_S", 0.0)


@pytest.mark.parametrize("name", ["ann", "Анна", "علی", "a.b@example.org", "x" * 64, "7of9"])
def test_a_name_of_letters_digits_and_a_few_signs_is_taken(name: str) -> None:
    assert check_name(name) == []


@pytest.mark.parametrize("name", ["", " ann", "an n", "`ann`", "_ann", "ann\n", "x" * 65, "a\u0000b", "<b>"])
def test_other_names_are_refused_with_a_cure(name: str) -> None:
    (problem,) = check_name(name)

    assert problem.code == "bad_user_name"
    assert "begin with a letter" in problem.message


def test_names_are_one_whatever_their_case_and_form() -> None:
    assert name_key("ＡＮＮ") == name_key("ann") == "ann"


def test_a_password_is_neither_short_nor_endless() -> None:
    assert [len(check_password("x" * length)) for length in (9, 10, 256, 257)] == [1, 0, 0, 1]


@pytest.mark.parametrize(("text", "hours"), [("30d", 720), ("12h", 12), ("2w", 336), ("60m", 1)])
def test_a_period_is_a_number_and_a_unit(text: str, hours: int) -> None:
    assert period(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "30", "d", "0d", "-1d", "1y", "1.5h", "9999999d"])
def test_other_periods_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="such as 30d"):
        period(text)


def test_passwords_are_hashed_with_argon2id_at_or_above_the_floor_of_owasp() -> None:
    assert passwords._hash("x").startswith("$argon2id$v=19$m=32768,t=3,p=1$")


async def test_a_user_is_added_listed_and_disabled(database: Database) -> None:
    await people.add_user(database, "ann", PASSWORD, now=NOW, administrator=True)
    await people.add_user(database, "Bob", PASSWORD, now=NOW)

    await people.disable_user(database, "ANN", now=NOW)

    users = await people.list_users(database)
    assert [(user.name, user.administrator, user.disabled_at) for user in users] == [
        ("ann", True, NOW),
        ("Bob", False, None),
    ]


async def test_a_name_is_given_once_and_everything_wrong_is_said_at_once(database: Database) -> None:
    await people.add_user(database, "ann", PASSWORD, now=NOW)

    with pytest.raises(Rejected) as twice:
        await people.add_user(database, "Ann", PASSWORD, now=NOW)
    with pytest.raises(Rejected) as bad:
        await people.add_user(database, "a b", "short", now=NOW)

    assert [problem.code for problem in twice.value.problems] == ["taken"]
    assert [problem.code for problem in bad.value.problems] == ["bad_user_name", "bad_password"]
    assert len(await people.list_users(database)) == 1


async def test_a_token_lets_its_user_in_until_it_expires(database: Database, remember_nothing: None) -> None:
    user = await people.add_user(database, "ann", PASSWORD, now=NOW, administrator=True)
    door = Admission(database)

    good = await people.create_token(database, "ann", now=NOW, lasts=timedelta(days=1))  # a soak takes hours
    over = await people.create_token(database, "ann", now=NOW - timedelta(hours=2), lasts=timedelta(hours=1))

    admitted = await door.by_token(good)
    assert admitted is not None
    assert (admitted.actor.id, admitted.actor.name, admitted.actor.kind) == (user.id, "ann", ActorKind.TOKEN)
    assert admitted.actor.administrator
    assert await door.by_token(over) is None
    assert await door.by_token(good[:-1] + ("A" if good[-1] != "A" else "B")) is None
    assert await door.by_token("") is None


async def test_only_digests_of_secrets_are_stored(database: Database, neo4j_driver: neo4j.Driver) -> None:
    await people.add_user(database, "ann", PASSWORD, now=NOW)
    token = await people.create_token(database, "ann", now=NOW, lasts=timedelta(days=1))
    entered = await sign_in.sign_in(database, "ann", PASSWORD, address=HERE, now=NOW)

    stored = str(neo4j_driver.execute_query("MATCH (n) RETURN collect(properties(n)) AS all").records[0]["all"])

    assert token.startswith(TOKEN_PREFIX)
    assert is_token(token)
    assert [secret in stored for secret in (token, token[4:], entered.session, PASSWORD)] == [False] * 4


async def test_nobody_makes_a_token_for_a_user_who_is_not_there(database: Database) -> None:
    with pytest.raises(people.UnknownUser, match="xrm user list"):
        await people.create_token(database, "nobody", now=NOW, lasts=timedelta(days=1))


async def test_disabling_a_user_ends_tokens_and_sessions(database: Database, remember_nothing: None) -> None:
    await people.add_user(database, "ann", PASSWORD, now=NOW)
    token = await people.create_token(database, "ann", now=NOW, lasts=timedelta(days=1))
    entered = await sign_in.sign_in(database, "ann", PASSWORD, address=HERE, now=NOW)
    door = Admission(database)
    assert await door.by_session(entered.session) is not None

    await people.disable_user(database, "ann", now=NOW)

    assert await door.by_token(token) is None
    assert await door.by_session(entered.session) is None
    with pytest.raises(sign_in.SignInRefused):
        await sign_in.sign_in(database, "ann", PASSWORD, address=HERE, now=NOW)


async def test_a_new_password_ends_sessions_and_leaves_tokens(database: Database, remember_nothing: None) -> None:
    await people.add_user(database, "ann", PASSWORD, now=NOW)
    token = await people.create_token(database, "ann", now=NOW, lasts=timedelta(days=1))
    entered = await sign_in.sign_in(database, "ann", PASSWORD, address=HERE, now=NOW)
    door = Admission(database)

    await people.set_password(database, "Ann", "another horse battery")

    assert await door.by_session(entered.session) is None
    assert await door.by_token(token) is not None
    with pytest.raises(sign_in.SignInRefused):
        await sign_in.sign_in(database, "ann", PASSWORD, address=HERE, now=NOW)
    await sign_in.sign_in(database, "ann", "another horse battery", address=HERE, now=NOW)


async def test_a_bad_password_is_refused_and_the_old_one_stays(database: Database) -> None:
    await people.add_user(database, "ann", PASSWORD, now=NOW)

    with pytest.raises(Rejected) as refused:
        await people.set_password(database, "ann", "short")
    with pytest.raises(people.UnknownUser):
        await people.set_password(database, "bob", PASSWORD)

    assert [problem.code for problem in refused.value.problems] == ["bad_password"]
    await sign_in.sign_in(database, "ann", PASSWORD, address=HERE, now=NOW)


async def test_who_signs_in_while_the_password_changes_is_not_let_in_with_the_old_one(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people.add_user(database, "ann", PASSWORD, now=NOW)
    matches = passwords.matches

    async def slowly(password: str, kept: str | None) -> bool:
        fits = await matches(password, kept)
        await people.set_password(database, "ann", "another horse battery")
        return fits

    monkeypatch.setattr(passwords, "matches", slowly)
    with pytest.raises(sign_in.SignInRefused):
        await sign_in.sign_in(database, "ann", PASSWORD, address=HERE, now=NOW)


async def test_a_hash_is_renewed_only_while_its_password_is_the_password(database: Database) -> None:
    user = await people.add_user(database, "ann", PASSWORD, now=NOW)
    found = await people.find_user(database, "ann")
    assert found is not None
    await people.set_password(database, "ann", "another horse battery")

    await people.renew_hash(database, user, was=found[1], now=found[1])

    await sign_in.sign_in(database, "ann", "another horse battery", address=HERE, now=NOW)


async def test_somebody_disabled_is_let_in_again_without_the_tokens_of_before(
    database: Database, remember_nothing: None
) -> None:
    await people.add_user(database, "ann", PASSWORD, now=NOW)
    token = await people.create_token(database, "ann", now=NOW, lasts=timedelta(days=1))
    await people.disable_user(database, "ann", now=NOW)

    await people.enable_user(database, "ANN")

    assert await Admission(database).by_token(token) is None
    await sign_in.sign_in(database, "ann", PASSWORD, address=HERE, now=NOW)
    with pytest.raises(people.UnknownUser):
        await people.enable_user(database, "bob")


async def test_a_busy_token_is_looked_up_once_and_forgotten_on_demand(database: Database) -> None:
    await people.add_user(database, "ann", PASSWORD, now=NOW)
    token = await people.create_token(database, "ann", now=NOW, lasts=timedelta(days=1))
    door = Admission(database)
    first = await door.by_token(token)

    await people.disable_user(database, "ann", now=NOW)
    door._known[next(iter(door._known))] = (float("inf"), first)  # type: ignore[assignment]
    kept = await door.by_token(token)
    door.forget(token)

    assert kept is first
    assert await door.by_token(token) is None


async def test_signing_in_rotates_the_session_and_signing_out_ends_it(
    database: Database, remember_nothing: None
) -> None:
    await people.add_user(database, "ann", PASSWORD, now=NOW)
    door = Admission(database)

    first = await sign_in.sign_in(database, "ann", PASSWORD, address=HERE, now=NOW)
    second = await sign_in.sign_in(database, "ann", PASSWORD, address=HERE, now=NOW, previous=first.session)

    assert first.session != second.session
    assert await door.by_session(first.session) is None
    assert await door.by_session(second.session) is not None
    await sign_in.sign_out(database, second.session)
    assert await door.by_session(second.session) is None


async def test_unknown_user_and_wrong_password_get_the_same_answer(database: Database) -> None:
    await people.add_user(database, "ann", PASSWORD, now=NOW)

    answers = []
    for name in ("ann", "nobody"):
        with pytest.raises(sign_in.SignInRefused) as refused:
            await sign_in.sign_in(database, name, "wrong password", address=HERE, now=NOW)
        answers.append((refused.value.code, refused.value.message))

    assert answers[0] == answers[1]


async def test_guessing_is_slowed_down_even_for_the_right_password(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "MOST_PAIR", 3)
    await people.add_user(database, "ann", PASSWORD, now=NOW)
    for _ in range(3):
        with pytest.raises(sign_in.SignInRefused):
            await sign_in.sign_in(database, "ann", "wrong password", address=HERE, now=NOW)

    with pytest.raises(sign_in.TooManyAttempts) as slowed:
        await sign_in.sign_in(database, "ann", PASSWORD, address=HERE, now=NOW)
    elsewhere = await sign_in.sign_in(database, "ann", PASSWORD, address="192.0.2.7", now=NOW)
    later = await sign_in.sign_in(database, "ann", PASSWORD, address=HERE, now=NOW + sign_in.WINDOW)

    assert slowed.value.wait_s == sign_in.WINDOW.total_seconds()
    assert elsewhere.name == later.name == "ann"
