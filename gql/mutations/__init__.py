"""Mutations on the typed half: arguments into drafts, drafts into one unit of work, what came of it into payloads."""

from gql.mutations.runner import Mutations

__all__ = ["Mutations"]
