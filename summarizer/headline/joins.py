"""Whether the words at the edges of a gap are left without what they call for.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.lexicon import (
    BEFORE_INFINITIVE,
    BEFORE_TO,
    COORDINATORS,
    DETERMINERS,
    FINITE_AUXILIARIES,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    SUPERLATIVES,
)
from summarizer.headline.word_classes import is_superlative

MARKS = frozenset({",", ";", ":", "-", "–", "—"})
NOUNS = frozenset(
    "N S J JN P M Nx JS BN GN SZ DN ? N? S? G? D? J? # #- n's P's Pt BJN DJN JNR NR GJ their his "
    "her its a an the our my your".split()
)
"""Classes of words that a phrase around a noun may begin or go on with."""
COMMON = NOUNS - {"P", "P's", "Pt"}

SUBJECTS = frozenset("P Pt P's the a an his her its their our my he she it they we".split())
"""Classes of words that a subject begins with for sure."""

_MAKING = frozenset("made make makes making left kept leaves keeps found".split())
_VERBS = frozenset("d! D G Z B BN BJ BNx DJ DJx BX BI GN GJ SZ DN sp".split())
ADJECTIVES = frozenset({"J", "JN", "J?"})
_LEADING = frozenset("P's n's his her its their our my your a an the".split())
SURE_NOUNS = frozenset({"N", "S", "N?", "S?"})
# Right after a phrase that begins with a preposition these are still part of it.
_PHRASE_ENDS = frozenset({"N", "S", "N?", "S?", "JN", "BN", "n's", "G", "GN", '"'})
# So are these after "a" or "an", though they could be verbs elsewhere.
_SINGULAR_ENDS = frozenset({"sp", "BN", "SZ"})
_BASES = frozenset("BGDZ?")
_OPENERS = SUBORDINATORS | {"that", "who", "whose", "which", "where"}
# What stands after these goes with them: a verb, a figure.
_NEVER_LAST = (SUBJECT_PRONOUNS - {"it", "you"}) | {"number"}
_AFTER_AUXILIARIES = frozenset({"be", "been", "being"})
_INDEFINITE = frozenset({"a", "an"})
_COURTESIES = frozenset("mr mrs ms miss dr".split())
_SINGULAR = frozenset({"N", "N?", "BN", "JN"})
_COMPARED = frozenset("thought expected planned predicted forecast estimated believed".split())
_BEFORE_OF = frozenset(
    "event back wake face case light course form hands heels verge brink number end part series "
    "result kind sort lot front favour favor charge terms spite combination mixture mix majority "
    "notion idea prospect clutch host string raft critical capable aware guilty full".split()
)
_BEFORE_TO = BEFORE_TO | frozenset(
    "determined forced made keen eager prepared allowed appear appears appeared seem seems "
    "seemed thanks due owing prior".split()
)
_BEFORE_KEPT_TO = _BEFORE_TO | BEFORE_INFINITIVE
_AS_WHAT = ("describ", "regard", "portray", "brand", "treat")
_PLACING = frozenset("put puts putting place placed places turn turned turns brought".split())
_BECOMING = _MAKING | {"get", "gets", "getting", "got", "become", "becomes", "became"}
_BEING = frozenset({"be", "is", "are", "was", "were", "been"})
_QUOTES = frozenset("\"”’'")
_TOGETHER = frozenset(
    {("call", "on"), ("calls", "on"), ("called", "on"), ("away", "from"), ("apart", "from")}
)
_HINDERING = frozenset(
    "stop stops stopping stopped prevent prevents preventing prevented ban banned barred".split()
)
_PLACES = frozenset("into in on at under".split())
# Only these lose what follows them, or are lost to what stands before them, by a rule below.
_CALLING = COORDINATORS | MARKS | OBJECT_PRONOUNS | SUPERLATIVES | _BECOMING | _BEING | _QUOTES
_CALLING |= {"according"} | {word for word, _ in _TOGETHER}
_CALLED_FOR = FINITE_AUXILIARIES | _PLACES | {"of", "from", "as"}
_LONGEST_DESCRIPTION = 4
_LONGEST_OBJECT = 5


def breaks_off(lower: Sequence[str], kinds: Sequence[str], first: int, end: int) -> bool:
    """Tell whether the word before a gap, or that after it, is left hanging.

    Args:
        lower: the sentence's tokens in lower case.
        kinds: their classes, and one of the end.
        first: the first token that goes, not the first of the sentence.
        end: the token after the last.
    """
    return (
        _splits_noun(lower, kinds, first, end)
        or _takes_opener(lower, kinds, first, end)
        or _leaves_half(lower, kinds, first, end)
        or _leaves_first_half(lower, kinds, first, end)
        or _loses_what_follows(lower, kinds, first, end)
        or _strands_infinitive(lower, kinds, first, end)
    )


def holds_phrase(lower: Sequence[str], kinds: Sequence[str], first: int, end: int) -> bool:
    """Tell whether a stretch is more than words that describe a noun."""
    return any(
        lower[place] in PREPOSITIONS or lower[place] in MARKS or kinds[place][0] in "GZd"
        for place in range(first, end)
    )


def _splits_noun(lower: Sequence[str], kinds: Sequence[str], first: int, end: int) -> bool:
    """Tell whether a gap takes a noun from what describes it, or the object from its verb."""
    before, opening, after = kinds[first - 1], kinds[first], kinds[end]
    has_noun = after in NOUNS
    is_long = end - first >= _LONGEST_DESCRIPTION
    if before in _LEADING:
        return (
            not has_noun
            or end - first > _LONGEST_DESCRIPTION
            or holds_phrase(lower, kinds, first, end)
        )
    if after == "P" and before in COMMON and opening in COMMON:
        # "Lead singer Ann Lee" is no "lead Ann Lee".
        return True
    return (
        (lower[first] in PREPOSITIONS and after in _PHRASE_ENDS)
        or (before in _VERBS and opening in NOUNS and (is_long or not has_noun))
        or (
            before in ADJECTIVES and not has_noun and (opening[0] in "NSJGDPB?#" or opening == "sp")
        )
        or (before == "P" and opening in SURE_NOUNS and not has_noun)
    )


def _takes_opener(lower: Sequence[str], kinds: Sequence[str], first: int, end: int) -> bool:
    """Tell whether what stands after a gap loses the word that says how it is meant."""
    gone, last, is_noun = lower[first:end], lower[end - 1], kinds[end] in NOUNS
    is_last = end == len(lower)
    if last in _NEVER_LAST and not is_last:
        return True
    if "between" in gone and "and" not in gone[gone.index("between") :]:
        # What is between two countries needs no "and".
        if "and" in lower[end : end + _LONGEST_OBJECT]:
            return True
    if end - first > 1 and last in DETERMINERS and is_noun:
        # "When history gave them many reasons".
        return True
    if is_noun and is_superlative(lower[first - 1]):
        # The biggest toy firm may be no biggest firm.
        return lower[first - 1] != "latest"
    # "More than once thought".
    return "than" in gone and (gone == ["than"] or (not is_last and lower[end] in _COMPARED))


def _leaves_half(lower: Sequence[str], kinds: Sequence[str], first: int, end: int) -> bool:
    """Tell whether what stands after a gap is the second half of something in it."""
    gone, after, beyond = lower[first:end], kinds[end], kinds[end + 1]
    if end == len(lower):
        return False
    if lower[end] in COORDINATORS and (beyond in _VERBS or beyond in FINITE_AUXILIARIES):
        # "After a goal stood but was never shown".
        return not _OPENERS.isdisjoint(gone)
    if after not in _SINGULAR_ENDS:
        return False
    # "At the largest gadget show", "after a weekend press report".
    if any(map(is_superlative, gone[-_LONGEST_DESCRIPTION:])):
        return True
    article = max((gone.index(word) for word in _INDEFINITE if word in gone), default=None)
    return article is not None and all(kind in COMMON for kind in kinds[first + article : end])


def _leaves_first_half(lower: Sequence[str], kinds: Sequence[str], first: int, end: int) -> bool:
    """Tell whether what stands before a gap is the first half of something in it."""
    word, opening, gone = lower[first - 1], lower[first], kinds[first:end]
    if "&" in (word, opening):
        return True
    if opening == "and" and "between" in lower[max(0, first - _LONGEST_OBJECT) : first]:
        return True
    if word in FINITE_AUXILIARIES and not _AFTER_AUXILIARIES.isdisjoint(lower[first:end]):
        # "Has been made a peer".
        return True
    if opening in PREPOSITIONS and not _COURTESIES.isdisjoint(lower[first + 2 : end]):
        # "In Oslo Mr Rell said".
        return kinds[end] in _VERBS or kinds[end] == "d!"
    if opening in COORDINATORS and kinds[first - 1] in SURE_NOUNS:
        # "A food and drink fair", "food and drink giant Orla".
        is_compound = gone[-1] == "P" or lower[first - 2] in _INDEFINITE
        return is_compound and gone[1:2] != [] and gone[1] in _SINGULAR
    return False


def _loses_what_follows(lower: Sequence[str], kinds: Sequence[str], first: int, end: int) -> bool:
    """Tell whether the word before a gap has to be followed by what goes."""
    word, opening, after = lower[first - 1], lower[first], kinds[end]
    if word not in _CALLING and opening not in _CALLED_FOR:
        return False
    ahead = lower[max(0, first - _LONGEST_OBJECT) : first]
    return (
        word == "according"
        or opening in FINITE_AUXILIARIES
        or (word in COORDINATORS and _loses_pair(opening, kinds[first], after))
        or (word in MARKS and lower[end : end + 1] == ["and"])
        or (opening == "of" and word in _BEFORE_OF)
        or (word in _BECOMING and kinds[first][0] in "RJD" and after not in NOUNS)
        or (word in _BEING and kinds[first] in ADJECTIVES and after not in NOUNS)
        or (word, opening) in _TOGETHER
        or (word in _QUOTES and opening in COORDINATORS and kinds[first + 1] in _QUOTES)
        or (word in SUPERLATIVES and kinds[first] in COMMON and after not in NOUNS)
        or (word in OBJECT_PRONOUNS and lower[first - 2] in _MAKING)
        or (opening == "from" and not _HINDERING.isdisjoint(ahead))
        or (opening in _PLACES and not _PLACING.isdisjoint(ahead))
        or (opening == "as" and any(one.startswith(_AS_WHAT) for one in ahead))
    )


def _loses_pair(opening: str, kind: str, after: str) -> bool:
    """Tell whether what "and" joins is followed by nothing like it."""
    if kind[0] in "BZd" and opening not in PREPOSITIONS:
        return after[0] not in _BASES
    return after not in NOUNS and after[0] not in _BASES


def _strands_infinitive(lower: Sequence[str], kinds: Sequence[str], first: int, end: int) -> bool:
    """Tell whether "to" loses its verb, or the word that calls for it."""
    word, opening, after = lower[first - 1], lower[first], kinds[end]
    if word == "to":
        # "Declined to follow work rules" is no "declined to work".
        is_verb = "B" in kinds[first] or kinds[first] == "?"
        is_other = is_verb and lower[end - 1] not in COORDINATORS
        return is_other or after[0] not in _BASES
    if opening == "to":
        return word in _BEFORE_TO
    # "Called on ministers to", "in the run-up to".
    is_called = opening in PREPOSITIONS and kinds[end - 1] != "P"
    return after == "to" and (is_called or lower[end - 1] in _BEFORE_KEPT_TO)
