"""Profiles of types as documents: reading, merging, checking against the model, writing out."""
