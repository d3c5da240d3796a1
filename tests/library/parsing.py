"""Articles for the tests of terms and ranking, read with one sentence a line."""

from __future__ import annotations

from summarizer.models import Span
from summarizer.text.parsed import ParsedArticle
from summarizer.text.terms import extract_terms


def line_spans(text: str) -> tuple[Span, ...]:
    """The lines of a text that are not blank, as sentences."""
    spans = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return tuple(spans)


def parse_lines(
    text: str, *, title: str | None = None, query: str | None = None, language: str = "en"
) -> ParsedArticle:
    """Read a text whose every line is a sentence; blank lines part paragraphs."""
    spans = line_spans(text)
    terms = extract_terms(text, spans, language=language, title=title, query=query)
    return ParsedArticle(
        text=text, title=title, language=language, spans=spans, removed=(), terms=terms
    )
