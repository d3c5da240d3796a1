"""Articles as given to articles as they are ranked: checked, cleaned, split, told into words.

Knows the order of the text stages; must not know what becomes of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from summarizer.errors import (
    EmptyArticleError,
    InvalidArticleError,
    SummarizerError,
    TextTooLongError,
)
from summarizer.models import MAX_TEXT_CHARS, Article, Removed, Span, SummaryWarning, WarningCode
from summarizer.options import Options
from summarizer.text.cleaning import find_removed
from summarizer.text.languages import LANGUAGES, UNCERTAIN_BELOW, detect_language
from summarizer.text.parsed import ParsedArticle
from summarizer.text.sentences import split_sentences
from summarizer.text.terms import Terms, extract_terms_many

_WORD = re.compile(r"[^\W_]")


class Reading(NamedTuple):
    """An article as it was read, and what its reader should know."""

    parsed: ParsedArticle
    warnings: tuple[SummaryWarning, ...]


def read_articles(
    articles: Iterable[str | Article], options: Options
) -> list[Reading | SummarizerError]:
    """Read articles; one that cannot be read has its error in its place.

    Stage by stage, for what a stage needs then stays at hand in the processor.

    Args:
        articles: texts or records.
        options: the language and the query.
    """
    checked = [_checked(article) for article in articles]
    given = [article for article in checked if isinstance(article, Article)]
    texts = [article.text for article in given]
    told = [_language(article, options) for article in given]
    languages = [code for code, _ in told]
    removed = [
        find_removed(text, language=code) for text, code in zip(texts, languages, strict=True)
    ]
    spans = [
        _split(text, removed=gone, language=code)
        for text, gone, code in zip(texts, removed, languages, strict=True)
    ]
    terms = _terms(given, spans, languages=languages, query=options.query)
    readings = (
        Reading(
            ParsedArticle(
                text=article.text,
                title=article.title,
                language=code,
                spans=own,
                removed=gone,
                terms=words,
            ),
            warnings,
        )
        if own
        else EmptyArticleError(len(article.text.strip()))
        for article, (code, warnings), gone, own, words in zip(
            given, told, removed, spans, terms, strict=True
        )
    )
    return [next(readings) if isinstance(found, Article) else found for found in checked]


def _checked(article: str | Article) -> Article | SummarizerError:
    """Return the article as a record whose text can be read."""
    if isinstance(article, str):
        article = Article(text=article)
    if not isinstance(article, Article) or not isinstance(article.text, str):
        return InvalidArticleError("an article is a str, or an Article whose text is one")
    if not (_is_text(article.title) and _is_text(article.language)):
        return InvalidArticleError("the title and the language of an article are text or None")
    if len(article.text) > MAX_TEXT_CHARS:
        return TextTooLongError(len(article.text), MAX_TEXT_CHARS)
    return article


def _is_text(given: object) -> bool:
    return given is None or isinstance(given, str)


def _split(text: str, *, removed: tuple[Removed, ...], language: str) -> tuple[Span, ...]:
    """Return the sentences that have a letter or a digit."""
    found = split_sentences(text, removed=removed, language=language)
    return tuple(
        [
            span
            for span in found
            if text[span.start].isalnum() or _WORD.search(text, span.start, span.end)
        ]
    )


def _terms(
    articles: Sequence[Article],
    spans: Sequence[tuple[Span, ...]],
    *,
    languages: Sequence[str],
    query: str | None,
) -> list[Terms]:
    """Find the words of articles, those in one language together."""
    drafts: dict[str, list[tuple[list[str], str | None]]] = {}
    for article, own, language in zip(articles, spans, languages, strict=True):
        sentences = [article.text[start:end] for start, end in own]
        drafts.setdefault(language, []).append((sentences, article.title))
    found = {
        language: iter(extract_terms_many(same, language=language, query=query))
        for language, same in drafts.items()
    }
    return [next(found[language]) for language in languages]


def _language(article: Article, options: Options) -> tuple[str, tuple[SummaryWarning, ...]]:
    """Return the language to read in: the article's own word, then the options', then ours."""
    named = article.language or options.language
    given = None if named == "auto" else named
    if given is None:
        detected = detect_language(article.text)
        if detected.confidence >= UNCERTAIN_BELOW:
            return detected.code, _unsupported(detected.code)
        message = f"the text is too short or odd to tell its language: read as {detected.code!r}"
        warning = SummaryWarning(code=WarningCode.LANGUAGE_UNCERTAIN, message=message)
        return detected.code, (warning,)
    # "en-GB" and "EN" are English all the same (BCP 47).
    code = re.split(r"[-_]", given)[0].lower()
    return code, _unsupported(code)


def _unsupported(code: str) -> tuple[SummaryWarning, ...]:
    if code in LANGUAGES:
        return ()
    message = f"language {code!r} has no stop words or stems here: read by neutral rules"
    return (SummaryWarning(code=WarningCode.LANGUAGE_UNSUPPORTED, message=message),)
