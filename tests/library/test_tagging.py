"""Word classes and dependency trees."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.headline.parsing import ROOT, make_tree, parse_tokens
from summarizer.headline.tagging import tag_tokens

SENTENCE = "The mayor of Lund opened a new school on Monday , police said .".split()


def test_each_token_of_a_plain_sentence_gets_its_class() -> None:
    tags = dict(zip(SENTENCE, tag_tokens(SENTENCE), strict=True))
    assert tags["mayor"] == tags["school"] == tags["police"] == "NOUN"
    assert tags["opened"] == tags["said"] == "VERB"
    assert (tags["new"], tags["of"], tags["The"], tags[","]) == ("ADJ", "ADP", "DET", "PUNCT")
    assert tags["Lund"] == tags["Monday"] == "PROPN"


def test_each_token_of_a_plain_sentence_gets_its_head() -> None:
    arcs = parse_tokens(SENTENCE)
    governors = {
        word: SENTENCE[arc.head] if arc.head >= 0 else None
        for word, arc in zip(SENTENCE, arcs, strict=True)
    }
    assert governors["The"] == governors["Lund"] == "mayor"
    assert governors["a"] == governors["new"] == "school"
    assert governors["mayor"] == governors["school"] == "opened"
    assert arcs[SENTENCE.index("mayor")].relation == "nsubj"
    assert arcs[SENTENCE.index("school")].relation == "obj"
    assert [arc.head for arc in arcs].count(ROOT) == 1


def test_nothing_has_no_tree() -> None:
    assert parse_tokens([]) == []
    assert tag_tokens([]) == []


def test_a_circle_becomes_part_of_the_tree() -> None:
    assert make_tree([1, 0, -1]) == [2, 0, -1]


def test_without_a_root_one_is_made() -> None:
    assert make_tree([1, 2, 0]) == [-1, 2, 0]


def test_a_second_root_hangs_from_the_first() -> None:
    assert make_tree([-1, -1, 1]) == [-1, 0, 1]


@given(
    st.integers(1, 40).flatmap(lambda n: st.lists(st.integers(-1, n - 1), min_size=n, max_size=n))
)
def test_any_heads_become_one_tree(heads: list[int]) -> None:
    tree = make_tree(heads)
    assert tree.count(ROOT) == 1
    for place in range(len(tree)):
        steps = 0
        while place >= 0:
            place = tree[place]
            steps += 1
            assert steps <= len(tree)
