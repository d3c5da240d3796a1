"""A run's folder appears whole or not at all, whatever happens to who writes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.waiting import wait_until
from workers.outputs import OutputFormat, OutputItem, RunInfo, write_outputs

RUN = RunInfo(schedule="night", slot=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
DAY_S = 86_400

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from workers.outputs import OutputFormat, OutputItem, RunInfo, write_outputs

def items():
    error = {"type": "errored", "error": {"code": "empty_article", "message": "empty"}}
    while True:
        yield OutputItem(index=0, custom_id="a" * 1000, result=error)

run = RunInfo(schedule="night", slot=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
write_outputs(items(), formats=[OutputFormat.JSONL], folder=Path(sys.argv[1]), run=run)
"""


def item(name: str) -> OutputItem:
    error = {"code": "empty_article", "message": "the article is empty"}
    return OutputItem(index=0, custom_id=name, result={"type": "errored", "error": error})


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestNames:
    @pytest.mark.parametrize(
        ("slot", "name"),
        [
            (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "night-2026-11-23T0200"),
            (datetime(2026, 11, 23, 14, 5, 9, tzinfo=UTC), "night-2026-11-23T140509"),
            (datetime(2026, 11, 23, 2, 0, 0, 70_000, tzinfo=UTC), "night-2026-11-23T020000.070"),
        ],
    )
    def test_a_folder_is_named_after_its_schedule_and_slot(self, slot: datetime, name: str) -> None:
        assert RunInfo(schedule="night", slot=slot).folder_name == name

    def test_the_two_hours_of_an_autumn_night_have_two_folders(self) -> None:
        paris = ZoneInfo("Europe/Paris")
        hours = [
            datetime(2026, 10, 25, hour, 30, tzinfo=UTC).astimezone(paris) for hour in (0, 1, 2)
        ]
        assert [RunInfo(schedule="hourly", slot=slot).folder_name for slot in hours] == [
            "hourly-2026-10-25T0230",
            "hourly-2026-10-25T0230+0100",
            "hourly-2026-10-25T0330",
        ]


class TestWholeOrNotAtAll:
    def test_nothing_is_to_be_seen_before_everything_is_there(self, tmp_path: Path) -> None:
        out = tmp_path / "out"

        def items() -> Iterator[OutputItem]:
            yield item("a")
            assert [name for name in names(out) if not name.startswith(".")] == []
            yield item("b")

        paths = write_outputs(items(), formats=list(OutputFormat), folder=out, run=RUN)
        assert names(out) == ["night-2026-11-23T0200"]
        folder = out / "night-2026-11-23T0200"
        assert all(path.parent == folder and path.is_file() for path in paths)

    def test_a_second_attempt_replaces_the_first(self, tmp_path: Path) -> None:
        write_outputs([item("a")], formats=list(OutputFormat), folder=tmp_path, run=RUN)
        (path,) = write_outputs([item("b")], formats=[OutputFormat.JSONL], folder=tmp_path, run=RUN)
        assert names(tmp_path) == ["night-2026-11-23T0200"]
        assert names(path.parent) == ["results.jsonl"]
        assert b'"custom_id":"b"' in path.read_bytes()

    def test_a_failed_attempt_leaves_what_was_there(self, tmp_path: Path) -> None:
        (path,) = write_outputs([item("a")], formats=[OutputFormat.JSONL], folder=tmp_path, run=RUN)
        before = path.read_bytes()

        def items() -> Iterator[OutputItem]:
            yield item("b")
            raise ConnectionError("the store went away")

        with pytest.raises(ConnectionError):
            write_outputs(items(), formats=[OutputFormat.JSONL], folder=tmp_path, run=RUN)
        assert names(tmp_path) == ["night-2026-11-23T0200"]
        assert path.read_bytes() == before

    def test_a_killed_writer_leaves_no_folder_and_is_tidied_up_after(self, tmp_path: Path) -> None:
        with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)]) as writer:
            wait_until(lambda: any(path.stat().st_size for path in tmp_path.glob(".*/*")))
            writer.send_signal(signal.SIGKILL)
        (left,) = names(tmp_path)
        assert left.startswith(".partial-")

        write_outputs([item("a")], formats=[OutputFormat.CSV], folder=tmp_path, run=RUN)
        assert names(tmp_path) == [left, "night-2026-11-23T0200"]
        # It may be somebody's who still writes; after a day it is nobody's.
        old = (tmp_path / left).stat().st_mtime - 2 * DAY_S
        os.utime(tmp_path / left, (old, old))
        write_outputs([item("a")], formats=[OutputFormat.CSV], folder=tmp_path, run=RUN)
        assert names(tmp_path) == ["night-2026-11-23T0200"]

    def test_writers_at_the_same_time_leave_one_whole_folder(self, tmp_path: Path) -> None:
        formats = [OutputFormat.JSONL, OutputFormat.CSV]

        def write(name: str) -> None:
            write_outputs([item(name)], formats=formats, folder=tmp_path, run=RUN)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write, [f"writer-{n}" for n in range(40)]))
        (folder,) = tmp_path.iterdir()
        assert folder.name == "night-2026-11-23T0200"
        contents = [path.read_text() for path in sorted(folder.iterdir())]
        writer = contents[0].split('"custom_id":"')[1].split('"')[0]
        assert f",{writer}," in contents[1]

    def test_a_folder_that_cannot_be_made_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("a file")
        with pytest.raises(OSError, match="out"):
            write_outputs([item("a")], formats=[OutputFormat.CSV], folder=tmp_path / "out", run=RUN)

    def test_others_may_read_what_the_umask_lets_them(self, tmp_path: Path) -> None:
        before = os.umask(0o022)
        try:
            (path,) = write_outputs([], formats=[OutputFormat.CSV], folder=tmp_path, run=RUN)
        finally:
            os.umask(before)
        assert (path.parent.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o755, 0o644)
