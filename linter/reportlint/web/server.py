"""The server: a socket of this machine only, no log of what is asked, and the browser opened with a link that works once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sys
import webbrowser
from collections.abc import Callable

import uvicorn

from reportlint.errors import ReportlintError
from reportlint.settings import Settings
from reportlint.web.app import Site

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """A socket at ``port`` of the loopback interface (0: a free one). Raises :class:`ReportlintError`."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
    if exclusive is not None:  # Windows lets another program take a port over otherwise
        listener.setsockopt(socket.SOL_SOCKET, exclusive, 1)
    elif sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(64)
    except OSError as error:
        listener.close()
        raise ReportlintError(f"端口 {port} 用不了（{error.strerror}）：换一个 --port，或不写，由程序选") from error
    return listener


def server(site: Site) -> uvicorn.Server:
    """What serves ``site``: no log, no headers that tell about it, few connections at a time."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False  # a traceback may hold what was in a report
    config = uvicorn.Config(
        site.app(),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        http="h11",
        loop="asyncio",
        limit_concurrency=64,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=32 * 1024,
    )
    return uvicorn.Server(config)


def serve(settings: Settings, lang: str, port: int, *, browser: bool, told: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; ``told`` is called with every new link, and ``browser`` opens the first."""
    listener = listen(port)
    with contextlib.closing(listener):
        site = Site(listener.getsockname()[1], settings, lang, told)
        link = site.link()
        told(link)
        serving = server(site)

        async def run() -> None:
            if browser:
                asyncio.get_running_loop().run_in_executor(None, webbrowser.open, link)
            await serving.serve(sockets=[listener])

        try:
            with contextlib.suppress(KeyboardInterrupt):
                asyncio.run(run())
        finally:
            site.worker.close()
