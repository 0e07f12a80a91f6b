"""How alike a column's name and a field's names are, in any of the languages, whatever their case and separators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from models.metamodel import Labels

# words that people use for the same thing, in English, Russian and Persian
_SAME = """
id code key number no nr num identifier external код номер ключ ид идентификатор کد شماره شناسه کلید
name имя название наименование фио نام عنوان
phone tel telephone mobile cell телефон тел мобильный تلفن همراه موبایل
mail email почта емейл ایمیل رایانامه
city town locality город شهر
country страна کشور office location
postal postcode zip zipcode index индекс کدپستی
street address addr адрес улица نشانی آدرس خیابان
site website url web homepage www link сайт ссылка وبگاه وب‌سایت سایت
revenue turnover sales выручка оборот درآمد فروش
employees headcount staff сотрудники штат численность کارکنان پرسنل
amount total sum value price cost сумма цена стоимость итого مبلغ قیمت جمع بها
date day on дата день تاریخ روز
founded established year основан год تأسیس سال
sector industry отрасль صنعت
status state stage phase статус стадия этап وضعیت مرحله
note notes comment comments remark description описание заметка комментарий یادداشت توضیح توضیحات شرح
company account organisation organization firm компания организация фирма شرکت سازمان
person contact employee человек контакт شخص فرد مخاطب
birthday birthdate born تولد
given first
family last surname фамилия
"""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_HUMP = re.compile(r"(?<=[a-zа-я0-9])(?=[A-ZА-Я])|(?<=[A-Z])(?=[A-Z][a-z])")
_LETTERS = str.maketrans({"ي": "ی", "ك": "ک", "ё": "е", "ة": "ه", "\u200c": " "})
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ing|ed|es|e|s|d)\Z")
_GROUPS = {word: group for group, line in enumerate(_SAME.strip().splitlines()) for word in line.split()}
_SMALL = frozenset({"of", "the", "in", "a", "at", "for", "to"})
IDS = _GROUPS["id"]


@lru_cache(1 << 14)
def words(text: str) -> tuple[str, ...]:
    """The words of a name: "CompanyName", "company_name" and "company name" have the same."""
    plain = unicodedata.normalize("NFKC", text).translate(_LETTERS)
    return tuple(word.casefold() for part in _HUMP.split(plain) for word in _WORD.findall(part))


@lru_cache(1 << 14)
def meanings(text: str) -> frozenset[str | int]:
    """The words of a name, those that mean the same as one."""
    found = (_GROUPS.get(word, _GROUPS.get(word.removesuffix("s"), _ENDING.sub("", word))) for word in words(text))
    return frozenset(each for each in found if each not in _SMALL)


def likeness(column: str, names: Iterable[str], owners: Iterable[str] = ()) -> float:
    """From 0 to 1: how alike a column's name and the likest of a field's names are.

    The names of the owner count for nothing in a column's name: "CompanyName" of a company is its name.
    """
    owned = frozenset[str | int]().union(*(meanings(owner) for owner in owners))
    return max((_alike(column, name, owned) for name in names), default=0.0)


@lru_cache(1 << 16)
def _alike(column: str, name: str, owned: frozenset[str | int]) -> float:
    one, other = "".join(words(column)), "".join(words(name))
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    here, there = meanings(column), meanings(name)
    if here == there:
        return 0.92
    if (here - owned) == (there - owned) and here - owned:
        return 0.88
    shared = len(here & there) / len(here | there)
    if shared >= 0.5:
        return 0.45 + 0.4 * shared
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 2:
        return 0.0
    ratio = SequenceMatcher(None, one, other).ratio()
    return 0.75 * ratio if ratio > 0.84 else 0.0


def is_id(column: str) -> bool:
    """Whether a column's name says that it tells records apart."""
    return IDS in meanings(column)


def names_of(name: str, labels: Labels) -> tuple[str, ...]:
    """All names of a part of the model: its own, and its labels in every language and form."""
    return tuple(dict.fromkeys((name, *(text for forms in labels.values() for text in forms.values()))))


def camel(text: str) -> Iterator[str]:
    """The words of a name in the letters that names of the model may have."""
    for word in words(text):
        plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
        if plain:
            yield plain
