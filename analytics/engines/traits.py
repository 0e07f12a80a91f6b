"""What sets a part of the records apart from all of them, with numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.engines.columns import Columns
from analytics.engines.features import Feature
from analytics.reasons import Fact

Words = Callable[[str], str]  # what a feature is called
FEW = 10


@dataclass(frozen=True, slots=True)
class Trait:
    """How a segment differs in one feature: medians of a number, means of counts, or the parts that have a choice.

    `difference` is in standard deviations of everyone, signed. `lift` says how many times more frequent a choice is inside (None
    for a number).
    """

    feature: str
    choice: str | float | None
    inside: float
    everyone: float
    difference: float
    lift: float | None

    @property
    def code(self) -> str:
        """Which sentence tells it: `more_of`, `less_of` a number, `often`, `seldom` a choice."""
        if self.lift is None:
            return "less_of" if self.inside < self.everyone else "more_of"
        return "often" if self.difference > 0 else "seldom"

    def short(self, words: Words = str) -> str:
        """The trait in a few characters, its feature as `words` call it: `orders ↑`, `channel: online`, `channel ≠ shop`."""
        called = words(self.feature)
        if self.lift is None:
            return f"{called} {'↑' if self.difference > 0 else '↓'}"
        return f"{called}{':' if self.difference > 0 else ' ≠'} {self.choice}"

    @property
    def facts(self) -> Mapping[str, Fact]:
        """What the sentence is filled with."""
        numbers = {"inside": self.inside, "everyone": self.everyone, "difference": self.difference, "lift": self.lift}
        return {"field": self.feature, "choice": self.choice, **numbers}


def traits(
    features: Sequence[Feature],
    columns: Columns,
    nodes: NDArray[np.int64],
    inside: NDArray[np.bool_],
    least: float,
) -> tuple[Trait, ...]:
    """What sets the records marked `inside` apart, weightiest first, ties in the order of features.

    A number's difference is that of the means of its standardised column; a choice's is (part inside − part of everyone)
    / √(p·(1 − p)). Differences below `least` are no traits. An empty part has none. O(rows × columns).
    """
    if not inside.any():
        return ()
    found = []
    for c, (place, choice) in enumerate(zip(columns.feature, columns.choice, strict=True)):
        feature, values = features[place], features[place].values[nodes]
        if np.isnan(choice):
            trait = _of_number(feature, values, columns.rows[:, c], inside)
        else:
            trait = _of_choice(feature, values, choice, inside)
        if trait is None or abs(trait.difference) < least:
            continue
        if trait.code == "seldom" and columns.feature.count(place) == 2:
            continue  # of two choices, one often says that the other is seldom
        found.append(trait)
    return tuple(sorted(found, key=lambda trait: (-abs(trait.difference), trait.difference < 0)))


def names(
    segments: Sequence[Sequence[Trait]], most: int = 2, *, words: Words = str, comma: str = ", ", alike: str = "·"
) -> tuple[str, ...]:
    """A name for each segment from its first traits, so many as tell it from the others; numbered where none do.

    Without `words`, which call the features, the `comma` of a language and what a segment is called that nothing sets apart
    (`alike`) the names are the same in every language.

    >>> up, down = Trait("orders", None, 9, 5, 1.5, None), Trait("value", None, 1, 2, -0.9, None)
    >>> names([(up, down), (up,), (up,), ()])
    ('orders ↑, value ↓', 'orders ↑', 'orders ↑ (2)', '·')
    >>> names([(up, down)], words=str.upper, comma="; ")
    ('ORDERS ↑; VALUE ↓',)
    """
    found: list[str] = []
    for traits_of in segments:
        signs = [trait.short(words) for trait in traits_of]
        tries = [comma.join(signs[:count]) or alike for count in range(min(most, len(signs)), len(signs) + 1)]
        name = next((each for each in tries if each not in found), tries[-1])
        again = 2
        while name in found:
            name, again = f"{tries[-1]} ({again})", again + 1
        found.append(name)
    return tuple(found)


def _of_number(
    feature: Feature, values: NDArray[np.float64], column: NDArray[np.float64], inside: NDArray[np.bool_]
) -> Trait | None:
    known = ~np.isnan(values)
    if not (known & inside).any():
        return None
    difference = column[known & inside].mean() - column[known].mean()
    everyone = values[known]
    middle, digits = (np.mean, 2) if _are_counts(everyone) else (np.median, 6)
    typical, usual = (round(float(middle(each)), digits) for each in (values[known & inside], everyone))
    if middle is np.median and (typical - usual) * difference < 0:
        return None  # its few extremes alone differ
    return Trait(feature.name, None, typical, usual, round(float(difference), 6), None)


def _are_counts(values: NDArray[np.float64]) -> bool:
    """Whether they are mostly the least of them, or small whole numbers: medians of such hardly tell parts apart."""
    median = float(np.median(values))
    return median == values.min() or (median < FEW and bool((values == np.floor(values)).all()))


def _of_choice(feature: Feature, values: NDArray[np.float64], choice: float, inside: NDArray[np.bool_]) -> Trait | None:
    known = ~np.isnan(values)
    if not (known & inside).any():
        return None
    has = values == choice
    part, everyone = float(has[known & inside].mean()), float(has[known].mean())
    difference = (part - everyone) / np.sqrt(everyone * (1 - everyone))
    lift = round(part / everyone, 4)
    return Trait(
        feature.name, feature.shown(choice), round(part, 6), round(everyone, 6), round(float(difference), 6), lift
    )
