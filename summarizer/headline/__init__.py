"""One sentence of the article to a headline, by deletion only.

It must not know how sentences were ranked or what becomes of the headline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from summarizer.headline.compression import compress_tokens
from summarizer.headline.english import draft_headline, is_fair_cut
from summarizer.headline.style import headline_text
from summarizer.models import Headline, Span, SummaryWarning, WarningCode
from summarizer.ranking import Ranking
from summarizer.text.clauses import Cut, CutKind, cut_sentence
from summarizer.text.parsed import ParsedArticle

__all__ = ["compress_tokens", "make_headline", "make_headlines"]

# So many of the best sentences are tried; more where few sentences have so short a clause.
_CANDIDATES = 4
_SHORT_CANDIDATES = 12
_SHORT = 50
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

    The opening sentence gives it, or one of the best where only they give a whole clause. Closed
    words and patterns mark what an English sentence can be without: articles, auxiliaries, titles,
    leading adverbials, appositions, relative clauses, brackets, weekdays, trailing clauses and
    phrases (Dorr, Zajic and Schwartz, "Hedge Trimmer", HLT-NAACL 2003). Of what
    `summarizer.headline.grammar` allows, that is left out which an editor would not take
    (`summarizer.headline.editors`; Hori and Furui, "Speech summarization: an approach through word
    extraction", 2004). A negation or the name of who claims something is kept. Sentences of other
    languages are cut at a clause boundary.

    Args:
        parsed: the article, with at least one sentence.
        ranking: a score for each of its sentences.
        max_chars: at most so many code points, at least 20.

    Returns:
        The headline, and a warning where it is no whole clause.
    """
    is_english = parsed.language == "en"
    if is_english:
        draft = draft_headline(parsed, _candidates(ranking, max_chars), max_chars=max_chars)
        if draft is not None:
            cut_at = CutKind.WHOLE if draft.is_complete else CutKind.WORD
            return _finish(parsed, draft.index, draft.spans, cut_at)
    index, cut = _cut(parsed, ranking, max_chars=max_chars)
    is_clause = cut.kind is CutKind.CLAUSE and not is_english
    return _finish(parsed, index, (cut.span,), CutKind.WHOLE if is_clause else cut.kind)


def make_headlines(
    parsed: Sequence[ParsedArticle], rankings: Sequence[Ranking], *, max_chars: int
) -> list[tuple[Headline, tuple[SummaryWarning, ...]]]:
    """Make the headlines of some articles, each as `make_headline` would.

    Args:
        parsed: the articles, each with at least one sentence.
        rankings: one an article.
        max_chars: at most so many code points, at least 20.
    """
    return [
        make_headline(article, ranking, max_chars=max_chars)
        for article, ranking in zip(parsed, rankings, strict=True)
    ]


def _candidates(ranking: Ranking, max_chars: int) -> Iterator[int]:
    """Give the sentences to try: that which opens the article, then the best."""
    yield 0
    count = _CANDIDATES if max_chars > _SHORT else _SHORT_CANDIDATES
    yield from [index for index in ranking.best(count) if index][: count - 1]


def _cut(parsed: ParsedArticle, ranking: Ranking, *, max_chars: int) -> tuple[int, Cut]:
    """Cut the first sentence that suffers it well; failing that, the best."""
    is_english = parsed.language == "en"
    first: tuple[int, Cut] | None = None
    for index in ranking.best(_CUT_CANDIDATES if is_english else _CANDIDATES):
        span = parsed.spans[index]
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
