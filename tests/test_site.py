"""The documentation site: a page for every rule, made from the rule; nothing fetched from anywhere."""

from __future__ import annotations

import functools
import importlib.util
import re
import shutil
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from reportlint.registry import rules


@pytest.fixture(scope="module")
def tool() -> Any:
    spec = importlib.util.spec_from_file_location("site_tool", ROOT / "tools" / "build_site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_rule_has_a_page_that_quotes_what_it_says(tool: Any, tmp_path: Path) -> None:
    tool.prepare(tmp_path / "docs")
    listed = (tmp_path / "docs" / "rules" / "index.md").read_text("utf-8")
    for rule in rules():
        words = (tmp_path / "docs" / "rules" / f"{rule.code}.md").read_text("utf-8")
        assert f"({rule.code}.md)" in listed
        for heading in ("## 为什么", "## 会报", "## 不报", "## 选项", "## 出处"):
            assert heading in words, (rule.code, heading)
        if rule.family != "RL":  # those speak only where directives meet findings
            assert words.count('class="says"') >= len(rule.bad), rule.code


def test_lines_of_chinese_are_joined_and_nothing_else_is(tool: Any) -> None:
    kept = "# 标题\n正文\n\n- 一项\n- 另一项\n\n```text\n甲\n乙\n```\n\n| 表 |\n|---|\n| 格 |\n\nEnglish\ntext"
    assert tool.joined(kept) == kept
    assert tool.joined("第一行，\n第二行\n\n- 列表\n  续行") == "第一行，第二行\n\n- 列表续行"


def test_the_site_builds_without_a_warning_and_asks_nobody_else(tmp_path: Path) -> None:
    pytest.importorskip("material")
    site = tmp_path / "site"
    command = [sys.executable, str(ROOT / "tools" / "build_site.py"), "--site", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (site / "rules" / "NM101" / "index.html").exists()
    for page in site.rglob("*.html"):
        for found in re.findall(
            r'<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)="([^"]+)"', page.read_text("utf-8")
        ):
            assert not re.match(r"(?:https?:)?//", found), (page, found)
    look(site)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def look(site: Path) -> None:
    """Read pages and search in a real browser, if there is one."""
    api = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
    asked: list[str] = []
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=[*flags.split(), "--disable-component-update"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        for path in ("", "rules/", "rules/NM101/", "architecture/", "en/"):
            page.goto(address + path, wait_until="networkidle")
        page.click("input[name=query]")
        page.fill("input[name=query]", "完成率")
        page.press("input[name=query]", "End")  # the search listens to keys, not to what is pasted
        page.wait_for_selector(".md-search-result__item", timeout=15_000)
        browser.close()
    server.shutdown()
    server.server_close()
    assert asked
    assert not [url for url in asked if not url.startswith(address) and not url.startswith(("data:", "blob:"))]
