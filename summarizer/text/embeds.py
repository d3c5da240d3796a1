"""What is left of posts that a page had embedded: "A post shared by ... on Jul 12, 2017 at 5:42am".

Knows how the services write it: where the story goes on is not its task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from summarizer.models import Removed, RemovedKind

_DATE: Final = r"[A-Z][a-z]{2,8} \d{1,2}, 20\d\d"
_EMBED: Final = re.compile(
    rf"A (?:post|video|photo) (?:shared|posted) by [^()\n]{{1,60}}\(@[\w.]{{1,30}}\) on {_DATE}"
    r" at \d{1,2}:\d\d ?[ap]m P[DS]T"
    # A tweet ends so; the name stands behind a dash.
    rf"|(?:[—–] ?[^\W\d_][^()\n—–]{{0,50}} ?)?\(@\w{{1,15}}\) {_DATE}"
)


def find_embeds(text: str) -> Iterator[Removed]:
    """Give the spans of an article, in order, that name the author and date of an embedded post.

    Args:
        text: the article, as given.
    """
    # Every one of them has it.
    if "(@" in text:
        for match in _EMBED.finditer(text):
            yield Removed(kind=RemovedKind.CREDIT, start=match.start(), end=match.end())
