"""What the learned ranker knows of each stem and each sentence of the openings of articles.

Must not know any learned weight. Every feature is a column of a table that has a row a feature,
and needs time in proportion to the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from summarizer.ranking.method import FloatArray, total_by
from summarizer.ranking.networks import in_steps
from summarizer.ranking.openings import COMMA, OPENS_QUOTATION, QUESTION, QUOTATION, Openings
from summarizer.ranking.stem_facts import IS_BACK, IS_I, IS_NUMBER, IS_SPEECH, IS_YOU, RARITY

SUMMARY_WORDS = (25.0, 45.0, 70.0)
"""How long a summary is taken to be where its overlap with sentences is estimated."""

WORD_FEATURES = (
    "frequency", "spread", "earliness", "in_first", "in_opening", "in_later", "capital",
    "sentences", "is_cased", "rarity", "is_known", "is_number", "length", "is_stop", "before",
    "words",
)  # fmt: skip

SENTENCE_FEATURES = (
    "is_first", "earliness", "depth", "place", "before", "words", "is_short", "content_share",
    "rarity", "importance_sum", "importance_mean", "novel_importance", "short_gain", "gain",
    "long_gain", "likeness_to_article", "likeness_to_first", "likeness_to_opening", "told_before",
    "told_again", "capitals", "numbers", "commas", "is_question", "has_quotation",
    "opens_with_quotation", "leans_back", "speaks_as_i", "addresses_you", "reports_speech",
    "sentences", "is_cased",
)  # fmt: skip

CENTRALITY = SENTENCE_FEATURES.index("likeness_to_article")
_SHORT_WORDS = 10
_MOST_NUMBERS = 5.0
_MOST_WORTH = 10.0
_OPENING = 3
LEAST = 1e-9
"""Keeps what may be nothing from being divided by."""

# What sums up to more than this by far is rounded, so that sums are exact in any order.
_FINE = 2.0**16
_LOGS = np.round(np.log1p(np.arange(1 << 14)) * 256.0) / 256.0


def log1p(counts: npt.NDArray[np.integer]) -> FloatArray:
    """Return the logarithm of one more than each count, the same on every machine.

    Args:
        counts: whole numbers from 0.
    """
    return _LOGS.take(counts, mode="clip")


def make_table(rows: Sequence[npt.ArrayLike], width: int) -> FloatArray:
    """Return a table of its rows.

    Args:
        rows: numbers, or one number for all columns.
        width: the number of columns.
    """
    table = np.empty((len(rows), width))
    for place, row in enumerate(rows):
        table[place] = row
    return table


def read_stems(openings: Openings) -> FloatArray:
    """Describe every stem, by `WORD_FEATURES`.

    Args:
        openings: the articles.
    """
    stems = openings.stems
    article = stems.article
    rows = (
        log1p(stems.total - 1),
        in_steps(stems.spread / openings.sizes[article]),
        in_steps(np.divide(1.0, 1 + stems.first)),
        stems.first == 0,
        log1p(stems.early),
        log1p(stems.total - stems.early),
        in_steps(stems.capitals / stems.total),
        log1p(openings.sizes - 1)[article],
        openings.is_cased[article],
        *stems.facts[:IS_I],
        1.0 - stems.is_content,
        log1p(stems.before),
        log1p(openings.words)[article],
    )
    return make_table(rows, len(article))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sentences:
    """What is known of each sentence.

    Attributes:
        features: `SENTENCE_FEATURES` by sentences.
        is_loose: for each sentence whether it points to the one before it, 0 or 1.
    """

    features: FloatArray
    is_loose: FloatArray


def read_sentences(openings: Openings, *, importance: FloatArray) -> Sentences:
    """Describe every sentence.

    Args:
        openings: the articles.
        importance: for each stem how likely a summary has it, 0 to 1.
    """
    rows, stems, cells = openings.rows, openings.stems, openings.cells
    article, place = rows.article, rows.place
    length = np.maximum(rows.length, 1)
    traits = make_table(
        (
            stems.is_content,
            stems.facts[RARITY] * stems.is_content,
            importance * stems.is_content,
            importance,
            *(stems.facts[kind] for kind in (IS_NUMBER, IS_I, IS_YOU, IS_SPEECH)),
        ),
        len(importance),
    )[:, cells.stem]
    contents, rarities, worths, expected, numbers, first_persons, second_persons, speech = (
        cells.total(traits)
    )
    content = np.maximum(contents, 1.0)
    *likeness, before, again, new = _read_relations(openings, traits[1], traits[2])
    heaviest = np.maximum(rarities, LEAST)
    is_loose = stems.facts[IS_BACK][rows.opener] * ((place > 0) & (rows.length > 0))
    table = (
        place == 0,
        1.0 / (1.0 + place),
        place / openings.totals[article],
        log1p(place),
        log1p(rows.before),
        log1p(length - 1),
        length < _SHORT_WORDS,
        contents / length,
        rarities / content,
        np.minimum(worths, _MOST_WORTH),
        worths / content,
        np.minimum(new, _MOST_WORTH),
        *(2.0 * expected / (length + words) for words in SUMMARY_WORDS),
        *likeness,
        before / heaviest,
        again / heaviest,
        rows.capitals / length,
        np.minimum(numbers, _MOST_NUMBERS),
        rows.marks[COMMA] / length,
        rows.marks[QUESTION] > 0,
        rows.marks[QUOTATION] > 0,
        rows.marks[OPENS_QUOTATION],
        is_loose,
        first_persons > 0.0,
        second_persons > 0.0,
        speech > 0.0,
        log1p(openings.totals - 1)[article],
        openings.is_cased[article],
    )
    return Sentences(features=in_steps(make_table(table, len(place))), is_loose=is_loose)


def _read_relations(
    openings: Openings, rarity: FloatArray, worth: FloatArray
) -> tuple[FloatArray, ...]:
    """Return how each sentence relates to the rest of its article.

    Likeness is the cosine of stems that are weighted by their rarity, summed up over others.

    Args:
        openings: the articles.
        rarity: for each cell the rarity of its stem.
        worth: for each cell what its stem is worth.

    Returns:
        Likeness to all, to the first sentence, and to the opening; the rarity of what stood before
        and of what comes again; the worth of what is new.
    """
    rows, cells, stems = openings.rows, openings.cells, openings.stems
    stem = cells.stem
    count = len(stems.total)
    weight = rarity * cells.count
    norm = np.sqrt(np.maximum(cells.total((weight * weight)[None])[0], LEAST))
    share = np.rint(weight * _FINE / norm[cells.row]) / _FINE
    place = rows.place[cells.row]
    first = stems.first[stem]
    is_opening = place < _OPENING
    table = make_table(
        (
            share * total_by(stem, share, count)[stem],
            share * total_by(stem, share * (place == 0), count)[stem],
            share * total_by(stem, share * is_opening, count)[stem],
            share * share,
            rarity * (first < place),
            rarity * (stems.last[stem] > place),
            worth * (first == place),
        ),
        len(stem),
    )
    to_all, to_first, to_opening, to_self, before, again, new = cells.total(table)
    mass = np.add.reduceat(to_all, openings.first_rows)
    central = to_all / np.sqrt(np.maximum(mass, LEAST))[rows.article]
    return (
        central,
        to_first - to_self * (rows.place == 0),
        to_opening - to_self * (rows.place < _OPENING),
        before,
        again,
        new,
    )
