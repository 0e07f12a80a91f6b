"""Signing in and out by browser, the pages around the API, health, metrics, and what every answer carries."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import Any

import httpx
import pytest

from graph import people, sign_in
from xrm.server.words import WORDS

pytestmark = pytest.mark.anyio

JSON = {"content-type": "application/json"}


@pytest.fixture
def api(standing_api: Any) -> Any:
    """One server for all."""
    return standing_api


@pytest.fixture(autouse=True)
async def forgotten(standing_api: Any) -> None:
    """No test suffers from the guesses of another."""
    later = datetime.now(UTC) + 2 * sign_in.WINDOW
    await people.changed(standing_api.database, "sign_in_forget", {"keys": [], "now": later})


async def log_in(api: Any, name: str = "ann", password: str = "", **headers: str) -> httpx.Response:
    body = {"username": name, "password": password or api.password}
    response: httpx.Response = await api.http.post("/auth/login", json=body, headers=headers)
    api.http.cookies.clear()
    return response


def cookie_of(response: httpx.Response) -> str:
    return SimpleCookie(response.headers["set-cookie"])["xrm_session"].value


async def whoami(api: Any, session: str, **headers: str) -> httpx.Response:
    response: httpx.Response = await api.http.post(
        "/graphql", json={"query": "{ me { name kind } }"}, headers={"cookie": f"xrm_session={session}", **headers}
    )
    return response


async def test_signing_in_gives_a_cookie_that_scripts_cannot_read(api: Any) -> None:
    response = await log_in(api)

    morsel = SimpleCookie(response.headers["set-cookie"])["xrm_session"]
    assert (response.status_code, response.json()["name"]) == (200, "ann")
    assert (morsel["httponly"], morsel["samesite"], morsel["path"], morsel["secure"]) == (True, "lax", "/", "")
    assert morsel["max-age"] == "43200"
    assert (await whoami(api, morsel.value)).json()["data"] == {"me": {"name": "ann", "kind": "person"}}


async def test_signing_in_again_ends_the_session_before(api: Any) -> None:
    first = cookie_of(await log_in(api))

    second = cookie_of(await log_in(api, cookie=f"xrm_session={first}"))

    assert first != second
    assert (await whoami(api, first)).status_code == 401
    assert (await whoami(api, second)).status_code == 200


async def test_a_session_brought_along_by_a_stranger_is_not_taken_over(api: Any) -> None:
    given = "A" * 43

    session = cookie_of(await log_in(api, cookie=f"xrm_session={given}"))

    assert session != given
    assert (await whoami(api, given)).status_code == 401


async def test_signing_out_ends_the_session(api: Any) -> None:
    session = cookie_of(await log_in(api))

    response = await api.http.post("/auth/logout", headers={"cookie": f"xrm_session={session}", **JSON})

    assert response.status_code == 204
    assert cookie_of(response) == ""
    assert (await whoami(api, session)).status_code == 401


async def test_a_form_leads_on_to_a_page_of_ours_only(api: Any) -> None:
    answers = []
    for following in ("/graphql", "//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"):
        form = {"username": "ann", "password": api.password, "next": following}
        response = await api.http.post("/auth/login", data=form)
        answers.append((response.status_code, response.headers["location"]))
    api.http.cookies.clear()

    assert answers == [(303, "/graphql"), *[(303, "/")] * 4]


async def test_unknown_name_and_wrong_password_get_the_same_answer(api: Any) -> None:
    answers = [await log_in(api, name, "wrong password") for name in ("ann", "nobody")]

    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].content == answers[1].content
    assert "set-cookie" not in answers[0].headers


async def test_guessing_is_slowed_down(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "MOST_PAIR", 2)

    answers = [await log_in(api, "bob", "wrong password", **{"x-forwarded-for": f"192.0.2.{n}"}) for n in range(3)]
    right = await log_in(api, "bob")

    assert [answer.status_code for answer in (*answers, right)] == [401, 401, 429, 429]
    assert 0 < int(right.headers["retry-after"]) <= 900


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
async def test_pages_of_other_sites_use_no_session(api: Any, headers: dict[str, str]) -> None:
    session = cookie_of(await log_in(api))

    asked = await whoami(api, session, **headers)
    entered = await log_in(api, **headers)
    left = await api.http.post("/auth/logout", headers={"cookie": f"xrm_session={session}", **headers})

    assert [answer.status_code for answer in (asked, entered, left)] == [403, 403, 403]
    assert (await whoami(api, session, origin=api.address)).status_code == 200


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ("x", "text/plain", 415),
        ("x", "application/json", 400),
        ("[]", "application/json", 400),
        ('{"username": "ann"}', "application/json", 400),
        ('{"username": "ann", "password": ["x"]}', "application/json", 400),
        ("username=ann", "application/x-www-form-urlencoded", 400),
        ("&".join(["a=b"] * 100), "application/x-www-form-urlencoded", 400),
        ("x" * 20_000, "application/json", 413),
    ],
)
async def test_misshapen_attempts_are_refused(api: Any, content: str, kind: str, status: int) -> None:
    response = await api.http.post("/auth/login", content=content, headers={"content-type": kind})

    assert response.status_code == status
    assert response.json()["error"]["code"] == "bad_sign_in"


async def test_a_stranger_finds_the_form_and_nothing_else(api: Any) -> None:
    start = await api.http.get("/", headers={"accept": "text/html"})
    workbench = await api.http.get("/graphql", headers={"accept": "text/html,*/*;q=0.8"})
    metrics = await api.http.get("/metrics")

    assert (start.status_code, workbench.status_code, metrics.status_code) == (200, 303, 401)
    assert workbench.headers["location"] == "/?next=/graphql"
    form = await api.http.get(workbench.headers["location"])
    assert 'name="next" value="/graphql"' in form.text
    assert 'action="/auth/login"' in start.text
    assert "/graphql" not in start.text


async def test_who_is_signed_in_finds_the_workbench_which_asks_no_other_address(api: Any) -> None:
    session = {"cookie": f"xrm_session={cookie_of(await log_in(api))}", "accept": "text/html"}

    start = await api.http.get("/", headers=session)
    page = await api.http.get("/graphql", headers=session)

    assert 'href="/graphql"' in start.text
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert re.findall(r"https?://|src=|@import|url\(", page.text) == []
    assert "unsafe-inline" not in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].count("'sha256-") == 2


async def test_what_somebody_typed_comes_back_as_text_not_as_markup(api: Any) -> None:
    form = {"username": '"><script>x</script>', "password": "wrong password", "next": "/"}

    response = await api.http.post("/auth/login", data=form)

    assert response.status_code == 401
    assert "<script>" not in response.text


@pytest.mark.parametrize(
    ("accepted", "language", "direction", "button", "refusal"),
    [
        ("", "en", "ltr", "Sign in", "Name and password do not go together."),
        ("de,ru;q=0.5,en;q=0.4", "ru", "ltr", "Войти", "Имя и пароль не подходят друг к другу."),
        ("fa-IR,fa;q=0.9,en;q=0.8", "fa", "rtl", "ورود", "نام و گذرواژه با هم جور نیستند."),
        ("fa;q=0", "en", "ltr", "Sign in", "Name and password do not go together."),
        ("en;q=" + "1" * 5_000, "en", "ltr", "Sign in", "Name and password do not go together."),
    ],
    ids=["nothing", "russian", "persian", "refused", "long"],
)
async def test_pages_speak_the_language_that_the_browser_asks_for(
    api: Any, accepted: str, language: str, direction: str, button: str, refusal: str
) -> None:
    headers = {"accept-language": accepted}

    page = await api.http.get("/", headers=headers)
    form = {"username": "nobody", "password": "wrong password"}
    refused = await api.http.post("/auth/login", data=form, headers=headers)

    assert page.headers["content-language"] == language
    assert f'<html lang="{language}" dir="{direction}">' in page.text
    assert button in page.text
    assert (refused.status_code, refusal in refused.text) == (401, True)


async def test_every_language_says_everything() -> None:
    said = {name: {key: re.findall("{.*?}", text) for key, text in words.items()} for name, words in WORDS.items()}

    assert said["ru"] == said["fa"] == said["en"]


async def test_health_is_open_and_tells_the_version_of_the_model(api: Any) -> None:
    live, ready = [await api.http.get(f"/health/{what}") for what in ("live", "ready")]

    assert live.json() == {"status": "live"}
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "modelVersion": 0})


async def test_metrics_have_the_names_of_opentelemetry(api: Any) -> None:
    await api.ask("{ __typename }")

    text = (await api.http.get("/metrics", headers=api.bearer())).text

    assert "# TYPE http_server_request_duration_seconds histogram" in text
    labels = 'http_request_method="POST",http_route="/graphql",http_response_status_code="200"'
    assert re.search(rf'http_server_request_duration_seconds_count{{{labels},process_pid="\d+"}} \d+', text)
    assert re.search(r'http_server_active_requests{process_pid="\d+"} 1', text)


async def test_every_answer_carries_headers_that_protect_and_an_id(api: Any) -> None:
    answers = [
        await api.http.get(path, headers={"x-request-id": "proxy-7"})
        for path in ("/", "/nowhere", "/graphql", "/health/live")
    ]

    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-request-id"] == "proxy-7"
        assert "server" not in answer.headers
    assert answers[1].status_code == 404


async def test_an_id_that_could_break_a_log_line_is_not_taken_over(api: Any) -> None:
    response = await api.http.get("/health/live", headers={"x-request-id": "a b"})

    assert re.fullmatch("[0-9a-f]{32}", response.headers["x-request-id"])


async def test_the_door_is_told_that_somebody_can_enter(api: Any) -> None:
    response = await api.http.get("/auth/first")

    assert (response.status_code, response.json()) == (200, {"nobody": False})
    assert response.headers["cache-control"] == "no-store"
