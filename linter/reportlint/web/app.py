"""The application: which address does what."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from reportlint.errors import ReportlintError
from reportlint.reporters.style import Style
from reportlint.run import crash
from reportlint.settings import Settings
from reportlint.sources import FORMATS, LARGEST, suffix_of
from reportlint.web.desk import Desk
from reportlint.web.downloads import DOWNLOADS, media_type
from reportlint.web.frame import message_page
from reportlint.web.guard import App, Guard, Keys, Receive, Scope, Send
from reportlint.web.intake import RefusalError, body, order, word
from reportlint.web.labels import attachment, label
from reportlint.web.others import beside
from reportlint.web.review import Review, Upload
from reportlint.web.review_page import review_page
from reportlint.web.start_page import LEDGERS, start_page
from reportlint.web.worker import LONGEST, Course, Stage, Worker

_ASSETS = Path(__file__).with_name("assets")
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_STAGES = {
    "waiting": ("排队：前面还有一份", "waiting for another check"),
    "reading": ("正在读文件", "reading the file"),
    "checking": ("正在核对", "checking"),
}
_LARGEST_LEDGER = 16 * 1024 * 1024
_REFUSED = {
    "cookie": (
        "这个页面只给打开它的人看。请用命令窗口里最新的链接打开；链接只能用一次，命令窗口里刚刚换了一个新的。",
        "This page is only for the person who started it. Open it with the latest link in the terminal: each works once.",
    ),
    "method": ("不支持这种请求", "method not allowed"),
}


class Site:
    """What the page needs to answer: the desk, the worker, the keys, the user's settings."""

    def __init__(
        self, port: int, settings: Settings, lang: str, told: Callable[[str], None], seconds: float = LONGEST
    ) -> None:
        """``told`` is called with a new link when somebody came without one that works."""
        self.settings = settings
        self.desk = Desk(lang)
        self.keys = Keys(port)
        self.worker = Worker()
        self.address = f"http://127.0.0.1:{port}"
        self.seconds = seconds
        self._told = told

    @property
    def style(self) -> Style:
        """In the language that the page was switched to."""
        return Style(lang=self.desk.lang, docs_url=self.settings.docs_url)

    def link(self) -> str:
        """A new link, which works once."""
        return f"{self.address}/open?token={self.keys.token()}"

    def tell_link(self) -> None:
        """Somebody came without a link that works: put a new one where only the owner of the terminal sees it.

        One that nobody has used yet stays as it is: a stranger must not be able to spend it, nor to fill the terminal.
        """
        if not self.keys.pending:
            self._told(self.link())

    def app(self) -> App:
        """The application behind its guard."""
        routes = [
            Route("/open", self.enter),
            Route("/assets/{name}", self.asset),
            Route("/", self.start),
            Route("/lang", self.speak, methods=["POST"]),
            Route("/uploads/{role}", self.upload, methods=["POST"]),
            Route("/reviews", self.check, methods=["POST"]),
            Route("/reviews/{name}", self.show),
            Route("/reviews/{name}", self.forget, methods=["DELETE"]),
            Route("/reviews/{name}/findings/{number:int}", self.decide, methods=["POST"]),
            Route("/reviews/{name}/safe", self.accept_safe, methods=["POST"]),
            Route("/reviews/{name}/again", self.again, methods=["POST"]),
            Route("/reviews/{name}/{kind}", self.take),
        ]
        handlers: dict[Any, Any] = {
            404: self.missing,
            405: self.missing,
            RefusalError: self.refused,
            Exception: self.crashed,
        }
        app = Starlette(routes=routes, exception_handlers=handlers)
        app.router.redirect_slashes = False  # a redirect would repeat a stranger's address
        return Guard(app, self.keys, int(self.address.rpartition(":")[2]), self.refuse)

    # The door

    def refuse(self, status: int, why: str) -> App:
        """What answers a request that the guard refuses."""
        zh, en = _REFUSED.get(why, ("请求被拒绝", "refused"))
        if why == "cookie":
            self.tell_link()
        words = self.style.either(zh, en)
        if why in _REFUSED:
            response: App = HTMLResponse(message_page(status, words, self.style, home=False), status)
        else:
            response = Response(words, status, media_type="text/plain")
        return response

    async def enter(self, request: Request) -> Response:
        """Swap the token of the link for a cookie, and go to the page without it in the address."""
        cookie = self.keys.swap(request.query_params.get("token", ""))
        if cookie is None:
            if self.keys.known(request.headers.getlist("cookie")):
                return RedirectResponse("/", 303)
            self.tell_link()
            return HTMLResponse(message_page(403, self.style.either(*_REFUSED["cookie"]), self.style, home=False), 403)
        return RedirectResponse("/", 303, {"set-cookie": cookie})

    async def asset(self, request: Request) -> Response:
        """A style sheet, script or picture of ours."""
        found = _assets().get(request.path_params["name"])
        if found is None:
            return await self.missing(request, None)
        return Response(found[0], media_type=found[1])

    # Pages

    async def start(self, _request: Request) -> Response:
        """Where a report is dropped."""
        return HTMLResponse(start_page(self.desk.reviews(), self.style))

    async def show(self, request: Request) -> Response:
        """A review."""
        name = request.path_params["name"]
        review, style = self._review(name), self.style
        return HTMLResponse(await self.worker.do(lambda: review_page(name, review, style)))

    async def speak(self, request: Request) -> Response:
        """Switch the language."""
        lang = word(await order(request), "lang")
        if lang not in ("zh", "en"):
            raise RefusalError(400, "lang 应为 zh 或 en")
        self.desk.lang = lang
        return JSONResponse({})

    # Files in

    async def upload(self, request: Request) -> Response:
        """Take a file, whose name is in a header, onto the desk."""
        role = request.path_params["role"]
        if role not in ("report", "previous", "ledger"):
            return await self.missing(request, None)
        name = label(unquote(request.headers.get("x-file-name", ""), errors="replace"))
        self._acceptable(name, role)
        data = await body(request, _LARGEST_LEDGER if role == "ledger" else LARGEST, self.seconds)
        return JSONResponse({"upload": self.desk.lay(Upload(name, data)), "name": name})

    def _acceptable(self, name: str, role: str) -> None:
        """Say at once what cannot be read. Raises :class:`RefusalError`."""
        suffix = suffix_of(name)
        if role == "ledger" and suffix not in LEDGERS:
            raise RefusalError(415, f"台账 {name} 应为 .csv 或 .xlsx 文件")
        form = FORMATS.get(suffix)
        if form is not None and not form.readable:
            raise RefusalError(415, f"{name}：{form.obstacle}")

    async def check(self, request: Request) -> App:
        """Check the uploads that the order names: a line of JSON now and then, the last one says where the review is."""
        wanted = await order(request)
        uploads = {role: self._taken(word(wanted, role)) for role in ("report", "previous", "ledger")}
        report = uploads["report"]
        if report is None:
            raise RefusalError(400, "请先选择要查的报告，或粘贴文字")
        settings = self.settings

        def look(course: Course) -> Review:
            others = beside(uploads["previous"], uploads["ledger"], settings)
            course.go_on()
            return Review(report, settings, others, course)

        return self._followed(look, self.desk.open)

    async def again(self, request: Request) -> App:
        """Put the accepted fixes in and check once more."""
        name = request.path_params["name"]
        review = self._review(name)

        def keep(new: Review) -> str:
            self.desk.replace(name, new)
            return str(name)

        return self._followed(review.again, keep)

    def _taken(self, name: str) -> Upload | None:
        if not name:
            return None
        upload = self.desk.take(name)
        if upload is None:
            raise RefusalError(410, "文件已经不在内存里了，请再选一次")
        return upload

    def _followed(self, look: Callable[[Course], Review], keep: Callable[[Review], str]) -> App:
        """The answer to somebody who waits for ``look``; leaving stops it."""
        course, style = Course(self.seconds), self.style

        async def lines() -> AsyncIterator[str]:
            last: Mapping[str, Any] = {}
            try:
                async for news in self.worker.follow(lambda: look(course), course):
                    told = _told(news, style) if isinstance(news, Stage) else {"review": keep(news.result())}
                    if told != last:
                        yield json.dumps(told, ensure_ascii=False) + "\n"
                    last = told
            except ReportlintError as error:
                yield json.dumps({"error": str(error)}, ensure_ascii=False) + "\n"
            except asyncio.CancelledError:
                raise
            except Exception as error:
                yield json.dumps({"error": crash(error)}, ensure_ascii=False) + "\n"

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            # Who leaves is told by `receive`, whatever the server speaks: some say 2.4, where `send` has to raise then, and it does not.
            scope = {**scope, "asgi": {**scope["asgi"], "spec_version": "2.3"}}
            try:
                await StreamingResponse(lines(), media_type="application/x-ndjson")(scope, receive, send)
            finally:
                # Not left to the generator: who leaves while a line is on its way never comes back to it.
                course.stopped = True

        return answer

    # Decisions

    async def decide(self, request: Request) -> Response:
        """Note what a person does with a finding."""
        review, number = self._review(request.path_params["name"]), request.path_params["number"]
        wanted = await order(request)
        act = word(wanted, "do")
        try:
            match act:
                case "see":
                    review.see(number)
                case "accept":
                    review.accept(number)
                case "ignore":
                    review.ignore(number, word(wanted, "reason"))
                case "reopen":
                    review.reopen(number)
                case _:
                    raise RefusalError(400, "do 应为 see、accept、ignore、reopen 之一")
        except IndexError as error:
            raise RefusalError(404, "没有这一处") from error
        except ReportlintError as error:
            raise error if isinstance(error, RefusalError) else RefusalError(409, str(error)) from error
        return JSONResponse(self._standing(request.path_params["name"], review, [number]))

    async def accept_safe(self, request: Request) -> Response:
        """Take every fix that cannot make the text worse."""
        review = self._review(request.path_params["name"])
        return JSONResponse(self._standing(request.path_params["name"], review, review.accept_safe()))

    def _standing(self, name: str, review: Review, numbers: list[int]) -> dict[str, Any]:
        """How the findings ``numbers`` and the whole stand now."""
        style = self.style
        decisions = {number: review.decision(number) for number in numbers}
        return {
            "findings": {
                number: {"state": one.state.value, "reason": one.reason, "seen": one.seen}
                for number, one in decisions.items()
            },
            "seen": review.seen,
            "total": len(review.diagnostics),
            "downloads": {kind: one.obstacle(review, style) for kind, one in DOWNLOADS.items()},
        }

    async def forget(self, request: Request) -> Response:
        """Take a review off the desk."""
        self.desk.close(request.path_params["name"])
        return Response(status_code=204)

    # Files out

    async def take(self, request: Request) -> Response:
        """A download."""
        review, style = self._review(request.path_params["name"]), self.style
        wanted = DOWNLOADS.get(request.path_params["kind"])
        if wanted is None:
            return await self.missing(request, None)
        obstacle = wanted.obstacle(review, style)
        if obstacle:
            raise RefusalError(409, obstacle)
        made = await self.worker.do(lambda: wanted.make(review, style))
        headers = {
            "content-disposition": attachment(made.name),
            # Should a browser show it all the same, it may do nothing there.
            "content-security-policy": "sandbox; default-src 'none'",
        }
        return Response(made.data, headers=headers, media_type=media_type(made.name))

    # What goes wrong

    def _review(self, name: str) -> Review:
        review = self.desk.review(name)
        if review is None:
            raise RefusalError(
                404,
                self.style.either(
                    "这份报告已经不在内存里了，请再拖进来查一次",
                    "This review is no longer in memory: please drop the file again",
                ),
            )
        return review

    async def missing(self, request: Request, _error: Any) -> Response:
        """An address that there is not."""
        return self._said(request, 404, self.style.either("没有这个页面", "There is no such page"))

    async def refused(self, request: Request, error: Any) -> Response:
        """A request that is not met."""
        return self._said(request, error.status, str(error))

    async def crashed(self, request: Request, error: Any) -> Response:
        """A mistake of ours, told without a word of the report."""
        return self._said(request, 500, crash(error))

    def _said(self, request: Request, status: int, words: str) -> Response:
        if request.method == "GET":
            return HTMLResponse(message_page(status, words, self.style), status)
        return JSONResponse({"error": words}, status)


def _told(stage: Stage, style: Style) -> dict[str, Any]:
    """How far a check has got, in words and as a share."""
    words = style.either(*_STAGES[stage.name])
    if stage.total:
        words += style.either(f"：第 {stage.done}/{stage.total} 条规则", f": rule {stage.done} of {stage.total}")
        return {"stage": words, "share": round(stage.done / stage.total, 3)}
    return {"stage": words}


@lru_cache(maxsize=1)
def _assets() -> dict[str, tuple[bytes, str]]:
    """Our files by name: read once, so that no request ever makes a path."""
    return {path.name: (path.read_bytes(), _TYPES[path.suffix]) for path in _ASSETS.iterdir() if path.suffix in _TYPES}
