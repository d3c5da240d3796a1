"""Rules that forbid gaps by the words at their edges, and how they are tried all at once.

Knows how rules are written and matched: it must not know any of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from struct import pack
from typing import NamedTuple

from summarizer.headline.word_classes import Known


@dataclass(slots=True)
class Surroundings:
    """What a rule may ask of a sentence besides the words at the edges of a gap.

    Attributes:
        lower: its tokens in lower case.
        kinds: their classes, and two of the end.
        reach: how many tokens have to go if one does.
        is_verb: whether each is a finite verb.
        verbs: how many of these stand before each, and before the end.
        main: the verb of the main clause, 0 if there is none.
        appended: the commas before what belongs to the word before them.
        said: the tokens of what somebody says, up to its verb.
    """

    lower: Sequence[str]
    kinds: Sequence[str]
    reach: Sequence[int]
    is_verb: Sequence[bool]
    verbs: Sequence[int]
    main: int
    appended: Set[int]
    said: Set[int]


class Word:
    """A question to a word; `&`, `|` and `~` make others of it.

    Args:
        holds: answers it.
        usual: the answer for most words, if it can be looked up.
        words: words in lower case that have the other answer.
        names: classes that have it.
    """

    def __init__(
        self,
        holds: Callable[[Known], bool],
        *,
        usual: bool | None = None,
        words: Set[str] = frozenset(),
        names: Set[str] = frozenset(),
    ) -> None:
        self.holds = holds
        self.usual = usual
        self.words = words
        self.names = names

    def __and__(self, other: Word) -> Word:
        return Word(lambda known: self.holds(known) and other.holds(known))

    def __or__(self, other: Word) -> Word:
        return Word(lambda known: self.holds(known) or other.holds(known))

    def __invert__(self) -> Word:
        usual = None if self.usual is None else not self.usual
        return Word(
            lambda known: not self.holds(known), usual=usual, words=self.words, names=self.names
        )


def one_of(words: Set[str]) -> Word:
    """Ask whether a word is one of some, in lower case."""
    return Word(lambda known: known.lower in words, usual=False, words=words)


def of_class(names: Set[str]) -> Word:
    """Ask whether a word is of one of some classes."""
    return Word(lambda known: known.name in names, usual=False, names=names)


ANY = Word(lambda _: True, usual=True)
START, END = (Known(lower="", is_capital=False, word=0, kind=0, name="$") for _ in range(2))
"""What stands before the first token, and after the last."""
IS_END = Word(lambda known: known is END)


class Rule(NamedTuple):
    """When a gap is not made: the four words at its edges are such, and the check holds.

    Attributes:
        before: the word before the gap, which is no gap at the beginning of the sentence.
        opening: the first word that goes.
        last: the last word that goes.
        after: the word after the gap, or the end of the sentence.
        somewhere: a word that the sentence has, or the check, which there has to be, cannot hold.
        at_start: whether the rule forbids gaps at the beginning of the sentence, too.
        check: what else has to hold of a sentence and the first token and end of a gap.
    """

    before: Word = ANY
    opening: Word = ANY
    last: Word = ANY
    after: Word = ANY
    somewhere: Word = ANY
    at_start: bool = False
    check: Callable[[Surroundings, int, int], bool] | None = None


LONGEST_OBJECT = 12
"""So many tokens may stand between a verb and what it calls for."""


def class_begins(letters: str) -> Word:
    """Return the words whose class begins with one of some letters."""
    return Word(lambda known: known.name[0] in letters)


def ahead(sentence: Surroundings, first: int, *, most: int = LONGEST_OBJECT) -> Sequence[str]:
    """Return the words shortly before a gap, in lower case."""
    return sentence.lower[max(0, first - most) : first]


def is_one(_: Surroundings, first: int, end: int) -> bool:
    """Tell whether only one token goes."""
    return end == first + 1


def is_more_than_one(_: Surroundings, first: int, end: int) -> bool:
    """Tell whether several tokens go."""
    return end > first + 1


def is_two(_: Surroundings, first: int, end: int) -> bool:
    """Tell whether two tokens go."""
    return end == first + 2


def is_second(_: Surroundings, first: int, __: int) -> bool:
    """Tell whether a gap begins with the second token of its sentence."""
    return first == 1


def holds_no_verb(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether no finite verb goes."""
    return sentence.verbs[first] == sentence.verbs[end]


def holds_gerund(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a form in -ing goes."""
    return any(kind[0] == "G" for kind in sentence.kinds[first:end])


def is_preceded_by(words: Set[str]) -> Callable[[Surroundings, int, int], bool]:
    """Return what tells whether the second word before a gap is one of some words."""
    return lambda sentence, first, _: first > 1 and sentence.lower[first - 2] in words


def is_followed_by(names: Set[str]) -> Callable[[Surroundings, int, int], bool]:
    """Return what tells whether the second word after a gap is of one of some classes."""
    return lambda sentence, _, end: sentence.kinds[end + 1] in names


class Marks(NamedTuple):
    """By which rules a word may stand before a gap and so on: a bit of a number for each rule.

    Attributes:
        packed: of the first four the bits of the rules that need no check, as 64-bit numbers, so
            that arrays of them are made without a loop.
    """

    before: int
    opening: int
    last: int
    after: int
    somewhere: int
    packed: bytes


def _bits(flags: Sequence[bool]) -> int:
    return sum(1 << place for place, flag in enumerate(flags) if flag)


class _Questions:
    """What rules ask of one word: each question once, and most are looked up."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._usual = 0
        # The bits in which a word or a class differs from most.
        self._of_word: dict[str, int] = defaultdict(int)
        self._of_class: dict[str, int] = defaultdict(int)
        self._asked: list[tuple[Callable[[Known], bool], int]] = []
        for word in dict.fromkeys(words):
            own = _bits([other is word for other in words])
            if word.usual is None:
                self._asked.append((word.holds, own))
            elif word.usual:
                self._usual |= own
            for text in word.words:
                self._of_word[text] ^= own
            for name in word.names:
                self._of_class[name] ^= own

    def ask(self, known: Known) -> int:
        """Return the bits of the rules that a word suits."""
        differs = self._of_word.get(known.lower, 0) ^ self._of_class.get(known.name, 0)
        found = self._usual ^ differs
        for holds, own in self._asked:
            if holds(known):
                found |= own
        return found


# Those of a 64-bit number without its sign.
_MOST_BITS = (1 << 63) - 1


class Rules:
    """Rules that can be tried all at once: one `&` of four numbers tells which are met.

    Attributes:
        sure: the bits of the rules that need no check.
        packed: as many of these as a number of an array holds.

    Args:
        rules: in any order.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        # Those that need no check come first: their bits go into the numbers of an array.
        rules = sorted(rules, key=lambda rule: rule.check is not None)
        self._checks = {
            1 << place: rule.check for place, rule in enumerate(rules) if rule.check is not None
        }
        self.sure = _bits([rule.check is None for rule in rules])
        self.packed = self.sure & _MOST_BITS
        self._at_start = _bits([rule.at_start for rule in rules])
        self._before, self._opening, self._last, self._after, self._somewhere = (
            _Questions([getattr(rule, name) for rule in rules]) for name in Rule._fields[:5]
        )

    def marks_of(self, known: Known) -> Marks:
        """Ask a word all questions."""
        edges = (
            self._at_start if known is START else self._before.ask(known),
            self._opening.ask(known),
            self._last.ask(known),
            self._after.ask(known),
        )
        packed = pack("4q", *[bits & self.packed for bits in edges])
        return Marks(*edges, self._somewhere.ask(known), packed)

    def forbid(self, met: int, sentence: Surroundings, first: int, end: int) -> bool:
        """Tell whether one of the rules that the edges of a gap meet forbids it.

        Args:
            met: their bits.
            sentence: what else checks may ask.
            first: the first token of the gap.
            end: the token after its last.
        """
        if met & self.sure:
            return True
        while met:
            bit = met & -met
            if self._checks[bit](sentence, first, end):
                return True
            met ^= bit
        return False
