"""Telephone numbers, kept in E.164."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers

from models.errors import Problem, told
from models.fields.kind import InvalidValue, Operator
from models.fields.text import Text, clean
from models.fields.writing import called, western
from models.metamodel import Field

_ABROAD = re.compile(r"\A\(?00")
_BETWEEN = re.compile(r"[\s().\-–/]")


class Phone(Text):
    """A telephone number; one written without its country belongs to the field's `region`."""

    name = "phone"
    options = frozenset({"region"})

    def check_options(self, field: Field) -> list[Problem]:
        region = field.options.get("region")
        if region is None or (isinstance(region, str) and region in phonenumbers.SUPPORTED_REGIONS):
            return []
        return [
            told(
                "bad_option",
                "{given} is no region; give two letters such as DE.",
                ("options", "region"),
                case="region",
                given=called(region),
            )
        ]

    def coerce(self, field: Field, given: Any) -> str:
        text = western(clean(given, longest=60))
        region = field.options.get("region")
        try:
            number = phonenumbers.parse(text if region else _ABROAD.sub("+", text), region)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            sentence = "{given} is no telephone number; write it with its country, like +44 20 7946 0018."
            raise InvalidValue("bad_phone", sentence, given=called(text))
        if number.extension:
            raise InvalidValue(
                "extension", "Keep the extension {extension} in a field of its own.", extension=str(number.extension)
            )
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> str:
        try:
            return self.coerce(field, given)
        except InvalidValue:  # a part of a number, which no country's numbers look like
            return _BETWEEN.sub("", western(super().to_compare(field, given, operator)))

    def show(self, field: Field, value: Any, language: str) -> str:
        number = phonenumbers.parse(value, None)
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
