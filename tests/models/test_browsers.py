"""Browsers by what they call themselves, each under the names of others."""

from __future__ import annotations

import pytest

from models.browsers import LONGEST_LOOKED_AT, Browser, browser_of

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"


@pytest.mark.parametrize(
    ("agent", "name", "system"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/141.0.0.0 Safari/537.36", "Chrome", "Linux"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} HeadlessChrome/141.0.0.0 Safari/537.36", "Chrome", "Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/141.0.0.0 Safari/537.36 Edg/141.0", "Edge", "Windows"),
        (f"{MAC} {WEBKIT} Chrome/141 Safari/537.36 OPR/120.0", "Opera", "macOS"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/140 YaBrowser/25.8 Safari/537.36", "Yandex Browser", "Windows"),
        (f"Mozilla/5.0 (Linux; Android 14; SM-S911B) {WEBKIT} SamsungBrowser/27.0 Chrome/125 Mobile Safari/537.36",
         "Samsung Internet", "Android"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/141.0.0.0 Safari/537.36", "Chrome", "ChromeOS"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox", "Linux"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0", "Firefox", "Android"),
        (f"{IPHONE} Version/18.6 Mobile/15E148 Safari/604.1", "Safari", "iOS"),
        (f"{IPHONE} CriOS/141.0 Mobile/15E148 Safari/604.1", "Chrome", "iOS"),
        (f"{MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15", "Safari", "macOS"),
        ("curl/8.5.0", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_browser_is_known_by_its_own_mark(agent: str, name: str, system: str) -> None:
    assert browser_of(agent) == Browser(name, system)


def test_what_stands_far_behind_is_not_looked_at() -> None:
    assert browser_of("x" * LONGEST_LOOKED_AT + "Firefox/143.0 Linux") == Browser()
