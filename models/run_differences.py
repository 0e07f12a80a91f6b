"""What two runs of an engine do not have in common, in words: English, Russian and Persian."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.reason_facts import shown

DEFAULT = "en"
TEXTS: Mapping[str, Mapping[str, str]] = {
    "parameters": {
        "en": "The parameters differ: {names}.",
        "ru": "Параметры различаются: {names}.",
        "fa": "پارامترها یکی نیستند: {names}.",
    },
    "seed": {
        "en": "Chance began elsewhere.",
        "ru": "Случайность начиналась с другого числа.",
        "fa": "تصادف از جای دیگری آغاز شد.",
    },
    "type": {
        "en": "They scored different types.",
        "ru": "Они оценивали разные типы.",
        "fa": "آن‌ها به گونه‌های متفاوتی امتیاز دادند.",
    },
    "data": {
        "en": "{count} change sets lie between their data.",
        "ru": "Между их данными наборов изменений: {count}.",
        "fa": "میان داده‌های آن‌ها {count} دستهٔ تغییر است.",
    },
    "time": {
        "en": "Their data is of different moments.",
        "ru": "Их данные — разных моментов.",
        "fa": "داده‌های آن‌ها از لحظه‌های متفاوت است.",
    },
    "model": {
        "en": "The model was changed in between: version {before} became {after}.",
        "ru": "Между ними изменилась модель: версия {before} стала {after}.",
        "fa": "در این میان مدل تغییر کرد: نسخهٔ {before} به {after} رسید.",
    },
    "code": {
        "en": "They ran on different versions of XRM: {before} and {after}.",
        "ru": "Они выполнялись на разных версиях XRM: {before} и {after}.",
        "fa": "آن‌ها با نسخه‌های متفاوت XRM اجرا شدند: {before} و {after}.",
    },
    "libraries": {
        "en": "They ran on different versions of libraries: {names}.",
        "ru": "Они выполнялись на разных версиях библиотек: {names}.",
        "fa": "آن‌ها با نسخه‌های متفاوت کتابخانه‌ها اجرا شدند: {names}.",
    },
}


def difference(code: str, facts: Mapping[str, Any], language: str) -> str:
    """The sentence of a difference; in English where the language has none.

    >>> difference("data", {"count": 3}, "en")
    '3 change sets lie between their data.'
    """
    texts = TEXTS[code]
    template = texts.get(language) or texts.get(language.partition("-")[0]) or texts[DEFAULT]
    return template.format_map({name: shown(value, language) for name, value in facts.items()})
