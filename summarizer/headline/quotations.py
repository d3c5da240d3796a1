"""Gaps beside quotations and beside those who say what is quoted.

Knows marks, words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.headline.clauses import END, Rule, Surroundings, class_begins, of_class, one_of
from summarizer.headline.lexicon import BE, CLAIMS, DETERMINERS, PREPOSITIONS
from summarizer.headline.phrases import MARKS, NOUNS
from summarizer.headline.word_classes import PAST, VERBS

_LONGEST_OBJECT = 5
_LONGEST_QUOTED = 7
_LONGEST_SPEAKER = 8


def _precedes_speaker(sentence: Surroundings, _: int, end: int) -> bool:
    """Tell whether what follows, without a comma, says who claims what stands before it."""
    ahead = sentence.lower[end : end + _LONGEST_SPEAKER]
    return len(ahead) < _LONGEST_SPEAKER and not CLAIMS.isdisjoint(ahead) and "," not in ahead


def _strands_claim(sentence: Surroundings, _: int, end: int) -> bool:
    """Tell whether a verb of saying stays without who says it before or after it."""
    if CLAIMS.isdisjoint(sentence.lower[end + 1 : end + 2]):
        return False
    follower = sentence.kinds[end + 2]
    return follower == END.name or follower in PREPOSITIONS


def _begins_speaker(sentence: Surroundings, _: int, end: int) -> bool:
    """Tell whether a name that says something, with a comma between, has lost what it names."""
    ahead = sentence.lower[end : end + _LONGEST_OBJECT]
    return any(word == "," and after in CLAIMS for word, after in pairwise(ahead))


def _is_one_word_quoted(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.kinds[first - 3 : first - 2] == ['"']


def _is_described_in_quotes(sentence: Surroundings, first: int, _: int) -> bool:
    """Tell whether a noun goes whose article stands before a quotation."""
    ahead = sentence.kinds[max(0, first - _LONGEST_QUOTED) : first - 1]
    return any(kind in ("a", "an") and after == '"' for kind, after in pairwise(ahead))


def _is_quoted_adverb(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.kinds[first - 2][0] == "R"


_QUOTE, _MARK, _NOUN = one_of({'"', "“", "”"}), one_of(MARKS), of_class(NOUNS)
QUOTATIONS: Sequence[Rule] = (
    # "Two were hurt, the owner, Orla, said" is no "two were hurt, said".
    Rule(opening=_MARK, after=_MARK, check=_strands_claim),
    Rule(opening=_MARK, last=_MARK, after=of_class({"P"}), check=_begins_speaker),
    # Some articles have lost their quotation marks: "called it ?great?".
    Rule(before=one_of({"?"}), after=one_of({"?"})),
    # "Described feeling 'hopeful'" is no "described 'hopeful'", 'built "entirely" on use' no 'built
    # "entirely"'.
    Rule(before=of_class(VERBS), opening=class_begins("G"), after=_QUOTE),
    Rule(before=one_of(BE), opening=_QUOTE, after=_NOUN),
    Rule(before=_QUOTE, opening=one_of(PREPOSITIONS), check=_is_quoted_adverb),
    Rule(before=_QUOTE, opening=one_of({"of", "less", "more"}), check=_is_one_word_quoted),
    # 'A "better" pay offer' is no '"better"'.
    Rule(before=_QUOTE, opening=_NOUN | of_class({"B"}), check=_is_described_in_quotes),
    # "Held before, in May, police said" is no "before police said", nor "'so,' the firm said" "'so'
    # said".
    Rule(opening=_MARK, last=_MARK, check=_precedes_speaker),
    Rule(before=_QUOTE, opening=one_of(DETERMINERS), after=of_class(PAST | {"sp"})),
)
