"""The demo's organisation: three years of an invented trading house, drawn from a seed."""
