"""A folder that appears whole or not at all; must not know what is in it."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_PREFIX: Final = ".partial-"
_LEFTOVER_AGE_S: Final = 86_400.0
_TRIES: Final = 10


@contextmanager
def replaced_folder(target: Path) -> Iterator[Path]:
    """Give a new folder that takes the target's name when the block ends, and is gone if it fails.

    A folder of that name is replaced: for a moment there may be none, but never one with half of
    the files. What a killed writer left beside it goes after a day.

    Args:
        target: the folder; its parents are made where they are missing.

    Raises:
        OSError: the folder cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, since a rename cannot leave its file system.
    partial = _hidden(target)
    partial.mkdir()
    try:
        yield partial
        for path in (*partial.iterdir(), partial):
            _sync(path)
        _rename_over(partial, target)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    _sync(target.parent)
    _remove_leftovers(target.parent)


def _hidden(target: Path) -> Path:
    return target.with_name(f"{_PREFIX}{secrets.token_hex(6)}-{target.name}")


def _sync(path: Path) -> None:
    """Have a file or folder on the disk, not on its way there."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _rename_over(partial: Path, target: Path) -> None:
    """Rename, with what has the name put aside; another writer may be doing the same."""
    aside: list[Path] = []
    for _ in range(_TRIES):
        try:
            partial.rename(target)
            break
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        before = _hidden(target)
        try:
            target.rename(before)
            aside.append(before)
        except FileNotFoundError:
            continue
    else:
        raise OSError(errno.EBUSY, f"others keep writing {target}")
    # Only now: a process killed before this leaves the old folder to be found.
    for path in aside:
        shutil.rmtree(path, ignore_errors=True)


def _remove_leftovers(folder: Path) -> None:
    # The file system's own clock, since it need not be ours: a rename has just changed the folder.
    now = folder.stat().st_mtime
    for path in folder.glob(f"{_PREFIX}*"):
        with suppress(FileNotFoundError):
            if now - path.stat().st_mtime > _LEFTOVER_AGE_S:
                shutil.rmtree(path, ignore_errors=True)
