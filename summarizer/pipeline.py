"""The whole way of an article: clean, split, rank, select, headline; each step stands elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, overload

from summarizer.errors import (
    EmptyArticleError,
    InvalidArticleError,
    InvalidOptionsError,
    SummarizerError,
    TextTooLongError,
)
from summarizer.headline import make_headlines
from summarizer.keywords import extract_keywords
from summarizer.models import (
    MAX_TEXT_CHARS,
    Article,
    Headline,
    Options,
    Paragraph,
    Sentence,
    Summary,
    SummaryWarning,
    WarningCode,
)
from summarizer.ranking import Ranking, find_method, rank_many
from summarizer.selection import Selection, select
from summarizer.text.cleaning import find_removed
from summarizer.text.languages import LANGUAGES, UNCERTAIN_BELOW, detect_language
from summarizer.text.parsed import ParsedArticle
from summarizer.text.sentences import split_sentences
from summarizer.text.terms import extract_terms
from summarizer.version import ENGINE_VERSION

BLOCK_ARTICLES = 100
BLOCK_CHARS = 1_000_000
"""So many articles are read ahead at most, and so many characters but for the last of them."""

_WORD = re.compile(r"[^\W_]")
_DEFAULTS = Options()


def summarize(article: str | Article, options: Options | None = None) -> Summary:
    """Summarise one article: a headline, a paragraph and a score for every sentence.

    Args:
        article: the text, or a record with title and language beside it.
        options: how; the defaults give three sentences and a headline of 75 characters.

    Raises:
        EmptyArticleError: there is no sentence in it.
        TextTooLongError: it is longer than `MAX_TEXT_CHARS`.
        InvalidArticleError: it is not text.
        InvalidOptionsError: the method does not exist, or the options are no `Options`.
    """
    options = _checked_options(options)
    return _summaries([_read(article, options)], options)[0]


@overload
def summarize_many(
    articles: Iterable[str | Article],
    options: Options | None = None,
    *,
    return_errors: Literal[False] = False,
) -> Iterator[Summary]: ...


@overload
def summarize_many(
    articles: Iterable[str | Article],
    options: Options | None = None,
    *,
    return_errors: Literal[True],
) -> Iterator[Summary | SummarizerError]: ...


def summarize_many(
    articles: Iterable[str | Article],
    options: Options | None = None,
    *,
    return_errors: bool = False,
) -> Iterator[Summary | SummarizerError]:
    """Summarise articles in input order, each as `summarize` would.

    What is learned runs over a block of articles at once; no summary depends on its neighbours.

    Args:
        articles: texts or records; read lazily, at most a block of `BLOCK_ARTICLES` ahead.
        options: how, for all of them.
        return_errors: yield an article's error in its place instead of raising it.

    Raises:
        SummarizerError: as `summarize`, unless `return_errors`.
    """
    options = _checked_options(options)
    for block in _blocks(articles):
        outcomes = [_outcome(article, options) for article in block]
        readings = [outcome for outcome in outcomes if isinstance(outcome, _Reading)]
        summaries = iter(_summaries(readings, options) if readings else ())
        for outcome in outcomes:
            if isinstance(outcome, _Reading):
                yield next(summaries)
            elif return_errors:
                yield outcome
            else:
                raise outcome


def _blocks(articles: Iterable[str | Article]) -> Iterator[list[str | Article]]:
    """Cut the articles into blocks, small enough to be held in memory all at once."""
    block: list[str | Article] = []
    chars = 0
    for article in articles:
        block.append(article)
        text = article.text if isinstance(article, Article) else article
        # What is no text at all is refused in its place.
        chars += len(text) if isinstance(text, str) else 0
        if len(block) == BLOCK_ARTICLES or chars >= BLOCK_CHARS:
            yield block
            block, chars = [], 0
    if block:
        yield block


class _Reading(NamedTuple):
    """An article as it was read, and what its reader should know."""

    parsed: ParsedArticle
    warnings: tuple[SummaryWarning, ...]


def _outcome(article: str | Article, options: Options) -> _Reading | SummarizerError:
    try:
        return _read(article, options)
    except SummarizerError as error:
        return error


def _read(article: str | Article, options: Options) -> _Reading:
    find_method(options.method)
    return _parse(_checked(article), options)


def _summaries(readings: Sequence[_Reading], options: Options) -> list[Summary]:
    """Summarise what was read; each stage sees all of the articles."""
    parsed = [reading.parsed for reading in readings]
    rankings = rank_many(parsed, options.method)
    headlines = make_headlines(parsed, rankings, max_chars=options.headline_chars)
    return [
        _summary(*whole, options=options)
        for whole in zip(readings, rankings, headlines, strict=True)
    ]


def _summary(
    reading: _Reading,
    ranking: Ranking,
    headline: tuple[Headline, tuple[SummaryWarning, ...]],
    *,
    options: Options,
) -> Summary:
    parsed = reading.parsed
    selection = select(parsed, ranking, options=options)
    return Summary(
        headline=headline[0],
        paragraph=Paragraph(
            text=" ".join(parsed.text[start:end] for start, end in selection.spans),
            sentence_indexes=selection.indexes,
            spans=selection.spans,
        ),
        sentences=_sentences(parsed, ranking, selection),
        removed=parsed.removed,
        keywords=extract_keywords(parsed, count=options.keywords) if options.keywords else (),
        language=parsed.language,
        method=ranking.method,
        warnings=(*reading.warnings, *ranking.warnings, *selection.warnings, *headline[1]),
        engine_version=ENGINE_VERSION,
    )


def _checked_options(options: Options | None) -> Options:
    if options is None:
        return _DEFAULTS
    if not isinstance(options, Options):
        raise InvalidOptionsError("options", options, "an Options record, or None")
    return options


def _checked(article: str | Article) -> Article:
    """Return the article as a record whose text can be read."""
    if isinstance(article, str):
        article = Article(text=article)
    if not isinstance(article, Article) or not isinstance(article.text, str):
        raise InvalidArticleError("an article is a str, or an Article whose text is one")
    if not all(isinstance(given, str | None) for given in (article.title, article.language)):
        raise InvalidArticleError("the title and the language of an article are text or None")
    if len(article.text) > MAX_TEXT_CHARS:
        raise TextTooLongError(len(article.text), MAX_TEXT_CHARS)
    return article


def _parse(article: Article, options: Options) -> _Reading:
    text = article.text
    language, warnings = _language(article, options)
    removed = find_removed(text, language=language)
    spans = tuple(
        [
            span
            for span in split_sentences(text, removed=removed, language=language)
            if text[span.start].isalnum() or _WORD.search(text, span.start, span.end)
        ]
    )
    if not spans:
        raise EmptyArticleError(len(text.strip()))
    terms = extract_terms(text, spans, language=language, title=article.title, query=options.query)
    parsed = ParsedArticle(
        text=text,
        title=article.title,
        language=language,
        spans=spans,
        removed=removed,
        terms=terms,
    )
    return _Reading(parsed, warnings)


def _language(article: Article, options: Options) -> tuple[str, tuple[SummaryWarning, ...]]:
    """Return the language to read in: the article's own word, then the options', then ours."""
    given = article.language or (options.language if options.language != "auto" else None)
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


def _sentences(
    parsed: ParsedArticle, ranking: Ranking, selection: Selection
) -> tuple[Sentence, ...]:
    text, spans = parsed.text, parsed.spans
    starts, ends = zip(*spans, strict=True)
    selected = [False] * len(spans)
    reasons: list[tuple[str, ...]] = [()] * len(spans)
    for index, why in zip(selection.indexes, selection.reasons, strict=True):
        selected[index], reasons[index] = True, why
    texts = [text[start:end] for start, end in spans]
    scores = ranking.scores.tolist()
    rows = zip(range(len(spans)), texts, starts, ends, scores, selected, reasons, strict=True)
    return tuple(map(Sentence._make, rows))
