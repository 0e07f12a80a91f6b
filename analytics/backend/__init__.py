"""The networkx backend `xrm`: networkx functions run on our arrays where they can, and are converted with a warning where not."""

from __future__ import annotations
