"""What counts as contact, business and trouble for a type of records, and what its 360° view shows: data, not code."""

from models.profiles.derived import profile_of
from models.profiles.profile import (
    NO_VIEW,
    Better,
    Happening,
    Kpi,
    Leaving,
    Measure,
    Offers,
    Profile,
    Role,
    Signal,
    Spread,
    Unfinished,
    ViewSections,
)

__all__ = [
    "NO_VIEW",
    "Better",
    "Happening",
    "Kpi",
    "Leaving",
    "Measure",
    "Offers",
    "Profile",
    "Role",
    "Signal",
    "Spread",
    "Unfinished",
    "ViewSections",
    "profile_of",
]
