"""`xrm user`, `xrm token` and `xrm schema`, run as their users run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.address import Address
from models.people import is_token

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def xrm(clean_neo4j: Address, tmp_path: Path) -> Run:
    """Run a command on the test run's Neo4j."""
    environment = {
        **os.environ,
        "XRM_HOME": str(tmp_path),
        "NEO4J_URI": clean_neo4j.uri,
        "NEO4J_USERNAME": clean_neo4j.username,
        "NEO4J_PASSWORD": clean_neo4j.password,
        "NEO4J_DATABASE": clean_neo4j.database,
    }

    def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "xrm", *arguments]
        return subprocess.run(command, env=environment, input=given, capture_output=True, text=True, timeout=120)

    return run


def read(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_people_are_added_listed_given_tokens_and_shut_out(xrm: Run, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("correct horse battery\nsecond line\n", encoding="utf-8")

    ann = read(xrm("user", "add", "ann", "--admin", "--json"))
    bob = read(xrm("user", "add", "bob", "--password-file", str(secret), "--json"))
    token = xrm("token", "create", "--user", "ann", "--expires-in", "2w")
    gone = xrm("user", "disable", "bob")
    people = read(xrm("user", "list", "--json"))
    refused = xrm("token", "create", "--user", "bob", "--json")

    assert (ann["administrator"], len(ann["password"])) == (True, 20)
    assert (bob["administrator"], "password" in bob) == (False, False)
    assert is_token(token.stdout.strip())
    assert gone.returncode == 0
    assert [(each["name"], each["disabledAt"] is not None) for each in people] == [("ann", False), ("bob", True)]
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["code"] == "unknown_user"


def test_a_password_comes_by_standard_input_and_is_checked(xrm: Run) -> None:
    done = xrm("user", "add", "ann", "--password-file", "-", given="short\n")

    assert done.returncode == 1
    assert done.stderr == "The password has 5 characters; use 10 to 256.\n"


def test_a_new_password_is_given_and_somebody_shut_out_let_in_again(xrm: Run) -> None:
    read(xrm("user", "add", "ann", "--json"))
    xrm("user", "disable", "ann")

    made = read(xrm("user", "password", "ANN", "--json"))
    given = xrm("user", "password", "ann", "--password-file", "-", given="another horse battery\n")
    back = read(xrm("user", "enable", "ann", "--json"))
    (ann,) = read(xrm("user", "list", "--json"))
    short = xrm("user", "password", "ann", "--password-file", "-", given="short\n")
    nobody = xrm("user", "enable", "bob")

    assert (made["changed"], len(made["password"])) == (True, 20)
    assert given.stdout == "ann has a new password and must sign in anew.\n"
    assert (back, ann["disabledAt"]) == ({"name": "ann", "disabled": False}, None)
    assert short.stderr == "The password has 5 characters; use 10 to 256.\n"
    assert "There is no user 'bob'" in nobody.stderr


def test_what_people_and_tokens_may_spend_is_set_and_listed(xrm: Run) -> None:
    read(xrm("user", "add", "ann", "--json"))
    xrm("token", "create", "--user", "ann", "--per-operation", "70")
    (token,) = read(xrm("token", "list", "--json"))

    told = xrm("user", "limit", "ann", "--per-operation", "10000", "--per-minute", "2000000")
    read(xrm("token", "limit", token["id"], "--per-minute", "500", "--json"))
    (ann,), (later,) = read(xrm("user", "list", "--json")), read(xrm("token", "list", "--json"))
    nothing = xrm("token", "limit", "nothing")
    refused = xrm("user", "limit", "ann", "--per-minute", "0")

    assert token["allowance"] == {"operation": 70, "minute": None}
    assert told.stdout == "ann may spend 10,000 on an operation and 2,000,000 in a minute.\n"
    assert ann["allowance"] == {"operation": 10_000, "minute": 2_000_000}
    assert later["allowance"] == {"operation": None, "minute": 500}
    assert "There is no token 'nothing'" in nothing.stderr
    assert refused.stderr == "The cost in a minute is 0 but must be a number from 1 to 2000000000.\n"


@pytest.mark.parametrize("period", ["0d", "30", "x"])
def test_a_period_that_is_none_is_refused_before_anything_is_opened(xrm: Run, period: str) -> None:
    done = xrm("token", "create", "--user", "ann", "--expires-in", period)

    assert done.returncode == 1
    assert "such as 30d" in done.stderr


def test_the_fixed_schema_is_printed_without_a_database(xrm: Run) -> None:
    done = xrm("schema", "print", "--fixed")

    assert done.returncode == 0
    assert "\ntype Query {\n" in done.stdout
