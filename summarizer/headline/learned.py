"""One English sentence to a headline by learned compression under the rules of grammar.

Must not know other sentences.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.headline.decoding import Branches, choose_units
from summarizer.headline.encoding import split_subtokens
from summarizer.headline.grammar import (
    HOLDING,
    broken_rules,
    is_certainty,
    is_name_joint,
    is_negation,
    is_number_with_unit,
    speakers,
)
from summarizer.headline.lexicon import FINITE_AUXILIARIES, VERBS
from summarizer.headline.network import Network, load_network
from summarizer.headline.parsing import make_tree
from summarizer.headline.tokens import Tokens

# What has to stay is worth this much: more than a word is ever held against.
# A headline may say more than the shortest compression, as far as there is room.
_MORE = 0.5
_FIXED = 30.0
_LONGEST = 80
_FEWEST_WORDS = 4
_REQUIRED = frozenset(
    "nsubj csubj aux cop case mark det obj iobj xcomp ccomp expl fixed flat compound nummod cc "
    "goeswith".split()
)
_COMMAS = frozenset(",;:")
_ARTICLES = frozenset({"a", "an", "the"})
# With these an article makes a number or a phrase of its own.
_AFTER_ARTICLE = frozenset(
    "few little lot number couple dozen hundred thousand million billion third quarter half bit "
    "while day week month year".split()
)


def _is_spare(tokens: Tokens, place: int) -> bool:
    """Tell whether a token is an article that headlines do without."""
    word = tokens.words[place]
    if tokens.lower[place] not in _ARTICLES or tokens.is_held[place]:
        return False
    if place + 1 == len(tokens) or tokens.is_held[place + 1] or not tokens.is_free(place + 1):
        return False
    return (place == 0 or word.islower()) and tokens.lower[place + 1] not in _AFTER_ARTICLE


class Units(NamedTuple):
    """Runs of tokens that stay or go together.

    Attributes:
        starts: the first token of each.
        unit_of: the unit of each token.
    """

    starts: list[int]
    unit_of: list[int]


def compress_sentence(tokens: Tokens, *, max_chars: int) -> tuple[tuple[int, int], ...] | None:
    """Delete what the network would, as far as grammar and the budget allow.

    Args:
        tokens: an English sentence.
        max_chars: at most so many code points.

    Returns:
        The stretches of tokens that stay; None where no grammatical headline was found.
    """
    if not _FEWEST_WORDS <= len(tokens) <= _LONGEST:
        return None
    fixed = _fixed(tokens)
    units = _units(tokens)
    branches = _branches(tokens, units, fixed, load_network())
    flags = choose_units(branches, max_chars=max_chars)
    if flags is None:
        return None
    keep = [
        flags[unit] and not _is_spare(tokens, place) for place, unit in enumerate(units.unit_of)
    ]
    _set_commas(tokens, keep)
    if sum(keep) < _FEWEST_WORDS or broken_rules(tokens, keep):
        return None
    runs = _runs(keep)
    chars = sum(tokens.ends[end - 1] - tokens.starts[first] + 1 for first, end in runs) - 1
    return runs if chars <= max_chars else None


def _fixed(tokens: Tokens) -> list[bool]:
    """Mark the tokens without which something else would be said."""
    fixed = [
        is_negation(tokens, place) or tokens.lower[place] in HOLDING for place in range(len(tokens))
    ]
    for first, end in speakers(tokens):
        fixed[first:end] = [True] * (end - first)
    return fixed


def _units(tokens: Tokens) -> Units:
    starts = [place for place in range(len(tokens)) if place == 0 or not _is_joined(tokens, place)]
    return Units(starts, [bisect_right(starts, place) - 1 for place in range(len(tokens))])


def _is_joined(tokens: Tokens, place: int) -> bool:
    """Tell whether a token stays or goes with the one before it."""
    is_glued = not tokens.text[tokens.starts[place] - 1].isspace()
    return (
        tokens.is_held[place]
        or (is_glued and tokens.words[place] not in _COMMAS)
        or is_number_with_unit(tokens, place - 1)
        or is_name_joint(tokens, place - 1)
    )


def _branches(tokens: Tokens, units: Units, fixed: Sequence[bool], network: Network) -> Branches:
    subtokens = split_subtokens(tokens.text, start=tokens.starts[0], end=tokens.ends[-1])
    reading = network.read([subtoken.text for subtoken in subtokens])
    places = [bisect_right(tokens.starts, subtoken.start) - 1 for subtoken in subtokens]
    unit_of = [units.unit_of[place] for place in places]
    count = len(units.starts)
    heads = [-2] * count
    is_required = [False] * count
    gains = [0.0] * count
    for number, unit in enumerate(unit_of):
        gains[unit] += reading.keep[number] - network.threshold + _MORE
        head = reading.heads[number]
        governor = unit_of[head] if head >= 0 else -1
        # The first word of a unit that hangs from another unit speaks for all of it.
        if governor != unit and heads[unit] in (-2, unit):
            heads[unit] = governor
            is_required[unit] = network.relations[reading.relations[number]] in _REQUIRED
    for number, subtoken in enumerate(subtokens):
        # "A lack" or "part" alone says something else than "a lack of staff", "part of a deal".
        if subtoken.text == "of" and reading.heads[number] >= 0:
            is_required[unit_of[reading.heads[number]]] = True
    heads = make_tree([max(head, -1) for head in heads])
    for place, unit in enumerate(units.unit_of):
        if is_certainty(tokens, place):
            is_required[unit] = True
        if fixed[place]:
            is_required[unit] = True
            gains[unit] = max(gains[unit], _FIXED)
    ends = [*units.starts[1:], len(tokens)]
    chars = [
        0
        if end == start + 1 and _is_spare(tokens, start)
        else tokens.ends[end - 1] - tokens.starts[start] + 1
        for start, end in zip(units.starts, ends, strict=True)
    ]
    return Branches(heads, gains, chars, is_required)


def _set_commas(tokens: Tokens, keep: list[bool]) -> None:
    """Drop the commas around what went, and set one that parts what stays."""
    for place in range(len(tokens)):
        if tokens.words[place] not in _COMMAS or tokens.is_held[place]:
            continue
        after = place + 1
        while after < len(tokens) and _is_spare(tokens, after):
            after += 1
        is_after = after < len(tokens) and keep[after]
        keep[place] = is_after and _parts(tokens, keep, place, after)


def _parts(tokens: Tokens, keep: Sequence[bool], place: int, after: int) -> bool:
    """Tell whether a comma still parts what stands before it from what stands after it."""
    if place > 0 and keep[place - 1]:
        return True
    is_verb = tokens.lower[after] in VERBS or tokens.lower[after] in FINITE_AUXILIARIES
    return any(keep[:place]) and not is_verb and not _opens_gap(tokens, keep, place)


def _opens_gap(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether the deletion that ends at a comma began at one."""
    first = place
    while first > 0 and not keep[first - 1]:
        first -= 1
    return first < place and tokens.words[first] in _COMMAS


def _runs(keep: Sequence[bool]) -> tuple[tuple[int, int], ...]:
    edges = [
        place
        for place in range(len(keep) + 1)
        if (place and keep[place - 1]) != (place < len(keep) and keep[place])
    ]
    return tuple(zip(edges[::2], edges[1::2], strict=True))
