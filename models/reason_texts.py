"""The sentences of reasons by code and language; names in braces are facts of the reason."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, Mapping[str, str]] = {
    "rest": {
        "en": "{count} smaller reasons together",
        "ru": "Ещё {count} менее значимых причин вместе",
        "fa": "{count} دلیل کوچک‌تر روی هم",
    },
    "offer": {"en": "May be offered next", "ru": "Можно предложить следующим", "fa": "می‌توان بعدی پیشنهاد داد"},
    "relationship": {"en": "Relationship", "ru": "Отношения", "fa": "رابطه"},
}
