"""Pure functions of (graph or events, parameters, seed): scores that explain themselves."""
