"""The whole way of an article: clean, split, rank, select, headline; each step stands elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Literal, cast, overload

from summarizer.errors import InvalidArticleError, InvalidOptionsError, SummarizerError
from summarizer.headline import make_headlines
from summarizer.keywords import extract_keywords
from summarizer.models import Article, Paragraph, Sentence, Summary
from summarizer.options import Options
from summarizer.ranking import Ranking, find_method, rank_many
from summarizer.selection import Selection, select
from summarizer.text.parsed import ParsedArticle
from summarizer.text.reading import Reading, read_articles
from summarizer.version import ENGINE_VERSION

BLOCK_ARTICLES = 100
BLOCK_CHARS = 1_000_000
"""So many articles are read ahead at most, and so many characters but for the last of them."""

_DEFAULTS = Options()

# `Sentence._make` without a call of Python: there are many sentences.
_make_sentence = cast("Callable[[tuple[Any, ...]], Sentence]", partial(tuple.__new__, Sentence))


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
    (outcome,) = _outcomes([article], _checked_options(options))
    if isinstance(outcome, SummarizerError):
        raise outcome
    return outcome


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
        for outcome in _outcomes(block, options):
            if isinstance(outcome, SummarizerError) and not return_errors:
                raise outcome
            yield outcome


def _blocks(articles: Iterable[str | Article]) -> Iterator[list[str | Article]]:
    """Cut the articles into blocks, small enough to be held in memory all at once."""
    if isinstance(articles, str | Article) or not isinstance(articles, Iterable):
        kind = type(articles).__name__
        raise InvalidArticleError(f"several articles have to be given, as a list, not one {kind}")
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


def _outcomes(
    articles: Sequence[str | Article], options: Options
) -> list[Summary | SummarizerError]:
    """Summarise articles; the error of one that cannot be read stands in its place."""
    try:
        find_method(options.method)
    except InvalidOptionsError as error:
        return [error] * len(articles)
    outcomes = read_articles(articles, options)
    readings = [outcome for outcome in outcomes if isinstance(outcome, Reading)]
    summaries = iter(_summaries(readings, options) if readings else ())
    return [next(summaries) if isinstance(outcome, Reading) else outcome for outcome in outcomes]


def _summaries(readings: Sequence[Reading], options: Options) -> list[Summary]:
    """Summarise what was read; each stage sees all of the articles."""
    parsed = [reading.parsed for reading in readings]
    rankings = rank_many(parsed, options.method)
    headlines = make_headlines(parsed, rankings, max_chars=options.headline_chars)
    selections = [
        select(article, ranking, options=options)
        for article, ranking in zip(parsed, rankings, strict=True)
    ]
    sentences = map(_sentences, parsed, rankings, selections)
    return [
        Summary(
            headline=headline,
            paragraph=Paragraph(
                text=" ".join([article.text[start:end] for start, end in selection.spans]),
                sentence_indexes=selection.indexes,
                spans=selection.spans,
            ),
            sentences=own,
            removed=article.removed,
            keywords=extract_keywords(article, count=options.keywords) if options.keywords else (),
            language=article.language,
            method=ranking.method,
            warnings=(*warnings, *ranking.warnings, *selection.warnings, *headline_warnings),
            engine_version=ENGINE_VERSION,
        )
        for (article, warnings), ranking, (headline, headline_warnings), selection, own in zip(
            readings, rankings, headlines, selections, sentences, strict=True
        )
    ]


def _checked_options(options: Options | None) -> Options:
    if options is None:
        return _DEFAULTS
    if not isinstance(options, Options):
        raise InvalidOptionsError("options", options, "an Options record, or None")
    return options


def _sentences(
    parsed: ParsedArticle, ranking: Ranking, selection: Selection
) -> tuple[Sentence, ...]:
    texts = parsed.terms.sentences
    starts, ends = zip(*parsed.spans, strict=True)
    selected = [False] * len(texts)
    reasons: list[tuple[str, ...]] = [()] * len(texts)
    for index, why in zip(selection.indexes, selection.reasons, strict=True):
        selected[index], reasons[index] = True, why
    places = range(len(texts))
    rows = zip(places, texts, starts, ends, ranking.scores, selected, reasons, strict=True)
    return tuple(map(_make_sentence, rows))
