"""Runs a converter with limits, and ends it with everything it started when its time has come.

A program of its own, which knows the standard library alone: `python supervisor.py MEMORY SECONDS FOLDER PROGRAM ...`.
It gets SIGTERM when the result is not wanted any more. When the process that started it was killed, nobody is left to
say so: then it ends the converter by itself and removes FOLDER, where that works. Not for Windows.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from typing import NoReturn

_LOOK = 0.5
"""Seconds from one look for the process that started this one to the next."""


def main(memory: int, seconds: int, folder: str, program: list[str]) -> NoReturn:
    """Runs `program` with so many bytes of memory and seconds of processor time; exits with its code."""
    owner = os.getppid()
    for kind, most in (resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0):
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # LibreOffice works in a child of the program that is started: all of its group has to go.
    with subprocess.Popen(program, process_group=0) as process:  # noqa: S603 - from our own process
        try:
            while True:
                try:
                    sys.exit(process.wait(_LOOK))
                except subprocess.TimeoutExpired:
                    if os.getppid() != owner:
                        break
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            os.killpg(process.pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
