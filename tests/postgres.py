"""A PostgreSQL server that lives as long as the tests: own folder, own port, own password."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

USER = "tracker"
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Programs:
    """The server programs, and the account that runs them (None: the present one)."""

    initdb: Path
    pg_ctl: Path
    account: pwd.struct_passwd | None

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one of the programs; its output goes into the error where it fails."""
        # The server inherits what is open: a pipe for the output would never close.
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            done = subprocess.run(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                check=False,
                user=self.account.pw_uid if self.account else None,
                group=self.account.pw_gid if self.account else None,
                extra_groups=[] if self.account else None,
            )
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, output.read())


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    password: str

    def url(self, database: str) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        """Run one statement outside a transaction, in the server's own database."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


def find_programs() -> Programs | None:
    """The newest server installed where Debian puts it, else the one on the path; None if there is none."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True
    )
    on_path = shutil.which("pg_ctl")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return Programs(folder / "initdb", folder / "pg_ctl", unprivileged())
    return None


def unprivileged() -> pwd.struct_passwd | None:
    """The account to become: the server refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


@contextmanager
def running_server(programs: Programs) -> Iterator[Server]:
    """A new, empty server on a free port of this machine; stopped and deleted at the end."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-postgres-"))
    try:
        password = secrets.token_urlsafe(12)
        key = folder / "password"
        key.write_text(password, encoding="ascii")
        if programs.account:
            for path in (folder, key):
                os.chown(path, programs.account.pw_uid, programs.account.pw_gid)
        data = folder / "data"
        made = programs.run(
            programs.initdb, "-D", data, "-U", USER, f"--pwfile={key}", "--auth=scram-sha-256",
            "--encoding=UTF8", "--no-locale", "--no-sync",
        )  # fmt: skip
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}")
        port = start(programs, folder, data)
        try:
            yield Server(port, password)
        finally:
            programs.run(programs.pg_ctl, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(programs: Programs, folder: Path, data: Path) -> int:
    """Start the server and return its port. A port can be taken between the asking and the starting: try again."""
    log = folder / "log"
    for _ in range(ATTEMPTS):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        options = f"-F -p {port} -k {folder} -c listen_addresses=127.0.0.1"
        if programs.run(programs.pg_ctl, "-D", data, "-l", log, "-o", options, "-w", "start").returncode == 0:
            return port
    raise RuntimeError(f"the PostgreSQL server did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")
