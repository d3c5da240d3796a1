"""One sentence of the article to a headline, by deletion only.

It must not know how sentences were ranked or what becomes of the headline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from summarizer.headline.compression import compress_tokens
from summarizer.headline.editors import UNIT
from summarizer.headline.english import (
    Draft,
    Level,
    draft_headlines,
)
from summarizer.headline.printable import is_fair_cut
from summarizer.headline.reading import read_sentence
from summarizer.headline.style import headline_text
from summarizer.models import Headline, Span, SummaryWarning, WarningCode
from summarizer.ranking import Ranking
from summarizer.text.clauses import Cut, CutKind, cut_sentence, skip_open_marks
from summarizer.text.parsed import ParsedArticle

__all__ = ["compress_tokens", "make_headline", "make_headlines"]

# So many of the best sentences are tried; more where few sentences have so short a clause.
_CANDIDATES = 4
_SHORT_CANDIDATES = 12
_SHORT = 50
# So many, and with less sure gaps, before a sentence is cut.
_LAST_CANDIDATES = 20
# What speaks against a sentence for each before it, in likeness to an editor's headline.
_RANK_COST = round(0.017 * UNIT)
# An opening whose headline is less like an editor's has to be better than other sentences.
_WEAK = round(0.12 * UNIT)
# So many where whatever is cut off would make a fact of a claim.
_CUT_CANDIDATES = 20
_CUT_AT: Mapping[CutKind, str] = MappingProxyType(
    {
        CutKind.CLAUSE: "at a comma",
        CutKind.WORD: "after a word",
        CutKind.CHARACTER: "inside a word",
    }
)


def make_headline(
    parsed: ParsedArticle, ranking: Ranking, *, max_chars: int
) -> tuple[Headline, tuple[SummaryWarning, ...]]:
    """Make a headline from words of one sentence, in order.

    The opening sentence gives it, or one of the best where only they give one. What can be left
    out of an English sentence was learned from sentences that editors cut
    (`summarizer.headline.gaps`; McDonald, EACL 2006), but for small words, which are listed. Of
    this, that is left out which an editor would not take into a headline
    (`summarizer.headline.editors`; Hori and Furui, "Speech summarization: an approach through word
    extraction", 2004), if `summarizer.headline.grammar` allows it. A negation or the name of who
    claims something is kept. Sentences of other languages are cut at a clause boundary.

    Args:
        parsed: the article, with at least one sentence.
        ranking: a score for each of its sentences.
        max_chars: at most so many code points, at least 20.

    Returns:
        The headline, and a warning where it is no whole clause.
    """
    return make_headlines([parsed], [ranking], max_chars=max_chars)[0]


def make_headlines(
    parsed: Sequence[ParsedArticle], rankings: Sequence[Ranking], *, max_chars: int
) -> list[tuple[Headline, tuple[SummaryWarning, ...]]]:
    """Make the headlines of some articles, each as `make_headline` would.

    Args:
        parsed: the articles, each with at least one sentence.
        rankings: one an article.
        max_chars: at most so many code points, at least 20.
    """
    drafts = _draft_all(parsed, rankings, max_chars)
    return [
        _finish(article, draft.sentence, draft.spans, CutKind.WHOLE)
        if draft is not None
        else _make_cut(article, ranking, max_chars=max_chars)
        for article, ranking, draft in zip(parsed, rankings, drafts, strict=True)
    ]


def _draft_all(
    parsed: Sequence[ParsedArticle], rankings: Sequence[Ranking], max_chars: int
) -> list[Draft | None]:
    """Draft headlines of the openings, then of the best sentences where there are none."""
    is_short = max_chars <= _SHORT
    drafts: list[Draft | None] = [None] * len(parsed)
    english = [number for number, article in enumerate(parsed) if article.language == "en"]

    def try_sentences(wanted: Sequence[tuple[int, int]], levels: Sequence[Level]) -> None:
        """Draft headlines of sentences of articles, the best first; a later has to be better."""
        readings = [(number, read_sentence(parsed[number], index)) for number, index in wanted]
        known = [(number, reading) for number, reading in readings if reading is not None]
        found = draft_headlines(
            [reading for _, reading in known], max_chars=max_chars, levels=levels
        )
        costs: dict[int, int] = {}
        for (number, reading), draft in zip(known, found, strict=True):
            cost = costs[number] = costs.get(number, 0) + (_RANK_COST if reading.index else 0)
            best = drafts[number]
            if draft is not None and (best is None or draft.worth - cost > best.worth):
                drafts[number] = draft._replace(worth=draft.worth - cost)

    def missing(least: int = 0) -> list[int]:
        return [
            number for number in english if (draft := drafts[number]) is None or draft.worth < least
        ]

    def others(numbers: Sequence[int], count: int) -> list[tuple[int, int]]:
        return [
            (number, index)
            for number in numbers
            for index in [index for index in rankings[number].best(count) if index][: count - 1]
        ]

    openings = (Level.SURE,) if is_short else (Level.SURE, Level.LOOSE)
    try_sentences([(number, 0) for number in english], openings)
    count = _SHORT_CANDIDATES if is_short else _CANDIDATES
    try_sentences(others(missing(0 if is_short else _WEAK), count), (Level.SURE,))
    if is_short:
        try_sentences([(number, 0) for number in missing()], (Level.LOOSE,))
    try_sentences(others(missing(), _LAST_CANDIDATES), (Level.SURE, Level.LOOSE))
    return drafts


def _make_cut(
    parsed: ParsedArticle, ranking: Ranking, *, max_chars: int
) -> tuple[Headline, tuple[SummaryWarning, ...]]:
    index, cut = _cut(parsed, ranking, max_chars=max_chars)
    is_clause = cut.kind is CutKind.CLAUSE and parsed.language != "en"
    return _finish(parsed, index, (cut.span,), CutKind.WHOLE if is_clause else cut.kind)


def _cut(parsed: ParsedArticle, ranking: Ranking, *, max_chars: int) -> tuple[int, Cut]:
    """Cut the first sentence that suffers it well; failing that, the best."""
    is_english = parsed.language == "en"
    first: tuple[int, Cut] | None = None
    for index in ranking.best(_CUT_CANDIDATES if is_english else _CANDIDATES):
        span = skip_open_marks(parsed.text, parsed.spans[index], max_chars=max_chars)
        cut = cut_sentence(parsed.text, span, max_chars=max_chars, language=parsed.language)
        # What stands before the first comma of an English sentence may be no more than "In May".
        is_clause = cut.kind in (CutKind.WHOLE, CutKind.CLAUSE) and not is_english
        if is_clause or (is_english and is_fair_cut(parsed.text, cut.span, sentence=span)):
            return index, cut
        first = first or (index, cut)
    assert first is not None, "an article has a sentence"
    return first


def _finish(
    parsed: ParsedArticle, index: int, spans: tuple[Span, ...], cut_at: CutKind
) -> tuple[Headline, tuple[SummaryWarning, ...]]:
    headline = Headline(text=headline_text(parsed.text, spans), sentence_index=index, spans=spans)
    if cut_at is CutKind.WHOLE:
        return headline, ()
    message = f"no clause is short enough: sentence {index + 1} was cut {_CUT_AT[cut_at]}"
    return headline, (SummaryWarning(code=WarningCode.HEADLINE_CUT, message=message),)
