"""One sentence of the article to a headline, by deletion only.

It must not know how sentences were ranked or what becomes of the headline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from summarizer.headline.compression import compress_tokens
from summarizer.headline.drafting import draft_all
from summarizer.headline.printable import is_fair_cut
from summarizer.headline.style import headline_text
from summarizer.models import Headline, Span, SummaryWarning, WarningCode
from summarizer.ranking import Ranking
from summarizer.text.cuts import Cut, CutKind, cut_sentence, skip_open_marks
from summarizer.text.parsed import ParsedArticle

__all__ = ["compress_tokens", "make_headline", "make_headlines"]

# So many of the best sentences are tried, and more where whatever is cut off would make a fact of a
# claim.
_CANDIDATES, _ENGLISH_CANDIDATES = 4, 20
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
    drafts = draft_all(parsed, rankings, max_chars=max_chars)
    return [
        _finish(article, draft.sentence, draft.spans, CutKind.WHOLE)
        if draft is not None
        else _make_cut(article, ranking, max_chars=max_chars)
        for article, ranking, draft in zip(parsed, rankings, drafts, strict=True)
    ]


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
    for index in ranking.best(_ENGLISH_CANDIDATES if is_english else _CANDIDATES):
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
