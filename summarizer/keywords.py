"""What an article is about, in words and phrases as they stand in it."""

from __future__ import annotations

from summarizer.models import Keyword
from summarizer.text.parsed import ParsedArticle


def extract_keywords(parsed: ParsedArticle, *, count: int) -> tuple[Keyword, ...]:
    return ()
