"""Which words of a sentence a headline would keep, as learned from pairs of sentence and headline.

Knows tokens only: it must not know articles or budgets.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.network import load_network


def compress_tokens(tokens: Sequence[str]) -> list[bool]:
    """Tell for each token of an English sentence whether it stays in a compression by deletion.

    Trained on pairs of news sentence and headline (Filippova and Altun, "Overcoming the lack of
    parallel data in sentence compression", EMNLP 2013). No length is asked for: about four tokens
    in ten stay.

    Args:
        tokens: words and marks as the Penn Treebank cuts them ("ca", "n't"), in order.

    Returns:
        One flag for each token. At least one is set, unless there are none.
    """
    network = load_network()
    keep = network.read(tokens).keep
    threshold = min(network.threshold, max(keep, default=0.0) - 0.001)
    return [odds > threshold for odds in keep]
