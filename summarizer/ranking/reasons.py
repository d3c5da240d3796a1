"""What a reader is told spoke for a sentence.

Knows phrases and numbers only: it must not know any one method.
"""

from __future__ import annotations

from summarizer.ranking.method import FloatArray, Reasons

OPENS = "opens the article"
NEAR_TOP = "stands near the top"
SHARES_TITLE = "shares words with the title"
IS_ABOUT_QUERY = "is about the query"
CENTRAL = "shares its words with many other sentences"


def reasons_above_mean(values: FloatArray, phrase: str) -> tuple[Reasons, ...]:
    """Give the phrase to every sentence that is rated at least average.

    Args:
        values: one number a sentence, none of them negative.
        phrase: the reason.
    """
    # Equal values may differ in the last bits from their mean.
    enough = float(values.sum()) / max(len(values), 1) * (1.0 - 1e-9)
    return reasons_where((values >= enough).tolist(), phrase)


def reasons_where(flags: list[bool], phrase: str) -> tuple[Reasons, ...]:
    """Give the phrase to the sentences that are flagged.

    Args:
        flags: one flag a sentence.
        phrase: the reason.
    """
    reason: Reasons = (phrase,)
    return tuple([reason if flag else () for flag in flags])
