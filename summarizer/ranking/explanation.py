"""What is told of why the learned ranker rated a sentence as it did.

Knows which features speak of what: it must not know any weight.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from summarizer.ranking.choice import Choice
from summarizer.ranking.features import SENTENCE_FEATURES
from summarizer.ranking.method import Reasons
from summarizer.ranking.reasons import CENTRAL, NEAR_TOP, OPENS, SHARES_TITLE

_PHRASES: Mapping[str, tuple[str, ...]] = {
    NEAR_TOP: ("is_first", "earliness", "depth", "place", "before"),
    CENTRAL: ("likeness_to_article", "likeness_to_opening", "told_again"),
    "holds words that summaries tend to have": (
        "importance_sum", "importance_mean", "short_gain", "gain", "long_gain",
    ),
    "brings in something new": ("novel_importance", "told_before"),
    "has a fitting length": ("words", "is_short", "content_share"),
    "names people, places or numbers": ("capitals", "numbers", "rarity"),
    "is told in plain prose": (
        "commas", "has_quotation", "opens_with_quotation", "is_question", "leans_back",
        "speaks_as_i", "addresses_you", "reports_speech",
    ),
}  # fmt: skip
# The last group is for nothing: what adds less than that is not told.
_GROUPS = np.array(
    [[float(name in names) for name in SENTENCE_FEATURES] for names in (*_PHRASES.values(), ())]
)
_NONE = len(_PHRASES)
_ONCE: tuple[Reasons, ...] = (*((phrase,) for phrase in _PHRASES), ())
# What is told of a sentence with these two strongest groups, the stronger one first.
_NAMED = [
    () if one is _NONE else (*_ONCE[one], *_ONCE[two])
    for one in range(_NONE + 1)
    for two in range(_NONE + 1)
]


def explain(choice: Choice) -> list[Reasons]:
    """Name for each sentence the two groups of features that raised its score most.

    Args:
        choice: what the model said.
    """
    openings = choice.openings
    shares = _GROUPS @ choice.shares
    # An article's sentences differ in what lies above its mean.
    means = np.add.reduceat(shares, openings.first_rows, axis=1) / openings.sizes
    below = means.take(openings.rows.article, axis=1)
    below -= shares
    strongest, next_ = below.argsort(axis=0, kind="stable")[:2]
    reasons = [_NAMED[both] for both in (strongest * (_NONE + 1) + next_).tolist()]
    for row in openings.first_rows.tolist():
        reasons[row] = tuple([OPENS if phrase == NEAR_TOP else phrase for phrase in reasons[row]])
    if choice.titles is not None:
        for row in np.flatnonzero(choice.titles).tolist():
            reasons[row] = (SHARES_TITLE, *reasons[row])
    return reasons
