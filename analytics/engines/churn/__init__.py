"""Who is about to leave: own risk, risk received along relationships, and what would change it."""
