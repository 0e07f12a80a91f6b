"""Runs of engines: carried out to their end, their scores stored, and made again."""

from analytics.runs.carrying import Carried, carry_out
from analytics.runs.recomputing import Recomputed, recompute, recompute_now
from analytics.runs.work import check_parameters, kind_of

__all__ = ["Carried", "Recomputed", "carry_out", "check_parameters", "kind_of", "recompute", "recompute_now"]
