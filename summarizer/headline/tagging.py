"""The word class of each token.

Knows tokens only: it must not know sentences' places or headlines.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.network import load_networks


def tag_tokens(tokens: Sequence[str]) -> list[str]:
    """Return the universal part-of-speech tag of each token of an English sentence.

    Args:
        tokens: words and marks as the Penn Treebank cuts them, in order.

    Returns:
        One tag of Universal Dependencies for each ("NOUN", "VERB", ...).
    """
    network = load_networks()
    return [network.tags[number] for number in network.read(tokens).tags]
