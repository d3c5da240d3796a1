"""What intake takes, what it refuses, and how it says so."""

from __future__ import annotations

import codecs
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from workers.batches import Item, merge_options
from workers.errors import BatchTooLargeError
from workers.intake import Limits, Problem, ProblemCode, read_paths
from workers.outputs.escaping import rfc3339

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SMALL = Limits(
    max_items=50,
    max_article_bytes=200,
    max_line_bytes=400,
    max_json_bytes=1000,
    max_total_bytes=100_000,
)
STORY = "The harbour at Velm reopened on Monday. Ferries sail again from six."


def read(*paths: str | Path, limits: Limits = SMALL, stdin: bytes | None = None) -> list[object]:
    stream = None if stdin is None else io.BytesIO(stdin)
    return list(read_paths([str(path) for path in paths], limits=limits, now=NOW, stdin=stream))


def items(found: list[object]) -> list[Item]:
    return [one for one in found if isinstance(one, Item)]


def problems(found: list[object]) -> list[Problem]:
    return [one for one in found if isinstance(one, Problem)]


def only_problem(found: list[object]) -> Problem:
    (problem,) = found
    assert isinstance(problem, Problem), problem
    return problem


def write(path: Path, content: str | bytes | object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        content = content.encode()
    path.write_bytes(content if isinstance(content, bytes) else orjson.dumps(content))
    return path


def lines(*values: object) -> bytes:
    return b"".join(orjson.dumps(value) + b"\n" for value in values)


class TestTextFiles:
    @pytest.mark.parametrize("name", ["velm.txt", "velm.md", "VELM.TXT"])
    def test_a_text_file_is_one_article_named_after_the_file(
        self, tmp_path: Path, name: str
    ) -> None:
        path = write(tmp_path / name, STORY)
        (item,) = items(read(path))
        assert (item.index, item.custom_id, item.source) == (0, name, str(path))
        assert item.article.text == STORY
        assert item.article.title is None
        assert item.options == {}

    def test_line_ends_stay_so_that_offsets_count_in_the_text_as_read(self, tmp_path: Path) -> None:
        text = "VELM —\r\nThe harbour reopened.\r\rFerries sail.\n"
        (item,) = items(read(write(tmp_path / "velm.txt", text)))
        assert item.article.text == text

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
    def test_a_byte_order_mark_names_the_encoding_and_is_no_part_of_the_text(
        self, tmp_path: Path, encoding: str
    ) -> None:
        text = "“Dürre”, sagte die Müllerin 😀."
        (item,) = items(read(write(tmp_path / "a.txt", text.encode(encoding))))
        assert item.article.text == text

    def test_big_endian_utf_16_is_read(self, tmp_path: Path) -> None:
        content = b"\xfe\xff" + STORY.encode("utf-16-be")
        (item,) = items(read(write(tmp_path / "a.txt", content)))
        assert item.article.text == STORY

    def test_bytes_in_another_encoding_are_reported_with_their_place(self, tmp_path: Path) -> None:
        path = write(tmp_path / "latin.txt", b"First line.\nCaf\xe9 closed.\n")
        problem = only_problem(read(path))
        assert problem.code is ProblemCode.INVALID_ENCODING
        assert problem.place == str(path)
        assert "not UTF-8: byte 0xe9 at offset 15, line 2" in problem.message

    def test_half_a_utf_16_character_is_reported(self, tmp_path: Path) -> None:
        problem = only_problem(read(write(tmp_path / "a.txt", b"\xff\xfea\0b")))
        assert problem.code is ProblemCode.INVALID_ENCODING
        assert "not UTF-16-LE" in problem.message

    def test_an_article_of_the_limit_is_taken_and_one_byte_more_is_not(
        self, tmp_path: Path
    ) -> None:
        fits = write(tmp_path / "fits.txt", "x" * 200)
        over = write(tmp_path / "over.txt", "x" * 201)
        item, problem = read(fits, over)
        assert isinstance(item, Item)
        assert isinstance(problem, Problem)
        assert problem.code is ProblemCode.TOO_LONG
        assert problem.custom_id == "over.txt"
        assert "200 bytes" in problem.message

    @pytest.mark.parametrize("time", ["yesterday", "2026-13-01", "Mon, 23 Nov 2026", "\x1b[2J"])
    def test_a_time_that_is_none_is_named_and_left_out(self, tmp_path: Path, time: str) -> None:
        content = lines({"text": "One."}, {"text": "Two.", "published_at": time})
        path = write(tmp_path / "night.jsonl", content.decode())
        _, problem, item = read(path)
        assert isinstance(problem, Problem)
        message = f"'published_at' is {time!r}, not an RFC 3339 time; taken without it"
        assert str(problem) == f"{path}:2: {message}"
        assert problem.is_note
        assert isinstance(item, Item)
        assert (item.article.text, item.article.published_at) == ("Two.", None)

    @pytest.mark.parametrize(
        "time", ["2026-11-23T17:00:00Z", "2026-11-23T17:00:00.5+01:00", "2026-11-23", "", None]
    )
    def test_a_time_that_all_outputs_can_show_is_carried(
        self, tmp_path: Path, time: str | None
    ) -> None:
        content = lines({"text": "One.", "published_at": time})
        (item,) = items(read(write(tmp_path / "night.jsonl", content.decode())))
        assert item.article.published_at == (time or None)
        if time:
            assert rfc3339(time)

    @pytest.mark.parametrize("content", ["", " \r\n\t\u2003\n", "\ufeff"])
    def test_an_empty_file_is_a_problem_and_still_an_item(
        self, tmp_path: Path, content: str
    ) -> None:
        path = write(tmp_path / "empty.txt", content)
        problem, item = read(path)
        assert isinstance(problem, Problem)
        assert problem.code is ProblemCode.EMPTY_ARTICLE
        assert str(problem) == f"{path}: the article is empty"
        assert isinstance(item, Item)
        assert item.custom_id == problem.custom_id == "empty.txt"
        assert not item.article.text.strip()


class TestJsonLines:
    def test_a_number_without_end_is_called_so(self, tmp_path: Path) -> None:
        content = '{"text": "One.", "options": {"sentences": ' + 350 * "9" + "}}"
        path = write(tmp_path / "night.jsonl", content)
        (problem,) = read(path, limits=replace(SMALL, max_line_bytes=1000))
        assert str(problem) == f"{path}:1: not valid JSON: a number is too large at column 43"

    def test_every_field_arrives(self, tmp_path: Path) -> None:
        line = {
            "custom_id": "velm-1",
            "text": STORY,
            "title": "Velm harbour reopens",
            "language": "en-GB",
            "published_at": "2026-11-23T17:00:00Z",
            "options": {"sentences": 2, "method": "lead"},
            "wire_priority": {"unknown": ["keys", "are", "ignored"]},
        }
        path = write(tmp_path / "night.jsonl", lines(line))
        (item,) = items(read(path, limits=Limits()))
        assert (item.custom_id, item.source) == ("velm-1", f"{path}:1")
        assert item.article.text == STORY
        assert item.article.title == "Velm harbour reopens"
        assert item.article.language == "en-GB"
        assert item.article.published_at == "2026-11-23T17:00:00Z"
        assert item.options == {"sentences": 2, "method": "lead"}

    def test_a_bad_line_is_reported_with_line_and_column_and_the_rest_goes_on(
        self, tmp_path: Path
    ) -> None:
        content = lines({"text": "One."}) + b'{"text": broken}\n' + lines({"text": "Three."})
        path = write(tmp_path / "night.jsonl", content)
        first, problem, third = read(path)
        assert isinstance(first, Item)
        assert str(problem).startswith(f"{path}:2: not valid JSON: unexpected character")
        assert str(problem).endswith("at column 10")
        assert isinstance(third, Item)
        assert (third.index, third.source) == (1, f"{path}:3")

    def test_a_line_that_is_cut_off_or_no_utf_8_has_its_place_in_the_line(
        self, tmp_path: Path
    ) -> None:
        path = write(tmp_path / "night.jsonl", b'{"text": "Rain."}\n{"text": "Ra\n{"a": "\xe9"}\n')
        _, cut, latin = read(path)
        assert str(cut) == f"{path}:2: not valid JSON: unexpected end of data at column 13"
        assert str(latin).startswith(f"{path}:3: not UTF-8: byte 0xe9 at offset 7: ")

    def test_blank_lines_are_passed_over_but_counted(self, tmp_path: Path) -> None:
        content = b"\n  \r\n" + lines({"text": "Three."}) + b"\n" + b'{"text": "Five."}'
        found = items(read(write(tmp_path / "night.ndjson", content)))
        assert [item.custom_id for item in found] == ["night.ndjson:3", "night.ndjson:5"]

    def test_windows_line_ends_and_a_byte_order_mark_are_taken(self, tmp_path: Path) -> None:
        content = b"\xef\xbb\xbf" + b'{"text": "One."}\r\n{"text": "Two."}\r\n'
        found = read(write(tmp_path / "night.jsonl", content))
        assert [item.article.text for item in items(found)] == ["One.", "Two."]
        assert not problems(found)

    def test_utf_16_lines_are_refused_once_and_by_name(self, tmp_path: Path) -> None:
        content = '{"text": "One."}\n{"text": "Two."}\n'.encode("utf-16")
        problem = only_problem(read(write(tmp_path / "night.jsonl", content)))
        assert problem.code is ProblemCode.INVALID_ENCODING
        assert "utf-16-le" in problem.message

    def test_a_line_over_the_limit_is_skipped_and_the_next_one_is_read(
        self, tmp_path: Path
    ) -> None:
        long = b'{"text": "' + b"x" * 5000 + b'"}\n'
        path = write(
            tmp_path / "night.jsonl", lines({"text": "One."}) + long + lines({"text": "3"})
        )
        first, problem, third = read(path)
        assert isinstance(first, Item)
        assert isinstance(problem, Problem)
        assert (problem.place, problem.code) == (f"{path}:2", ProblemCode.TOO_LONG)
        assert "400 bytes" in problem.message
        assert isinstance(third, Item)
        assert third.source == f"{path}:3"

    def test_a_line_that_ends_at_the_limit_is_read(self, tmp_path: Path) -> None:
        line = b'{"text": "One."}'
        padded = line + b" " * (400 - len(line))
        found = read(write(tmp_path / "a.jsonl", padded + b"\n" + padded + b" \n" + padded))
        assert [item.source[-1] for item in items(found)] == ["1", "3"]
        assert [problem.place[-1] for problem in problems(found)] == ["2"]

    def test_no_line_is_held_that_is_over_the_limit(self) -> None:
        class Endless(io.BytesIO):
            """After its content comes one line without end; the most asked for at once is kept."""

            most = 0

            def readline(self, size: int | None = -1, /) -> bytes:
                assert size is not None
                self.most = max(self.most, size)
                return super().readline(size) or b"x" * size

        stream = Endless(lines({"text": "One."}))
        limits = Limits(max_line_bytes=2_000_000, max_total_bytes=20_000_000)
        found = read_paths(["-"], limits=limits, now=NOW, stdin=stream)
        assert isinstance(next(found), Item)
        with pytest.raises(BatchTooLargeError, match="limit is 20000000"):
            next(found)
        assert 0 < stream.most <= 2_000_001

    def test_a_line_has_room_for_an_escaped_article_of_the_limit(self, tmp_path: Path) -> None:
        limits = Limits(max_article_bytes=1_000_000)
        escaped = b'{"text": "' + b"\\u0436" * 500_000 + b'"}'
        (item,) = items(read(write(tmp_path / "a.jsonl", escaped), limits=limits))
        assert item.article.text == "ж" * 500_000

    def test_invalid_utf_8_is_told_from_invalid_json(self, tmp_path: Path) -> None:
        path = write(tmp_path / "night.jsonl", b'{"text": "Caf\xe9"}\n')
        problem = only_problem(read(path))
        assert problem.code is ProblemCode.INVALID_ENCODING
        assert "byte 0xe9 at offset 13" in problem.message

    @pytest.mark.parametrize(
        "line",
        [
            b'{"text": NaN}',
            b'{"text": "\\ud800"}',
            b'{"text": "x", "n": 1e999}',
            b'{"text": "tab\there"}',
            b"[" * 390,
            b"'single'",
            b"\x00",
        ],
    )
    def test_what_json_does_not_allow_is_refused(self, tmp_path: Path, line: bytes) -> None:
        problem = only_problem(read(write(tmp_path / "night.jsonl", line)))
        assert problem.code is ProblemCode.INVALID_JSON

    def test_nesting_bombs_are_refused(self, tmp_path: Path) -> None:
        bomb = b'{"text": "x", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
        problem = only_problem(read(write(tmp_path / "a.jsonl", bomb), limits=Limits()))
        assert problem.code is ProblemCode.INVALID_JSON
        assert "depth" in problem.message

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            ([STORY], "an article object is expected, not an array"),
            ("story", "an article object is expected, not 'story'"),
            ({}, "there is no article: one of 'text', 'html' and 'url' is expected"),
            ({"text": None}, "there is no article"),
            ({"html": ["<p>"]}, "'html' is an array, not a string"),
            ({"url": 17}, "'url' is 17, not a string"),
            ({"text": 17}, "'text' is 17, not a string"),
            ({"text": [STORY]}, "'text' is an array, not a string"),
            ({"text": STORY, "title": {"de": "x"}}, "'title' is an object, not a string"),
            ({"text": STORY, "published_at": 1763}, "'published_at' is 1763, not a string"),
            ({"text": STORY, "language": True}, "'language' is true, not a string"),
            ({"text": STORY, "language": "English"}, "not an ISO 639-1 code"),
            ({"text": STORY, "custom_id": 7}, "'custom_id' is 7, not a string"),
            ({"text": STORY, "custom_id": ""}, "custom_id '': 1 to 256 printable characters"),
            ({"text": STORY, "custom_id": "a\u0007b"}, "1 to 256 printable characters"),
            ({"text": STORY, "custom_id": "x" * 257}, "(257 characters)"),
        ],
    )
    def test_an_object_that_is_no_article_is_refused_by_key_and_value(
        self, tmp_path: Path, value: object, message: str
    ) -> None:
        problem = only_problem(read(write(tmp_path / "a.jsonl", lines(value)), limits=Limits()))
        assert problem.code is ProblemCode.INVALID_ARTICLE
        assert message in problem.message

    def test_null_and_blank_fields_are_as_good_as_absent(self, tmp_path: Path) -> None:
        value = {
            "custom_id": None,
            "text": STORY,
            "title": " ",
            "language": "auto",
            "options": None,
        }
        (item,) = items(read(write(tmp_path / "a.jsonl", lines(value))))
        assert item.custom_id == "a.jsonl:1"
        assert (item.article.title, item.article.language, item.options) == (None, None, {})

    def test_an_article_over_the_limit_in_utf_8_is_refused(self, tmp_path: Path) -> None:
        value = {"custom_id": "a", "text": "ж" * 101}
        problem = only_problem(read(write(tmp_path / "a.jsonl", lines(value))))
        assert problem.code is ProblemCode.TOO_LONG
        assert problem.message == "the article has 202 bytes, the limit is 200"
        assert items(read(write(tmp_path / "b.jsonl", lines({"text": "ж" * 100}))))

    def test_a_file_without_a_line_holds_no_article(self, tmp_path: Path) -> None:
        problem = only_problem(read(write(tmp_path / "a.jsonl", "\n\n")))
        assert problem.code is ProblemCode.NO_ARTICLES


class TestOptions:
    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"method": "magic"}, "option 'method' is 'magic': known: "),
            ({"sentences": 0}, "option 'sentences' is 0: a whole number"),
            ({"sentences": True}, "option 'sentences' is true"),
            ({"sentences": 2, "words": 50}, "give one length budget only"),
            ({"lenght": 3}, "option 'lenght' is 3: known: "),
            ({"avoid": ["rumours"]}, "option 'avoid' is 'rumours'"),
            ({"headline_chars": "huge"}, "option 'headline_chars' is 'huge'"),
            ({"query": {"deep": 1}}, "option 'query' holds an object"),
            ([3], "the options are an array, not an object"),
        ],
    )
    def test_unknown_names_and_values_are_refused(
        self, tmp_path: Path, options: object, message: str
    ) -> None:
        value = {"custom_id": "a", "text": STORY, "options": options}
        problem = only_problem(read(write(tmp_path / "a.jsonl", lines(value))))
        assert problem.code is ProblemCode.INVALID_OPTIONS
        assert message in problem.message
        assert problem.custom_id == "a"

    def test_deep_and_long_values_make_short_messages(self, tmp_path: Path) -> None:
        deep = (
            b'{"text": "x", "options": {"words": 1, "sentences": ' + b"[" * 900 + b"]" * 900 + b"}}"
        )
        long = orjson.dumps({"text": "x", "options": {"n" * 9000: "v" * 9000}})
        found = read(write(tmp_path / "a.jsonl", deep + b"\n" + long), limits=Limits())
        assert [problem.code for problem in problems(found)] == [ProblemCode.INVALID_OPTIONS] * 2
        assert all(len(problem.message) < 500 for problem in problems(found))

    def test_null_options_are_not_given(self, tmp_path: Path) -> None:
        value = {"text": STORY, "options": {"words": 40, "sentences": None, "method": None}}
        (item,) = items(read(write(tmp_path / "a.jsonl", lines(value))))
        assert item.options == {"words": 40}

    def test_an_own_budget_replaces_that_of_the_defaults(self) -> None:
        defaults = {"sentences": 5, "headline_chars": 64}
        assert merge_options(defaults, {"words": 40}) == {"words": 40, "headline_chars": 64}
        assert merge_options(defaults, {"sentences": 2}) == {"sentences": 2, "headline_chars": 64}
        assert merge_options(defaults, {"method": "lead"}) == {**defaults, "method": "lead"}


class TestJsonFiles:
    def test_an_object_is_one_article(self, tmp_path: Path) -> None:
        value = {"text": STORY, "requests": ["an extra field of a feed"]}
        (item,) = items(read(write(tmp_path / "velm.json", value)))
        assert (item.custom_id, item.article.text) == ("velm.json", STORY)

    def test_an_array_is_many_and_places_are_json_pointers(self, tmp_path: Path) -> None:
        path = write(tmp_path / "night.json", [{"text": "One."}, 2, {"text": "Three."}])
        first, problem, third = read(path)
        assert isinstance(first, Item)
        assert first.custom_id == "night.json#/0"
        assert isinstance(problem, Problem)
        assert problem.place == f"{path}#/1"
        assert isinstance(third, Item)
        assert third.source == f"{path}#/2"

    def test_requests_are_laid_over_their_defaults(self, tmp_path: Path) -> None:
        batch = {
            "display_name": "night desk",
            "defaults": {"method": "lead", "sentences": 2},
            "requests": [
                {"custom_id": "a", "text": "One."},
                {"custom_id": "b", "text": "Two.", "options": {"words": 30}},
            ],
        }
        path = write(tmp_path / "night.json", batch)
        first, second = items(read(path))
        assert first.options == {"method": "lead", "sentences": 2}
        assert second.options == {"method": "lead", "words": 30}
        assert second.source == f"{path}#/requests/1"

    @pytest.mark.parametrize(
        ("content", "code", "message"),
        [
            ({"requests": 5}, ProblemCode.INVALID_ARTICLE, "'requests' is 5, not an array"),
            ({"requests": []}, ProblemCode.NO_ARTICLES, "holds no article"),
            ([], ProblemCode.NO_ARTICLES, "holds no article"),
            (
                {"requests": [{"text": "One."}], "defaults": {"words": "many"}},
                ProblemCode.INVALID_OPTIONS,
                "option 'words' is 'many'",
            ),
            ('{"text":\n "a" "b"}', ProblemCode.INVALID_JSON, "at line 2, column 6"),
            ("", ProblemCode.INVALID_JSON, "empty"),
            ('{"text":"a"}\n{"text":"b"}', ProblemCode.INVALID_JSON, "from a .jsonl file"),
            (b'{"text": "Caf\xe9"}', ProblemCode.INVALID_ENCODING, "byte 0xe9 at offset 13"),
            ("[" + " " * 1000 + "]", ProblemCode.TOO_LONG, "1000 bytes"),
        ],
    )
    def test_a_file_that_cannot_be_used_is_one_problem(
        self, tmp_path: Path, content: object, code: ProblemCode, message: str
    ) -> None:
        path = write(tmp_path / "night.json", content)
        problem = only_problem(read(path))
        assert (problem.place, problem.code) == (str(path), code)
        assert message in problem.message

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
    def test_a_byte_order_mark_names_the_encoding(self, tmp_path: Path, encoding: str) -> None:
        content = '{"text": "Dürre in Velm."}'.encode(encoding)
        (item,) = items(read(write(tmp_path / "a.json", content)))
        assert item.article.text == "Dürre in Velm."


class TestStandardInput:
    def test_plain_text_is_one_article(self) -> None:
        (item,) = items(read("-", stdin=STORY.encode()))
        assert (item.custom_id, item.source, item.article.text) == ("stdin", "stdin", STORY)

    @pytest.mark.parametrize("start", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
    def test_lines_of_objects_are_told_by_the_first(self, start: bytes) -> None:
        found = read("-", stdin=start + lines({"text": "One."}, {"text": "Two."}))
        first = 1 + start.count(b"\n")
        assert [one.custom_id for one in items(found)] == [f"stdin:{first}", f"stdin:{first + 1}"]
        assert not problems(found)

    @pytest.mark.parametrize(
        "content",
        [
            b'[{"text": "One."}, {"text": "Two."}]',
            b'[\n {"text": "One."},\n {"text": "Two."}\n]\n',
            b'{"requests": [{"text": "One."}, {"text": "Two."}]}',
            b'{\n "requests": [{"text": "One."},\n {"text": "Two."}]}',
        ],
    )
    def test_a_json_array_or_batch_is_read_as_one(self, content: bytes) -> None:
        assert [item.article.text for item in items(read("-", stdin=content))] == ["One.", "Two."]

    def test_a_broken_first_line_does_not_make_the_lines_a_text(self) -> None:
        problem, item = read("-", stdin=b'{"text": oops}\n{"text": "Two."}\n')
        assert isinstance(problem, Problem)
        assert problem.place == "stdin:1"
        assert isinstance(item, Item)
        assert item.custom_id == "stdin:2"

    @pytest.mark.parametrize("text", ["[LEAD] Velm reopens.", "{sic} he wrote.", "42", "“Yes”"])
    def test_text_that_begins_like_json_is_text(self, text: str) -> None:
        (item,) = items(read("-", stdin=text.encode()))
        assert item.article.text == text

    def test_without_any_it_is_a_problem(self) -> None:
        assert only_problem(read("-")).code is ProblemCode.UNREADABLE
        closed = io.BytesIO()
        closed.close()
        (problem,) = read_paths(["-"], limits=SMALL, now=NOW, stdin=closed)
        assert isinstance(problem, Problem)
        assert problem.code is ProblemCode.UNREADABLE

    @pytest.mark.parametrize("content", [b"", b" \n\n", codecs.BOM_UTF8], ids=repr)
    def test_empty_input_is_no_article(self, content: bytes) -> None:
        problem = only_problem(read("-", stdin=content))
        assert problem.code is ProblemCode.NO_ARTICLES
        assert str(problem) == "stdin: holds no article"

    def test_input_that_breaks_off_is_a_problem_after_what_came(self) -> None:
        class Broken(io.BytesIO):
            def readline(self, size: int | None = -1, /) -> bytes:
                line = super().readline(size)
                if not line:
                    raise OSError(5, "Input/output error")
                return line

        stream = Broken(lines({"text": "One."}))
        item, problem = read_paths(["-"], limits=SMALL, now=NOW, stdin=stream)
        assert isinstance(item, Item)
        assert isinstance(problem, Problem)
        assert str(problem) == "stdin: cannot be read: Input/output error"
