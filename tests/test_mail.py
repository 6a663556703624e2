"""Mail on a real server: encrypted, with a password from the environment or a file, or not at all."""

from __future__ import annotations

import email
import email.policy
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.cli import Result, Tracker
from tests.conftest import absent

PASSWORD = "correct horse"  # noqa: S105 - of the server of the test
REFUSED = "gone@example.org"


@dataclass
class Server:
    """A mail server of this machine, and what it was handed."""

    port: int
    received: list[Any] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address == REFUSED:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.received.append(envelope)
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> Any:
        from aiosmtpd.smtp import AuthResult

        self.logins.append((data.login, data.password))
        return AuthResult(success=(data.login, data.password) == (b"tracker", PASSWORD.encode()))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of 127.0.0.1 that nobody trusts but who is told to, in one file."""
    if shutil.which("openssl") is None:
        absent("no openssl on this machine, which makes the certificate of the mail server")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key.pem", "-out", folder / "both.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder / "both.pem"


@pytest.fixture
def context(certificate: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate, certificate.parent / "key.pem")
    return made


def serving(**options: Any) -> Iterator[Server]:
    from aiosmtpd.controller import Controller

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = Server(free.getsockname()[1])
    if options.pop("with_password", False):
        options |= {"authenticator": server.authenticate, "auth_required": True}
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@pytest.fixture
def starttls(context: ssl.SSLContext) -> Iterator[Server]:
    yield from serving(tls_context=context, require_starttls=True, with_password=True)


@pytest.fixture
def plainly() -> Iterator[Server]:
    yield from serving()


@pytest.fixture
def implicit(context: ssl.SSLContext) -> Iterator[Server]:
    yield from serving(ssl_context=context)


def send(tracker: Tracker, folder: Path, port: int, *settings: str, to: tuple[str, ...] = ("ana@example.org",),
         password: str = PASSWORD) -> Result:  # fmt: skip
    config = folder / "tracker.toml"
    lines = ("[smtp]", 'host = "127.0.0.1"', f"port = {port}", 'sender = "tracker@example.org"', *settings)
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    options = [part for address in to for part in ("--to", address)]
    return tracker(
        "digest", "--as-of", "2015-10-01", "--send", *options,
        env={"TRACKER_CONFIG": str(config), "TRACKER_SMTP_PASSWORD": password},
    )  # fmt: skip


def test_starttls_with_password(imported: Tracker, tmp_path: Path, starttls: Server, certificate: Path) -> None:
    settings = ('security = "starttls"', 'user = "tracker"', f'ca_file = "{certificate}"')
    result = send(imported, tmp_path, starttls.port, *settings)
    assert result.code == 0, result.err
    assert starttls.logins == [(b"tracker", PASSWORD.encode())]
    assert PASSWORD not in result.out + result.err
    message = email.message_from_bytes(starttls.received[0].content, policy=email.policy.default)
    assert message["Date"].datetime.date().isoformat() == "2026-11-24"
    assert message["Subject"] == "1 item overdue on 1 October 2015"
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        assert "28/2:26" in part.get_content()


def test_password_of_a_file(imported: Tracker, tmp_path: Path, starttls: Server, certificate: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text(f"{PASSWORD}\n", encoding="utf-8")
    settings = ('user = "tracker"', f'ca_file = "{certificate}"', f'password_file = "{secret}"')
    assert send(imported, tmp_path, starttls.port, *settings, password="").code == 0
    assert len(starttls.received) == 1


def test_implicit_tls(imported: Tracker, tmp_path: Path, implicit: Server, certificate: Path) -> None:
    result = send(imported, tmp_path, implicit.port, 'security = "tls"', f'ca_file = "{certificate}"')
    assert result.code == 0, result.err
    assert len(implicit.received) == 1


def test_a_server_that_nobody_vouches_for_gets_nothing(imported: Tracker, tmp_path: Path, starttls: Server) -> None:
    result = send(imported, tmp_path, starttls.port, 'user = "tracker"')
    assert result.code == 69
    assert "certificate" in result.err
    assert "nothing was sent" in result.err
    assert (starttls.logins, starttls.received) == ([], [])


def test_no_encryption_no_message(imported: Tracker, tmp_path: Path, plainly: Server) -> None:
    result = send(imported, tmp_path, plainly.port, 'user = "tracker"')
    assert result.code == 69
    assert "nothing was sent" in result.err
    assert len(result.err.splitlines()) == 1
    assert plainly.received == []
    refused = send(imported, tmp_path, plainly.port, 'user = "tracker"', 'security = "none"')
    assert refused.code == 78
    assert plainly.received == []


def test_wrong_password(imported: Tracker, tmp_path: Path, starttls: Server, certificate: Path) -> None:
    settings = ('user = "tracker"', f'ca_file = "{certificate}"')
    result = send(imported, tmp_path, starttls.port, *settings, password="wrong")  # noqa: S106
    assert result.code == 69
    assert "wrong" not in result.err
    assert starttls.received == []


def test_who_was_refused_is_named(imported: Tracker, tmp_path: Path, plainly: Server) -> None:
    result = send(imported, tmp_path, plainly.port, 'security = "none"', to=("ana@example.org", REFUSED))
    assert result.code == 69
    assert REFUSED in result.err
    assert "ana" not in result.err
    assert plainly.received[0].rcpt_tos == ["ana@example.org"]
    assert send(imported, tmp_path, plainly.port, 'security = "none"', to=(REFUSED,)).code == 69


def test_certificate_that_is_not_there(imported: Tracker, tmp_path: Path) -> None:
    result = send(imported, tmp_path, 1, 'security = "tls"', 'ca_file = "none.pem"')
    assert result.code == 78
    assert "none.pem" in result.err


def test_no_option_takes_a_password(imported: Tracker) -> None:
    assert "password" not in imported.ok("digest", "--help").out.lower()
