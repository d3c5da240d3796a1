"""The command line: data on stdout, progress and messages on stderr, documented exit codes."""

from workers.cli.app import main

__all__ = ["main"]
