"""What may be asked, and by whom. Every request passes here first, whatever its address.

Loopback is no defence: any page that a person has open can make the browser ask 127.0.0.1. So: the Host must be ours (the only thing that tells a
rebound name), the Origin, where there is one, too; reading needs the cookie that the one-time link was swapped for; changing needs a header
besides that other sites cannot send without asking first, and nobody answers them. What is decided is decided on the raw headers.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: What a request that changes something must carry.
HEADER = "x-reportlint"
_LONGEST_HEAD = 32 * 1024
_READING = ("GET", "HEAD")
_CHANGING = ("POST", "DELETE")
#: What a person sees who has no cookie yet: the way in, the refusal's own looks.
_OPEN = ("/open", "/assets/")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), display-capture=(), browsing-topics=()",
    "cache-control": "no-store",
}


class Keys:
    """The one-time token of the link, and the cookies that it was swapped for."""

    def __init__(self, port: int) -> None:
        self.cookie = f"reportlint-{port}"  # cookies know no ports: two servers must not share one
        self._token = ""
        self._sessions: list[str] = []

    def token(self) -> str:
        """A new token; the one before is worth nothing any more."""
        self._token = secrets.token_urlsafe(32)
        return self._token

    @property
    def pending(self) -> bool:
        """Whether there is a token that nobody has used."""
        return bool(self._token)

    def swap(self, token: str) -> str | None:
        """The header that sets a session's cookie, for the token, once."""
        given, wanted = token.encode("utf-8", "replace"), self._token.encode()
        if not wanted or not hmac.compare_digest(given, wanted):
            return None
        self._token = ""
        session = secrets.token_urlsafe(32)
        self._sessions = [*self._sessions[-7:], session]
        return f"{self.cookie}={session}; Path=/; HttpOnly; SameSite=Strict"

    def known(self, cookies: Iterable[str]) -> bool:
        """Whether one of the Cookie headers holds a session of ours."""
        for header in cookies:
            for part in header.split(";"):
                name, _, value = part.strip().partition("=")
                if name == self.cookie and self._valid(value):
                    return True
        return False

    def _valid(self, value: str) -> bool:
        given = value.encode("utf-8", "replace")
        return any(hmac.compare_digest(given, session.encode()) for session in self._sessions)


class Guard:
    """The application behind its door; ``refuse`` makes what answers those who are not let in, of a status and a word."""

    def __init__(self, app: App, keys: Keys, port: int, refuse: Callable[[int, str], App]) -> None:
        self.app = app
        self.keys = keys
        self.refuse = refuse
        hosts = ("127.0.0.1", "localhost", "[::1]")
        self.hosts = frozenset(f"{host}:{port}" for host in hosts) | (frozenset(hosts) if port == 80 else frozenset())
        self.origins = frozenset(f"http://{host}" for host in self.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse; either way with the headers that hold for every answer."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            return

        async def sealed(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                given = [(name.lower(), value) for name, value in message.get("headers", ())]
                there = {name for name, _ in given}
                ours = [
                    (name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in there
                ]
                message = {**message, "headers": [*given, *ours]}
            await send(message)

        objection = self.objection(scope)
        app = self.app if objection is None else self.refuse(*objection)
        await app(scope, receive, sealed)

    def objection(self, scope: Scope) -> tuple[int, str] | None:
        """Why the request is refused: a status and a word; ``None`` where it may pass."""
        if sum(len(name) + len(value) for name, value in scope["headers"]) > _LONGEST_HEAD:
            return 431, "head"
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1").strip())
        host = headers.get("host", [])
        if len(host) != 1 or host[0].lower() not in self.hosts:
            return 400, "host"
        if any(origin.lower() not in self.origins for origin in headers.get("origin", ())):
            return 403, "origin"
        method, path = scope["method"], scope["path"]
        if method not in (*_READING, *_CHANGING):
            return 405, "method"
        # Another port of this machine is the same site to a browser, cookies included: only what it calls the same origin will do,
        # or a person who follows the link.
        fetched = {*headers.get("sec-fetch-site", ())} - {"same-origin", "none"}
        if fetched and (method in _CHANGING or headers.get("sec-fetch-mode") != ["navigate"]):
            return 403, "site"
        if method in _READING and (path == _OPEN[0] or path.startswith(_OPEN[1])):
            return None
        if not self.keys.known(headers.get("cookie", ())):
            return 403, "cookie"
        if method in _CHANGING and headers.get(HEADER) != ["1"]:
            return 403, "header"
        return None
