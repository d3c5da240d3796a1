"""What may go at the beginning of an English sentence, so that its subject keeps its head.

Knows words, their classes and the sentence's segments: it must not know lengths or ratings.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.headline.clauses import Surroundings
from summarizer.headline.lexicon import (
    ARTICLES,
    PARTICLES,
    PREPOSITIONS,
    RELATIVE_PRONOUNS,
    SUBORDINATORS,
)
from summarizer.headline.phrases import MARKS, NOUNS, SUBJECTS, holds_phrase
from summarizer.headline.segments import Part, Segment, find_inserted
from summarizer.headline.tokens import Tokens
from summarizer.headline.word_classes import SURE_NOUNS, VERBS

RELATIVES = RELATIVE_PRONOUNS | {"where"}

_PLURALS = frozenset({"S", "SZ", "S?"})


class Beginning:
    """The beginning of a sentence, up to its main verb.

    Args:
        tokens: the sentence.
        sentence: what rules may ask of it.
        segments: its stretches between commas.
    """

    def __init__(self, tokens: Tokens, sentence: Surroundings, segments: Sequence[Segment]) -> None:
        self._tokens, self._sentence = tokens, sentence
        is_leading = len(segments) > 0 and segments[0].part is Part.LEADING
        self._leading_end = segments[0].end if is_leading else 0
        is_main = len(segments) > 0 and segments[0].part is Part.MAIN
        self._subject_end = segments[0].end if is_main else 0
        self._inserted = find_inserted(segments)
        # The main clause, where it has a subject of its own after a comma.
        mains = [one for one in segments if one.part is Part.MAIN and one.verb is not None]
        self._main = next((one.first for one in mains if self._has_subject(one)), 0)

    def beheads(self, end: int) -> bool:
        """Tell whether an opening that goes takes more from the subject than what describes it."""
        tokens, kinds = self._tokens, self._sentence.kinds
        if self._ends_elsewhere(end):
            return True
        if tokens.words[end - 1] in MARKS:
            # "When she was seen in Lund, Norvia, with a friend, the mayor" is no "Norvia", "those
            # trying to house, feed and clothe them" are none to "feed".
            is_inside = end < self._main and tokens.lower[0] in SUBORDINATORS
            is_joined = tokens.lower[end - 3 : end - 2] == ["to"] and kinds[end] in VERBS
            return is_inside or is_joined
        if self._leaves_part(end):
            return True
        if tokens.lower[0] in PREPOSITIONS:
            return kinds[end] not in SUBJECTS or tokens.lower[end - 1] in PREPOSITIONS
        is_noun = kinds[end] in NOUNS and (kinds[end - 1], kinds[end]) != ("P", "?")
        is_noun = is_noun and tokens.lower[end + 1 : end + 2] != ["of"]
        if kinds[end - 1] in NOUNS and not (is_noun or kinds[end] in SUBJECTS):
            return True
        # "Shipping minister Ole Brun".
        is_title = kinds[end] == "P" and kinds[0][0] == "G" and kinds[1] in SURE_NOUNS | {"Pt"}
        # After a name a word that nobody knows is likelier a verb: "Orla outspent".
        return self._takes_first_subject(end) or holds_phrase(self._sentence, int(is_title), end)

    def _ends_elsewhere(self, end: int) -> bool:
        """Tell whether an opening ends beyond the subject, or inside what belongs to it."""
        if 0 < self._subject_end < end or any(
            start <= end < stop for start, stop in self._inserted
        ):
            # "Orla, the Lund-based firm," is no "firm".
            return True
        # "At a hotel in Oslo, the band" is no "Oslo, the band".
        return end < self._leading_end and self._sentence.kinds[end] not in PREPOSITIONS

    def _leaves_part(self, end: int) -> bool:
        """Tell whether an opening leaves of a subject or a clause only how it ends."""
        lower, kinds = self._tokens.lower, self._sentence.kinds
        if True in self._sentence.is_verb[end : end + 1] or not RELATIVES.isdisjoint(lower[:end]):
            return True
        # "Lawyers defending a clerk" are not who is "defending a clerk".
        after = (*lower[end + 1 : end + 2], "")[0]
        if kinds[end] in _PLURALS and after in PARTICLES | ARTICLES:
            # "A guard wipes away a tear".
            return True
        is_doing = kinds[end - 1] in _PLURALS and "".join(lower[end : end + 1]).endswith("ing")
        return is_doing or lower[:3] == ["by", "the", "time"]

    def _has_subject(self, segment: Segment) -> bool:
        is_noun = self._sentence.kinds[segment.first] in NOUNS | SUBJECTS
        return is_noun and segment.verb is not None and segment.verb > segment.first

    def _takes_first_subject(self, end: int) -> bool:
        """Tell whether of two who do something the first goes: "Ann Lee and Ole Bru won"."""
        kinds = self._sentence.kinds
        return end < self._sentence.main and any(
            before == "P" and joint == "and" for before, joint in pairwise(kinds[:end])
        )
