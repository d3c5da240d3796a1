"""Which words of a sentence a headline would keep, as learned from pairs of sentence and headline.

Knows tokens only: it must not know articles or budgets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp

from summarizer.errors import InvalidArticleError
from summarizer.headline.network import load_networks


def compress_tokens(tokens: Iterable[str]) -> list[bool]:
    """Tell for each token of an English sentence whether it stays in a compression by deletion.

    Trained on pairs of news sentence and headline (Filippova and Altun, "Overcoming the lack of
    parallel data in sentence compression", EMNLP 2013). No length is asked for: about four tokens
    in ten stay.

    Args:
        tokens: words and marks as the Penn Treebank cuts them ("ca", "n't"), in order.

    Returns:
        One flag for each token. At least one is set, unless there are none.

    Raises:
        InvalidArticleError: they are something else.
    """
    words = list(tokens) if isinstance(tokens, Iterable) else None
    if words is None or not all(isinstance(word, str) for word in words):
        raise InvalidArticleError("tokens are the words and marks of a sentence, each a str")
    return choose_flags([1 / (1 + exp(-odds)) for odds in load_networks().read(words).keep])


def choose_flags(chances: Sequence[float]) -> list[bool]:
    """Set the flags with the greatest expected F1 against what an editor would keep.

    Lewis, "Evaluating and optimizing autonomous text classification systems", SIGIR 1995.

    Args:
        chances: for each token how likely it is kept.
    """
    order = sorted(range(len(chances)), key=lambda place: (-chances[place], place))
    total = sum(chances)
    best, count, taken = 0.0, 0, 0.0
    for rank, place in enumerate(order, start=1):
        taken += chances[place]
        value = taken / (rank + total)
        if value > best:
            best, count = value, rank
    kept = frozenset(order[:count])
    return [place in kept for place in range(len(chances))]
