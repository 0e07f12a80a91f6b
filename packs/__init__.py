"""Ready-made trades as data: types, relations, sample."""
