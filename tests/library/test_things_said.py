"""Which words that may be verbs of saying are nouns; the word in question stands in brackets."""

from __future__ import annotations

import pytest

from summarizer.headline.things_said import is_thing_said
from summarizer.headline.tokens import tokenize
from summarizer.models import Span

NOUNS = (
    "The two won the prize, boosting their Oscars [hopes].",
    "A [report] says that the mine is safe.",
    "The bank said so in its latest Harbour Book [report].",
    "The singer left the Saturday night fashion [show].",
    "The jewel was shown at the Lund Jewellery [Show].",
    "Lund's [claims] have been thrown out.",
    "A host, who appears mostly on the morning [show], has died.",
    "The rebels, also [known] as the Wolves, have fled.",
)
VERBS = (
    "The Times [reports] that the mine is safe.",
    "The family [claim] that they were not told.",
    "The latest data [show] that rents have risen.",
    "The polls of the party [show] a lead.",
    "Jones [hopes] to win the race.",
    "The paper [claims] that the envoy knew.",
    "This [shows] how hard it was.",
    "A team from Lund [report] that the drug works.",
    "The Post and the Mail [report] on the raid.",
    "The mayor, who [fears] a flood, has left.",
)


def is_noun(marked: str) -> bool:
    start = marked.index("[")
    text = marked.replace("[", "").replace("]", "")
    tokens = tokenize(text, Span(0, len(text)))
    return is_thing_said(tokens, tokens.starts.index(start))


@pytest.mark.parametrize("marked", NOUNS)
def test_a_thing_said_is_a_noun(marked: str) -> None:
    assert is_noun(marked)


@pytest.mark.parametrize("marked", VERBS)
def test_what_somebody_does_is_a_verb(marked: str) -> None:
    assert not is_noun(marked)
