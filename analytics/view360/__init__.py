"""The 360° view: everything about one record, of any type, at once. The profile of its type decides what it holds."""

from analytics.view360.shown import (
    ActionShown,
    CardShown,
    ChangeShown,
    CounterfactualShown,
    EventShown,
    KpiShown,
    LinkShown,
    MoneyShown,
    MonthShown,
    NearLink,
    Neighbourhood,
    OpenShown,
    ReasonShown,
    ScoreShown,
    Section,
    Timeline,
    View360,
)
from analytics.view360.view import Cut, Views

__all__ = [
    "ActionShown",
    "CardShown",
    "ChangeShown",
    "CounterfactualShown",
    "Cut",
    "EventShown",
    "KpiShown",
    "LinkShown",
    "MoneyShown",
    "MonthShown",
    "NearLink",
    "Neighbourhood",
    "OpenShown",
    "ReasonShown",
    "ScoreShown",
    "Section",
    "Timeline",
    "View360",
    "Views",
]
