"""Settings: read from the environment, checked whole, shown without secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from xrm import settings
from xrm.settings import BadSettings

KEY = "k" * 32


def test_nothing_set_gives_the_documented_defaults() -> None:
    found = settings.load({})

    assert (found.host, found.port, found.workers, found.log_format) == ("127.0.0.1", 8000, 1, "text")
    assert (found.neo4j_uri, found.neo4j_username, found.neo4j_database) == ("", "neo4j", "neo4j")
    assert found.home.is_absolute()


def test_every_bad_setting_is_named_at_once_with_what_it_must_be() -> None:
    environment = {
        "XRM_PORT": "eighty",
        "XRM_WORKERS": "0",
        "XRM_TIMEOUT_S": "nan",
        "XRM_LOG_FORMAT": "xml",
        "XRM_SECRET_KEY": "short",
        "NEO4J_URI": "http://127.0.0.1:7474",
    }

    with pytest.raises(BadSettings) as refusal:
        settings.load(environment)

    assert {problem.path[0]: problem.message for problem in refusal.value.problems} == {
        "XRM_PORT": "XRM_PORT is 'eighty' but must be a whole number from 1 to 65535.",
        "XRM_WORKERS": "XRM_WORKERS is 0 but must be a whole number from 1 to 64.",
        "XRM_TIMEOUT_S": "XRM_TIMEOUT_S is nan but must be a number from 0.1 to 3600.",
        "XRM_LOG_FORMAT": "XRM_LOG_FORMAT is 'xml' but must be one of text, json.",
        "XRM_SECRET_KEY": "XRM_SECRET_KEY has 5 characters but needs at least 32; leave it unset to have one made.",
        "NEO4J_URI": "NEO4J_URI is 'http://127.0.0.1:7474' but must begin with one of "
        "bolt://, bolt+s://, bolt+ssc://, neo4j://, neo4j+s://, neo4j+ssc://.",
    }


def test_a_secret_may_come_from_a_file_but_not_from_two_places(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY + "\n", encoding="utf-8")

    assert settings.load({"XRM_SECRET_KEY_FILE": str(file)}).secret_key == KEY
    with pytest.raises(BadSettings, match="are both set"):
        settings.load({"XRM_SECRET_KEY_FILE": str(file), "XRM_SECRET_KEY": KEY})
    with pytest.raises(BadSettings, match="cannot be read from the file"):
        settings.load({"NEO4J_PASSWORD_FILE": str(tmp_path / "absent")})


def test_secrets_are_never_shown() -> None:
    found = settings.load({"XRM_SECRET_KEY": KEY, "NEO4J_PASSWORD": "hidden-word", "XRM_PORT": "8123"})

    shown = found.shown()

    assert (shown["XRM_SECRET_KEY"], shown["NEO4J_PASSWORD"], shown["XRM_PORT"]) == ("********", "********", "8123")
    assert not any(secret in str(shown) for secret in (KEY, "hidden-word"))


def test_secrets_do_not_show_in_the_representation_either() -> None:
    found = settings.load({"XRM_SECRET_KEY": KEY, "NEO4J_PASSWORD": "hidden-word"})

    assert not any(secret in repr(found) for secret in (KEY, "hidden-word"))


def test_misspelt_settings_are_noticed() -> None:
    environment = {"XRM_PROT": "1", "XRM_PORT": "1", "XRM_TEST_NEO4J_URI": "x", "XRM_SECRET_KEY_FILE": "y", "HOME": "z"}

    assert settings.unknown(environment) == ["XRM_PROT"]


def test_origins_of_others_are_taken_whole() -> None:
    found = settings.load(
        {"XRM_ALLOWED_ORIGINS": "https://portal.example.com, http://localhost:3000,http://[::1]:8080"}
    )

    allowed = ("https://portal.example.com", "http://localhost:3000", "http://[::1]:8080")
    assert settings.origins(found.allowed_origins) == allowed
    assert settings.origins(settings.load({}).allowed_origins) == ()


@pytest.mark.parametrize(
    "wrong",
    ["*", "https://*.example.com", "portal.example.com", "https://portal.example.com/", "https://Portal.example.com",
     "https://portal.example.com:443", "http://portal.example.com:80", "null"],
)  # fmt: skip
def test_an_origin_that_no_browser_sends_is_no_origin(wrong: str) -> None:
    with pytest.raises(BadSettings, match="whole origins") as refusal:
        settings.load({"XRM_ALLOWED_ORIGINS": f"https://good.example,{wrong}"})

    assert repr(wrong) in str(refusal.value)
