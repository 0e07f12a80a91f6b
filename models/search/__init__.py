"""Search without a database: how texts are folded, what is kept of a record to be found by, what a user's text asks for."""
