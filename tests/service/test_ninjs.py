"""ninjs objects of every version, wherever an article object may stand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from workers.batches import Item
from workers.intake import Limits, Problem, ProblemCode, read_paths

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
URI = "urn:newsml:velm-wire.example:20261124:4711"
BODY = "VELM (Velm Wire) – The harbour reopened on Monday.\n\nFerries sail again."

NINJS_1 = {
    "uri": URI,
    "type": "text",
    "versioncreated": "2026-11-24T05:10:00Z",
    "language": "en-GB",
    "pubstatus": "usable",
    "urgency": 3,
    "headline": "Velm harbour reopens",
    "headline_short": "Harbour open",
    "body_text": BODY,
    "body_xhtml": "<p>The harbour reopened on Monday.</p>",
}
NINJS_2 = {
    "uri": URI,
    "type": "text",
    "versioncreated": "2026-11-24T05:10:00Z",
    "language": "en-GB",
    "pubstatus": "usable",
    "headlines": [
        {"role": "short", "value": "Harbour open"},
        {"role": "main", "value": "Velm harbour reopens"},
    ],
    "bodies": [
        {"role": "html5", "contenttype": "text/html", "value": "<p>The harbour reopened.</p>"},
        {"role": "text", "contenttype": "text/plain", "value": BODY},
    ],
}
NINJS_3 = {
    "standard": {"name": "ninjs", "version": "3.1"},
    "uri": URI,
    "type": "text",
    "versionCreated": "2026-11-24T05:10:00Z",
    "language": "en-GB",
    "pubStatus": "usable",
    "headlines": [{"role": "main", "value": "Velm harbour reopens"}],
    "bodies": [
        {"role": "caption", "contentType": "text/plain", "value": "A ferry."},
        {"role": "main", "contentType": "text/plain; charset=utf-8", "value": BODY},
    ],
}


def read(folder: Path, *values: object) -> list[Item | Problem]:
    path = folder / "wire.jsonl"
    path.write_bytes(b"\n".join(map(orjson.dumps, values)))
    return list(read_paths([str(path)], limits=Limits(), now=NOW))


def read_item(folder: Path, value: object) -> Item:
    (item,) = read(folder, value)
    assert isinstance(item, Item), item
    return item


def read_problem(folder: Path, value: object) -> Problem:
    (problem,) = read(folder, value)
    assert isinstance(problem, Problem)
    return problem


def changed(base: dict[str, Any], **fields: object) -> dict[str, Any]:
    return {**base, **fields}


@pytest.mark.parametrize("ninjs", [NINJS_1, NINJS_2, NINJS_3], ids=["1.x", "2.x", "3.x"])
def test_every_version_gives_the_same_article(tmp_path: Path, ninjs: dict[str, Any]) -> None:
    item = read_item(tmp_path, ninjs)
    assert item.custom_id == URI
    assert item.article.text == BODY
    assert item.article.title == "Velm harbour reopens"
    assert item.article.language == "en-GB"
    assert item.article.published_at == "2026-11-24T05:10:00Z"


def test_ninjs_may_stand_alone_in_an_array_and_among_requests(tmp_path: Path) -> None:
    for content in (NINJS_1, [NINJS_2], {"requests": [NINJS_3]}):
        path = tmp_path / "wire.json"
        path.write_bytes(orjson.dumps(content))
        (item,) = read_paths([str(path)], limits=Limits(), now=NOW)
        assert isinstance(item, Item)
        assert item.custom_id == URI


def test_our_own_keys_win_where_both_kinds_stand(tmp_path: Path) -> None:
    assert read_item(tmp_path, changed(NINJS_1, text="Rain.")).article.text == "Rain."
    assert read_item(tmp_path, changed(NINJS_1, custom_id="velm")).custom_id == "velm"
    assert read_item(tmp_path, changed(NINJS_1, options={"words": 40})).options == {"words": 40}


@pytest.mark.parametrize("status", ["withheld", "canceled"])
@pytest.mark.parametrize(("ninjs", "key"), [(NINJS_1, "pubstatus"), (NINJS_3, "pubStatus")])
def test_what_the_publisher_holds_back_is_not_taken(
    tmp_path: Path, ninjs: dict[str, Any], key: str, status: str
) -> None:
    problem = read_problem(tmp_path, changed(ninjs, **{key: status}))
    assert problem.code is ProblemCode.WITHHELD
    assert status in problem.message
    assert problem.custom_id == URI


def test_a_status_that_does_not_exist_is_not_taken_for_usable(tmp_path: Path) -> None:
    problem = read_problem(tmp_path, changed(NINJS_1, pubstatus="cancelled"))
    assert problem.code is ProblemCode.INVALID_ARTICLE
    assert "not one of usable, withheld, canceled" in problem.message


@pytest.mark.parametrize(("ninjs", "key"), [(NINJS_2, "embargoed"), (NINJS_3, "embargoedUntil")])
def test_an_embargo_holds_until_its_instant(
    tmp_path: Path, ninjs: dict[str, Any], key: str
) -> None:
    problem = read_problem(tmp_path, changed(ninjs, **{key: "2026-11-24T07:00:01+01:00"}))
    assert problem.code is ProblemCode.EMBARGOED
    assert problem.message == "embargoed until 2026-11-24T07:00:01+01:00"
    assert problem.custom_id == URI
    assert read_item(tmp_path, changed(ninjs, **{key: "2026-11-24T07:00:00+01:00"}))
    assert read_item(tmp_path, changed(ninjs, **{key: None}))
    assert read_item(tmp_path, changed(ninjs, **{key: ""}))


@pytest.mark.parametrize("until", ["tomorrow", "2026-11-23", "2026-11-23T06:00:00", 1763, [""]])
def test_an_embargo_that_cannot_be_read_is_not_taken_for_none(
    tmp_path: Path, until: object
) -> None:
    problem = read_problem(tmp_path, changed(NINJS_1, embargoed=until))
    assert problem.code is ProblemCode.INVALID_ARTICLE
    assert "embargoed" in problem.message


@pytest.mark.parametrize(
    "ninjs",
    [
        {"uri": URI},
        {"uri": URI, "type": "picture", "headline": "A ferry"},
        {"uri": URI, "body_xhtml": "<p>Rain.</p>"},
        {"uri": URI, "bodies": [{"contentType": "text/html", "value": "<p>Rain.</p>"}]},
        {"uri": URI, "bodies": ["Rain."]},
        {"uri": URI, "bodies": [{"role": "main"}]},
    ],
)
def test_without_plain_text_there_is_nothing_to_summarise(
    tmp_path: Path, ninjs: dict[str, Any]
) -> None:
    problem = read_problem(tmp_path, ninjs)
    assert problem.code is ProblemCode.UNSUPPORTED_SOURCE
    assert "text/plain" in problem.message
    assert problem.custom_id == URI


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("body_text", 5, "'body_text' is 5, not a string"),
        ("bodies", "Rain.", "'bodies' is 'Rain.', not an array"),
        ("headlines", {"role": "main"}, "'headlines' is an object, not an array"),
        ("headline", ["x"], "'headline' is an array, not a string"),
        ("versioncreated", 2026, "'versioncreated' is 2026, not a string"),
        ("language", 1, "'language' is 1, not a string"),
        ("pubstatus", True, "'pubstatus' is true, not a string"),
    ],
)
def test_a_field_of_the_wrong_type_is_refused_under_its_own_name(
    tmp_path: Path, field: str, value: object, message: str
) -> None:
    ninjs = {"uri": URI, field: value}
    if field != "bodies":
        ninjs = changed({"body_text": BODY}, **ninjs)
    if field == "headlines":
        ninjs.pop("headline", None)
    problem = read_problem(tmp_path, ninjs)
    assert problem.code is ProblemCode.INVALID_ARTICLE
    assert problem.message == message


def test_a_body_without_a_content_type_is_plain_text(tmp_path: Path) -> None:
    assert read_item(tmp_path, {"uri": URI, "bodies": [{"value": "Rain."}]}).article.text == "Rain."


def test_an_empty_body_is_an_empty_article(tmp_path: Path) -> None:
    problem, item = read(tmp_path, {"uri": URI, "body_text": ""})
    assert isinstance(problem, Problem)
    assert problem.code is ProblemCode.EMPTY_ARTICLE
    assert isinstance(item, Item)


def test_a_second_version_of_an_item_is_refused_with_both_places(tmp_path: Path) -> None:
    item, problem = read(tmp_path, NINJS_1, NINJS_3)
    assert isinstance(item, Item)
    assert isinstance(problem, Problem)
    assert problem.code is ProblemCode.DUPLICATE_CUSTOM_ID
    assert problem.message.endswith("wire.jsonl:1")
