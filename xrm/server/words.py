"""What the plain pages say in each language of XRM, and which of them a browser asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping

ENGLISH = "en"
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "lang": "en",
        "dir": "ltr",
        "about": "Relationship management on a graph.",
        "sign_in": "Sign in",
        "sign_out": "Sign out",
        "username": "Name",
        "password": "Password",
        "signed_in": "Signed in as {name}.",
        "api": "The API: POST, GET and WebSocket. In a browser this link opens GraphiQL.",
        "ready": "Whether the server can serve.",
        "live": "Whether the server runs.",
        "metrics": "What the server counts about itself, for Prometheus.",
        "no_web": "The web application was not built here, or is switched off (XRM_WEB). To build it: make demo.",
        "sign_in_refused": "Name and password do not go together.",
        "too_many_attempts": "Too many attempts to sign in. Wait {minutes} min and try again.",
    },
    "ru": {
        "lang": "ru",
        "dir": "ltr",
        "about": "Управление связями на графе.",
        "sign_in": "Войти",
        "sign_out": "Выйти",
        "username": "Имя",
        "password": "Пароль",
        "signed_in": "Вы вошли как {name}.",
        "api": "API: POST, GET и WebSocket. В браузере эта ссылка открывает GraphiQL.",
        "ready": "Может ли сервер отвечать на запросы.",
        "live": "Работает ли сервер.",
        "metrics": "Что сервер считает о себе, для Prometheus.",
        "no_web": "Веб-приложение здесь не собрано или выключено (XRM_WEB). Собрать его: make demo.",
        "sign_in_refused": "Имя и пароль не подходят друг к другу.",
        "too_many_attempts": "Слишком много попыток входа. Подождите {minutes} мин и попробуйте ещё раз.",
    },
    "fa": {
        "lang": "fa",
        "dir": "rtl",
        "about": "مدیریت روابط بر پایهٔ گراف.",
        "sign_in": "ورود",
        "sign_out": "خروج",
        "username": "نام",
        "password": "گذرواژه",
        "signed_in": "با نام {name} وارد شده‌اید.",
        "api": "رابط برنامه‌نویسی: POST، GET و WebSocket. این پیوند در مرورگر GraphiQL را باز می‌کند.",
        "ready": "آیا سرور می‌تواند پاسخ دهد.",
        "live": "آیا سرور در حال کار است.",
        "metrics": "آنچه سرور دربارهٔ خود می‌شمارد، برای Prometheus.",
        "no_web": "برنامهٔ وب اینجا ساخته نشده یا خاموش است (XRM_WEB). برای ساختن آن: make demo",
        "sign_in_refused": "نام و گذرواژه با هم جور نیستند.",
        "too_many_attempts": "تلاش‌های ورود بیش از اندازه بود. {minutes} دقیقه صبر کنید و دوباره تلاش کنید.",
    },
}
LONGEST = 1_000
_CHOICE = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?\Z")


def language(accepted: str) -> str:
    """The language of ours that a browser likes best, from its `Accept-Language`; English where it likes none of them."""
    liked: dict[str, float] = {}
    for choice in accepted[:LONGEST].split(","):
        found = _CHOICE.match(choice)
        if found is not None and found[1].lower() in WORDS:
            liked.setdefault(found[1].lower(), float(found[2] or 1))
    best = max(liked, key=lambda name: liked[name], default=ENGLISH)
    return best if liked.get(best, 0) > 0 else ENGLISH
