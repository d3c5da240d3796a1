"""How the wording of a line is written down, and found again by the line's first characters.

Knows the form of rules only: what publishers write is its neighbours' business.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from summarizer.models import RemovedKind

ADDRESS: Final = r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}"
"""One of electronic mail."""

NO_STOP: Final = r"(?<![.!?\"”])"
"""Behind the last character of a line that is no sentence."""

IN_BRACKETS: Final = r"[^()]*+(?:\([^()]*+\)[^()]*+)*"
"""What stands in brackets, to the one that closes those it stands in."""

NO_STOPPED_BRACKET: Final = r"(?!.*[.!?]\)[.\s]{0,2}\Z)"
"""Before a note: what ends with a stop inside its brackets is a sentence."""

# Who says it, behind a comma or anywhere: what somebody says is story.
SPEECH: Final = (
    r"(?:added|admitted|advis(?:ed?|es)|announced|argue[ds]?|ask(?:ed|s)?|believes?|claim(?:ed|s)|"
    r"declared|den(?:ied|ies)|explained|insist(?:ed|s)|joked|recalled|replied|said|says|shouted|"
    r"tells|told|urge[ds]?|warn(?:ed|s)?|writes|wrote)\b"
)
NOT_SAID: Final = rf"(?!.*,[\"”’]? (?:[^,;:!?]{{1,60}} )?{SPEECH}[^,;:!?]{{0,60}}[.!?][\"”)]?\Z)"
"""Before what nobody is quoted with."""


class Rule(NamedTuple):
    """Lines that begin with one of the openings, in any case, and go on as `rest` says."""

    kind: RemovedKind
    openings: str
    rest: str


Index = Mapping[str, tuple[tuple[RemovedKind, str], ...]]
"""Kinds and patterns by the first characters of the lines that they may match."""

KEY_CHARS: Final = 3
"""How many characters that are."""


def indexed(rules: Iterable[Rule]) -> Index:
    """Return the rules by the first characters of their openings, so that most lines meet none.

    Openings count in capitals or with a capital: in lower case a line is rather what wrapping left
    of a sentence. Patterns are compiled when a line begins as they do: most articles have no such
    line.

    Args:
        rules: those that are met first first.
    """
    index = defaultdict(list)
    for rule in rules:
        openings = rule.openings.split("|")
        pattern = f"(?i:{'|'.join(map(re.escape, openings))}){rule.rest}"
        keys = {key for opening in openings for key in _keys(opening)}
        for key in keys:
            index[key].append((rule.kind, pattern))
    return MappingProxyType({key: tuple(found) for key, found in index.items()})


def _keys(opening: str) -> set[str]:
    """Return what a line begins with that begins as the opening."""
    # What is shorter than a key stands before a colon.
    starts = [opening + mark for mark in ":： "] if len(opening) < KEY_CHARS else [opening]
    keys = {start[:KEY_CHARS] for start in starts}
    capitalised = {*map(str.capitalize, keys), *map(str.title, keys), *map(str.upper, keys)}
    # An abbreviation is no left-over.
    return capitalised | keys if opening[-1] == "." else capitalised
