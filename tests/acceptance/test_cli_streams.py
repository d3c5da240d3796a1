"""Files, pipes, links and closed ends: what a shell may put at each end of a command."""

from __future__ import annotations

import os
import pty
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.articles import make_items
from tests.commands import child_environ, command, run_command, run_script
from workers.processing import process_chunk
from workers.service import Service
from workers.settings import Settings
from workers.store import Store

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def results(
    service: Service, store: Store, settings: Settings, data_dir: Path
) -> Callable[[str], bytes]:
    """Run a script that may call `$results` on a batch that has ended; return what a file gets."""
    batch = service.submit(make_items(3)).batch
    process_chunk(store, batch.id, 0, settings=settings, dispatch=lambda batch_id, chunks: None)
    written = b"".join(line + b"\n" for line in service.result_lines(batch.id))
    assert written.count(b"\n") == 3

    def run(script: str, *, said: str = "") -> bytes:
        environ = {**settings.to_environment(), "results": f"summarizer batch results {batch.id}"}
        done = run_script(script, data_dir=data_dir, environ=environ)
        assert (done.returncode, done.stdout, done.stderr.decode()) == (bool(said), b"", said)
        return written

    return run


def test_out_keeps_links_and_rights_of_files(
    results: Callable[[str], bytes], tmp_path: Path
) -> None:
    written = results("""
        umask 027; $results --out made
        touch kept; chmod 604 kept; $results --out kept
        ln -s far/target link; mkdir far; $results --out link
    """)
    for name in ("made", "kept", "far/target"):
        assert (tmp_path / name).read_bytes() == written, name
    assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o604
    assert (tmp_path / "link").is_symlink()


def test_out_writes_through_pipes(results: Callable[[str], bytes], tmp_path: Path) -> None:
    written = results("""
        mkfifo fifo; cat fifo > of_fifo & $results --out fifo; wait $!
        $results --out >(cat > of_substitution); wait $!
        $results --out - > of_dash
        ln -s /proc/self/fd/1 stdout; $results --out stdout > of_stdout
    """)
    for name in ("of_fifo", "of_substitution", "of_dash", "of_stdout"):
        assert (tmp_path / name).read_bytes() == written, name
    assert (tmp_path / "fifo").is_fifo()
    assert not (tmp_path / "-").exists()


def test_what_was_there_stays_when_the_disk_is_full(
    results: Callable[..., bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.write_text("before")
    results(f"ulimit -f 1; $results --out {out}", said=f"error: {out}: File too large\n")
    assert out.read_text() == "before"
    assert not list(tmp_path.glob(".*.partial"))


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
    "script",
    [
        "(ulimit -f 0; exec summarizer summarize missing.txt story.txt --json 2> full); echo $?",
        "summarizer summarize missing.txt story.txt --json 2>&1 >&4 | true; echo ${PIPESTATUS[0]}",
    ],
    ids=["full", "gone"],
)
def test_a_message_that_cannot_be_said_ends_no_work(
    script: str, story: Path, data_dir: Path
) -> None:
    done = run_script(f"exec 4>&1; {script}", data_dir=data_dir)
    summary, code = done.stdout.splitlines()
    assert b'"result":{"type":"succeeded"' in summary
    assert code == b"3"


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


@pytest.mark.parametrize(
    "ending",
    [
        "batch submit ../story.txt --name $odd", "batch submit ../story.txt --query $odd",
        "batch status $odd", "schedule add x --source ../story.txt --output $odd",
        "schedule add x --source ../story.txt --output out", "schedule add x --source $odd",
    ],
)  # fmt: skip
def test_the_name_of_a_file_that_is_no_text_is_wrong_usage_where_it_would_be_stored(
    ending: str, story: Path, data_dir: Path, settings: Settings
) -> None:
    script = f"odd=$'caf\\xe9'; mkdir $odd; cd $odd; mkdir $odd; exec summarizer {ending}"
    done = run_script(script, data_dir=data_dir, environ=settings.to_environment())
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1


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
