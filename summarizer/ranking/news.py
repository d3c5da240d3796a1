"""The default method: the order of the article, corrected by what the words say.

Must not know how many sentences will be taken.
"""

from __future__ import annotations

import numpy as np

from summarizer.ranking.counts import count_stems
from summarizer.ranking.graph import rate_lex_rank
from summarizer.ranking.method import FloatArray, Rating, Reasons
from summarizer.ranking.position import rate_lead
from summarizer.ranking.reasons import SHARES_TITLE
from summarizer.text.parsed import ParsedArticle

POSITION_WEIGHT = 1.0
CENTRALITY_WEIGHT = 0.1
TITLE_WEIGHT = 0.1


def rate_news(parsed: ParsedArticle) -> Rating:
    """Rate sentences by their place first, then by centrality and words of the title.

    News puts what matters first (the inverted pyramid), so the place decides unless the words
    speak clearly for another sentence.
    """
    lead = rate_lead(parsed)
    central = rate_lex_rank(parsed)
    title = title_overlap(parsed)
    places = np.arange(len(parsed.spans), dtype=np.float64)
    values = (
        POSITION_WEIGHT / (1.0 + places)
        + CENTRALITY_WEIGHT * central.values / max(float(central.values.max(initial=0.0)), 1e-9)
        + TITLE_WEIGHT * title
    )
    reasons = tuple(
        _reasons(*parts) for parts in zip(lead.reasons, central.reasons, title > 0.0, strict=True)
    )
    return Rating(values=values, reasons=reasons)


def title_overlap(parsed: ParsedArticle) -> FloatArray:
    """Return for each sentence the share of the title's content stems that it has."""
    wanted = {word.stem for word in parsed.terms.title if not word.is_stop}
    counts = count_stems(parsed.terms)
    is_title = np.isin(counts.columns, parsed.terms.title_ids)
    return counts.row_sums(is_title.astype(np.float64)) / max(len(wanted), 1)


def _reasons(lead: Reasons, central: Reasons, has_title: bool) -> Reasons:
    return lead + ((SHARES_TITLE,) if has_title else ()) + central
