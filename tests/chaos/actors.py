"""A process of the service that is started again whenever it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event
from time import monotonic

import psutil

from tests.processes import WorkerProcess


class Actor:
    """One place in the service and the process that fills it now."""

    def __init__(
        self,
        name: str,
        arguments: Sequence[str],
        *,
        before: Sequence[str],
        environ: Mapping[str, str],
        log: Path,
    ) -> None:
        """Start the process.

        Args:
            name: for messages.
            arguments: the module to run and its arguments.
            before: put before the command.
            environ: added to the environment.
            log: takes the output.
        """
        self.name = name
        self._command = [*before, sys.executable, "-m", *arguments]
        self._environ = {**os.environ, **environ}
        self._log = log
        self._stop_by: float | None = None
        self._orphans: list[psutil.Process] = []
        self.running = self._start()

    def _start(self) -> WorkerProcess:
        self._stop_by = None
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environ,
                start_new_session=True,
            )
        return WorkerProcess(process, self._log)

    @property
    def exit_code(self) -> int | None:
        """The exit code; None while the process runs."""
        return self.running.process.poll()

    def keep_up(self) -> str | None:
        """Start the process again if it ended; return what is wrong if it does not end in time."""
        if self.exit_code is not None:
            self.running = self._start()
        elif self._stop_by is not None and monotonic() > self._stop_by:
            problem = f"the {self.name} did not stop in time; {self.stacks()}"
            self.kill()
            return problem
        return None

    def stacks(self) -> str:
        """Let the process and its children write where they hang; return the end of the log."""
        for process in self.running.family():
            process.send_signal(signal.SIGUSR2)
        Event().wait(1)
        return f"its log ends with:\n{self._log.read_text(errors='replace')[-6000:]}"

    def ask_to_stop(self, number: signal.Signals, *, within_s: float) -> None:
        """Send SIGTERM or SIGQUIT to the main process alone, as a supervisor does."""
        self._stop_by = monotonic() + within_s
        self.running.process.send_signal(number)

    def kill(self) -> None:
        """End the process and its children at one blow."""
        try:
            self.running.kill()
        except ProcessLookupError:
            pass  # all of them had ended

    def kill_main(self) -> None:
        """End the main process alone; its children have to notice."""
        self._orphans += self.running.children()
        self.running.process.kill()
        self.running.process.wait()

    def end(self, *, within_s: float) -> str | None:
        """Wait for the end; return what is wrong if the process, or a child, had to be killed."""
        family = [*self.running.family(), *self._orphans]
        _, alive = psutil.wait_procs(family, timeout=within_s)
        for process in alive:
            process.kill()
        psutil.wait_procs(alive)
        return f"of the {self.name}, {len(alive)} processes did not stop" if alive else None
