"""Ready-made trades as data: types, relations, profiles, sample."""
