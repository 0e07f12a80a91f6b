"""What make runs: sets the project up with nothing but Python's standard library, then hands over to it."""
