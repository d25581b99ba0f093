"""The local web page in a thread, and a client that says exactly what a test wants said over a real socket."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from reportlint.settings import Settings


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """A browser as far as the server can tell: keeps a cookie, asks as the page does unless told otherwise."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = ""

    def ask(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        *,
        without: tuple[str, ...] = (),
    ) -> Answer:
        sent = {"Host": f"127.0.0.1:{self.port}", "Cookie": self.cookie}
        if method != "GET":
            sent |= {"X-Reportlint": "1", "Origin": f"http://127.0.0.1:{self.port}"}
        sent |= headers or {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, address, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value and name not in without:
                    connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, address: str, headers: dict[str, str] | None = None) -> Answer:
        return self.ask("GET", address, headers=headers)

    def post(self, address: str, content: Any = None, headers: dict[str, str] | None = None) -> Answer:
        body = json.dumps(content or {}).encode()
        return self.ask("POST", address, body, {"Content-Type": "application/json", **(headers or {})})

    def upload(self, data: bytes, name: str, role: str = "report") -> Answer:
        return self.ask("POST", f"/uploads/{role}", data, {"X-File-Name": quote(name, safe="")})

    def enter(self, link: str) -> Answer:
        parts = urlsplit(link)
        answer = self.get(f"{parts.path}?{parts.query}")
        self.cookie = answer.headers.get("set-cookie", "").partition(";")[0]
        return answer

    def check(self, data: bytes, name: str, **others: tuple[bytes, str]) -> tuple[str, list[dict[str, Any]]]:
        """The address of the review of ``data``, empty where there is none, and all that was said on the way."""
        wanted = {"report": self.upload(data, name).json["upload"]}
        for role, (content, called) in others.items():
            wanted[role] = self.upload(content, called, role).json["upload"]
        answer = self.post("/reviews", wanted)
        assert answer.status == 200, answer.text
        news = [json.loads(line) for line in answer.text.splitlines()]
        return (f"/reviews/{news[-1]['review']}" if "review" in news[-1] else ""), news


class Running(NamedTuple):
    """A server that runs: its site, its port, and the links that it told."""

    site: Any
    port: int
    links: list[str]

    @property
    def link(self) -> str:
        return self.links[-1]

    def fresh_link(self) -> str:
        return str(self.site.link())

    def client(self) -> Client:
        """One that has come in by a link."""
        client = Client(self.port)
        assert client.enter(self.fresh_link()).status == 303
        return client


@contextmanager
def running(seconds: float = 30, settings: Settings | None = None) -> Iterator[Running]:
    """The page, served at a free port until the test is done with it."""
    import asyncio

    from reportlint.web.app import Site
    from reportlint.web.server import listen, server

    listener = listen(0)
    links: list[str] = []
    site = Site(listener.getsockname()[1], settings or Settings(), "zh", links.append, seconds)
    links.append(site.link())
    serving = server(site)
    thread = threading.Thread(target=lambda: asyncio.run(serving.serve(sockets=[listener])), daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not serving.started and time.monotonic() < end:
        time.sleep(0.01)
    try:
        yield Running(site, listener.getsockname()[1], links)
    finally:
        serving.should_exit = True
        thread.join(10)
        site.worker.close()
        listener.close()


def raw(port: int, request: bytes) -> bytes:
    """What comes back for exactly these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


def findings(page: str) -> list[dict[str, str]]:
    """The data of every card of a page."""
    return [dict(re.findall(r'data-(\w+)="([^"]*)"', tag)) for tag in re.findall(r'<li class="card [^>]*>', page)]
