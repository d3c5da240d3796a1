"""The methods that look at places only: `lead` and `random`.

Must not know words.
"""

from __future__ import annotations

import hashlib
import random

from summarizer.ranking.method import Rating, Reasons
from summarizer.ranking.reasons import NEAR_TOP, OPENS
from summarizer.text.parsed import ParsedArticle

_TOP_SENTENCES = 3


def rate_lead(parsed: ParsedArticle) -> Rating:
    """Rate each sentence by how near the top it stands."""
    count = len(parsed.spans)
    top: list[Reasons] = [(OPENS,), *[(NEAR_TOP,)] * (_TOP_SENTENCES - 1)]
    reasons = (*top[:count], *[()] * (count - _TOP_SENTENCES))
    return Rating(values=list(map(float, range(count, 0, -1))), reasons=reasons)


def rate_random(parsed: ParsedArticle) -> Rating:
    """Shuffle the sentences, always in the same way for the same text."""
    digest = hashlib.sha256(parsed.text.encode("utf-8", "surrogatepass")).digest()
    order = list(range(len(parsed.spans)))
    random.Random(digest).shuffle(order)  # noqa: S311
    reasons = (("was drawn by lot",),) * len(order)
    return Rating(values=list(map(float, order)), reasons=reasons)
