"""Lines with the HTML or the URL of a page, through every command that reads lines."""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.articles import make_text
from tests.commands import child_environ, command, run_command, started
from tests.service.news_site import Site, article_page, serve_site
from tests.waiting import wait_until
from workers.embedded import find_running_stack

TEXT = tuple(dict.fromkeys(make_text(2).splitlines()))
HTML = f"<article><h1>Bridge</h1>{''.join(f'<p>{line}</p>' for line in TEXT)}</article>"

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def site() -> Iterator[Site]:
    with serve_site() as site:
        yield site


def may_fetch(site: Site) -> dict[str, str]:
    """Return the settings of a command that may fetch from the site."""
    return {
        "SUMMARIZER_FETCH_NETWORKS": "127.0.0.0/8",
        "SUMMARIZER_FETCH_PORTS": site.url.rpartition(":")[2],
        "SUMMARIZER_FETCH_PAUSE_S": "0",
    }


@pytest.fixture
def run(site: Site, data_dir: Path) -> Run:
    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return run_command(*arguments, data_dir=data_dir, environ=may_fetch(site))

    return run


@pytest.fixture
def stack(site: Site, data_dir: Path) -> Iterator[None]:
    """A stack whose schedules may fetch from the site."""
    with started("up", data_dir=data_dir, environ=may_fetch(site)):
        wait_until(lambda: find_running_stack(data_dir))
        yield


@pytest.fixture
def night(site: Site, tmp_path: Path) -> Path:
    """A text, a page's HTML, a URL with options of its own, a URL that leads nowhere."""
    lines = [
        {"custom_id": "text", "text": make_text(1)},
        {"custom_id": "html", "html": HTML},
        {
            "custom_id": "url",
            "url": site.put_article("/ferry", "Ferries sail again"),
            "options": {"sentences": 1, "method": "lead"},
        },
        {"custom_id": "gone", "url": f"{site.url}/gone"},
    ]
    path = tmp_path / "night.jsonl"
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    return path


def check(output: bytes, site: Site) -> None:
    """Hold the results of the night's lines against what stands in them."""
    records: list[dict[str, Any]] = [orjson.loads(line) for line in output.splitlines()]
    assert [record["index"] for record in records] == [0, 1, 2, 3]
    text, html, url, gone = records
    assert "article" not in text
    assert (html["custom_id"], html["article"]["url"]) == ("html", None)
    assert html["article"]["title"] == "Bridge"
    assert html["article"]["text"] == "\n\n".join(TEXT)
    assert url["article"]["url"] == f"{site.url}/ferry"
    for record in (html, url):
        for sentence in record["result"]["summary"]["sentences"]:
            start, end = sentence["start"], sentence["end"]
            assert record["article"]["text"][start:end] == sentence["text"]
    assert url["result"]["summary"]["method"] == "lead"
    assert url["result"]["summary"]["paragraph"]["sentence_indexes"] == [0]
    assert gone["custom_id"] == "gone"
    assert gone["result"] == {
        "type": "errored",
        "error": {
            "code": "fetch_failed",
            "message": f"{site.url}/gone was not fetched: the server answered 404",
        },
    }


def test_summarize(site: Site, night: Path, run: Run) -> None:
    done = run("summarize", str(night), "--json")
    assert done.returncode == 3
    assert done.stderr.decode() == (
        f"{night}:4: {site.url}/gone was not fetched: the server answered 404\n"
    )
    check(done.stdout, site)
    assert sorted(site.asked()) == ["/ferry", "/gone"]


def test_a_lone_page_comes_with_its_text(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_bytes(orjson.dumps({"html": HTML}))
    done = run("summarize", str(path), "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    record = orjson.loads(done.stdout)
    assert record["article"]["text"] == "\n\n".join(TEXT)
    assert record["result"]["summary"]["headline"]["text"]


def test_run(site: Site, night: Path, run: Run) -> None:
    done = run("run", str(night), "--json")
    assert done.returncode == 3
    assert f"{night}:4: {site.url}/gone was not fetched" in done.stderr.decode()
    check(done.stdout, site)


@pytest.mark.usefixtures("stack")
def test_a_batch_its_repeat_and_its_retry(site: Site, night: Path, run: Run) -> None:
    def submit() -> str:
        done = run("batch", "submit", str(night), "--idempotency-key", "n")
        assert done.returncode == 3
        assert f"{night}:4: " in done.stderr.decode()
        return done.stdout.decode().strip()

    batch = submit()
    run("batch", "watch", batch)
    check(run("batch", "results", batch, "--json").stdout, site)
    # What is asked for is the same, whatever the pages say meanwhile.
    site.replace("/ferry", article_page("Ferries stay in port"))
    assert submit() == batch
    site.put_article("/gone", "The quay opens")
    site.asked()
    retried = run("batch", "retry", batch).stdout.decode().strip()
    assert site.asked() == ["/gone"]
    watched = run("batch", "watch", retried)
    assert watched.returncode == 0
    results = run("batch", "results", retried, "--json").stdout
    (record,) = map(orjson.loads, results.splitlines())
    assert record["custom_id"] == "gone"
    assert record["article"]["text"].startswith("The quay opens, the harbour master")


@pytest.mark.usefixtures("stack")
def test_a_schedule(site: Site, night: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    added = run(
        "schedule", "add", "night", "--cron", "daily", "--source", str(night),
        "--output", str(out), "--format", "jsonl",
    )  # fmt: skip
    assert added.returncode == 0
    run("schedule", "run", "night", "--wait")
    (path,) = out.glob("*/*.jsonl")
    records = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    assert [record["url"] for record in records] == [None, None, f"{site.url}/ferry"]
    assert records[2]["result"]["summary"]["method"] == "lead"
    assert {record["result"]["type"] for record in records} == {"succeeded"}
    history = run("schedule", "history", "night", "--json").stdout
    assert f"{night}:4" in history.decode()
    site.asked()
    again = run("schedule", "run", "night", "--wait").stdout
    assert b"0 new" in again
    assert site.asked() == []


def test_a_terminal_shows_how_far_the_reading_is(site: Site, data_dir: Path, night: Path) -> None:
    controller, terminal = pty.openpty()
    done = subprocess.run(
        command("run", str(night), "--json"),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=terminal, check=False,
        env=child_environ(data_dir) | may_fetch(site) | {"TERM": "xterm"},
    )  # fmt: skip
    os.close(terminal)
    with os.fdopen(controller, "rb", buffering=0) as shown:
        said = shown.read(1 << 20).decode()
    assert done.returncode == 3
    check(done.stdout, site)
    assert "read 4 articles" in said
