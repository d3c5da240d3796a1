"""Whether what stays of an English sentence can be printed.

Must not know lengths, ratings or other ways to shorten it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.headline.fitting import Runs
from summarizer.headline.grammar import broken_rules
from summarizer.headline.lexicon import (
    AUXILIARIES,
    CLAIMS,
    DETERMINERS,
    MODALS,
    NEGATIONS,
    POINTING,
    PREPOSITIONS,
    SPEECH_VERBS,
)
from summarizer.headline.reading import MAX_SENTENCE_CHARS, Reading
from summarizer.headline.segments import Part, is_comma
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import is_past
from summarizer.headline.word_classes import ADJECTIVES
from summarizer.models import Span
from summarizer.text.enclosures import find_enclosures

# With fewer words a headline says too little.
_MIN_WORDS = 4
_PERSONS = frozenset("he she it they him her them".split())
_FEW_WORDS = 3
_QUOTATION_MARKS = frozenset("\"'“‘`")
# What begins so seldom comes to its point in time.
_LEADING_UP = frozenset("when while although though because whereas to".split())
_LEADING_UP_WORDS = (["now", "that"], ["by", "the", "time"])
# What asks the reader something, or to do something, is no news.
_ASKING = MODALS | frozenset(
    "is are was were do does did has have isn't aren't wasn't don't doesn't didn't can't couldn't "
    "who what which whose why how what's who's where's how's".split()
)
_ADDRESSING = frozenset(
    "forget imagine enjoy remember consider meet welcome listen think let don't say see read guess "
    "try ask take look watch click check admit brace".split()
)
_DEMANDS = frozenset(
    "demand demands demanded insist insists insisted recommend recommends recommended propose "
    "proposes proposed request requests requested".split()
)
# Pronouns with a verb in them.
_CONTRACTIONS = frozenset(
    "it's he's she's that's there's here's i'm we're they're you're i've we've they've".split()
)
_CURRENCIES = frozenset("£$€¥₹#")
_CLAIM_WORDS = NEGATIONS | SPEECH_VERBS | {"according"}


def is_headline(reading: Reading, runs: Runs) -> bool:
    """Tell whether what stays of a sentence can be printed."""
    tokens = reading.tokens
    if sum([end - first for first, end in runs]) < min(_MIN_WORDS, len(tokens)):
        return False
    if not _begins_well(reading, runs[0][0]) or _addresses_reader(reading, runs):
        return False
    if not _has_verb(reading, runs) or _parts_subject(reading, runs):
        return False
    if any(_parts_lost_marks(tokens, first, end) for first, end in runs):
        return False
    keep = [False] * len(tokens.words)
    for begin, end in runs:
        keep[begin:end] = [True] * (end - begin)
    return not broken_rules(tokens, keep, reading.segments)


def _parts_lost_marks(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether what stays has but one of the marks of "?great?", which were quotation marks."""
    if tokens.words[first] == "?":
        return True
    if tokens.words[end - 1] != "?" or end == len(tokens):
        return False
    return tokens.starts[end] == tokens.ends[end - 1] and tokens.words[end][0].isalnum()


def _begins_well(reading: Reading, start: int) -> bool:
    """Tell whether a headline may begin with a token."""
    tokens = reading.tokens
    first = tokens.lower[start]
    # The opening of an article points to nothing before it, unless it has lost its beginning.
    is_leading_up = first in _LEADING_UP or any(
        tokens.lower[start : start + len(words)] == words for words in _LEADING_UP_WORDS
    )
    if is_leading_up or (first in POINTING and (reading.index or start)):
        return False
    if reading.index and start and tokens.lower[start - 1] in POINTING:
        # "Her role".
        return False
    if reading.index and not _PERSONS.isdisjoint(tokens.lower[start : start + _FEW_WORDS]):
        # "Two of them".
        return False
    is_quoted = first in _QUOTATION_MARKS and True in tokens.is_held[start + 1 : start + 2]
    is_participle = start > 0 and is_past(first) and tokens.words[start].islower()
    if is_participle and not is_quoted and tokens.lower[start - 1] not in DETERMINERS:
        # "Edited by ..." is no clause, but "a failed plan" is a subject, and so is "United Banks".
        return False
    return is_quoted or first[0].isalnum() or first[0] in _CURRENCIES


def _addresses_reader(reading: Reading, runs: Runs) -> bool:
    """Tell whether a sentence is a question, or asks the reader to do something."""
    tokens = reading.tokens
    if tokens.words[-1] == "?" and tokens.words[0].lower() in _ASKING:
        return True
    # "Ask Jeeves" is a firm.
    is_bare = not tokens.words[1:2] or tokens.words[1].islower()
    if tokens.lower[0] not in _ADDRESSING or not is_bare:
        return False
    # "Watch how the town votes" has a clause of its own in it.
    return runs[0][0] == 0 or not any(any(reading.is_verb[first:end]) for first, end in runs)


def _parts_subject(reading: Reading, runs: Runs) -> bool:
    """Tell whether one comma alone stands between a subject and its verb."""
    tokens = reading.tokens
    places = [place for first, end in runs for place in range(first, end)]
    commas = [place for place in places if tokens.words[place] == ","]
    if len(commas) != 1:
        return False
    ahead = _with_auxiliaries(tokens, [place for place in places if place < commas[0]])
    if any(reading.is_verb[place] for place in ahead):
        return False
    first = reading.segments[0]
    if len(reading.segments) > 1 and (first.end, first.part) == (commas[0], Part.MAIN):
        # "The show's host, Ole Brun has": it belongs to a pair.
        return True
    after = next((place for place in places if place > commas[0]), commas[0])
    # "Torn, scratched and painted money is shown".
    is_listed = tokens.lower[after + 1 : after + 2] == ["and"]
    return reading.is_verb[after] and not is_listed and tokens.lower[after] not in CLAIMS


def _has_verb(reading: Reading, runs: Runs) -> bool:
    """Tell whether a verb is left for the main clause besides those of other clauses."""
    tokens, words = reading.tokens, reading.words
    places = [place for first, end in runs for place in range(first, end)]
    clauses = sum(words[place].opens_clause and _has_own_verb(reading, place) for place in places)
    kept = _with_auxiliaries(tokens, places)
    if not clauses:
        # Where no verb is left, there was none, or none that is known for sure.
        are_verbs = reading.is_verb
        if True not in are_verbs:
            are_verbs = [known.is_finite for known in words]
        is_verbless = True not in are_verbs and not reading.index
        return is_verbless or any(are_verbs[place] for place in kept)
    verbs = [reading.is_verb[place] or tokens.lower[place] in _CONTRACTIONS for place in kept]
    return sum(verbs) > clauses


def _has_own_verb(reading: Reading, opener: int) -> bool:
    """Tell whether what a word opens has a verb that is known for one."""
    tokens, words, after = reading.tokens, reading.words, opener + 1
    if after == len(tokens):
        return True
    if tokens.lower[after] in PREPOSITIONS or words[after].name.startswith("G"):
        # "Whether to sell", "because of fog", "when in town", "while digging a ditch".
        return False
    stop = next((i for i in range(after, len(tokens)) if is_comma(tokens, i)), len(tokens))
    if not any(reading.is_verb[after:stop]):
        # "If absolutely necessary"; "demanded that the state pay".
        is_brief = words[stop - 1].name in ADJECTIVES | {"JN"} and stop <= after + 2
        return not (is_brief or tokens.lower[opener - 1] in _DEMANDS)
    # "Towns that provide care will".
    return reading.is_verb[after] or not words[after].name.startswith("B")


def _with_auxiliaries(tokens: Tokens, places: Iterable[int]) -> set[int]:
    """Add the auxiliaries before tokens: one that is left out is understood ("has been jailed").

    The adverb after one may have gone with it: "has officially opened".
    """
    found = set(places)
    for place in sorted(found):
        is_after_adverb = is_past(tokens.lower[place]) and tokens.lower[place - 1].endswith("ly")
        if is_after_adverb and tokens.lower[place - 2] in AUXILIARIES:
            place -= 1
        while place and tokens.lower[place - 1] in AUXILIARIES:
            place -= 1
            found.add(place)
    return found


def is_fair_cut(text: str, span: Span, *, sentence: Span) -> bool:
    """Tell whether the beginning of a sentence stands without the rest of it.

    The rest must neither deny anything nor say who claims what stands before it, and what stands
    before it must close its quotations and brackets.

    Args:
        text: the article as given.
        span: the beginning that is kept.
        sentence: the whole sentence.
    """
    rest = text[span.end : min(sentence.end, span.end + MAX_SENTENCE_CHARS)]
    words = re.findall(r"[\w']+", rest.lower().replace("’", "'"))
    if any(word in _CLAIM_WORDS or word.endswith("n't") for word in words):
        return False
    return not find_enclosures(text, start=span.start, end=span.end).unclosed
