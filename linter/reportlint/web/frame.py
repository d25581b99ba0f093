"""What every page has around it, and the pages that are nothing but a message."""

from __future__ import annotations

from collections.abc import Iterable

from reportlint import __version__
from reportlint.reporters.marked import shown
from reportlint.reporters.style import Style


def page(title: str, body: Iterable[str], style: Style, *, script: str = "", attributes: str = "") -> str:
    """A whole page; ``script`` is the asset that makes it alive."""
    say = style.either
    load = f'<script type="module" src="/assets/{script}"></script>\n' if script else ""
    return (
        f'<!doctype html>\n<html lang="{say("zh-CN", "en")}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">\n'
        f'<link rel="stylesheet" href="/assets/web.css">\n<title>{shown(title)}</title>\n{load}</head>\n'
        f'<body{attributes}>\n<a class="skip" href="#main">{say("跳到正文", "Skip to the content")}</a>\n'
        f"{''.join(body)}</body>\n</html>\n"
    )


def top(style: Style, heading: str, more: str = "") -> str:
    """The head of a page: the way home, its heading, the other language."""
    say = style.either
    other, words = ("zh", "中文") if style.lang == "en" else ("en", "English")
    return (
        '<header class="top">\n<div class="line">'
        f'<a class="brand" href="/" aria-label="{say("reportlint 首页", "reportlint home")}"><span aria-hidden="true">校</span>reportlint</a>'
        f'<span class="quiet">{say("只在这台机器上运行，不联网", "on this machine only, offline")}</span>'
        f'<button type="button" class="plain" data-lang="{other}" lang="{"zh-CN" if other == "zh" else "en"}">{words}</button></div>\n'
        f"<h1>{heading}</h1>\n{more}</header>\n"
    )


def foot() -> str:
    """The foot of a page."""
    return f"<footer><p>reportlint {__version__}</p></footer>\n"


def message_page(status: int, words: str, style: Style, *, home: bool = True) -> str:
    """A page that says one thing."""
    say = style.either
    title = say("打不开", "Not available")
    way = f'<p><a href="/">{say("回到首页", "Back to the start")}</a></p>\n' if home else ""
    body = f'<main id="main" class="alone">\n<h1>{title}</h1>\n<p role="alert">{shown(words)}</p>\n{way}</main>\n'
    return page(f"{title} – reportlint", (body,), style, attributes=f' data-status="{status}"')
