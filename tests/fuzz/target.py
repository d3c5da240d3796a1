"""What the fuzzer calls: one article alone and among others, every promise checked."""

from __future__ import annotations

from summarizer import Article, SummarizerError, Summary, summarize, summarize_many
from tests.fuzz.inputs import Case, read_case
from tests.fuzz.promises import check_summary

_NEIGHBOUR = Article(text="The ferry sank at dawn. All 31 people on board were saved.")


def run_one(data: bytes) -> None:
    """Summarise what the bytes stand for; any exception but the library's own gets out."""
    case = read_case(data)
    alone = _alone(case)
    if isinstance(alone, Summary):
        check_summary(case.article.text, case.options, alone)
    assert _comparable(_among_others(case)) == _comparable(alone)


def _alone(case: Case) -> Summary | SummarizerError:
    try:
        return summarize(case.article, case.options)
    except SummarizerError as error:
        return error


def _among_others(case: Case) -> Summary | SummarizerError:
    articles = (_NEIGHBOUR, case.article, _NEIGHBOUR)
    _, found, _ = summarize_many(articles, case.options, return_errors=True)
    return found


def _comparable(found: Summary | SummarizerError) -> object:
    return found.to_dict() if isinstance(found, Summary) else (type(found), str(found))
