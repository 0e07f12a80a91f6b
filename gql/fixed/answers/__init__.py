"""Roots that ask the engines at once, on the newest snapshot."""
