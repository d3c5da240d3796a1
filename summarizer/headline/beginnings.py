"""What may go at the beginning of an English sentence, so that its subject keeps its head.

Knows words, their classes and the sentence's segments: it must not know lengths or ratings.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.headline.clauses import Surroundings
from summarizer.headline.lexicon import PREPOSITIONS
from summarizer.headline.phrases import MARKS, NOUNS, SUBJECTS, holds_phrase
from summarizer.headline.segments import Part, Segment, find_inserted
from summarizer.headline.tokens import Tokens
from summarizer.headline.word_classes import SURE_NOUNS

RELATIVES = frozenset("who which whose whom where".split())


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

    def beheads(self, end: int) -> bool:
        """Tell whether an opening that goes takes more from the subject than what describes it."""
        if 0 < self._subject_end < end or any(
            start <= end < stop for start, stop in self._inserted
        ):
            # "Orla, the Lund-based firm," is no "firm".
            return True
        tokens, kinds = self._tokens, self._sentence.kinds
        if end < self._leading_end and kinds[end] not in PREPOSITIONS:
            # "At a hotel in Oslo, the band" is no "Oslo, the band".
            return True
        if tokens.words[end - 1] in MARKS:
            return False
        if True in self._sentence.is_verb[end : end + 1] or not RELATIVES.isdisjoint(
            tokens.lower[:end]
        ):
            return True
        if tokens.lower[0] in PREPOSITIONS:
            return kinds[end] not in SUBJECTS or tokens.lower[end - 1] in PREPOSITIONS
        # After a name a word that nobody knows is likelier a verb: "Orla outspent".
        if self._takes_first_subject(end):
            return True
        is_noun = kinds[end] in NOUNS and (kinds[end - 1], kinds[end]) != ("P", "?")
        is_noun = is_noun and tokens.lower[end + 1 : end + 2] != ["of"]
        if kinds[end - 1] in NOUNS and not (is_noun or kinds[end] in SUBJECTS):
            return True
        # "Shipping minister Ole Brun".
        is_title = kinds[end] == "P" and kinds[0][0] == "G" and kinds[1] in SURE_NOUNS | {"Pt"}
        return holds_phrase(self._sentence, int(is_title), end)

    def _takes_first_subject(self, end: int) -> bool:
        """Tell whether of two who do something the first goes: "Ann Lee and Ole Bru won"."""
        kinds = self._sentence.kinds
        return end < self._sentence.main and any(
            before == "P" and joint == "and" for before, joint in pairwise(kinds[:end])
        )
