"""Gaps around forms in -ing: without one its object stands with what stands before it.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.clauses import (
    Rule,
    Word,
    class_begins,
    is_more_than_one,
    is_one,
    of_class,
    one_of,
)
from summarizer.headline.lexicon import ARTICLES, PREPOSITIONS
from summarizer.headline.phrases import COMMON, MARKS, NO_VERBS, NOUNS, is_noun_phrase
from summarizer.headline.word_classes import SURE_NOUNS, VERBS

_ATTRIBUTES = frozenset(
    "missing leading rising falling growing increasing working living remaining existing".split()
)
_BEFORE_GERUND = frozenset(
    "consider considers considered considering begin begins began start starts started keep keeps "
    "kept avoid avoids avoided risk risks".split()
)


_NOUN, _SURE_NOUN, _BARE_NOUN = of_class(NOUNS), of_class(SURE_NOUNS), of_class(NO_VERBS)
_VERB, _GERUND = of_class(VERBS), class_begins("G")
_IN_LY = Word(lambda known: known.lower.endswith("ly"))
_PREPOSITION, _MARK = one_of(PREPOSITIONS), one_of(MARKS)
GERUNDS: Sequence[Rule] = (
    # "A pop artist hosting a show" is no "pop hosting".
    Rule(before=of_class(COMMON), opening=_SURE_NOUN, after=_GERUND, check=is_noun_phrase),
    # "In charge of keeping the town clean" is no "in charge of town".
    Rule(
        before=one_of(PREPOSITIONS - {"in"}), opening=_GERUND, after=_NOUN, check=is_more_than_one
    ),
    # "Accused of fatally shooting a clerk".
    Rule(before=_PREPOSITION, opening=_IN_LY, last=_GERUND),
    # "Film shows a ferry turning" is no "film shows turning".
    Rule(before=one_of(ARTICLES), opening=_SURE_NOUN, after=_GERUND),
    # "A leaflet opposing plans" is no "leaflet plans".
    Rule(
        before=_BARE_NOUN,
        opening=_GERUND,
        after=_NOUN,
        check=is_one,
    ),
    Rule(before=_MARK, opening=_GERUND, check=is_one),
    # "She cancelled it following advice" is no "she cancelled it advice".
    Rule(opening=one_of({"following", "including"}), check=is_one),
    # "Without clearly saying so" is no "without clearly so".
    Rule(before=_IN_LY, opening=_GERUND),
    Rule(opening=_PREPOSITION, last=_GERUND, after=_NOUN | of_class({"sp"})),
    # "For overcharging customers" is no "for customers", "considers raising rates" no "considers
    # rates".
    Rule(
        before=_PREPOSITION | _VERB,
        opening=of_class({"G", "G?"}) & ~one_of(_ATTRIBUTES),
        after=_NOUN,
        check=is_one,
    ),
    Rule(before=_PREPOSITION, opening=one_of({"letting", "making"})),
    Rule(before=one_of(_BEFORE_GERUND), opening=_GERUND, after=_NOUN, check=is_one),
    # "People struggling with rents" are no "people with rents", nor is "due to being torn" right
    # without "being".
    Rule(before=_BARE_NOUN, opening=_GERUND, after=one_of({"with", "against"}), check=is_one),
    Rule(opening=one_of({"being"}), check=is_one),
)
