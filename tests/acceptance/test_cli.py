"""The command line: data on stdout, messages on stderr, exit codes, help with examples."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest

from tests.articles import make_text
from tests.commands import run_command, started
from tests.waiting import wait_until
from workers.cli.exits import EXIT_CODES_HELP, ExitCode
from workers.embedded import find_running_stack
from workers.settings import Settings

COMMANDS = [
    ("summarize",),
    ("run",),
    ("up",),
    ("batch", "submit"),
    ("batch", "list"),
    ("batch", "status"),
    ("batch", "watch"),
    ("batch", "results"),
    ("batch", "cancel"),
    ("batch", "retry"),
    ("batch", "delete"),
    ("schedule", "add"),
    ("schedule", "edit"),
    ("schedule", "list"),
    ("schedule", "show"),
    ("schedule", "run"),
    ("schedule", "pause"),
    ("schedule", "resume"),
    ("schedule", "remove"),
    ("schedule", "history"),
    ("schedule", "outputs"),
    ("worker",),
    ("scheduler",),
    ("evaluate",),
    ("methods",),
    ("doctor",),
]


@pytest.fixture
def flawed(tmp_path: Path) -> Path:
    """A file in which nearly everything is wrong that can be wrong."""
    lines = [orjson.dumps({"custom_id": f"a-{n}", "text": make_text(n)}) for n in range(1, 17)]
    lines.append(b'{"custom_id": "a-17", "text": "cut off')
    lines.append(orjson.dumps({"custom_id": "a-18", "text": "  "}))
    lines.append(orjson.dumps({"custom_id": "a-3", "text": make_text(19)}))
    lines.append(b'{"custom_id": "a-20", "text": "caf\xe9"}')
    lines.append(orjson.dumps({"custom_id": "a-21", "text": make_text(21)}))
    path = tmp_path / "flawed.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_commands_help_leads_with_examples(words: tuple[str, ...], data_dir: Path) -> None:
    done = run_command(*words, "--help", data_dir=data_dir)
    assert done.returncode == 0
    shown = done.stdout.decode()
    assert shown.index("Examples:") < shown.index("Options:")
    examples = re.findall(r"^ +(.*summarizer .*)$", shown, re.MULTILINE)
    assert any(" ".join(("summarizer", *words)) in example for example in examples)
    assert done.stderr == b""


def test_every_exit_code_is_documented() -> None:
    documented = set(map(int, re.findall(r"\b(\d+) [a-zR-]", EXIT_CODES_HELP)))
    assert documented == {code.value for code in ExitCode}


def test_summarize_writes_the_summary_to_stdout_and_nothing_to_stderr(
    story: Path, data_dir: Path
) -> None:
    done = run_command("summarize", str(story), data_dir=data_dir)
    assert (done.returncode, done.stderr) == (0, b"")
    name, headline, paragraph, *_ = done.stdout.decode().splitlines()
    assert name == "story.txt"
    assert 0 < len(headline) <= 75
    assert paragraph


def test_summarize_reads_standard_input(data_dir: Path) -> None:
    done = run_command("summarize", "-", "--json", data_dir=data_dir, stdin=make_text(2).encode())
    summary = orjson.loads(done.stdout)
    assert summary["headline"]["text"]
    assert summary["method"] == "news"


def test_summarize_takes_every_option(story: Path, data_dir: Path) -> None:
    done = run_command(
        "summarize", str(story), "--method", "lex-rank", "--words", "40",
        "--headline-chars", "wire", "--language", "en", "--query", "ferry terminal",
        "--keywords", "3", "--avoid", "quotes", "--json", data_dir=data_dir,
    )  # fmt: skip
    summary = orjson.loads(done.stdout)
    assert summary["method"] == "lex-rank"
    assert len(summary["paragraph"]["text"].split()) <= 40
    assert len(summary["headline"]["text"]) <= 64
    assert len(summary["keywords"]) == 3


def test_summaries_of_many_are_lines_of_index_custom_id_and_result(
    flawed: Path, story: Path, data_dir: Path
) -> None:
    done = run_command(
        "summarize", str(flawed), str(story), "--json", "--explain", data_dir=data_dir
    )
    assert done.returncode == 3
    records = [orjson.loads(line) for line in done.stdout.splitlines()]
    assert [list(record) for record in records] == [["index", "custom_id", "result"]] * 19
    assert [record["index"] for record in records] == list(range(19))
    assert [records[place]["custom_id"] for place in (0, 16, 18)] == ["a-1", "a-18", "story.txt"]
    assert records[0]["result"]["summary"]["headline"]["text"]
    assert records[16]["result"]["type"] == "errored"
    assert records[16]["result"]["error"]["code"] == "empty_article"


def test_the_json_of_a_lone_article_is_its_summary(story: Path, data_dir: Path) -> None:
    done = run_command("summarize", str(story), "--json", "--explain", data_dir=data_dir)
    assert orjson.loads(done.stdout)["paragraph"]["text"]
    story.write_text("")
    done = run_command("summarize", str(story), "--json", data_dir=data_dir)
    assert (done.returncode, done.stdout) == (1, b"")


def test_a_page_without_an_article_is_a_line_with_the_reason(
    data_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "page.json").write_text('{"html": "<p>Rain.</p>"}')
    done = run_command("summarize", str(tmp_path / "page.json"), "--json", data_dir=data_dir)
    assert done.returncode == 1
    assert orjson.loads(done.stdout)["result"]["error"]["code"] == "extraction_failed"


def test_keywords_that_are_asked_for_are_shown(story: Path, data_dir: Path) -> None:
    words = ["summarize", str(story), "--keywords", "3"]
    found = orjson.loads(run_command(*words, "--json", data_dir=data_dir).stdout)["keywords"]
    shown = run_command(*words, data_dir=data_dir).stdout.decode()
    assert f"keywords: {', '.join(keyword['text'] for keyword in found)}\n" in shown


@pytest.mark.parametrize("option", ["--out", "--timeout"])
def test_what_means_nothing_without_wait_is_refused(
    option: str, story: Path, data_dir: Path
) -> None:
    done = run_command("batch", "submit", str(story), option, "5", data_dir=data_dir)
    assert done.returncode == 2
    assert b"mean nothing without --wait" in done.stderr


def test_explain_shows_a_score_for_every_sentence_and_reasons(story: Path, data_dir: Path) -> None:
    done = run_command("summarize", str(story), "--explain", data_dir=data_dir)
    scored = re.findall(r"^[* ] \d\.\d{3}  ", done.stdout.decode(), re.MULTILINE)
    assert len(scored) == 12
    reasons = re.findall(r"^ {9}(\w.+)$", done.stdout.decode(), re.MULTILINE)
    assert len(reasons) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--method", "magic"], "one of news, lead"),
        (["--sentences", "2", "--words", "9"], "give one length budget only"),
        (["--sentences", "0"], "whole number from 1"),
        (["--sentences", "many"], "'many'"),
        (["--headline-chars", "huge"], "ticker, wire, web, long"),
        (["--ratio", "1.5"], "above 0 and up to 1"),
        (["--wrong"], "No such option"),
    ],
)
def test_wrong_arguments_exit_with_2_and_name_value_and_limit(
    story: Path, data_dir: Path, arguments: list[str], said: str
) -> None:
    done = run_command("summarize", str(story), *arguments, data_dir=data_dir)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert done.stdout == b""


def test_each_bad_line_is_named_the_rest_goes_on_and_the_exit_code_says_so(
    flawed: Path, data_dir: Path
) -> None:
    done = run_command("run", str(flawed), "--json", data_dir=data_dir)
    assert done.returncode == 3
    said = done.stderr.decode()
    assert re.search(r"flawed\.jsonl:17: .*JSON", said)
    assert re.search(r"flawed\.jsonl:18: .*empty", said)
    assert re.search(r"flawed\.jsonl:19: .*'a-3'.*flawed\.jsonl:3", said)
    assert re.search(r"flawed\.jsonl:20: .*UTF-8", said)
    results = {
        record["custom_id"]: record["result"]
        for record in map(orjson.loads, done.stdout.splitlines())
    }
    assert [results[f"a-{n}"]["type"] for n in (1, 16, 21)] == ["succeeded"] * 3
    assert results["a-18"]["error"]["code"] == "empty_article"
    assert len(results) == 18


def test_a_file_that_is_not_there_is_named_and_the_others_go_on(
    story: Path, data_dir: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.txt"
    done = run_command("summarize", str(missing), str(story), data_dir=data_dir)
    assert done.returncode == 3
    assert str(missing) in done.stderr.decode()
    assert b"story.txt" in done.stdout


def test_a_url_among_the_paths_is_said_to_be_none(data_dir: Path) -> None:
    url = "https://news.example/story"
    done = run_command("summarize", url, data_dir=data_dir)
    assert done.returncode == 1
    assert done.stderr.decode() == (
        f'{url}: URLs are read from lines of JSON, such as {{"url": "https://…"}}, not as paths\n'
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["summarize", "x", "--sentences", "2", "--words", "60"],
         "error: --sentences and --words 2, 60: give one length budget only"),
        (["summarize", "x", "--headline-chars", "7²"],
         "error: --headline-chars '7²': a number, or one of ticker"),
        (["summarize", "x", "--headline-chars", "5"],
         "error: --headline-chars 5: a whole number from 20 to 500"),
        (["run", "x", "--workers", "0"], "Invalid value for '--workers' / '-w': '0': "),
        (["worker", "--concurrency", "9999"], "'9999': Input should be less than or equal to 1024"),
        (["doctor", "--redis-url", "foo"], "error: --redis-url: it is not of the form redis://"),
        (["doctor", "--data-dir", "~nobody-here/x"], "error: --data-dir: there is no such user"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_wrong_usage_is_named_as_it_was_typed(words: list[str], said: str, data_dir: Path) -> None:
    done = run_command(*words, data_dir=data_dir)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()


@pytest.mark.parametrize("language", ["english", "!!", "", "x"])
def test_a_language_that_can_be_no_code_is_wrong_usage(
    story: Path, data_dir: Path, language: str
) -> None:
    done = run_command("summarize", str(story), "--language", language, data_dir=data_dir)
    assert (done.returncode, done.stdout) == (2, b"")
    assert repr(language) in done.stderr.decode()


def test_nothing_but_unreadable_files_is_an_error(data_dir: Path, tmp_path: Path) -> None:
    bad = tmp_path / "latin.txt"
    bad.write_bytes("Ein schöner Tag.".encode("latin-1"))
    done = run_command("summarize", str(bad), data_dir=data_dir)
    assert done.returncode == 1
    assert "UTF-8" in done.stderr.decode()
    done = run_command("run", str(bad), data_dir=data_dir)
    assert done.returncode == 1
    assert "no article" in done.stderr.decode()


def test_an_empty_article_is_counted_once(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = run_command("run", str(tmp_path / "empty.txt"), data_dir=data_dir)
    assert done.returncode == 3
    assert re.search(rb"0 of 1 summarised in \S+ s, 1 errored; results", done.stderr)


def test_evaluate_names_a_line_that_is_no_utf_8_or_cut_off(data_dir: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_bytes(b'{"text": "caf\xe9"}\n{"text": "cut\n')
    said = run_command("evaluate", str(rows), data_dir=data_dir).stderr.decode()
    assert "rows.jsonl:1: 'utf-8' codec can't decode byte 0xe9 in position 13" in said
    assert "rows.jsonl:2: not valid JSON: unexpected end of data at column 14" in said


def test_batch_commands_without_redis_say_what_to_set(data_dir: Path) -> None:
    done = run_command("batch", "list", data_dir=data_dir)
    assert done.returncode == 2
    assert b"SUMMARIZER_REDIS_URL" in done.stderr
    assert b"summarizer up" in done.stderr


def test_an_unreachable_redis_exits_with_5(data_dir: Path) -> None:
    url = "unix:///nowhere/r.sock"
    for words in (["batch", "list"], ["doctor"]):
        done = run_command(*words, "--redis-url", url, data_dir=data_dir)
        assert done.returncode == (5 if words[0] == "batch" else 1)
        assert url in (done.stderr + done.stdout).decode()


def test_a_misspelled_setting_is_named(data_dir: Path) -> None:
    done = run_command("doctor", data_dir=data_dir, environ={"SUMMARIZER_LEASE": "3"})
    assert done.returncode == 2
    assert b"SUMMARIZER_LEASE: there is no such setting" in done.stderr


def test_submit_status_watch_results_and_list(stack: Path, flawed: Path, tmp_path: Path) -> None:
    done = run_command("batch", "submit", str(flawed), "--name", "desk", data_dir=stack)
    assert done.returncode == 3
    batch_id = done.stdout.decode().strip()
    assert re.fullmatch(r"batch_[0-9a-f]{24}", batch_id)
    watched = run_command("batch", "watch", batch_id, data_dir=stack)
    assert watched.returncode == 3
    assert b"partially_completed" in watched.stdout
    status = run_command("batch", "status", batch_id, "--json", data_dir=stack)
    shown = orjson.loads(status.stdout)
    assert shown["request_counts"]["succeeded"] == 17
    assert shown["display_name"] == "desk"
    out = tmp_path / "out.jsonl"
    run_command("batch", "results", batch_id, "--out", str(out), data_dir=stack)
    printed = run_command("batch", "results", batch_id, "--json", data_dir=stack)
    assert out.read_bytes() == printed.stdout
    later = run_command(
        "batch", "results", batch_id, "--json", "--after-index", "15", data_dir=stack
    )
    assert [orjson.loads(line)["index"] for line in later.stdout.splitlines()] == [16, 17]
    listed = run_command("batch", "list", data_dir=stack)
    assert batch_id in listed.stdout.decode()


def test_submit_wait_writes_results_and_a_repeated_key_says_so(stack: Path, story: Path) -> None:
    words = ["batch", "submit", str(story), "--wait", "--json", "--idempotency-key", "night-1"]
    first = run_command(*words, data_dir=stack)
    again = run_command(*words, data_dir=stack)
    assert (first.returncode, again.returncode) == (0, 0)
    assert first.stdout == again.stdout
    assert b"submitted before" in again.stderr
    assert orjson.loads(first.stdout)["custom_id"] == "story.txt"


def test_a_timeout_exits_with_6_and_the_batch_goes_on(data_dir: Path, story: Path) -> None:
    with started("up", "--workers", "1", data_dir=data_dir):
        wait_until(lambda: find_running_stack(data_dir))
        done = run_command(
            "batch", "submit", str(story), "--wait", "--timeout", "0", data_dir=data_dir
        )
        assert done.returncode == 6
        batch_id = done.stderr.decode().split()[1]
        watched = run_command("batch", "watch", batch_id, data_dir=data_dir)
        assert watched.returncode == 0


def test_cancel_retry_and_delete(stack: Path, flawed: Path) -> None:
    submitted = run_command("batch", "submit", str(flawed), data_dir=stack)
    batch_id = submitted.stdout.decode().strip()
    run_command("batch", "watch", batch_id, data_dir=stack)
    refused = run_command("batch", "cancel", batch_id, data_dir=stack)
    assert refused.returncode == 1
    assert b"is partially_completed" in refused.stderr
    retried = run_command("batch", "retry", batch_id, "--json", data_dir=stack)
    child = orjson.loads(retried.stdout)
    assert child["parent_batch_id"] == batch_id
    assert child["request_counts"]["total"] == 1
    assert run_command("batch", "delete", batch_id, data_dir=stack).returncode == 0
    gone = run_command("batch", "status", batch_id, data_dir=stack)
    assert gone.returncode == 1
    watched = run_command("batch", "watch", child["id"], "--json", data_dir=stack)
    assert orjson.loads(watched.stdout)["status"] == "failed"
    listed = run_command("batch", "list", "--status", "failed", "--json", data_dir=stack)
    assert [batch["id"] for batch in orjson.loads(listed.stdout)] == [child["id"]]


def test_an_unknown_batch_is_an_error_that_names_it(settings: Settings, data_dir: Path) -> None:
    environ = settings.to_environment()
    done = run_command("batch", "status", "batch_nowhere", data_dir=data_dir, environ=environ)
    assert done.returncode == 1
    assert b"'batch_nowhere'" in done.stderr


def test_methods_lists_every_method(data_dir: Path) -> None:
    shown = run_command("methods", "--json", data_dir=data_dir).stdout
    names = [method["name"] for method in orjson.loads(shown)]
    assert names[:2] == ["news", "lead"]
    assert {"luhn", "edmundson", "lsa", "text-rank", "lex-rank", "sum-basic", "kl"} < set(names)
    plain = run_command("methods", data_dir=data_dir).stdout.decode()
    assert all(name in plain for name in names)


def test_doctor_finds_everything_in_place(stack: Path) -> None:
    def looked() -> dict[str, dict[str, str]]:
        done = run_command("doctor", "--json", data_dir=stack)
        assert done.returncode == 0
        return {check["name"]: check for check in orjson.loads(done.stdout)}

    # The worker says that it is up when it has started.
    wait_until(lambda: all(check["is_ok"] for check in looked().values()))
    checks = looked()
    assert "append-only file" in checks["Redis"]["detail"]
