"""Numbers and telephone numbers in any writing: the digits they have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers
from phonenumbers.phonenumberutil import ndd_prefix_for_region

from models.search.folding import folded_character

SHORTEST_RUN, LONGEST_RUN = 3, 24
_RUN = re.compile(r"\d(?:[\s\u00a0\u202f.,'’٫٬()/\-–+]{0,3}\d)*")
SHORTEST_ABROAD = 8  # digits of a number dialled with 00 in one group; shorter ones are numbers filled up with zeros
_AT_HOME = re.compile(r"(?<=\d)[\s\u00a0\u202f]*\(0\)")
_NO_DIGIT = re.compile(r"[^0-9]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Digits in groups, such as `030-12 34` or `1.234,50`, as one number; `start` and `end` are its place in the text."""

    digits: str
    start: int
    end: int


def runs(text: str) -> Iterator[Run]:
    """The numbers of a text that are written in more than one group."""
    for found in _RUN.finditer(text):
        digits = digits_of(found[0])
        if not found[0].isdecimal() and SHORTEST_RUN <= len(digits) <= LONGEST_RUN:
            yield Run(digits, found.start(), found.end())


def digits_of(text: str) -> str:
    """The digits of a text as ASCII ones, without what stands between them."""
    if text.isascii():
        return _NO_DIGIT.sub("", text)
    return "".join(part for part in map(folded_character, text) if part.isdecimal())


def dialled(written: str) -> tuple[str, ...]:
    """The digits of a number as it is written, and those of the telephone number that it may be, with its country first.

    `00` stands for `+`, and a 0 in brackets behind the country is dialled at home only: `0044 (0)20 7946`.
    """
    forms = dict.fromkeys((digits_of(written), digits_of(_AT_HOME.sub("", written))))
    is_one_group = written.isdecimal()
    abroad = [
        form[2:] for form in forms if form.startswith("00") and (not is_one_group or len(form) >= SHORTEST_ABROAD)
    ]
    return tuple(dict.fromkeys((*forms, *abroad)))


def phone_forms(e164: str) -> tuple[str, ...]:
    """How a telephone number may be begun: with its country, as at home, without the 0, without the area code."""
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return (digits_of(e164),)
    significant = phonenumbers.national_significant_number(number)
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    at_home = (ndd_prefix_for_region(region, True) or "") + significant
    area = phonenumbers.length_of_national_destination_code(number)
    forms = (digits_of(e164), at_home, significant, significant[area:])
    return tuple(form for form in dict.fromkeys(forms) if len(form) >= SHORTEST_RUN)
