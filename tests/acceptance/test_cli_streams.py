"""Files, pipes, links and closed ends: what a shell may put at each end of a command."""

from __future__ import annotations

import os
import pty
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import child_environ, command, run_command, run_script

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def batch_id(stack: Path) -> str:
    """A batch of the examples that has ended, in the stack that is up."""
    done = run_command("batch", "submit", str(EXAMPLES), "--wait", "--json", data_dir=stack)
    (stack.parent / "expected.jsonl").write_bytes(done.stdout)
    return done.stderr.decode().split()[1]


def test_out_writes_through_pipes_and_links_and_keeps_rights(batch_id: str, stack: Path) -> None:
    script = f"""
        results="summarizer batch results {batch_id} --out"
        umask 027; $results made.jsonl
        touch kept.jsonl; chmod 604 kept.jsonl; $results kept.jsonl
        ln -s far/target.jsonl link.jsonl; mkdir far; $results link.jsonl
        mkfifo fifo; cat fifo > of_fifo.jsonl & $results fifo; wait $!
        $results >(cat > of_substitution.jsonl); wait $!
        $results - > of_dash.jsonl
        ln -s /proc/self/fd/1 stdout; $results stdout > of_stdout.jsonl
    """
    done = run_script(script, data_dir=stack)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    folder = stack.parent
    expected = (folder / "expected.jsonl").read_bytes()
    assert expected.count(b"\n") == 12
    for name in (
        "made",
        "kept",
        "far/target",
        "of_fifo",
        "of_substitution",
        "of_dash",
        "of_stdout",
    ):
        assert (folder / f"{name}.jsonl").read_bytes() == expected, name
    assert stat.S_IMODE((folder / "made.jsonl").stat().st_mode) == 0o640
    assert stat.S_IMODE((folder / "kept.jsonl").stat().st_mode) == 0o604
    assert (folder / "link.jsonl").is_symlink()
    assert (folder / "fifo").is_fifo()
    assert not (folder / "-").exists()


def test_run_gives_a_pipe_and_stdout_what_a_file_would_get(data_dir: Path) -> None:
    script = f"""
        summarizer run {EXAMPLES} --quiet --json --out >(cat > piped.jsonl) > printed.jsonl; wait $!
        summarizer run {EXAMPLES} --quiet --out - > dashed.jsonl
    """
    done = run_script(script, data_dir=data_dir)
    assert done.returncode == 0, done.stderr
    printed = (data_dir.parent / "printed.jsonl").read_bytes()
    assert printed.count(b"\n") == 12
    assert (data_dir.parent / "piped.jsonl").read_bytes() == printed
    assert (data_dir.parent / "dashed.jsonl").read_bytes() == printed


@pytest.mark.parametrize(
    "out", ["{folder}", "", "{story}/x.jsonl"], ids=["folder", "empty", "file"]
)
def test_an_out_that_cannot_be_written_is_refused_before_anything_is_done(
    out: str, story: Path, data_dir: Path
) -> None:
    out = out.format(folder=story.parent, story=story)
    done = run_command("run", str(story), "--out", out, data_dir=data_dir)
    assert done.returncode == 2
    assert b"Invalid value for '--out'" in done.stderr
    assert b"Traceback" not in done.stderr
    assert not data_dir.exists()


def test_what_was_there_stays_when_the_disk_is_full(batch_id: str, stack: Path) -> None:
    out = stack.parent / "out.jsonl"
    out.write_text("before")
    script = f"ulimit -f 1; exec summarizer batch results {batch_id} --out {out}"
    done = run_script(script, data_dir=stack)
    assert done.returncode == 1
    assert done.stderr == f"error: {out}: File too large\n".encode()
    assert out.read_text() == "before"
    assert not list(stack.parent.glob(".*.partial"))


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("summarize story.txt > full", b"error: standard output: File too large\n"),
        ("summarize story.txt --json > full", b"error: standard output: File too large\n"),
        ("methods > full", b"error: standard output: File too large\n"),
        ("summarize story.txt --json >&-", b"error: standard output: Bad file descriptor\n"),
        ("summarize story.txt >&-", b"error: standard output: Bad file descriptor\n"),
        ("summarize - <&-", b"stdin: there is no standard input\n"),
    ],
)
def test_a_full_disk_or_a_closed_end_is_one_line(
    ending: str, said: bytes, story: Path, data_dir: Path
) -> None:
    # No file may grow: the same to a command as a disk that is full.
    done = run_script(f"ulimit -f 0; exec summarizer {ending}", data_dir=data_dir)
    assert (done.returncode, done.stderr) == (1, said)


def test_a_reader_that_has_gone_ends_the_command_with_141(data_dir: Path) -> None:
    script = f"""
        summarizer summarize {EXAMPLES} --json | true; echo ${{PIPESTATUS[0]}}
        summarizer methods | true; echo ${{PIPESTATUS[0]}}
        summarizer run {EXAMPLES} --quiet --json | true; echo ${{PIPESTATUS[0]}}
    """
    done = run_script(script, data_dir=data_dir)
    assert (done.stdout, done.stderr) == (b"141\n141\n141\n", b"")


@pytest.mark.parametrize(
    "ending",
    ["batch submit story.txt --name", "batch status", "batch list --before", "summarize"],
)
def test_an_argument_that_is_no_text_and_no_file_is_wrong_usage(
    ending: str, story: Path, data_dir: Path
) -> None:
    done = run_script(f"summarizer {ending} $'caf\\xe9'", data_dir=data_dir)
    assert done.returncode == 2
    assert done.stderr == b"error: the argument 'caf\\udce9' is not in UTF-8\n"


def test_a_narrow_encoding_shows_escapes(story: Path, data_dir: Path) -> None:
    story.write_text(
        "Die Fähre nach Müritz fährt seit Montag wieder, sagte der Betreiber am Abend."
    )
    script = "PYTHONIOENCODING=ascii summarizer summarize story.txt"
    done = run_script(script, data_dir=data_dir)
    assert done.returncode == 0
    assert rb"Die F\xe4hre nach M\xfcritz" in done.stdout


def test_json_on_a_terminal_has_no_control_character(data_dir: Path) -> None:
    text = "The harbour \x9b31mof Velm reopened on Monday after the \x7fstorm."
    controller, terminal = pty.openpty()
    done = subprocess.run(
        command("summarize", "-", "--json"),
        input=text.encode(), stdout=terminal, env=child_environ(data_dir), check=False,
    )  # fmt: skip
    os.close(terminal)
    with os.fdopen(controller, "rb", buffering=0) as shown:
        printed = shown.read(1 << 20).decode()
    assert done.returncode == 0
    assert not {"\x9b", "\x7f"} & set(printed)
    assert "\\u009b31mof Velm" in printed


@pytest.mark.parametrize("words", [("run", "story.txt"), ("up",)], ids=lambda words: words[0])
def test_a_data_folder_that_cannot_be_is_named(
    words: tuple[str, ...], story: Path, data_dir: Path
) -> None:
    done = run_script(f"summarizer {' '.join(words)} --data-dir {story}", data_dir=data_dir)
    assert done.returncode == 2
    assert done.stderr == f"error: setting data_dir: {story}: File exists\n".encode()


def test_ctrl_c_while_modules_load_ends_without_a_traceback(data_dir: Path) -> None:
    loading = [sys.executable, "-X", "importtime", "-c", "from workers.cli import main; main()"]
    with subprocess.Popen(
        [*loading, "summarize", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=child_environ(data_dir),
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if b"numpy" in line:
                process.send_signal(signal.SIGINT)
                break
        said = process.stderr.read()
    assert process.returncode == 130
    assert b"Traceback" not in said
