"""Plain data that asks for changes, into commands: values coerced, links followed, every problem found under its path."""

from models.drafts.draft import MOST_COMMANDS, MOST_DEPTH, MOST_PROBLEMS, Draft

__all__ = ["MOST_COMMANDS", "MOST_DEPTH", "MOST_PROBLEMS", "Draft"]
