"""Questions answered at once by the engines, on the newest snapshot of the process."""

from analytics.answering.answers import Answers, Asked, Loading
from analytics.answering.shown import Answer, Place

__all__ = ["Answer", "Answers", "Asked", "Loading", "Place"]
