"""How sure a sentence is of what it says: words of doubt, conditions, and what hangs on them.

Knows words, their classes and the clause they stand in: it must not know who claims something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.headline.lexicon import (
    APPROXIMATE,
    CERTAINTY,
    DOUBTS,
    HOLDING,
    POSSIBLE,
    PREPOSITIONS,
    QUALIFIERS,
    RELATIVES,
    SUBCLAUSE_OPENERS,
)
from summarizer.headline.segments import Part, Segment, is_comma
from summarizer.headline.tokens import Tokens
from summarizer.headline.wholes import is_number
from summarizer.headline.word_classes import ADJECTIVES, SURE_NOUNS, read_word

CLAUSE_STARTS = SUBCLAUSE_OPENERS | RELATIVES
"""Words that open a clause of its own."""
HEDGES = HOLDING | DOUBTS | CERTAINTY | APPROXIMATE | QUALIFIERS
"""Words that may say how sure something is."""
SPARE_IN_CLAUSE = DOUBTS | {"if", "whether", "unless"}
"""Words that may go with the whole clause that they stand in: "a court that will say whether"."""
_YEAR = re.compile(r"(19|20)\d\d")
# "Asked if" is no condition.
_NO_CONDITION = frozenset(
    "as even only out see know ask asks asked wonder decide determine and or unclear unsure".split()
)


def is_certainty(tokens: Tokens, place: int) -> bool:
    """Tell whether a token says how sure, or how exact, what follows is."""
    if tokens.lower[place] in CERTAINTY:
        return True
    if tokens.lower[place] not in APPROXIMATE:
        return False
    after, beyond = (*tokens.lower[place + 1 : place + 3], "", "")[:2]
    # "Optimistic about 2005" is no estimate.
    is_year = _YEAR.fullmatch(after) and not beyond[:1].isalpha()
    return (is_number(after) and not is_year) or after == "all"


def is_spare_condition(tokens: Tokens, place: int) -> bool:
    """Tell whether what hangs on a condition is no more than possible: "it could close if"."""
    ahead = tokens.lower[:place]
    return (
        tokens.lower[place] == "if"
        and not POSSIBLE.isdisjoint(ahead)
        and _NO_CONDITION.isdisjoint(ahead[-1:])
    )


def clause_of(tokens: Tokens, place: int, main: int) -> tuple[int, int] | None:
    """Return the clause with an opener of its own, "who ...", that a token stands in, if any.

    Args:
        tokens: the sentence.
        place: the token.
        main: the verb of the main clause, before which the clause of a subject ends; 0 if none is.
    """
    is_after_comma = place > 0 and is_comma(tokens, place - 1)
    if is_after_comma and "".join(tokens.lower[place + 1 : place + 2]).endswith("ing"):
        # "The city fell, possibly ending the war".
        return place, end_of_clause(tokens, place, 0)
    if tokens.lower[place] in DOUBTS and _is_attribute(tokens, place + 1):
        # "A potentially deadly bug" is a bug.
        return place, place + 2
    if (first := _opener_of_gerund(tokens, place)) is not None:
        return first, end_of_clause(tokens, place, main)
    first = place - 1
    while first > 0 and not is_comma(tokens, first) and tokens.lower[first] not in CLAUSE_STARTS:
        first -= 1
    if first <= 0 or tokens.lower[first] not in CLAUSE_STARTS:
        return None
    return first, end_of_clause(tokens, place, main)


def _opener_of_gerund(tokens: Tokens, place: int) -> int | None:
    """Return the preposition of a doubtful deed: "over Ann Lee possibly being sacked"."""
    if not "".join(tokens.lower[place + 1 : place + 2]).endswith("ing"):
        return None
    first = place - 1
    while first > 0 and tokens.words[first][0].isupper():
        first -= 1
    # "Sacked for allegedly robbing a bank" without that is no news.
    is_spare = first > 0 and tokens.lower[first] in PREPOSITIONS - {"for"}
    return first if is_spare else None


def _is_attribute(tokens: Tokens, place: int) -> bool:
    """Tell whether a token is an adjective before a noun or another adjective."""
    kinds = [read_word(word, is_first=False).name for word in tokens.words[place : place + 2]]
    return len(kinds) > 1 and kinds[0] in ADJECTIVES and kinds[1] in ADJECTIVES | SURE_NOUNS


def end_of_clause(tokens: Tokens, place: int, main: int) -> int:
    """Return the comma after a token, the verb of the main clause, or the end of the sentence."""
    ends = (i for i in range(place + 1, len(tokens.words)) if i == main or is_comma(tokens, i))
    return next(ends, len(tokens.words))


def verb_of_main(segments: Sequence[Segment]) -> int:
    """Return the verb of the main clause; 0 if none was found."""
    mains = [segment.verb for segment in segments if segment.part is Part.MAIN and segment.verb]
    return mains[-1] if mains else 0


def is_in_name(tokens: Tokens, place: int) -> bool:
    """Tell whether a word with a capital stands in a name: "Doctors Without Borders", "No 10"."""
    before, after = tokens.words[place - 1], (*tokens.words[place + 1 : place + 2], "")[0]
    if not place or not tokens.words[place].istitle():
        return False
    return after.isdecimal() or (before[0].isupper() and after[:1].isupper())


def asserts(tokens: Tokens, keep: Sequence[bool], place: int, main: int) -> bool:
    """Tell whether a token goes that made what stays less than certain."""
    if is_spare_condition(tokens, place):
        return any(keep[place : place + 3])
    if tokens.lower[place] in SPARE_IN_CLAUSE and (clause := clause_of(tokens, place, main)):
        return any(keep[slice(*clause)])
    if tokens.lower[place] in HOLDING:
        return not is_in_name(tokens, place)
    if tokens.lower[place] in DOUBTS:
        return True
    if tokens.lower[place] in QUALIFIERS and not is_certainty(tokens, place):
        return any(keep[place + 1 : place + 2])
    return is_certainty(tokens, place) and any(keep[place + 1 : place + 3])
