"""Imports by the API: what was uploaded, what it most likely means, what it would do, doing it, taking it back."""
