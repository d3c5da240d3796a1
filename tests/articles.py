"""Articles for tests, written here in the style of wire copy; each number gives another one."""

from __future__ import annotations

import random
from collections.abc import Iterator

from summarizer import Article
from workers.batches import Item

_PLACES = ("Port Ellery", "Norwick", "Santa Vela", "Brannoch", "Lindholm", "Kessary")
_WHO = ("the harbour authority", "the finance ministry", "the rail union", "the city council")
_DID = ("approved", "rejected", "postponed", "published", "withdrew", "defended")
_WHAT = (
    "a plan to widen the northern ferry terminal",
    "new limits on rents in the old town",
    "a report on delays at the central station",
    "the budget for flood defences along the river",
    "an offer to sell the regional power grid",
)
_WHY = (
    "after weeks of protests by residents",
    "despite warnings from engineers",
    "as prices rose for the third month in a row",
    "following talks that lasted until midnight",
)
_SAID = (
    "“We have waited long enough,” a spokeswoman said.",
    "Officials said work would begin in spring.",
    "Critics called the decision rushed and costly.",
    "Shares in the operator fell 3.5 percent on Tuesday.",
    "The mayor declined to comment.",
    "About 1,200 people live in the area, according to the council.",
)


def make_text(number: int, *, sentences: int = 12) -> str:
    """Return the text of an article; the same number gives the same text."""
    choose = random.Random(number)
    place = choose.choice(_PLACES)
    lines = [
        f"{place} — {choose.choice(_WHO).capitalize()} {choose.choice(_DID)} "
        f"{choose.choice(_WHAT)} on Monday {choose.choice(_WHY)}."
    ]
    for _ in range(sentences - 1):
        if choose.random() < 0.5:
            lines.append(choose.choice(_SAID))
        else:
            lines.append(
                f"In {place}, {choose.choice(_WHO)} {choose.choice(_DID)} "
                f"{choose.choice(_WHAT)} {choose.choice(_WHY)}, case {choose.randrange(10_000)}."
            )
    return "\n".join(lines)


def make_items(count: int, *, sentences: int = 12) -> Iterator[Item]:
    """Yield the items of a batch."""
    for index in range(count):
        yield Item(
            index=index,
            custom_id=f"article-{index}",
            article=Article(text=make_text(index, sentences=sentences)),
            source=f"generated:{index + 1}",
        )


def make_wordy_text(seed: int) -> str:
    """Return a text of many different words, which compresses about as news does."""
    choose = random.Random(seed)
    syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er")]
    sentences = [
        " ".join("".join(choose.choices(syllables, k=choose.randint(1, 3))) for _ in range(20))
        for _ in range(16)
    ]
    return ". ".join(sentence.capitalize() for sentence in sentences) + "."


def make_wordy_items(count: int, *, seed: int) -> Iterator[Item]:
    """Yield items of many different words."""
    for index in range(count):
        article = Article(text=make_wordy_text(seed * count + index), language="en")
        yield Item(index=index, custom_id=f"wordy-{index}", article=article)
