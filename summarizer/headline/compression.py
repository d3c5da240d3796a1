"""Which words of a sentence a headline would keep, as learned from pairs of sentence and headline.

Knows tokens only: it must not know articles or budgets.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from summarizer.headline.encoding import encode
from summarizer.headline.network import LONGEST, load_network
from summarizer.headline.recurrent import load_recurrent


def compress_tokens(tokens: Sequence[str]) -> list[bool]:
    """Tell for each token of an English sentence whether it stays in a compression by deletion.

    Trained on pairs of news sentence and headline (Filippova and Altun, "Overcoming the lack of
    parallel data in sentence compression", EMNLP 2013): the mean of a convolutional and a
    recurrent network. No length is asked for: about four tokens in ten stay.

    Args:
        tokens: words and marks as the Penn Treebank cuts them ("ca", "n't"), in order.

    Returns:
        One flag for each token. At least one is set, unless there are none.
    """
    network = load_network()
    odds = []
    for start in range(0, len(tokens), LONGEST):
        columns = encode(
            tokens[start : start + LONGEST], words=network.words, suffixes=network.suffixes
        )
        odds += load_recurrent().read(columns)
    odds = [sum(pair) / 2 for pair in zip(network.read(tokens).keep, odds, strict=True)]
    return choose_flags([1 / (1 + exp(-one)) for one in odds])


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
