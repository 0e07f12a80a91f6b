"""Query text is made here and nowhere else; pure: data in, text and parameter names out."""
