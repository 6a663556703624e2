"""From clean text to requests: one grammar for all languages, the words live in the lexicons."""
