"""The door of the local web page: who is let in, over real sockets; what strangers, other sites and other ports are told."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator

import pytest

pytest.importorskip("starlette", reason="the local web page needs the extra web")
pytest.importorskip("uvicorn", reason="the local web page needs the extra web")

from reportlint.errors import ReportlintError
from reportlint.sources import LARGEST
from webserver import Client, Running, raw, running

DRAFT = "某局2024年总结\n共26项，已完成29项。\n".encode()


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running() as found:
        yield found


@pytest.fixture
def client(server: Running) -> Client:
    return server.client()


def test_the_link_works_once_and_leaves_no_token_in_the_address(server: Running) -> None:
    link = server.fresh_link()
    first, second = Client(server.port), Client(server.port)
    answer = first.enter(link)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert re.fullmatch(
        rf"reportlint-{server.port}=[\w-]{{40,}}; Path=/; HttpOnly; SameSite=Strict", answer.headers["set-cookie"]
    )
    assert first.get("/").status == 200
    answer = second.enter(link)
    assert answer.status == 403 and "set-cookie" not in answer.headers
    assert second.get("/").status == 403


def test_a_stranger_gets_nothing_and_a_new_link_is_told_in_the_terminal_only_when_the_old_is_spent(
    server: Running,
) -> None:
    server.client()  # the last link is spent now
    told = len(server.links)
    stranger = Client(server.port)
    for _ in range(5):
        answer = stranger.get("/")
        assert answer.status == 403 and server.links[-1].partition("token=")[2] not in answer.text
    assert len(server.links) == told + 1, "strangers can neither fill the terminal nor spend the link"
    assert stranger.enter(server.link).status == 303


@pytest.mark.parametrize("token", ["", "x", "ü" * 40, "%00", "a" * 5000])
def test_a_wrong_token_is_refused(server: Running, token: str) -> None:
    from urllib.parse import quote

    assert Client(server.port).get(f"/open?token={quote(token)}").status == 403


@pytest.mark.parametrize(
    "host",
    [
        "evil.test",
        "evil.test:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}@evil.test",
        "evil.test@127.0.0.1:{port}",
        "127.0.0.1:{port}.evil.test",
        "0.0.0.0:{port}",
        "127.1:{port}",
        "2130706433:{port}",
        "localhost.evil.test:{port}",
        "[::ffff:127.0.0.1]:{port}",
        "localhost:{port}, evil.test",
        "",
    ],
)
@pytest.mark.parametrize("address", ["/", "/assets/web.css", "/open?token=x", "/reviews/x"])
def test_dns_rebinding_is_refused_by_the_host_whatever_the_address(client: Client, host: str, address: str) -> None:
    """What a rebound name looks like here: no Origin, no Sec-Fetch-Site, even our own cookie; only the Host tells."""
    host = host.format(port=client.port)
    answer = raw(
        client.port,
        f"GET {address} HTTP/1.1\r\nHost: {host}\r\nCookie: {client.cookie}\r\nConnection: close\r\n\r\n".encode(),
    )
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"reportlint" not in answer


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
def test_our_own_names_are_known(client: Client, host: str) -> None:
    assert client.get("/", {"Host": host.format(port=client.port)}).status == 200


@pytest.mark.parametrize(
    "head",
    [
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.0\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.test\r\n",
        "GET / HTTP/1.1\r\nHost: evil.test\r\nX-Forwarded-Host: 127.0.0.1:{port}\r\n",
        "GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: evil.test\r\n",
        "GET / HTTP/1.1\r\nHost : 127.0.0.1:{port}\r\n",
    ],
)
def test_a_missing_doubled_or_forwarded_host_is_refused(client: Client, head: str) -> None:
    request = head.format(port=client.port) + f"Cookie: {client.cookie}\r\nConnection: close\r\n\r\n"
    assert raw(client.port, request.encode()).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("origin", ["http://evil.test", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1", "x"])
def test_a_cross_site_post_with_our_cookie_changes_nothing(client: Client, origin: str) -> None:
    """A form of another site: multipart, urlencoded or text, with the cookie as if the browser had sent it."""
    origin = origin.format(port=client.port)
    for kind in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"):
        for address in ("/uploads/report", "/reviews", "/lang"):
            answer = client.ask(
                "POST", address, b"x", {"Origin": origin, "Content-Type": kind}, without=("X-Reportlint",)
            )
            assert answer.status == 403
        assert client.ask("POST", "/uploads/report", b"x", {"Origin": origin}).status == 403, "not even with the header"


def test_a_change_without_the_header_is_refused_even_from_our_own_origin(client: Client) -> None:
    assert client.ask("POST", "/uploads/report", b"x", without=("X-Reportlint",)).status == 403
    assert client.ask("DELETE", "/reviews/x", without=("X-Reportlint",)).status == 403
    assert client.ask("POST", "/uploads/report", b"x", {"X-Reportlint": "0"}).status == 403


def test_another_port_of_this_machine_is_no_friend(client: Client) -> None:
    """To a browser it is the same site, so our cookie comes along; what it loads or fetches is refused, a followed link is not."""
    for site in ("same-site", "cross-site"):
        assert client.get("/", {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}).status == 403
        assert client.get("/assets/review.js", {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}).status == 403
        assert client.ask("POST", "/lang", b"{}", {"Sec-Fetch-Site": site}).status == 403
        assert client.get("/", {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}).status == 200
    assert client.get("/", {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}).status == 200


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "PATCH", "TRACE", "CONNECT"])
def test_preflights_and_other_methods_are_not_answered(client: Client, method: str) -> None:
    answer = client.ask(method, "/", headers={"Access-Control-Request-Method": "POST"})
    assert answer.status in (400, 405)
    assert not any(name.startswith("access-control") for name in answer.headers)


def test_no_websocket_is_opened(client: Client) -> None:
    request = (
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nCookie: {client.cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", client.port), timeout=10) as connection:
        connection.sendall(request.encode())
        assert b" 101 " not in connection.recv(200)


def test_every_answer_carries_the_policy(client: Client) -> None:
    stranger = Client(client.port)
    review, _ = client.check(DRAFT, "总结.txt")
    answers = [
        client.get("/"),
        client.get(review),
        client.get("/assets/web.css"),
        client.get("/nothing"),
        client.get("/reviews/nothing"),
        client.post("/lang", {"lang": "xx"}),
        client.ask("PUT", "/"),
        client.get("/", {"Host": "evil.test"}),
        stranger.get("/"),
        client.get(f"{review}/report"),
    ]
    for answer in answers:
        headers = answer.headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer" and headers["cross-origin-resource-policy"] == "same-origin"
        assert not {"access-control-allow-origin", "server", "etag", "last-modified"} & set(headers)
    assert "script-src 'self'" in answers[0].headers["content-security-policy"]
    assert answers[-1].headers["content-security-policy"].startswith("sandbox")
    assert answers[-1].headers["content-disposition"].startswith("attachment")


def test_pages_load_nothing_from_elsewhere_and_hold_no_script_of_their_own(client: Client) -> None:
    review, _ = client.check(DRAFT, "总结.txt")
    for address in ("/", review, "/nothing"):
        page = client.get(address).text
        assert not re.search(r'(?:src|href)="(?!/|#)', page), "only addresses of our own"
        assert not re.search(r"<script(?![^>]* src=)|\son\w+=|style=|javascript:", page)
    for name in ("common.js", "start.js", "review.js", "web.css"):
        asset = client.get(f"/assets/{name}").text
        assert "http://" not in asset and "https://" not in asset and "//cdn" not in asset
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", asset)


@pytest.mark.parametrize(
    "address",
    [
        "/assets/../app.py",
        "/assets/..%2fapp.py",
        "/assets/%2e%2e/app.py",
        "/assets//etc/passwd",
        "/assets/..\\app.py",
        "/assets/web.css%00",
        "//evil.test/",
        "/reviews/../../etc/passwd",
        "/reviews/x/../../../etc/passwd",
    ],
)
def test_no_address_leads_to_a_file_or_to_another_site(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status in (400, 404) and "location" not in answer.headers
    assert b"import" not in answer.body and b"root:" not in answer.body


def test_what_is_too_large_is_refused_before_it_is_sent_and_while_it_comes(client: Client) -> None:
    head = (
        f"POST /uploads/report HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nCookie: {client.cookie}\r\n"
        "X-Reportlint: 1\r\nX-File-Name: a.txt\r\nConnection: close\r\n"
    )
    answer = raw(client.port, f"{head}Content-Length: {LARGEST + 1}\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 413 ")
    # Without a length: the ledger has the smaller limit, so that little need be sent.
    head = head.replace("report HTTP", "ledger HTTP").replace("a.txt", "a.csv")
    piece = b"x" * (1024 * 1024)
    with socket.create_connection(("127.0.0.1", client.port), timeout=20) as connection:
        connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        answer = b""
        try:
            for _ in range(40):
                connection.sendall(b"%x\r\n%b\r\n" % (len(piece), piece))
        except OSError:
            pass  # it hangs up on us, as it should
        else:
            pytest.fail("40 MB were taken where 16 are allowed")


def test_who_sends_too_slowly_is_told_so() -> None:
    with running(seconds=0.5) as server:
        client = server.client()
        head = (
            f"POST /uploads/report HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nCookie: {client.cookie}\r\n"
            "X-Reportlint: 1\r\nX-File-Name: a.txt\r\nContent-Length: 1000\r\nConnection: close\r\n\r\nx"
        )
        start = time.monotonic()
        answer = raw(client.port, head.encode())
        assert answer.startswith(b"HTTP/1.1 408 ") and time.monotonic() - start < 8


def test_large_headers_and_orders_are_refused(client: Client) -> None:
    assert client.get("/", {"X-Long": "x" * 100_000}).status in (400, 431)
    assert client.post("/reviews", {"report": "x" * 100_000}).status == 413
    for body in (b"", b"[]", b"{", b"[" * 50_000, b'{"report": 1}', b"\xff"):
        assert client.ask("POST", "/reviews", body, {"Content-Type": "application/json"}).status == 400
    assert client.ask("POST", "/reviews", b"{}", {"Content-Type": "text/plain"}).status == 415


def test_only_this_machine_is_listened_to(server: Running) -> None:
    from reportlint.web.server import listen

    with listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
    with pytest.raises(ReportlintError, match=r"端口 .* 用不了"):
        listen(server.port)


def test_uploads_never_touch_a_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither on the way in, nor in the check, nor on the way out: nothing is opened for writing."""
    import io
    import os
    import tempfile

    written: list[object] = []
    real_open, real_os_open = io.open, os.open

    def watched(file: object, mode: str = "r", *args: object, **options: object) -> object:
        if set("wax+") & set(mode) and file != os.devnull:
            written.append(file)
        return real_open(file, mode, *args, **options)  # type: ignore[call-overload]

    def watched_os(path: object, flags: int, *args: object, **options: object) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and path != os.devnull:
            written.append(path)
        return real_os_open(path, flags, *args, **options)  # type: ignore[arg-type]

    client.check(DRAFT, "总结.txt")  # what is loaded once is loaded
    monkeypatch.setattr("builtins.open", watched)
    monkeypatch.setattr(io, "open", watched)
    monkeypatch.setattr(os, "open", watched_os)
    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", None)
    large = DRAFT + (b" " * 999 + b"\n") * 1_200  # more than servers keep in memory of their own accord
    review, _ = client.check(large, "总结.txt")
    assert review
    for kind in ("annotated", "report", "facts"):
        assert client.get(f"{review}/{kind}").status == 200
    assert written == []


def test_nothing_is_said_about_what_was_in_a_report_when_we_fail(
    client: Client, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("机密：共26项")

    monkeypatch.setattr("reportlint.web.review.check_bytes", fail)
    _, news = client.check(DRAFT, "总结.txt")
    assert "RuntimeError" in news[-1]["error"] and "机密" not in news[-1]["error"]
    monkeypatch.setattr("reportlint.web.app.start_page", fail)
    answer = client.get("/")
    assert answer.status == 500 and "机密" not in answer.text and "RuntimeError" in answer.text
    said = capfd.readouterr()
    assert "机密" not in said.out + said.err
