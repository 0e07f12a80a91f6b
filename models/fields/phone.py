"""Telephone numbers, kept in E.164."""

from __future__ import annotations

from typing import Any

import phonenumbers

from models.errors import Problem
from models.fields.kind import InvalidValue
from models.fields.text import Text, clean
from models.metamodel import Field


class Phone(Text):
    """A telephone number; one written without its country belongs to the field's `region`."""

    name = "phone"
    options = frozenset({"region"})

    def check_definition(self, field: Field) -> list[Problem]:
        region = field.options.get("region")
        if region is not None and region not in phonenumbers.SUPPORTED_REGIONS:
            return [Problem("bad_option", f"{str(region)[:20]!r} is no region such as DE.", ("options", "region"))]
        return super().check_definition(field)

    def coerce(self, field: Field, given: Any) -> str:
        text = clean(given, longest=60)
        try:
            number = phonenumbers.parse(text, field.options.get("region"))
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise InvalidValue("bad_phone", f"{text!r} is no telephone number; write it like +44 20 7946 0018.")
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def show(self, field: Field, value: Any, language: str) -> str:
        number = phonenumbers.parse(value, None)
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
