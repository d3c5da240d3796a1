"""Gaps that take what somebody says, is asked for, or means to do.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.headline.clauses import (
    IS_END,
    LONGEST_OBJECT,
    Rule,
    Surroundings,
    Word,
    ahead,
    is_preceded_by,
    one_of,
)
from summarizer.headline.complements import LONGEST_AUDIENCE, is_infinitive
from summarizer.headline.lexicon import (
    FORMS_OF_CALL,
    PREPOSITIONS,
    SAYING_WITH_THAT,
    SPEECH_VERBS,
    SUBJECT_PRONOUNS,
)

ASKING = frozenset(
    "ask asks asked asking urge urges urged urging tell tells told telling order orders ordered "
    "ordering warn warns warned force forces forced forcing persuade persuades persuaded allow "
    "allows allowed allowing encourage encourages encouraged encouraging invite invites invited "
    "want wants wanted wanting expect expects expected expecting require requires required help "
    "helps helped helping challenge challenged instruct instructed enable enables enabled enabling "
    "lead led prompt prompts prompted call calls called calling".split()
)
_WISHES = frozenset(
    "attempt attempts decision decisions effort efforts bid ability inability willingness failure "
    "refusal order pressure desire hopes".split()
)
# A clause without "that" may follow.
_BEFORE_CLAUSE = frozenset(
    "told tell tells assured warned informed reminded appears appeared seems seemed".split()
)
_QUESTIONS = frozenset("who whom what which whether if how why where when".split())
_FINDING = frozenset("find finds found finding work worked working".split())
_SAID = frozenset(
    "warning warnings reminder reminders promise promises allegation allegations news".split()
)
_SUGGESTIONS = frozenset("suggestions claims reports allegations rumours fears hopes news".split())
_TELLING = (
    SPEECH_VERBS | frozenset("asked warned reminded informed assured".split())
) - SAYING_WITH_THAT


def _opens_infinitive(sentence: Surroundings, first: int, _: int) -> bool:
    return is_infinitive(sentence, first)


def _takes_what_is_asked(sentence: Surroundings, first: int, end: int) -> bool:
    gone = sentence.lower[first:end]
    start = max(0, first - LONGEST_OBJECT)
    asking = [
        place
        for place in range(start, first)
        # "The Air Force" asks for nothing.
        if sentence.lower[place] in ASKING and sentence.kinds[place] != "P"
    ]
    if "to" not in gone or not asking:
        return False
    goal = first + gone.index("to")
    is_other = sentence.verbs[goal] > sentence.verbs[first] and gone[0] not in _QUESTIONS
    if is_other or "," in sentence.lower[asking[-1] : goal]:
        # "Is to invite bids, saying it wants to"; "forced him out and left her to".
        return False
    # "Urged him to quit" says it.
    if "to" in sentence.lower[asking[-1] : first]:
        place = first - sentence.lower[asking[-1] : first][::-1].index("to") - 1
        if is_infinitive(sentence, place):
            return False
    return is_infinitive(sentence, goal)


def _asks(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether what is done goes, and whom it is done to, or why somebody is asked, stays."""
    is_asked = not ASKING.isdisjoint(sentence.lower[first:end])
    return is_asked or not is_infinitive(sentence, end)


def _takes_content(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether somebody was told something, and nobody knows any more what."""
    is_all = sentence.lower[first] == "that" or end < len(sentence.lower)
    # "Found him guilty over a fire that killed two" says nothing.
    is_told = sentence.lower[first - 1] in SAYING_WITH_THAT
    before = ahead(sentence, first)
    is_told = is_told or not (_TELLING.isdisjoint(before) and _SAID.isdisjoint(before))
    if sentence.lower[first] == "that" and any(map(_warns_of, pairwise(before))):
        # "Warned of a storm that may come".
        return False
    return is_all and end > first + 1 and is_told


def _warns_of(words: tuple[str, str]) -> bool:
    return words[0].startswith("warn") and words[1] in ("of", "about")


def _takes_all_told(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether somebody was told something, without "that", and nobody knows any more what."""
    before = ahead(sentence, first, most=LONGEST_AUDIENCE)
    is_told = not _BEFORE_CLAUSE.isdisjoint(before) and PREPOSITIONS.isdisjoint(before)
    return is_told and sentence.verbs[first] != sentence.verbs[end]


def _takes_accusation(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether somebody is accused and nobody knows of what, or did it without an accuser."""
    gone = sentence.lower[first:end]
    before = ahead(sentence, first)
    accusing = [place for place, word in enumerate(before) if _is_accusing(word)]
    is_near = bool(accusing) and accusing[-1] >= len(before) - LONGEST_AUDIENCE - 2
    if "of" in gone and accusing and (is_near or "of" not in before[accusing[-1] :]):
        return True
    is_left = "of" not in gone and "of" in sentence.lower[end : end + LONGEST_AUDIENCE + 2]
    return any(map(_is_accusing, gone)) and (is_left or sentence.kinds[end][0] == "G")


def _is_accusing(word: str) -> bool:
    return word.startswith(("accus", "suspected", "suspecting"))


def _is_found_out(sentence: Surroundings, first: int, _: int) -> bool:
    before = ahead(sentence, first)
    return any(one in _FINDING and after == "out" for one, after in pairwise(before))


def _is_planned(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.is_verb[first - 1]


def _is_called_to_be(sentence: Surroundings, first: int, _: int) -> bool:
    before = sentence.lower[:first]
    calls = [place for place, word in enumerate(before[:-1]) if word in FORMS_OF_CALL]
    is_for = bool(calls) and before[calls[-1] + 1] == "for"
    return is_for and sentence.lower[first + 1 : first + 2] == ["be"]


CONTENTS: Sequence[Rule] = (
    # "Fell on fears that it may rain" is no "fell on fears".
    Rule(
        before=one_of({"concerns", "fears", "hopes", "worries"}),
        opening=one_of({"that"}),
        check=is_preceded_by({"on", "amid", "over"}),
    ),
    # "Called for the two to be joined" is no "called for the two".
    Rule(opening=one_of({"to"}), somewhere=one_of(FORMS_OF_CALL), check=_is_called_to_be),
    # "To trick them into paying" is no "into paying".
    Rule(opening=one_of({"to"}), after=one_of({"into"})),
    Rule(before=one_of({"plan", "plans"}), opening=one_of({"to"}), check=_is_planned),
    # Nobody knows any more what was asked or said, or what an effort is for.
    Rule(before=one_of(_WISHES), opening=one_of({"to"}), check=_opens_infinitive),
    Rule(somewhere=one_of(ASKING), check=_takes_what_is_asked),
    # "Denied suggestions there will be gifts".
    Rule(before=one_of(_SUGGESTIONS), opening=one_of(SUBJECT_PRONOUNS)),
    Rule(opening=one_of({"to"}), after=one_of({"to"}), check=_asks),
    Rule(
        opening=one_of({"that", "about"}),
        somewhere=one_of(_TELLING | SAYING_WITH_THAT | _SAID),
        check=_takes_content,
    ),
    Rule(
        somewhere=Word(lambda known: _is_accusing(known.lower)),
        check=_takes_accusation,
    ),
    Rule(after=IS_END, somewhere=one_of(_BEFORE_CLAUSE), check=_takes_all_told),
    # "Will find out on Friday who is to host it".
    Rule(opening=one_of(_QUESTIONS), somewhere=one_of({"out"}), check=_is_found_out),
)
