"""What holds over a whole submit: folders, names, limits, and any bytes at all."""

from __future__ import annotations

import itertools
import os
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workers.batches import Item
from workers.blobs import item_line
from workers.errors import BatchTooLargeError
from workers.intake import Limits, PageItem, Problem, ProblemCode, read_paths

Reading = Item | PageItem | Problem

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SMALL = Limits(
    max_items=20,
    max_article_bytes=200,
    max_line_bytes=400,
    max_json_bytes=1000,
    max_total_bytes=4000,
)


def read(*paths: str | Path, limits: Limits | None = None) -> list[Reading]:
    given_paths = [str(path) for path in paths]
    return list(read_paths(given_paths, limits=limits or Limits(), now=NOW))


def ids(found: list[Reading]) -> list[str]:
    return [one.custom_id for one in found if isinstance(one, Item)]


def codes(found: list[Reading]) -> list[ProblemCode]:
    return [one.code for one in found if isinstance(one, Problem)]


def write(path: Path, content: str = "Rain fell on Velm.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


class TestFolders:
    def test_a_folder_is_read_to_its_depths_by_name(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a/z.txt", "a/b/c.md", "c.jsonl", "B.txt"):
            write(tmp_path / name, '{"text": "Rain."}' if name.endswith("l") else "Rain.")
        found = read(tmp_path)
        assert ids(found) == ["B.txt", "a/b/c.md", "a/z.txt", "b.txt", "c.jsonl:1"]
        assert [one.index for one in found if isinstance(one, Item)] == [0, 1, 2, 3, 4]
        assert found == read(tmp_path)

    def test_places_are_paths_that_can_be_opened(self, tmp_path: Path) -> None:
        write(tmp_path / "in" / "a.txt")
        (item,) = read(tmp_path / "in")
        assert isinstance(item, Item)
        assert Path(item.source).is_file()

    def test_hidden_files_and_folders_are_passed_over(self, tmp_path: Path) -> None:
        for name in (".hidden.txt", ".git/a.txt", "seen.txt"):
            write(tmp_path / name)
        assert ids(read(tmp_path)) == ["seen.txt"]

    def test_files_of_other_types_are_counted_in_one_note(self, tmp_path: Path) -> None:
        for name in ("a.txt", "b.png", "c/d.PNG", "e.html", "README"):
            write(tmp_path / name)
        item, note = read(tmp_path)
        assert isinstance(item, Item)
        assert isinstance(note, Problem)
        assert note.is_note
        assert str(note) == (
            f"{tmp_path}: 4 files of other types passed over: .png (2), README (1), .html (1)"
        )

    def test_a_folder_without_articles_says_so(self, tmp_path: Path) -> None:
        (problem,) = read(tmp_path)
        assert isinstance(problem, Problem)
        assert problem.code is ProblemCode.NO_ARTICLES
        assert not problem.is_note

    def test_links_that_form_a_loop_are_followed_once(self, tmp_path: Path) -> None:
        write(tmp_path / "a" / "one.txt")
        (tmp_path / "a" / "up").symlink_to(tmp_path)
        (tmp_path / "b").symlink_to(tmp_path / "a")
        assert ids(read(tmp_path)) == ["a/one.txt"]

    def test_a_link_to_a_file_is_read_and_a_dead_one_is_reported(self, tmp_path: Path) -> None:
        story = write(tmp_path / "elsewhere" / "story.txt")
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "link.txt").symlink_to(story)
        (tmp_path / "in" / "dead.txt").symlink_to(tmp_path / "gone")
        problem, item = read(tmp_path / "in")
        assert str(problem) == f"{tmp_path}/in/dead.txt: cannot be read: No such file or directory"
        assert isinstance(item, Item)
        assert item.custom_id == "link.txt"

    def test_a_pipe_in_a_folder_does_not_hang_the_submit(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.txt")
        write(tmp_path / "a.txt")
        assert ids(read(tmp_path)) == ["a.txt"]

    def test_folders_deeper_than_calls_may_nest_are_read(self, tmp_path: Path) -> None:
        folders = [f"{tmp_path}{'/d' * depth}" for depth in range(1, 1200)]
        for folder in folders:
            Path(folder).mkdir()
        deepest = write(Path(folders[-1], "a.txt"))
        try:
            # What is found has too long a name for a custom_id, and is refused for that alone.
            assert codes(read(tmp_path)) == [ProblemCode.INVALID_ARTICLE]
        finally:
            deepest.unlink()
            for folder in reversed(folders):
                Path(folder).rmdir()

    def test_an_empty_path_is_not_the_current_folder(self) -> None:
        (problem,) = read("")
        assert str(problem) == ": cannot be read: the path is empty"

    @pytest.mark.parametrize("path", ["gone.txt", "nul\0.txt", "lone\udcff.txt"])
    def test_a_path_that_cannot_be_opened_is_reported(self, tmp_path: Path, path: str) -> None:
        found = read(tmp_path / path, write(tmp_path / "a.txt"))
        assert codes(found) == [ProblemCode.UNREADABLE]
        assert ids(found) == ["a.txt"]
        assert str(found[0]).isprintable()

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_file_without_permission_is_reported(self, tmp_path: Path) -> None:
        write(tmp_path / "a.txt").chmod(0)
        (problem,) = read(tmp_path / "a.txt")
        assert str(problem).endswith("cannot be read: Permission denied")

    def test_a_file_of_another_type_given_by_name_is_refused(self, tmp_path: Path) -> None:
        (problem,) = read(write(tmp_path / "page.html", "<p>Rain.</p>"))
        assert isinstance(problem, Problem)
        assert problem.code is ProblemCode.UNSUPPORTED_SOURCE
        assert problem.message == (
            ".html files are not read, only .txt, .md, .jsonl, .ndjson, .json"
        )

    @pytest.mark.parametrize(
        ("content", "custom_id"), [("Rain.", "night"), ('{"text": "Rain."}', "night:1")]
    )
    def test_a_file_without_an_ending_is_told_by_its_content(
        self, tmp_path: Path, content: str, custom_id: str
    ) -> None:
        assert ids(read(write(tmp_path / "night", content))) == [custom_id]

    def test_a_name_that_is_no_utf_8_is_escaped(self, tmp_path: Path) -> None:
        try:
            (tmp_path / "caf\udce9.txt").write_text("Rain.")
        except OSError:
            pytest.skip("this file system takes UTF-8 names only")
        (item,) = read(tmp_path)
        assert isinstance(item, Item)
        assert item.custom_id == "caf\\udce9.txt"
        assert item.source.isprintable()


class TestNames:
    def test_the_second_of_a_name_is_refused_and_both_places_are_named(
        self, tmp_path: Path
    ) -> None:
        line = '{"custom_id": "velm", "text": "Rain."}\n'
        night = write(tmp_path / "night.jsonl", line + line)
        day = write(tmp_path / "day.jsonl", line)
        item, second, third = read(night, day)
        assert isinstance(item, Item)
        assert str(second) == f"{night}:2: custom_id 'velm' is taken already, by {night}:1"
        assert str(third) == f"{day}:1: custom_id 'velm' is taken already, by {night}:1"
        assert codes([second, third]) == [ProblemCode.DUPLICATE_CUSTOM_ID] * 2

    def test_a_given_name_may_collide_with_a_derived_one(self, tmp_path: Path) -> None:
        write(tmp_path / "a.txt")
        write(tmp_path / "b.jsonl", '{"custom_id": "a.txt", "text": "Rain."}')
        assert codes(read(tmp_path)) == [ProblemCode.DUPLICATE_CUSTOM_ID]

    def test_files_of_one_name_are_told_apart_by_their_paths(self, tmp_path: Path) -> None:
        first, second = (write(tmp_path / day / "story.txt") for day in ("mon", "tue"))
        wires = [write(tmp_path / day / "w.jsonl", '{"text": "Rain."}') for day in ("mon", "tue")]
        assert ids(read(first, second, *wires)) == [
            "story.txt", str(second), "w.jsonl:1", f"{wires[1]}:1",
        ]  # fmt: skip
        assert ids(read(tmp_path / "mon", tmp_path / "tue"))[2:] == [str(second), f"{wires[1]}:1"]

    def test_a_file_that_is_given_twice_is_taken_once(self, tmp_path: Path) -> None:
        path = write(tmp_path / "mon" / "story.txt")
        found = read(path, path, tmp_path / "mon")
        assert ids(found) == ["story.txt"]
        assert codes(found) == [ProblemCode.DUPLICATE_CUSTOM_ID] * 2

    def test_an_article_that_was_refused_does_not_take_its_name(self, tmp_path: Path) -> None:
        bad = '{"custom_id": "a", "text": "Rain.", "options": {"words": 0}}\n'
        good = '{"custom_id": "a", "text": "Rain."}\n'
        found = read(write(tmp_path / "night.jsonl", bad + good))
        assert codes(found) == [ProblemCode.INVALID_OPTIONS]
        assert ids(found) == ["a"]


class TestLimits:
    def test_one_article_more_than_the_limit_ends_the_submit(self, tmp_path: Path) -> None:
        path = write(tmp_path / "night.jsonl", '{"text": "Rain."}\n' * 3)
        assert len(ids(read(path, limits=Limits(max_items=3)))) == 3
        with pytest.raises(BatchTooLargeError) as caught:
            read(path, limits=Limits(max_items=2))
        assert (caught.value.what, caught.value.value, caught.value.limit) == ("articles", 3, 2)

    def test_refused_articles_do_not_count(self, tmp_path: Path) -> None:
        path = write(tmp_path / "night.jsonl", '{"text": 1}\n' * 5 + '{"text": "Rain."}\n')
        assert len(ids(read(path, limits=Limits(max_items=1)))) == 1

    def test_bytes_count_over_all_files(self, tmp_path: Path) -> None:
        first, second = write(tmp_path / "a.txt", "x" * 60), write(tmp_path / "b.txt", "x" * 60)
        assert len(ids(read(first, second, limits=Limits(max_total_bytes=120)))) == 2
        with pytest.raises(BatchTooLargeError, match="bytes or more, the limit is 119"):
            read(first, second, limits=Limits(max_total_bytes=119))

    def test_reading_is_lazy(self, tmp_path: Path) -> None:
        path = write(tmp_path / "night.jsonl", '{"text": "Rain."}\n' * 1000)
        found = read_paths([str(path), str(tmp_path / "gone")], limits=Limits(max_items=2), now=NOW)
        assert len(ids(list(itertools.islice(found, 2)))) == 2

    def test_memory_does_not_grow_with_the_file(self, tmp_path: Path) -> None:
        line = orjson.dumps({"text": "Rain fell on Velm. " * 500}) + b"\n"
        path = tmp_path / "night.jsonl"
        path.write_bytes(line * 3000)
        tracemalloc.start()
        try:
            for found in read_paths([str(path)], limits=Limits(), now=NOW):
                assert isinstance(found, Item)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert path.stat().st_size > 28_000_000
        assert peak < 2_000_000


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(
    "custom_id text title language published_at options html url uri body_text bodies headlines "
    "pubstatus embargoed embargoedUntil versionCreated requests defaults".split()
)
OBJECTS = st.dictionaries(KEYS, st.sampled_from(["Rain.", "en", "a"]) | JSON_VALUES, max_size=6)
ALMOST_JSON = st.one_of(
    OBJECTS.map(orjson.dumps),
    st.lists(OBJECTS, max_size=3).map(orjson.dumps),
    st.binary(max_size=60),
    st.sampled_from([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff\x00a", b"[" * 300, b"x" * 900]),
)
CONTENT = st.lists(ALMOST_JSON, max_size=5).map(b"\n".join)


class TestAnyBytes:
    @given(content=CONTENT, suffix=st.sampled_from([".txt", ".jsonl", ".json", ""]))
    @example(content=b'{"text": "a", "options": {"words": 1e400}}', suffix=".jsonl")
    @example(content=b'{"uri": "a", "embargoed": "0001-01-01T00:00:00+23:59"}', suffix=".json")
    @example(content=b'{"uri": "a", "embargoed": "9999-12-31T23:59:59-23:59"}', suffix=".json")
    @example(content=b"\xff\xfe\xef\xbb\xbf", suffix="")
    @settings(max_examples=300, deadline=None)
    def test_bytes_become_sound_items_short_problems_or_the_one_typed_error(
        self, tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
    ) -> None:
        path = tmp_path_factory.getbasetemp() / f"any{suffix}"
        path.write_bytes(content)
        found = list(until_too_large(read_paths([str(path)], limits=SMALL, now=NOW)))
        pages = [one for one in found if isinstance(one, PageItem)]
        items = [one for one in found if isinstance(one, Item)]
        items = sorted([*items, *(page.item for page in pages)], key=lambda item: item.index)
        assert found or content.startswith(b"x") or len(content) > SMALL.max_total_bytes
        assert [item.index for item in items] == list(range(len(items)))
        assert len({item.custom_id for item in items}) == len(items)
        assert all((page.html is None) != (page.url is None) for page in pages)
        for item in items:
            assert item.custom_id.isprintable()
            assert orjson.loads(item_line(item))["text"] == item.article.text
        for one in found:
            if isinstance(one, Problem):
                assert len(one.message) < 600
                assert one.message.isprintable()


def until_too_large(found: Iterator[Reading]) -> Iterator[Reading]:
    try:
        yield from found
    except BatchTooLargeError:
        return
