"""Loops over arrays, compiled by numba and kept on disk; single-threaded, so that no answer depends on threads."""
