"""Labels between the sentences of a story: of links that were lost, and credits of pictures.

Knows the words of single languages; where in the article a paragraph stands is not its task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from summarizer.models import RemovedKind, Span
from summarizer.text.names import AGENCY, VIETNAMESE_NAME


class _Label(NamedTuple):
    """What stands between sentences, signs without one of which it does not, and its form."""

    kind: RemovedKind
    signs: tuple[str, ...]
    pattern: str


# Labels of links that were lost, before the next sentence of the story.
_READ: Final = r"(?:[LlÉéEeRrVv](?:ire|couter|egarder|oir))"
_MORE: Final = r"(?: (?:absolument|aussi|également|plus))"
_ON: Final = r"(?: sur (?:la |le |l['’])?[A-Z][^\s:]{1,20}(?: [A-Z][^\s:]{1,20})?)"
_PHOTO: Final = (
    rf"Ảnh(?: minh họa)?(?:: ?| )(?:{AGENCY}|Getty(?: Images)?|Internet)\b(?:[/-]{AGENCY}\b)?"
)
_LABELS: Final[Mapping[str, tuple[_Label, ...]]] = MappingProxyType(
    {
        "fr": (
            _Label(
                RemovedKind.READ_MORE,
                ("ire", "couter", "egarder", "oir"),
                r"(?:\A|(?<=[.!?…»\"”)])\s{0,2})"
                rf"(?P<label>(?:[AÀ]\s{{1,2}}(?:surtout |absolument )?{_READ}{_MORE}?{_ON}?"
                rf"|{_READ}(?:{_MORE}{_ON}?|{_ON}))\s?:\s{{1,3}})(?=[«\"“'‘’A-ZÀ-Þ\d])",
            ),
        ),
        "vi": (
            _Label(
                RemovedKind.READ_MORE,
                ("TIN ",),
                r"(?:\A|(?<=[.!?”])\s)(?P<label>TIN (?:BÀI )?(?:LIÊN QUAN|KHÁC)\s?:\s{1,3})(?=\S)",
            ),
            _Label(
                RemovedKind.CREDIT,
                ("Ảnh", "Nguồn"),
                rf"(?P<label>\((?:Ảnh|Nguồn)(?:: ?| )[^()]{{2,40}}\)\.?|(?:[-–] )?{_PHOTO}\.?"
                rf"|(?<=[.!?”)] )Ảnh(?:: ?{VIETNAMESE_NAME}| minh họa)\.(?=\s[^\W\d_a-z])"
                r"|\AẢnh minh họa\.?)(?=\s)",
            ),
        ),
    }
)


def may_have_labels(language: str) -> bool:
    """Say whether stories in a language have labels that `find_labels` knows."""
    return language in _LABELS


def find_labels(line: str, *, language: str) -> Iterator[tuple[RemovedKind, Span]]:
    """Find labels of links and credits of pictures that stand between sentences of the story.

    Args:
        line: one line.
        language: ISO 639-1 code.
    """
    for kind, signs, pattern in _LABELS.get(language, ()):
        if any(sign in line for sign in signs):
            for match in re.finditer(pattern, line):
                yield kind, Span(*match.span("label"))
