"""From clean text to requests: one grammar for all languages, the words live in the lexicons."""

from tracker.extraction.pipeline import extract

__all__ = ["extract"]
