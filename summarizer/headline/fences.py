"""Which gaps of an English sentence are never made, whatever they were scored.

Knows words, their classes and the sentence's segments: it must not know lengths or ratings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from operator import or_

from summarizer.headline.beginnings import RELATIVES, Beginning
from summarizer.headline.clauses import END, START, Surroundings
from summarizer.headline.fence_rules import RULES
from summarizer.headline.grammar import (
    LONGEST_AUDIENCE,
    is_claim,
    is_inside_clause,
    is_negation,
)
from summarizer.headline.hedges import (
    SPARE_IN_CLAUSE,
    clause_of,
    is_certainty,
    is_in_name,
    is_spare_condition,
)
from summarizer.headline.lexicon import APPROXIMATE, COORDINATORS, SUBORDINATORS, TITLES
from summarizer.headline.remembering import Remembered
from summarizer.headline.said import find_said
from summarizer.headline.segments import Part, Segment, find_inserted, is_comma, is_speaker
from summarizer.headline.tokens import Tokens
from summarizer.headline.wholes import RANKS, is_name_joint, is_number_with_unit
from summarizer.headline.word_classes import NEVER, Known

_LISTING = frozenset({"including", "such"})
_CLAUSE_OPENERS = COORDINATORS | SUBORDINATORS
_MARKS_OF = Remembered(RULES.marks_of)
_END_MARKS, _START_MARKS = RULES.marks_of(END), RULES.marks_of(START)


def _lists(tokens: Tokens, start: int, place: int) -> bool:
    """Tell whether a stretch before a comma says who is among its subject: "clubs such as"."""
    return not _LISTING.isdisjoint(tokens.lower[start + 1 : place])


class Fences:
    """What must not go of one sentence, and where no gap may begin or end.

    Attributes:
        least: for each token, and the end, before which token no gap that ends there may begin.
        most: for each token beyond which no gap that begins there may end.
        marks: by which rules each token may stand at the edges of a gap, packed.
        sentence: what the rules may ask.

    Args:
        tokens: the sentence.
        words: what is known of each token.
        is_verb: whether each is a finite verb.
        segments: its stretches between commas.
    """

    def __init__(
        self,
        tokens: Tokens,
        words: Sequence[Known],
        is_verb: Sequence[bool],
        segments: Sequence[Segment],
    ) -> None:
        self._tokens, self._words = tokens, words
        # What is before the first token comes last, where Python looks for token -1.
        self._marks = [*map(_MARKS_OF.__getitem__, words), _END_MARKS, _START_MARKS]
        self._possible = reduce(or_, [marks.somewhere for marks in self._marks])
        self.marks = b"".join([marks.packed for marks in self._marks[:-2]])
        main = 0
        for segment in segments:
            if segment.part is Part.MAIN and segment.verb is not None:
                main = segment.verb
        self._inserted = find_inserted(segments)
        verbs = [*accumulate(is_verb, initial=0)]
        self.sentence = Surroundings(
            lower=tokens.lower,
            kinds=[*[known.name for known in words], "$", "$"],
            reach=[known.reach for known in words],
            is_verb=is_verb,
            verbs=verbs,
            main=main,
            appended={first - 1 for first, _ in self._inserted},
            said=find_said(tokens, is_verb, verbs, segments),
        )
        ends = self._reach(segments)
        subjects, openers = self._hold(ends, segments)
        self.least, self.most = self._bounds(ends, subjects, openers)
        self._beginning = Beginning(tokens, self.sentence, segments)

    def allow(self, first: int, end: int) -> bool:
        """Tell whether a gap may be made: tokens first to end."""
        if first < self.least[end] or end > self.most[first]:
            return False
        return not (self.is_forbidden(first, end) or (first == 0 and self._beginning.beheads(end)))

    def is_forbidden(self, first: int, end: int) -> bool:
        """Tell whether a rule forbids a gap for the words at its edges."""
        marks = self._marks
        met = (
            self._before(first)
            & marks[first].opening
            & marks[end - 1].last
            & marks[end].after
            & self._possible
        )
        return met > 0 and RULES.forbid(met, self.sentence, first, end)

    def _before(self, first: int) -> int:
        """Return what rules say of the token before a gap, and of one before a bracket there."""
        lower, marks = self._tokens.lower, self._marks
        before = marks[first - 1].before
        if first < 2 or lower[first - 1] != ")" or "(" not in lower[:first]:
            return before
        # The bracket may go, too. Checks look at the token itself.
        ahead = first - 2 - lower[first - 1 :: -1].index("(")
        return before | (marks[ahead].before & RULES.sure)

    def _reach(self, segments: Sequence[Segment]) -> dict[int, int]:
        """Return to where a gap with a token has to reach, as far as the token itself tells."""
        count = len(self._words)
        ends = {
            place: NEVER if reach == NEVER else min(count, place + reach)
            for place, reach in enumerate(self.sentence.reach)
            if reach
        }
        for place, end in ends.items():
            # A condition, or a doubt, may go with all that it is about.
            if end == NEVER and is_spare_condition(self._tokens, place):
                ends[place] = self._comma_after(place)
            elif end == NEVER and is_in_name(self._tokens, place):
                ends[place] = place + 1
        for segment in segments:
            if segment.part is Part.MAIN and segment.verb is not None:
                ends[segment.verb] = NEVER
        return ends

    def _hold(
        self, ends: dict[int, int], segments: Sequence[Segment]
    ) -> tuple[dict[int, int], dict[int, int]]:
        """Hold claims with what is claimed, clauses with their openers, and numbers' edges.

        Args:
            ends: where a gap with a token may end at the earliest; more are added.
            segments: the stretches between commas.

        Returns:
            For a verb the first token of its subject, of which something has to be left; for the
            verb of a clause the word that opens it.
        """
        tokens, is_verb = self._tokens, self.sentence.is_verb
        subjects: dict[int, int] = {}
        start = 0
        is_open = True
        notable = [
            (place, known)
            for place, known in enumerate(self._words)
            if is_verb[place] or not known.is_plain
        ]
        for place, known in notable:
            says = known.is_claim and place > 0 and is_claim(tokens, place)
            if is_open and place > start and (says or known.is_finite):
                subjects[place] = start
                is_open = False
            if known.is_comma and is_comma(tokens, place):
                if not (is_open and _lists(tokens, start, place)):
                    start = place + 1
                is_open = True
            elif says:
                ends[place] = max(ends.get(place, 0), self._end_of_claim(place, start))
            elif known.lower in APPROXIMATE and is_certainty(tokens, place):
                ends[place] = min(len(self._words), place + 3)
        return subjects, self._hold_openers(ends, notable, segments)

    def _hold_openers(
        self,
        ends: dict[int, int],
        notable: Iterable[tuple[int, Known]],
        segments: Sequence[Segment],
    ) -> dict[int, int]:
        """Hold clauses with the words that open them, which are returned for their verbs."""
        tokens, is_verb = self._tokens, self.sentence.is_verb
        opened = self._hold_spare(ends)
        speakers = [segment.verb for segment in segments if segment.part is Part.SPEAKER]
        openers: list[int] = []
        for place, known in notable:
            # "That of" and "because of" open none.
            if known.opens_clause and tokens.lower[place + 1 : place + 2] != ["of"]:
                openers.append(place)
            elif openers and is_verb[place] and place not in speakers:
                # They go together.
                opened[place] = opener = openers.pop()
                ends[opener] = max(ends.get(opener, 0), place + 1)
        return opened

    def _hold_spare(self, ends: dict[int, int]) -> dict[int, int]:
        """Let a doubt or condition go with its whole clause; return the word that opens it."""
        opened: dict[int, int] = {}
        lower = self._tokens.lower
        for place in [place for place in ends if lower[place] in SPARE_IN_CLAUSE]:
            if is_spare_condition(self._tokens, place):
                continue
            if clause := clause_of(self._tokens, place, self.sentence.main):
                opened[place], ends[place] = clause
        return opened

    def _comma_after(self, place: int) -> int:
        count = len(self._words)
        return next((i for i in range(place + 1, count) if is_comma(self._tokens, i)), count)

    def _end_of_claim(self, place: int, start: int) -> int:
        """Return how far what goes with the verb of a claim has to reach."""
        tokens = self._tokens
        stop = self._comma_after(place)
        is_clause = (
            tokens.lower[start] in _CLAUSE_OPENERS
            or tokens.lower[place - 1] == "to"
            or is_inside_clause(tokens, start, place)
        )
        stretch = Segment(start, stop, Part.OTHER, None)
        is_own = (
            start
            and tokens.lower[start] not in RELATIVES
            and (stop <= place + LONGEST_AUDIENCE or is_speaker(tokens, stretch))
        )
        return NEVER if is_own and not is_clause else stop

    def _bounds(
        self, ends: Mapping[int, int], subjects: Mapping[int, int], opened: Mapping[int, int]
    ) -> tuple[list[int], list[int]]:
        """Return for each end the least first token of a gap, and for each first the most end."""
        count = len(self._words)
        least, most = [0] * (count + 1), [count] * (count + 1)
        for place in sorted(ends):
            stop = min(ends[place], count + 1)
            least[place + 1 : stop] = [place + 1] * (stop - place - 1)
        for verb in sorted(opened, reverse=True):
            most[opened[verb] + 1 : verb + 1] = [verb] * (verb - opened[verb])
        for first, end in self._inserted:
            # What begins inside a phrase between commas ends with it.
            most[first + 1 : end] = [min(place, end) for place in most[first + 1 : end]]
        for verb, start in subjects.items():
            least[verb] = max(least[verb], start + 1)
        for place in self._joints(ends):
            least[place], most[place] = NEVER, -1
        return least, most

    def _joints(self, ends: Mapping[int, int]) -> list[int]:
        """Return the tokens that must not be parted from the one before them."""
        tokens, words = self._tokens, self._words
        last = len(words) - 1
        firm = {place for place, end in ends.items() if end == NEVER}
        joined = {place for place, known in enumerate(words) if known.may_be_joined}
        joints = [
            place + 1
            for place in (firm | joined) - {last}
            if (place in firm and is_negation(tokens, place))
            or is_number_with_unit(tokens, place)
            or is_name_joint(tokens, place)
            or (words[place].lower in RANKS and words[place + 1].lower in TITLES)
        ]
        if True in tokens.is_held:
            joints += [place for place, is_held in enumerate(tokens.is_held) if is_held]
        return joints
