"""Which gaps of an English sentence are never made, whatever they were scored.

Knows words, their classes and the sentence's segments: it must not know lengths or ratings.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from summarizer.headline.gaps import Gap
from summarizer.headline.grammar import (
    APPROXIMATE,
    LONGEST_AUDIENCE,
    is_certainty,
    is_comma,
    is_negation,
)
from summarizer.headline.joins import (
    COMMON,
    MARKS,
    NOUNS,
    SUBJECTS,
    SURE_NOUNS,
    breaks_off,
    holds_phrase,
)
from summarizer.headline.lexicon import (
    COORDINATORS,
    PREPOSITIONS,
    SPEECH_VERBS,
    SUBORDINATORS,
    TITLES,
)
from summarizer.headline.segments import Part, Segment, is_speaker
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import Strength, may_be_verb, strength
from summarizer.headline.wholes import (
    RANKS,
    is_name_joint,
    is_number_with_unit,
    may_be_joined,
    runs_together,
)
from summarizer.headline.word_classes import NARROWING, NEVER, Known

_ABOUT = frozenset("of about against over".split())
_RELATIVES = frozenset("who which whose whom where".split())
_SAYING = SPEECH_VERBS | frozenset(
    "assured assure warn warns informed reminded convinced persuaded".split()
)


class Fences:
    """What must not go of one sentence, and where no gap may begin or end.

    Attributes:
        joints: for each token, and the end, whether no gap may begin or end before it.

    Args:
        tokens: the sentence.
        words: what is known of each token.
        segments: its stretches between commas.
    """

    def __init__(self, tokens: Tokens, words: Sequence[Known], segments: Sequence[Segment]) -> None:
        count = len(tokens.words)
        self._tokens = tokens
        _, _, kinds, _, _, self._reach, *_ = zip(*words, strict=True)
        self._kinds = [*kinds, "$", "$"]
        self._is_verb = [
            may_be_verb(word) and strength(tokens, place) is not Strength.NONE
            for place, word in enumerate(tokens.lower)
        ]
        self._verbs = list(accumulate(self._is_verb, initial=0))
        # A gap with a token has to reach from here to there.
        self._begin = list(range(count))
        self._end = list(range(count))
        for place, reach in enumerate(self._reach):
            if reach:
                self._end[place] = min(count, place + reach) if reach < NEVER else NEVER
        self._main = self._subject_end = 0
        for segment in segments:
            if segment.part is Part.MAIN and segment.verb is not None:
                self._main = segment.verb
                self._end[segment.verb] = NEVER
            if segment.part is Part.MAIN and not segment.first:
                self._subject_end = segment.end
        # A speaker of its own ("police said") says what stands before it.
        speaking = {
            place
            for segment in segments
            if segment.part is Part.SPEAKER
            for place in range(segment.first, segment.end)
        }
        self._sayings = [
            place
            for place, word in enumerate(tokens.lower)
            if word in _SAYING and place not in speaking
        ]
        self._subjects = [NEVER] * (count + 1)
        self._hold(words)
        self.joints = [*tokens.is_held, False]
        for place, word in enumerate(tokens.words[:-1]):
            if self._end[place] == NEVER or may_be_joined(word):
                self.joints[place + 1] = (
                    tokens.is_held[place + 1]
                    or (self._end[place] == NEVER and is_negation(tokens, place))
                    or is_number_with_unit(tokens, place)
                    or is_name_joint(tokens, place)
                    or (tokens.lower[place] in RANKS and tokens.lower[place + 1] in TITLES)
                )
        # What stands after a comma and belongs to the word before it.
        self._appended = {
            segment.first - 1
            for segment in segments
            if segment.part in (Part.APPOSITION, Part.RELATIVE)
        }

    def _hold(self, words: Sequence[Known]) -> None:
        """Hold claims with what is claimed, clauses with their openers, and numbers' edges."""
        tokens = self._tokens
        openers: list[int] = []
        start = 0
        is_open = True
        for place, known in enumerate(words):
            if is_open and place > start and (known.is_claim or known.is_finite):
                # Its subject has to leave something.
                self._subjects[place] = start
                is_open = False
            if known.is_comma and is_comma(tokens, place):
                start = place + 1
                is_open = True
            elif known.is_claim and place and not tokens.is_held[place]:
                self._end[place] = max(self._end[place], self._end_of_claim(place, start))
            elif tokens.lower[place] in APPROXIMATE and is_certainty(tokens, place):
                self._end[place] = min(len(words), place + 3)
            if known.opens_clause:
                openers.append(place)
            elif openers and self._is_verb[place]:
                # They go together.
                opener = openers.pop()
                self._begin[place] = opener
                self._end[opener] = max(self._end[opener], place + 1)

    def _end_of_claim(self, place: int, start: int) -> int:
        """Return how far what goes with the verb of a claim has to reach."""
        tokens, count = self._tokens, len(self._tokens.words)
        stop = next((i for i in range(place + 1, count) if is_comma(tokens, i)), count)
        is_clause = tokens.lower[start] in COORDINATORS | SUBORDINATORS
        stretch = Segment(start, stop, Part.OTHER, None)
        is_own = (
            start
            and tokens.lower[start] not in _RELATIVES
            and (stop <= place + LONGEST_AUDIENCE or is_speaker(tokens, stretch))
        )
        return NEVER if is_own and not is_clause else stop

    def allow(self, gap: Gap) -> bool:
        """Tell whether a gap may be made."""
        first, end = gap[:2]
        if max(self._end[first:end]) > end or min(self._begin[first:end]) < first:
            return False
        tokens = self._tokens
        if first and end < len(tokens) and runs_together(tokens, first - 1, end):
            return False
        if first <= self._subjects[end] < end:
            return False
        if self._widens(first, end):
            return False
        if self._parts_comma(first, end):
            return False
        if not first:
            return not self._beheads(end)
        is_broken = breaks_off(tokens.lower, self._kinds, first, end)
        return not (is_broken or self._loses_claim(first, end))

    def _widens(self, first: int, end: int) -> bool:
        """Tell whether a noun stays without what narrows it down, or changes it."""
        kind, beyond = self._kinds[end : end + 2]
        if kind not in COMMON and not (kind == "P" and beyond in SURE_NOUNS):
            return False
        # "The last big European country".
        return NARROWING in self._reach[first if kind in COMMON else max(first, end - 2) : end]

    def _parts_comma(self, first: int, end: int) -> bool:
        """Tell whether only one of the commas around a phrase goes, or one that belongs to none."""
        words = self._tokens.words
        if end == len(words):
            return first > 0 and words[first - 1] in MARKS
        if end in self._appended and words[first] not in MARKS:
            return True
        if words[first] in MARKS:
            return words[end - 1] not in MARKS and words[end] not in MARKS
        follows_mark = first > 0 and words[first - 1] in MARKS
        if words[end - 1] in MARKS:
            # Before its verb a subject keeps both commas or none.
            return first > 0 and not (follows_mark and not self._is_verb[end])
        return follows_mark and words[end] in MARKS

    def _beheads(self, end: int) -> bool:
        """Tell whether an opening that goes takes more from the subject than what describes it."""
        tokens, kinds = self._tokens, self._kinds
        if 0 < self._subject_end < end:
            return True
        if tokens.words[end - 1] in MARKS:
            return False
        if self._is_verb[end]:
            return True
        if tokens.lower[0] in PREPOSITIONS:
            return kinds[end] not in SUBJECTS or tokens.lower[end - 1] in PREPOSITIONS
        is_noun = kinds[end] in NOUNS and tokens.lower[end + 1 : end + 2] != ["of"]
        if kinds[end - 1] in NOUNS and not (is_noun or kinds[end] in SUBJECTS):
            return True
        return holds_phrase(tokens.lower, kinds, 0, end)

    def _loses_claim(self, first: int, end: int) -> bool:
        """Tell whether one of two subjects goes, or all that somebody says."""
        lower, verbs = self._tokens.lower, self._verbs
        if lower[first] in ("and", "or") and first < self._main:
            return True
        if verbs[end] == verbs[first]:
            return False
        saying = max((place for place in self._sayings if place < first), default=None)
        return (
            saying is not None
            and verbs[saying + 1] == verbs[first]
            and lower[saying + 1] not in _ABOUT
            and "," not in lower[saying:first]
        )
