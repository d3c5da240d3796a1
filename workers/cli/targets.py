"""Where `--out` leads: a file that appears whole, a pipe that is written through, or stdout."""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer

from workers.cli.console import naming

STDOUT = Path("-")
"""What stands for standard output; every other path that `parse_out` returns is absolute."""


def parse_out(value: str) -> Path:
    """Return where a value of `--out` leads; folders that are missing on the way are made.

    Raises:
        typer.BadParameter: it cannot be written, as far as can be told before the work.
    """
    if value == "-":
        return STDOUT
    if not value:
        raise typer.BadParameter("the path is empty")
    path = Path(value).absolute()
    try:
        return STDOUT if _is_stdout(path) else _tried(path)
    except OSError as error:
        raise typer.BadParameter(f"{value!r} cannot be written: {error.strerror}") from error


def save_lines(lines: Iterable[bytes], path: Path) -> None:
    """Write lines to a file that appears, or is replaced, only when it is complete.

    A pipe or a device takes them as they come; of a link, the file that it leads to is written.
    """
    if _is_stream(path):
        with naming(str(path)), path.open("wb") as stream:
            stream.writelines(line + b"\n" for line in lines)
        return
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    partial, descriptor = _open_beside(path)
    try:
        with naming(str(path)), os.fdopen(descriptor, "wb") as file:
            if path.exists():
                os.fchmod(descriptor, stat.S_IMODE(path.stat().st_mode))
            file.writelines(line + b"\n" for line in lines)
            file.flush()
            os.fsync(descriptor)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def tee_lines(lines: Iterable[bytes], path: Path) -> Iterator[bytes]:
    """Write lines as `save_lines` does, and yield them: of a file, once it is complete."""
    if _is_stream(path):
        with naming(str(path)), path.open("wb") as stream:
            for line in lines:
                stream.write(line + b"\n")
                yield line
        return
    save_lines(lines, path)
    with path.open("rb") as file:
        for line in file:
            yield line.rstrip(b"\n")


def _is_stdout(path: Path) -> bool:
    if sys.stdout is None or not path.exists():
        return False
    return os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))


def _is_stream(path: Path) -> bool:
    """Whether something is there that nothing may replace: a pipe, a device, a socket."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _tried(path: Path) -> Path:
    """Return the path of a file or stream that can be written; a folder cannot."""
    if path.is_dir():
        raise typer.BadParameter(f"{str(path)!r} is a folder")
    if not _is_stream(path):
        path = path.resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        partial, descriptor = _open_beside(path)
        os.close(descriptor)
        partial.unlink()
    return path


def _open_beside(path: Path) -> tuple[Path, int]:
    """Make a hidden file in the same folder, with the rights that the umask leaves it."""
    partial = path.with_name(f".{secrets.token_hex(8)}.partial")
    return partial, os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
