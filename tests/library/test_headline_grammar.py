"""The rules that no deletion may break."""

from __future__ import annotations

import pytest

from summarizer.headline.grammar import GrammarRule, broken_rules
from summarizer.headline.tokens import tokenize
from summarizer.models import Span
from tests.library.headline_cases import BROKEN, WHOLE


def rules_of(marked: str) -> set[GrammarRule]:
    """Return the rules broken by a sentence whose deletions stand between tildes."""
    parts = marked.split("~")
    text = "".join(parts)
    kept: set[int] = set()
    start = 0
    for place, part in enumerate(parts):
        if place % 2 == 0:
            kept.update(range(start, start + len(part)))
        start += len(part)
    tokens = tokenize(text, Span(0, len(text)))
    return broken_rules(tokens, [place in kept for place in tokens.starts])


@pytest.mark.parametrize(
    ("rule", "marked"), [(rule, marked) for rule, table in BROKEN.items() for marked in table]
)
def test_a_deletion_that_breaks_a_rule_is_named(rule: GrammarRule, marked: str) -> None:
    assert rule in rules_of(marked)


@pytest.mark.parametrize("marked", WHOLE)
def test_a_deletion_that_leaves_a_clause_whole_breaks_no_rule(marked: str) -> None:
    assert rules_of(marked) == set()


def test_every_rule_has_twenty_cases() -> None:
    assert set(BROKEN) == set(GrammarRule)
    assert min(len(set(table)) for table in BROKEN.values()) >= 20
