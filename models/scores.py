"""Which analytics engines there are and which scores each gives a record: names, kinds, labels, and how they are stored.

A score is a property `insight_<engine>_<score>` of the record's node, outside its version, its changes and its exports:
whoever copies a record leaves out the properties that begin with `PREFIX`, which no field of a model can have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from models.metamodel import Field, Labels

INSIGHTS = "insights"  # what a record has all its scores under
PREFIX = "insight_"
RUN, AT = "run", "at"  # beside the scores of every engine: which run they are from, and when it began
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "number": "number",
        "integer": "integer",
        "text": "text",
        "date": "date",
        "boolean": "boolean",
        "moment": "dateTime",
    }
)


@dataclass(frozen=True, slots=True)
class ScoreDefinition:
    """One score of an engine. A `main` score has an index for each type it is stored for."""

    name: str
    kind: str  # "number", "integer", "text", "date" or "boolean"
    labels: Labels
    description: Labels
    main: bool = False


@dataclass(frozen=True, slots=True)
class EngineDefinition:
    """An engine: its scores, the most telling first, and whether it gives reasons, paths and counterfactuals for them."""

    name: str
    labels: Labels
    description: Labels
    scores: tuple[ScoreDefinition, ...]
    reasons: bool = False
    paths: bool = False
    counterfactuals: bool = False

    @property
    def leading(self) -> ScoreDefinition:
        """The score that tells most: what is compared between runs, and whose greatest values get their reasons stored."""
        return self.scores[0]


def _texts(en: str, ru: str, fa: str) -> Labels:
    texts = {"en": en, "ru": ru, "fa": fa}
    return MappingProxyType({language: MappingProxyType({"other": text}) for language, text in texts.items()})


def _score(name: str, kind: str, en: str, ru: str, fa: str, says: str, *, main: bool = False) -> ScoreDefinition:
    return ScoreDefinition(name, kind, _texts(en, ru, fa), MappingProxyType({"en": {"other": says}}), main)


def _engine(
    name: str,
    labels: tuple[str, str, str],
    says: str,
    *scores: ScoreDefinition,
    reasons: bool = False,
    paths: bool = False,
    counterfactuals: bool = False,
) -> EngineDefinition:
    description = MappingProxyType({"en": {"other": says}})
    return EngineDefinition(name, _texts(*labels), description, scores, reasons, paths, counterfactuals)


_ALL = (
    _engine(
        "influence",
        ("Influence", "Влияние", "نفوذ"),
        "How central the record is among all records it is linked with.",
        _score(
            "pageRank", "number", "PageRank", "PageRank", "پیج‌رنک",
            "Its share of a walk along the links; over all records they sum to 1.", main=True,
        ),
        _score(
            "betweenness", "number", "Betweenness", "Посредничество", "بینابینی",
            "The share of shortest ways between other records that lead through it.", main=True,
        ),
        _score(
            "closeness", "number", "Closeness", "Близость", "نزدیکی",
            "How near all others are: 1 where each is one link away.",
        ),
        _score(
            "core", "integer", "Core number", "Ядро", "هستهٔ شبکه",
            "The greatest k for which it belongs to a group where each has k links inside the group.", main=True,
        ),
        _score("degree", "integer", "Links", "Число связей", "شمار پیوندها", "How many links it has.", main=True),
        _score(
            "rank", "integer", "Rank", "Место", "رتبه",
            "Its place by PageRank among the records of its type; 1 is first.", main=True,
        ),
        _score(
            "percentile", "number", "Percentile", "Процентиль", "صدک",
            "The share of records of its type, in percent, whose PageRank is not above its own.",
        ),
        reasons=True,
    ),
    _engine(
        "communities",
        ("Communities", "Сообщества", "اجتماع‌ها"),
        "Groups of records that are linked more among themselves than with others.",
        _score(
            "community", "integer", "Community", "Сообщество", "اجتماع",
            "The number of its group; it stays the same from run to run while most of its members do.", main=True,
        ),
        _score("size", "integer", "Size", "Размер", "اندازه", "How many records the group has."),
        _score(
            "fit", "number", "Fit", "Соответствие", "تناسب",
            "The share of its links inside the group, less what chance would put there.",
        ),
        _score(
            "bridging", "boolean", "Bridging", "Мост", "پل",
            "Whether it alone holds parts of the graph together: they fall apart without it.", main=True,
        ),
        reasons=True,
    ),
    _engine(
        "strength",
        ("Strength of relationships", "Крепость отношений", "استواری روابط"),
        "How well the record is connected with people of ours and theirs, from contact and business.",
        _score(
            "strongest", "number", "Strongest", "Самая крепкая", "استوارترین",
            "The strength of its strongest relationship, 0 to 1.", main=True,
        ),
        _score("contacts", "integer", "Contacts", "Контакты", "مخاطبان", "With how many records it has been in contact."),
        _score(
            "average", "number", "Average", "Средняя", "میانگین", "The mean strength of its relationships, 0 to 1.",
        ),
        reasons=True,
        paths=True,
    ),
    _engine(
        "churn",
        ("Churn", "Отток", "ریزش"),
        "How likely the record is to leave: by its own signs, and by those it is related to.",
        _score("risk", "number", "Risk", "Риск", "خطر", "The risk that it leaves, 0 to 1.", main=True),
        _score("own", "number", "Own risk", "Собственный риск", "خطر خود", "The part of the risk from its own signs."),
        _score(
            "received", "number", "Received risk", "Полученный риск", "خطر دریافتی",
            "The part of the risk that comes along its relationships.",
        ),
        _score("band", "text", "Band", "Уровень", "سطح", "low, medium or high.", main=True),
        _score("trend", "number", "Trend", "Тренд", "روند", "Its risk less that of the run before."),
        _score("left", "boolean", "Left", "Ушёл", "رفته", "Whether it had left already."),
        reasons=True,
        paths=True,
        counterfactuals=True,
    ),
    _engine(
        "rotation",
        ("Rotation", "Оборот контактов", "گردش تماس"),
        "How long the record has been silent, compared with its usual gap between contacts.",
        _score(
            "quiet", "number", "Gone quiet", "Затишье", "خاموشی",
            "The share of its gaps that would have ended by now: near 1 it has gone quiet.", main=True,
        ),
        _score(
            "multiple", "number", "Gaps of silence", "Кратность паузы", "نسبت سکوت",
            "The days since the last contact divided by its usual gap.", main=True,
        ),
        _score("silentDays", "number", "Silent days", "Дней тишины", "روزهای سکوت", "Days since the last contact.", main=True),
        _score("usualGapDays", "number", "Usual gap", "Обычная пауза", "فاصلهٔ معمول", "The usual days between contacts."),
        _score("status", "text", "Status", "Состояние", "وضعیت", "Whether it is in touch or has gone quiet.", main=True),
        reasons=True,
    ),
    _engine(
        "recency",
        ("Recency, frequency, value", "Давность, частота, сумма", "تازگی، بسامد، ارزش"),
        "When the record did business last, how often, and for how much.",
        _score("score", "number", "Score", "Балл", "امتیاز", "Its fifths by recency, frequency and value, added up.", main=True),
        _score("group", "text", "Group", "Группа", "گروه", "Its group by recency, frequency and value.", main=True),
        _score(
            "recencyDays", "number", "Days since", "Дней с последней", "روز از آخرین",
            "Days since the last business.", main=True,
        ),
        _score("frequency", "integer", "Frequency", "Частота", "بسامد", "How often it did business.", main=True),
        _score("value", "number", "Value", "Сумма", "ارزش", "What the business came to.", main=True),
        reasons=True,
    ),
    _engine(
        "purchase",
        ("Next purchase", "Следующая покупка", "خرید بعدی"),
        "Whether the record will buy again, how often, and when next.",
        _score("alive", "number", "Alive", "Активность", "فعال بودن", "The probability that it still buys, 0 to 1.", main=True),
        _score(
            "expected", "number", "Expected purchases", "Ожидаемые покупки", "خریدهای مورد انتظار",
            "How many purchases are expected in the period ahead.", main=True,
        ),
        _score("nextOn", "date", "Next on", "Следующая дата", "تاریخ بعدی", "The day the next purchase is expected.", main=True),
        _score("earliestOn", "date", "Earliest", "Не раньше", "زودترین", "Where the interval for that day begins."),
        _score("latestOn", "date", "Latest", "Не позже", "دیرترین", "Where the interval for that day ends."),
        reasons=True,
    ),
    _engine(
        "lifetime",
        ("Lifetime value", "Пожизненная ценность", "ارزش طول عمر"),
        "What the record is expected to bring from now on.",
        _score("value", "number", "Value", "Ценность", "ارزش", "The expected value, discounted to today.", main=True),
        _score("average", "number", "Average purchase", "Средний чек", "میانگین خرید", "The expected value of a purchase."),
        reasons=True,
    ),
    _engine(
        "segments",
        ("Segments", "Сегменты", "بخش‌ها"),
        "Groups of records that are alike, described by what sets them apart.",
        _score("segment", "text", "Segment", "Сегмент", "بخش", "The name of its segment.", main=True),
        _score("fit", "number", "Fit", "Соответствие", "تناسب", "How well it fits its segment, 0 to 1."),
        reasons=True,
    ),
    _engine(
        "recommend",
        ("Recommendations", "Рекомендации", "پیشنهادها"),
        "What to offer the record next, by what similar ones took.",
        _score(
            "score", "number", "Best score", "Лучшая оценка", "بهترین امتیاز",
            "How strongly its best offer is recommended.", main=True,
        ),
        _score("offers", "integer", "Offers", "Предложения", "شمار پیشنهادها", "How many offers there are for it."),
        reasons=True,
        paths=True,
    ),
)  # fmt: skip

ENGINES: Mapping[str, EngineDefinition] = MappingProxyType({engine.name: engine for engine in _ALL})
SCORES: Mapping[str, tuple[ScoreDefinition, ...]] = MappingProxyType({name: e.scores for name, e in ENGINES.items()})


def key(engine: str, score: str) -> str:
    """The property a score is stored under: `insight_churn_risk`."""
    return f"{PREFIX}{engine}_{score}"


@cache
def fields(engine: str) -> Mapping[str, Field]:
    """The scores of an engine as fields, so that they filter, sort and aggregate like any other; `at` and `run` come last."""
    made = {each.name: _field(engine, each.name, each.kind, each.labels, each.description) for each in SCORES[engine]}
    made[AT] = _field(engine, AT, "moment", _AT_LABELS, _AT_SAYS)
    made[RUN] = _field(engine, RUN, "integer", _RUN_LABELS, _RUN_SAYS)
    return MappingProxyType(made)


def keys(engine: str) -> tuple[str, ...]:
    """Every property an engine stores."""
    return tuple(field.key for field in fields(engine).values())


def indexed(engine: str) -> tuple[str, ...]:
    """The properties that have an index for each type they are stored for; the run's number, so that old scores are found."""
    return (*(key(engine, each.name) for each in SCORES[engine] if each.main), key(engine, RUN))


def _field(engine: str, name: str, kind: str, labels: Labels, says: Labels) -> Field:
    # the whole way to it, so that it is another sort key than a field of the record's own with the same name
    return Field(f"{INSIGHTS}.{engine}.{name}", _KINDS[kind], labels, says, read_only=True, stored_as=key(engine, name))


_AT_LABELS = _texts("Computed", "Рассчитано", "محاسبه‌شده")
_AT_SAYS: Labels = MappingProxyType({"en": {"other": "The moment whose data the scores are made from."}})
_RUN_LABELS = _texts("Run", "Запуск", "اجرا")
_RUN_SAYS: Labels = MappingProxyType({"en": {"other": "The number of the run that the scores are from."}})
