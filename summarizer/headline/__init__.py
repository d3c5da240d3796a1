"""One sentence of the article to a headline, by deletion only.

It must not know how sentences were ranked or what becomes of the headline.
"""

from __future__ import annotations

from summarizer.headline.style import headline_text
from summarizer.models import Headline, SummaryWarning, WarningCode
from summarizer.ranking import Ranking
from summarizer.text.clauses import CutKind, cut_sentence
from summarizer.text.parsed import ParsedArticle

__all__ = ["make_headline"]


def make_headline(
    parsed: ParsedArticle, ranking: Ranking, *, max_chars: int
) -> tuple[Headline, tuple[SummaryWarning, ...]]:
    index = ranking.best(1)[0]
    cut = cut_sentence(
        parsed.text, parsed.spans[index], max_chars=max_chars, language=parsed.language
    )
    spans = (cut.span,)
    headline = Headline(text=headline_text(parsed.text, spans), sentence_index=index, spans=spans)
    if cut.kind in (CutKind.WHOLE, CutKind.CLAUSE):
        return headline, ()
    message = "no clause fits"
    return headline, (SummaryWarning(code=WarningCode.HEADLINE_CUT, message=message),)
