"""One sentence of the article to a headline, by deletion only.

It must not know how sentences were ranked or what becomes of the headline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from summarizer.headline.english import draft_headline
from summarizer.headline.style import headline_text
from summarizer.models import Headline, Span, SummaryWarning, WarningCode
from summarizer.ranking import Ranking
from summarizer.text.clauses import Cut, CutKind, cut_sentence
from summarizer.text.parsed import ParsedArticle

__all__ = ["make_headline"]

# So many of the best sentences are tried.
_CANDIDATES = 5
_CUT_AT: Mapping[CutKind, str] = MappingProxyType(
    {CutKind.WORD: "after a word", CutKind.CHARACTER: "inside a word"}
)


def make_headline(
    parsed: ParsedArticle, ranking: Ranking, *, max_chars: int
) -> tuple[Headline, tuple[SummaryWarning, ...]]:
    """Make a headline from words of one sentence, in order.

    The best sentence gives it, or one of the next where only they give a whole clause. English
    sentences lose what a closed set of words and patterns marks as dispensable: leading
    adverbials, appositions, relative clauses, brackets, weekdays, trailing clauses and phrases
    (Hori and Furui, "Speech summarization: an approach through word extraction", 2004; Dorr, Zajic
    and Schwartz, "Hedge Trimmer", HLT-NAACL 2003). A negation or the name of who claims something
    is kept. Sentences of other languages are cut at a clause boundary.

    Args:
        parsed: the article, with at least one sentence.
        ranking: a score for each of its sentences.
        max_chars: at most so many code points, at least 20.

    Returns:
        The headline, and a warning where it is no whole clause.
    """
    indexes = ranking.best(_CANDIDATES)
    if parsed.language == "en":
        draft = draft_headline(parsed, indexes, max_chars=max_chars)
        if draft is not None:
            kind = CutKind.CLAUSE if draft.is_complete else CutKind.WORD
            return _finish(parsed, draft.index, draft.spans, kind)
    index, cut = _first_clause(parsed, indexes, max_chars=max_chars)
    return _finish(parsed, index, (cut.span,), cut.kind)


def _first_clause(
    parsed: ParsedArticle, indexes: Sequence[int], *, max_chars: int
) -> tuple[int, Cut]:
    """Cut the first of the sentences that gives a whole clause; failing that, the best."""
    cuts = (
        (
            index,
            cut_sentence(
                parsed.text, parsed.spans[index], max_chars=max_chars, language=parsed.language
            ),
        )
        for index in indexes
    )
    best = next(cuts)
    if best[1].kind not in _CUT_AT:
        return best
    return next((found for found in cuts if found[1].kind not in _CUT_AT), best)


def _finish(
    parsed: ParsedArticle, index: int, spans: tuple[Span, ...], kind: CutKind
) -> tuple[Headline, tuple[SummaryWarning, ...]]:
    headline = Headline(
        text=headline_text(parsed.text, spans), sentence_index=index, spans=spans
    )
    if kind not in _CUT_AT:
        return headline, ()
    message = f"no clause is short enough: sentence {index + 1} was cut {_CUT_AT[kind]}"
    return headline, (SummaryWarning(code=WarningCode.HEADLINE_CUT, message=message),)
