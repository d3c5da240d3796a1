"""What the text stages found in one article, as the ranking stages read it.

A record only: it must not know how sentences are found or ranked.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.models import Removed, Span
from summarizer.text.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ParsedArticle:
    """One article after cleaning, splitting and term extraction.

    Attributes:
        text: the article as given.
        title: the publisher's headline, if any.
        language: the language it was read in, ISO 639-1.
        spans: the sentences, in order, never overlapping.
        removed: what cleaning took out, in order.
        terms: the terms of each sentence, and of title and query.
    """

    text: str
    title: str | None
    language: str
    spans: tuple[Span, ...]
    removed: tuple[Removed, ...]
    terms: Terms

    def sentence_text(self, index: int) -> str:
        """Return the sentence as it stands in the article."""
        start, end = self.spans[index]
        return self.text[start:end]
