"""Sending a message by SMTP: settings from `[smtp]` in tracker.toml, the password from the environment or a file."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from tracker.errors import BadConfiguration, Unavailable

PASSWORD = "TRACKER_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
_KNOWN = ("host", "port", "security", "sender", "to", "user", "password_file", "ca_file")
_PORTS = {"tls": 465, "starttls": 587, "none": 25}
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Smtp:
    """Where and how mail is handed over; `security` is tls, starttls or none (never with a password)."""

    host: str
    port: int
    security: str
    sender: str
    to: tuple[str, ...] = ()
    user: str | None = None
    password: str | None = None
    ca_file: str | None = None


def read_smtp(table: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Smtp:
    """The settings of `[smtp]`. Raises BadConfiguration for what is missing, unknown or unsafe."""
    environment = os.environ if environment is None else environment
    if unknown := sorted(set(table) - set(_KNOWN)):
        hint = f"; put the password into {PASSWORD} or a file named by password_file" if unknown == ["password"] else ""
        raise BadConfiguration(f"[smtp]: unknown setting {unknown[0]!r}; known: {', '.join(_KNOWN)}{hint}")
    for name in ("host", "sender"):
        if not isinstance(table.get(name), str) or not table[name]:
            raise BadConfiguration(f"[smtp]: {name} is missing; nothing was sent; tracker.toml needs host and sender")
    security = table.get("security", "starttls")
    if security not in _PORTS:
        raise BadConfiguration(f"[smtp]: security {security!r} is not one of {', '.join(_PORTS)}")
    port = table.get("port", _PORTS[security])
    if not isinstance(port, int) or not 0 < port < 65536:
        raise BadConfiguration(f"[smtp]: port {port!r} is not a number of a port")
    to = table.get("to", [])
    password = _password(table.get("password_file"), environment) if table.get("user") else None
    if password and security == "none":
        raise BadConfiguration("[smtp]: a password is never sent without encryption; set security to starttls or tls")
    return Smtp(
        host=table["host"],
        port=port,
        security=security,
        sender=table["sender"],
        to=(to,) if isinstance(to, str) else tuple(map(str, to)),
        user=table.get("user"),
        password=password,
        ca_file=table.get("ca_file"),
    )


def _password(file: str | None, environment: Mapping[str, str]) -> str:
    if environment.get(PASSWORD):
        return environment[PASSWORD]
    if not file:
        raise BadConfiguration(f"[smtp]: a user needs a password: in {PASSWORD}, or in a file named by password_file")
    try:
        return Path(file).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as mistake:
        raise BadConfiguration(f"[smtp]: password_file {file}: {mistake}") from None


def compose(subject: str, text: str, html: str, smtp: Smtp, to: tuple[str, ...], now: datetime) -> EmailMessage:
    """A message as text and as HTML, dated `now`. Raises BadConfiguration for an address that no mail can carry."""
    message = EmailMessage()
    try:
        message["Date"] = format_datetime(now)
        message["Subject"] = " ".join(subject.split())
        message["From"] = smtp.sender
        message["To"] = ", ".join(to)
    except ValueError as mistake:
        raise BadConfiguration(f"[smtp]: {mistake}; nothing was sent") from None
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message


def send(message: EmailMessage, smtp: Smtp) -> None:
    """Hands the message over, encrypted or not at all where the settings ask for it.

    Raises BadConfiguration for a `ca_file` that cannot be read, Unavailable when the server cannot be reached, is not
    the one that its certificate names, or refuses the message for somebody.
    """
    try:
        secured = ssl.create_default_context(cafile=smtp.ca_file)
    except (OSError, ssl.SSLError) as mistake:
        raise BadConfiguration(f"[smtp]: ca_file {smtp.ca_file}: {mistake}; nothing was sent") from None
    try:
        if smtp.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=_SECONDS, context=secured)
        else:
            connection = smtplib.SMTP(smtp.host, smtp.port, timeout=_SECONDS)
        with connection:
            if smtp.security == "starttls":
                connection.starttls(context=secured)
            if smtp.user and smtp.password:
                connection.login(smtp.user, smtp.password)
            refused = connection.send_message(message)
    except (OSError, smtplib.SMTPException) as mistake:
        raise Unavailable(f"mail server {smtp.host}:{smtp.port}: {mistake}; nothing was sent") from None
    if refused:
        raise Unavailable(
            f"mail server {smtp.host}:{smtp.port} refused {', '.join(refused)}; the others were sent the message"
        )
