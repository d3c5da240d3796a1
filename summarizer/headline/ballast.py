"""Small words that headlines do without: articles, auxiliaries, "that", adverbs, ages.

Knows grammar and what a reader loses: it must not know how long the headline may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.headline.deletions import Stretch
from summarizer.headline.lexicon import (
    ARTICLES,
    AUXILIARIES,
    BASE_VERBS,
    BE,
    BEFORE_DURATION,
    DETERMINERS,
    HAVE,
    NEGATIONS,
    PARTICIPLES,
    PARTICLES,
    PREPOSITIONS,
    SPEECH_VERBS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_UNITS,
    WEEKDAYS,
)
from summarizer.headline.remembering import Remembered
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import Strength, is_past, strength
from summarizer.headline.wholes import is_number

# With these an article makes a number or a phrase of its own.
_AFTER_ARTICLE = frozenset(
    "few little lot number couple handful dozen hundred thousand million billion third quarter "
    "half bit while day week month year same rest other only".split()
)
# "Five a day", "such a man", "all the men", "more than a man".
_BEFORE_ARTICLE = frozenset(
    "such what half times quite many per rather not as than so too even once twice all both".split()
)
_WITH_ARTICLE = frozenset(
    {("on", "roll"), ("of", "job"), ("at", "loss"), ("in", "hurry"), ("on", "par"), ("at", "time")}
    | {("in", "mess"), ("on", "whim"), ("on", "spree"), ("at", "standstill"), ("in", "coma")}
)
"""Before and after an article without which they say something else."""
_LONGEST_RATE = 8
RATED = frozenset("cent cents dollars euros pence pounds pct percent rupees times".split())
"""Before "a" they say how much of something there is to what follows."""
# Past forms that are participles too.
_SAME_FORMS = frozenset(
    "made found left felt brought kept held stood heard let set met paid led lost sent built "
    "understood cut bought won caught dealt fought hit hurt laid lit quit sold said told shut "
    "struck swept beat bet cast cost put read split upheld shed upset rebuilt spent".split()
)
# After "was" they would read as if their subject did it.
_ACTIVE = frozenset(
    "told asked given offered sent shown taught paid promised handed lent sold owed awarded "
    "granted denied refused allowed warned urged said reported thought believed known".split()
)
_AFTER_PARTICIPLE = PREPOSITIONS | PARTICLES | WEEKDAYS | {"to", "when"}
_NAMING = frozenset("named elected appointed crowned voted".split())
# What somebody was doing follows at once.
_FINDING = frozenset("caught found seen spotted filmed".split())
_BE_FORMS = frozenset("is are was were".split())
_HAVE_FORMS = frozenset("has have had".split())
_SPARE_ADVERBS = frozenset(
    "also already now currently recently officially finally eventually subsequently today "
    "yesterday previously since".split()
)
# What a noun is said to be besides, and is all the same without it.
_SPARE_ADJECTIVES = frozenset(
    "new great recent major huge large big massive enormous giant young senior serious significant "
    "key strong controversial powerful famous ongoing various severe dramatic emotional vast "
    "remote unique urgent extreme extraordinary outstanding detailed unprecedented tiny troubled "
    "upcoming forthcoming tremendous terrible intense comprehensive strict sophisticated "
    "influential bright desperate devastating crowded overwhelming toxic ancient lovely tragic "
    "stunning spectacular fierce bitter lengthy brutal immersive foul-mouthed embattled struggling "
    "ailing beleaguered stricken top leading popular annual fresh modest sharp ambitious "
    "long-running long-awaited brand-new historic iconic high-profile veteran renowned "
    "award-winning prestigious world-famous much-loved much-anticipated wide-ranging landmark "
    "crucial vital beautiful beloved well-known long-standing much-needed rare special".split()
)
_NARROWING = frozenset("only few every any most more less fewer than as so too all".split())
_NO_NOUNS = PREPOSITIONS | SUBORDINATORS | AUXILIARIES | {"and", "or", "but", "to", "that"}
_BEFORE_ADJECTIVE = DETERMINERS | PREPOSITIONS | {"and"}
_OUTSTANDING = frozenset("latest last first best worst most least".split())
_SPARE_WORDS = ARTICLES | _SPARE_ADVERBS | _SPARE_ADJECTIVES | {"that"}
_SUBJECTS = (DETERMINERS | SUBJECT_PRONOUNS) - {"that"}
_AFTER_ADVERB = PREPOSITIONS | SUBORDINATORS | WEEKDAYS
_NO_SUBJECTS = SUBJECT_PRONOUNS | {"there", "this", "these", "those", "what", "all"}
_MAY_GO = Remembered[str, bool](lambda word: word in _SPARE_WORDS or word[0].isdigit())
_AGE = re.compile(r"\d+-year-old\Z")
_ARTICLE_COST = -0.2
_AUXILIARY_COST = 0.2
_ADVERB_COST = -0.1
_ADJECTIVE_COST = 1.0
_AGE_COST = 0.4
_THAT_COST = 0.0


def find_ballast(tokens: Tokens, first: int, end: int, verb: int | None) -> Iterator[Stretch]:
    """Give the small words that a stretch can do without.

    Args:
        tokens: the sentence.
        first: where the stretch begins.
        end: the token after it.
        verb: its finite verb, if it is a main clause.
    """
    if verb is not None:
        yield from _auxiliaries(tokens, verb, end)
    for place, word in enumerate(tokens.lower[first : end - 1], start=first):
        if not _MAY_GO[word]:
            continue
        if tokens.is_held[place] or tokens.is_held[place + 1] or not tokens.is_free(place + 1):
            continue
        cost = _cost(tokens, place, first)
        if cost is not None:
            yield Stretch(place, place + 1, cost)


def _cost(tokens: Tokens, place: int, first: int) -> float | None:
    word, after = tokens.lower[place], tokens.lower[place + 1]
    before = tokens.lower[place - 1] if place > first else ""
    if word in ARTICLES:
        return _ARTICLE_COST if is_spare_article(tokens, place) else None
    if word == "that":
        is_subject = after in _SUBJECTS or tokens.words[place + 1][0].isupper()
        return _THAT_COST if before in SPEECH_VERBS and is_subject else None
    if word in _SPARE_ADVERBS and before and after not in _AFTER_ADVERB:
        is_before_verb = is_past(after) or after in SPEECH_VERBS or after in PARTICIPLES
        # "The recently founded club" is no "founded club".
        is_spare = before in AUXILIARIES or (is_before_verb and before not in DETERMINERS)
        return _ADVERB_COST if is_spare else None
    if _AGE.match(word) and (after.isalpha() and after not in PREPOSITIONS | AUXILIARIES):
        return _AGE_COST if strength(tokens, place + 1) is Strength.NONE else None
    return _ADJECTIVE_COST if _is_spare_adjective(tokens, place, before) else None


def _is_spare_adjective(tokens: Tokens, place: int, before: str) -> bool:
    """Tell whether a token stands before its noun and only adds to it.

    "No serious injuries" are not no injuries: what denies or counts makes adjectives matter.
    """
    after = tokens.lower[place + 1]
    if tokens.words[place] not in _SPARE_ADJECTIVES or not after[0].isalpha():
        return False
    if before in ("a", "an") and not is_spare_article(tokens, place - 1):
        return False
    if after.removesuffix("s") in TIME_UNITS:
        # "In recent months" is no "in months".
        return False
    is_attribute = after not in _NO_NOUNS and (
        before in _BEFORE_ADJECTIVE or before in _SPARE_ADJECTIVES
    )
    words = tokens.lower
    return is_attribute and NEGATIONS.isdisjoint(words) and _NARROWING.isdisjoint(words)


def is_spare_article(tokens: Tokens, place: int) -> bool:
    """Tell whether a token is an article that a headline does without."""
    word = tokens.words[place]
    if tokens.lower[place] not in ARTICLES or (place and not word.islower()):
        return False
    before = tokens.lower[place - 1] if place else ""
    after = tokens.lower[place + 1]
    if before in _BEFORE_ARTICLE or (word == "a" and _is_rated(tokens, place)):
        return False
    if word in ("a", "an") and before in BEFORE_DURATION and after in TIME_UNITS:
        # "Sold out within an hour".
        return False
    if (before, after) in _WITH_ARTICLE:
        return False
    if before == "in" and after == "row" and tokens.lower[place + 2 : place + 3] != ["over"]:
        return False
    if _AGE.match(after) and not tokens.lower[place + 2 : place + 3]:
        return False
    if after in _OUTSTANDING:
        return place + 2 < len(tokens) and _is_noun_like(tokens, place + 2)
    return after not in _AFTER_ARTICLE and after[0].isalnum()


def _is_rated(tokens: Tokens, place: int) -> bool:
    """Tell whether a token stands between a number and what it is counted by: "62 cents a lb"."""
    before = tokens.lower[place - 1] if place else ""
    if tokens.lower[place + 1] in TIME_UNITS and before.isalpha() and before not in _NO_NOUNS:
        # "Two hours of sport a week".
        return any(map(is_number, tokens.lower[max(0, place - _LONGEST_RATE) : place]))
    return is_number(before) or before.endswith("m") or before in RATED


def _is_noun_like(tokens: Tokens, place: int) -> bool:
    word = tokens.lower[place]
    return word[0].isalpha() and word not in _NO_NOUNS


def _auxiliaries(tokens: Tokens, verb: int, end: int) -> Iterator[Stretch]:
    """Give "has" of "has said", "is" of "is trying", "was" of "was jailed for", "has been" too."""
    word = tokens.lower[verb]
    before = tokens.lower[verb - 1] if verb else ""
    if not before or not (before[-1].isalnum() or before == ")") or before in _NO_SUBJECTS:
        return
    stop = verb + 1
    if word in _HAVE_FORMS and tokens.lower[stop : stop + 1] == ["been"]:
        stop += 1
    elif word in _HAVE_FORMS:
        # "Has officially launched".
        place = stop + _is_adverb("".join(tokens.lower[stop : stop + 1]))
        if place < end and (
            tokens.lower[place] in _SAME_FORMS or tokens.lower[place].endswith("ed")
        ):
            yield Stretch(verb, stop, _AUXILIARY_COST)
        return
    elif word not in _BE_FORMS:
        return
    joints = (place for place in range(stop, end - 1) if tokens.lower[place] in ("and", "but"))
    joined = (place + 1 for place in joints if tokens.lower[place + 1] not in BASE_VERBS)
    if any(strength(tokens, place) is not Strength.NONE for place in joined):
        # "Is waiting and hopes": the other verb would be left alone.
        return
    if stop < end and _stands_without_be(tokens, stop, end):
        yield Stretch(verb, stop, _AUXILIARY_COST)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in NEGATIONS


def _stands_without_be(tokens: Tokens, place: int, end: int) -> bool:
    """Tell whether a participle or what is to come can follow its subject at once."""
    word = tokens.lower[place]
    after = tokens.lower[place + 1] if place + 1 < end else ""
    if word in NEGATIONS or word.endswith("n't") or not tokens.is_free(place):
        return False
    if word == "to":
        return after.isalpha()
    if word in ("set", "due", "expected", "likely", "unlikely", "ready"):
        return after == "to"
    if word == "being":
        return False
    if word.endswith("ing"):
        return after not in PREPOSITIONS or word not in ("going",)
    is_participle = is_past(word) or word in PARTICIPLES or word in _SAME_FORMS
    is_phrase = not after or after in _AFTER_PARTICIPLE or word in _NAMING | _FINDING
    # "Workers believed to be held" believe nothing themselves.
    is_passive = word not in _ACTIVE or tokens.lower[place + 1 : place + 3] == ["to", "be"]
    return is_participle and is_passive and is_phrase and word not in HAVE | BE
