"""Files, folders, patterns and standard input as sources: what is new comes, the rest is known."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from workers.errors import InvalidScheduleError
from workers.sources import (
    Found,
    SourceCode,
    SourceContext,
    SourceKind,
    SourceProblem,
    SourceReport,
    SourceState,
    parse_source,
    read_source,
)

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
STORY = "Ferries to the outer islands sailed again on Monday after four days of storm."
OTHER = "The county said it would pay for the damage to the quay at Marrow Sound."

Item = Found | SourceProblem | SourceReport
Read = Callable[..., list[Item]]


class NoWeb:
    """Fails the test that asks for the web."""

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> None:
        pytest.fail(f"{url} was asked for")

    def __call__(self, content: bytes, *, url: str, charset: str | None) -> None:
        pytest.fail(f"{url} was extracted")


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a source as a run does: with the state that the last reading of it left."""
    states: dict[str, SourceState] = {}

    def read(text: str, *, stdin: bytes = b"") -> list[Item]:
        context = SourceContext(
            now=NOW,
            fetcher=NoWeb(),  # type: ignore[arg-type]
            extract=NoWeb(),  # type: ignore[arg-type]
            pause=lambda seconds: False,
            states=dict(states),
            stdin=io.BytesIO(stdin),
        )
        items = list(read_source(parse_source(text, folder=tmp_path), context=context))
        for item in items:
            if isinstance(item, SourceReport):
                # It goes through JSON, as in the store.
                states[item.source] = orjson.loads(orjson.dumps(item.state))
        return items

    return read


def found(items: list[Item]) -> list[Found]:
    return [item for item in items if isinstance(item, Found)]


def texts(items: list[Item]) -> list[str]:
    return [item.article.text for item in found(items)]


def problems(items: list[Item]) -> list[SourceProblem]:
    return [item for item in items if isinstance(item, SourceProblem)]


def report(items: list[Item]) -> SourceReport:
    (last,) = (item for item in items[-1:] if isinstance(item, SourceReport))
    return last


def write(path: Path, *values: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [v if isinstance(v, str) else orjson.dumps(v).decode() for v in values]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_odd(folder: Path, name: bytes, text: str) -> Path:
    """Write a file whose name is not UTF-8, where the file system has such names."""
    path = folder / os.fsdecode(name)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        pytest.skip("this file system has UTF-8 names only")
    return path


class TestNames:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("-", SourceKind.STDIN),
            ("https://news.example/feed.xml", SourceKind.URL),
            ("HTTP://news.example", SourceKind.URL),
            ("inbox", SourceKind.PATH),
            ("inbox/night.jsonl", SourceKind.PATH),
            ("inbox/*.txt", SourceKind.GLOB),
            ("inbox/**/wire-202[67]-??.txt", SourceKind.GLOB),
            ("C:notes.txt", SourceKind.PATH),
        ],
    )
    def test_a_source_is_told_by_its_name(
        self, text: str, kind: SourceKind, tmp_path: Path
    ) -> None:
        assert parse_source(text, folder=tmp_path).kind is kind

    @pytest.mark.parametrize(
        "text",
        ["", "  ", "ftp://news.example/x", "file:///etc/passwd", "https://", "a\x00b", "http://[x"],
    )
    def test_a_name_that_means_nothing_is_refused(self, text: str, tmp_path: Path) -> None:
        with pytest.raises(InvalidScheduleError):
            parse_source(text, folder=tmp_path)

    def test_relative_paths_are_relative_to_the_folder_given(self, tmp_path: Path) -> None:
        assert parse_source("inbox/*.txt", folder=tmp_path).value == f"{tmp_path}/inbox/*.txt"
        assert parse_source("/srv/wire", folder=tmp_path).value == "/srv/wire"

    def test_a_file_with_a_bracket_in_its_name_is_a_file(self, tmp_path: Path) -> None:
        write(tmp_path / "wire [late].txt", STORY)
        assert parse_source("wire [late].txt", folder=tmp_path).kind is SourceKind.PATH


class TestFolders:
    def test_only_new_and_changed_files_come_the_next_night(
        self, read: Read, tmp_path: Path
    ) -> None:
        write(tmp_path / "inbox/a.txt", STORY)
        write(tmp_path / "inbox/b.txt", OTHER)
        assert texts(read("inbox")) == [STORY + "\n", OTHER + "\n"]

        write(tmp_path / "inbox/late/c.txt", "A third story came in late.")
        b = write(tmp_path / "inbox/b.txt", OTHER + " Repairs begin in May.")
        os.utime(b, ns=(1, 1))
        assert texts(read("inbox")) == [
            OTHER + " Repairs begin in May.\n",
            "A third story came in late.\n",
        ]
        assert texts(read("inbox")) == []

    def test_a_file_rewritten_to_the_same_length_comes_again(
        self, read: Read, tmp_path: Path
    ) -> None:
        path = write(tmp_path / "a.txt", "The vote is on Monday.")
        read("a.txt")
        before = path.stat().st_mtime_ns
        write(path, "The vote is on Friday.")
        os.utime(path, ns=(before + 1, before + 1))
        assert texts(read("a.txt")) == ["The vote is on Friday.\n"]

    def test_files_that_are_gone_leave_the_state(self, read: Read, tmp_path: Path) -> None:
        path = write(tmp_path / "inbox/a.txt", STORY)
        assert list(report(read("inbox")).state) == [str(path)]
        path.unlink()
        assert report(read("inbox")).state == {}

    def test_a_name_that_is_not_utf8_is_known_again_and_apart_from_all_others(
        self, read: Read, tmp_path: Path
    ) -> None:
        inbox = tmp_path / "inbox"
        write(inbox / "caf\\xe9.txt", STORY)
        write_odd(inbox, b"caf\xe9.txt", OTHER)
        first = read("inbox")
        assert sorted(texts(first)) == sorted([STORY + "\n", OTHER])
        assert len(report(first).state) == 2
        assert texts(read("inbox")) == []
        odd = write_odd(inbox, b"caf\xe9.txt", OTHER + " Repairs begin in May.")
        os.utime(odd, ns=(1, 1))
        assert texts(read("inbox")) == [OTHER + " Repairs begin in May."]

    def test_a_quiet_night_is_reported_as_unchanged(self, read: Read, tmp_path: Path) -> None:
        write(tmp_path / "inbox/a.txt", STORY)
        first, second, third = (report(read("inbox")) for _ in range(3))
        assert (first.found, first.had, first.is_unchanged) == (1, 0, False)
        assert second == third
        assert (second.found, second.had, second.is_unchanged) == (0, 1, True)

    def test_an_empty_folder_and_foreign_files_are_no_problem(
        self, read: Read, tmp_path: Path
    ) -> None:
        (tmp_path / "inbox").mkdir()
        (tmp_path / "inbox/logo.png").write_bytes(b"\x89PNG")
        assert read("inbox") == [report(read("inbox"))]

    def test_a_missing_folder_is_a_problem_of_that_source(self, read: Read, tmp_path: Path) -> None:
        (problem,) = problems(read("inbox"))
        assert (problem.code, problem.source) == ("unreadable", str(tmp_path / "inbox"))

    def test_a_pattern_takes_what_matches_it(self, read: Read, tmp_path: Path) -> None:
        write(tmp_path / "in/2026/a.txt", STORY)
        write(tmp_path / "in/2026/.b.txt", OTHER)
        write(tmp_path / "in/notes.md", OTHER)
        assert texts(read("in/**/*.txt")) == [STORY + "\n"]
        assert texts(read("in/**/*.txt")) == []
        assert read("in/*.csv") == [report(read("in/*.csv"))]


class TestArticles:
    def test_a_line_of_jsonl_brings_all_it_has(self, read: Read, tmp_path: Path) -> None:
        line = {
            "custom_id": "17",
            "text": STORY,
            "title": "Ferries sail",
            "language": "en",
            "published_at": "2026-11-22T21:00:00Z",
            "options": {"sentences": 1},
        }
        path = write(tmp_path / "night.jsonl", line)
        (item,) = found(read("night.jsonl"))
        assert item.place == f"{path}:1"
        assert item.source == str(path)
        assert (item.article.title, item.article.language) == ("Ferries sail", "en")
        assert item.version_at == item.article.published_at == "2026-11-22T21:00:00Z"
        assert dict(item.options) == {"sentences": 1}
        assert item.custom_id == "17"

    def test_a_place_is_no_name(self, read: Read, tmp_path: Path) -> None:
        write(tmp_path / "night.jsonl", {"text": STORY})
        write(tmp_path / "story.txt", OTHER)
        both = found(read("night.jsonl")) + found(read("story.txt"))
        assert [item.custom_id for item in both] == [None, None]

    def test_a_ninjs_uri_is_the_identifier_everywhere(self, read: Read, tmp_path: Path) -> None:
        ninjs = {"uri": "urn:newsml:wire:4711", "body_text": STORY}
        write(tmp_path / "a.jsonl", ninjs)
        assert found(read("a.jsonl"))[0].uri == "urn:newsml:wire:4711"

    def test_a_number_is_no_identifier_beyond_its_file(self, read: Read, tmp_path: Path) -> None:
        write(tmp_path / "a.jsonl", {"custom_id": "1", "text": STORY})
        write(tmp_path / "b.jsonl", {"custom_id": "1", "text": OTHER})
        assert found(read("a.jsonl"))[0].uri != found(read("b.jsonl"))[0].uri

    def test_an_article_keeps_its_identifier_when_lines_move(
        self, read: Read, tmp_path: Path
    ) -> None:
        path = write(tmp_path / "a.jsonl", {"text": STORY})
        (before,) = found(read("a.jsonl"))
        write(path, {"text": OTHER}, {"text": STORY})
        assert found(read("a.jsonl"))[1].uri == before.uri

    def test_identifiers_are_short_and_printable(self, read: Read, tmp_path: Path) -> None:
        folder = tmp_path / ("long-" * 40)
        write(folder / ("name-" * 40 + ".txt"), STORY)
        (item,) = found(read(str(folder)))
        assert len(item.uri) <= 256
        assert item.uri.isprintable()

    def test_a_bad_line_is_a_problem_and_the_others_come(self, read: Read, tmp_path: Path) -> None:
        path = write(
            tmp_path / "a.jsonl", {"text": STORY}, "{broken", {"text": " "}, {"text": OTHER}
        )
        items = read("a.jsonl")
        assert texts(items) == [STORY, OTHER]
        assert [(p.place, p.code) for p in problems(items)] == [
            (f"{path}:2", "invalid_json"),
            (f"{path}:3", "empty_article"),
        ]
        assert (report(items).found, report(items).problems) == (2, 2)

    def test_an_embargo_is_held_against_the_run(self, read: Read, tmp_path: Path) -> None:
        ninjs = {"uri": "urn:1", "body_text": STORY, "embargoed": "2026-11-23T06:00:00Z"}
        write(tmp_path / "a.jsonl", ninjs)
        assert [p.code for p in problems(read("a.jsonl"))] == ["embargoed"]
        # It ends while the file stays as it is: the file is not done with.
        assert [p.code for p in problems(read("a.jsonl"))] == ["embargoed"]

    def test_standard_input_is_read(self, read: Read) -> None:
        items = read("-", stdin=orjson.dumps({"text": STORY}))
        assert texts(items) == [STORY]
        assert report(items).source == "-"


class TestLists:
    def test_a_story_that_quotes_a_url_is_no_list(self, read: Read, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", STORY, "https://news.example/ferry")
        assert len(found(read("a.txt"))) == 1


class TestFailures:
    def test_a_fault_in_one_source_is_its_problem_alone(self, tmp_path: Path) -> None:
        context = SourceContext(
            now="not an instant",  # type: ignore[arg-type]
            fetcher=NoWeb(),  # type: ignore[arg-type]
            extract=NoWeb(),  # type: ignore[arg-type]
            pause=lambda seconds: False,
        )
        write(
            tmp_path / "a.jsonl",
            {"uri": "urn:1", "body_text": STORY, "embargoed": "2026-11-23T06:00:00Z"},
        )
        items = list(read_source(parse_source("a.jsonl", folder=tmp_path), context=context))
        assert [p.code for p in problems(items)] == [SourceCode.INTERNAL_ERROR]
        assert report(items).state == {}


def test_a_pipe_is_a_problem_and_not_waited_for(read: Read, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (problem,) = problems(read("pipe.txt"))
    assert problem.place == str(tmp_path / "pipe.txt")
    assert problem.code == "unreadable"
    assert problem.message == "cannot be read: it is no regular file"
