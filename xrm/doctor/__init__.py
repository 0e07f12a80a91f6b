"""What is wrong with this installation, and how to mend it: `examine` asks everything and changes nothing."""

from __future__ import annotations

from xrm.doctor.examination import Examination, examine
from xrm.doctor.finding import Finding

__all__ = ["Examination", "Finding", "examine"]
