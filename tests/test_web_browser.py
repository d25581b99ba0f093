# ruff: noqa: E402
"""The local web page in a real Chromium: dropped, read, decided, taken away; attacked; looked at on a phone and by an accessibility checker.

Skipped where there is no Chromium or no Playwright, unless ``REPORTLINT_BROWSER=required`` says that there must be. Another Chromium than the
system's is named with ``REPORTLINT_CHROMIUM``.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = os.environ.get("REPORTLINT_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None
)
REQUIRED = os.environ.get("REPORTLINT_BROWSER") == "required"

if not REQUIRED:
    for module in ("starlette", "uvicorn", "playwright", "axe_playwright_python"):
        pytest.importorskip(module, reason=f"the tests in a browser need {module}: pip install -e '.[dev]'")
    if CHROMIUM is None:
        pytest.skip("no Chromium found: apt-get install chromium, or REPORTLINT_CHROMIUM=path", allow_module_level=True)

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from conftest import SEEDS
from webserver import Running, running

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
expect.set_options(timeout=20_000)
DRAFT = SEEDS / "env-half-year.txt"
NOW = "某市2024年工作总结\n2024年，全市粮食产量52.5万吨，同比增长5%。\n"
BEFORE = "某市2023年工作总结\n" + "二、其他工作\n" * 80 + "2023年，全市粮食产量48万吨，同比增长3%。\n"
LEDGER = "指标,时段,数值,单位\n粮食产量,2024年,52.8,万吨\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running() as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # A name that an attacker has pointed at this machine, without any network.
        rebound = "--host-resolver-rules=MAP evil.test 127.0.0.1"
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, rebound])
        yield found
        found.close()


class Watch:
    """What a page does that it should not: complaints, requests to anywhere else."""

    def __init__(self, page: Page, port: int) -> None:
        self.complaints: list[str] = []
        self.strange: list[str] = []
        self.ours = re.compile(rf"(http://127\.0\.0\.1:{port}/|blob:|data:)")
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self.see)

    def hear(self, said: Any) -> None:
        if said.type in ("error", "warning") and not said.text.startswith("Failed to load resource"):
            self.complaints.append(said.text)

    def see(self, request: Any) -> None:
        if not self.ours.match(request.url):
            self.strange.append(request.url)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    found = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", accept_downloads=True)
    found.set_default_timeout(30_000)  # several processes share the machine
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext, server: Running) -> Iterator[Page]:
    found = context.new_page()
    watch = Watch(found, server.port)
    found.goto(server.fresh_link())
    yield found
    assert watch.complaints == [] and watch.strange == []


def check(page: Page) -> None:
    """Press the button and wait for the review."""
    page.get_by_role("button", name="开始检查").click()
    page.wait_for_url("**/reviews/*")
    page.wait_for_selector("body[data-ready]")


def paste(page: Page, text: str) -> None:
    page.fill("#pasted", text)
    check(page)


def drop(page: Page, target: str, name: str, text: str) -> None:
    """A file dropped from another program."""
    page.evaluate(
        """([target, name, text]) => {
            const files = new DataTransfer();
            files.items.add(new File([text], name));
            const zone = document.querySelector(target);
            for (const kind of ["dragover", "drop"])
                zone.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
        }""",
        [target, name, text],
    )


def open_draft(page: Page) -> None:
    page.set_input_files("#report", DRAFT)
    check(page)


def current(page: Page) -> str:
    return page.locator(".card.on").get_attribute("data-n") or ""


def wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


# A clerk at work


def test_the_link_leads_to_an_address_without_token(page: Page) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", page.url)
    assert page.evaluate("document.cookie") == "", "script cannot read the key"


def test_a_dropped_file_is_checked_and_its_findings_are_marked(page: Page) -> None:
    drop(page, '.zone[data-role="report"]', "总结.txt", DRAFT.read_text("utf-8"))
    expect(page.locator(".chosen").first).to_contain_text("总结.txt")
    check(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("总结.txt")
    cards = page.locator(".card")
    assert cards.count() >= 10
    for n in range(cards.count()):
        number = cards.nth(n).get_attribute("data-n")
        assert page.locator(f'mark[data-about~="{number}"]').count() >= 1


def test_a_drop_beside_the_zones_is_taken_and_does_not_leave_the_page(page: Page) -> None:
    drop(page, "footer", "总结.txt", "共26项，已完成29项。")
    check(page)
    expect(page.locator(".card")).to_have_count(1)


def test_the_walk_by_keys_shows_the_place_the_arithmetic_and_the_other_places(page: Page) -> None:
    open_draft(page)
    expect(page.locator("#seen")).to_have_text(re.compile(r"已看 0/"))
    page.keyboard.press("n")
    assert current(page) == "1"
    expect(page.locator("#seen")).to_have_text(re.compile(r"已看 1/"))
    expect(page.locator(".card.on")).to_contain_text("158÷182＝86.8%")
    expect(page.locator("mark.on")).to_have_text("91.2%")
    expect(page.locator("mark.on")).to_be_in_viewport()
    assert page.locator(".place.on").all_text_contents() == ["182天", "158天"]
    assert page.evaluate("document.activeElement.id") == "c1"
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert current(page) == "2"
    expect(page.locator("#seen")).to_have_text(re.compile(r"已看 3/"))
    page.reload()
    expect(page.locator("#seen")).to_have_text(re.compile(r"已看 3/"))


def test_a_mark_leads_to_its_card_and_a_card_to_its_place(page: Page) -> None:
    open_draft(page)
    last = page.locator("mark[data-about]").last
    last.click()
    number = current(page)
    assert number in (last.get_attribute("data-about") or "").split()
    expect(page.locator(f"#c{number}")).to_be_in_viewport()
    page.locator("#c6 .places a").first.click()
    expect(page.locator('.place[data-f~="6"]').first).to_be_in_viewport()
    assert current(page) == "6"


def test_the_filter_hides_cards_and_marks(page: Page) -> None:
    open_draft(page)
    everything = page.locator(".card:visible").count()
    errors = page.locator('.card[data-level="error"]').count()
    page.locator('input[value="warning"]').uncheck()
    assert page.locator(".card:visible").count() == errors < everything
    assert page.locator("mark.warning:not(.off)").count() == 0
    page.locator('input[name="family"][value="NM"]').uncheck()
    assert page.locator('.card:visible[data-family="NM"]').count() == 0
    page.locator('input[value="error"]').uncheck()
    expect(page.locator("#none")).to_be_visible()
    page.keyboard.press("n")
    assert page.locator(".card.on").count() == 0


def test_a_fix_is_accepted_by_key_shown_in_the_text_and_downloaded(page: Page) -> None:
    open_draft(page)
    card = page.locator('.card:has-text("签订")').first
    card.locator(".words").click()
    number = current(page)
    page.keyboard.press("a")
    expect(page.locator(f"#c{number}")).to_have_attribute("data-state", "accepted")
    expect(page.locator(f'ins[data-r="{number}"]')).to_be_visible()
    assert current(page) != number, "on to the next open one"
    expect(page.locator("#said")).to_contain_text("已采用修改")
    with page.expect_download() as waiting:
        page.locator('a[data-kind="corrected"]').click()
    assert waiting.value.suggested_filename == "env-half-year（改）.txt"
    assert "签订目标责任书" in Path(waiting.value.path()).read_text("utf-8")
    page.locator(f"#c{number} .words").click()
    page.keyboard.press("u")
    expect(page.locator(f"#c{number}")).to_have_attribute("data-state", "open")
    expect(page.locator(f'ins[data-r="{number}"]')).to_be_hidden()
    assert page.locator('a[data-kind="corrected"]').get_attribute("href") is None


def test_safe_fixes_at_once_then_checked_again(page: Page) -> None:
    open_draft(page)
    before = page.locator(".card").count()
    page.get_by_role("button", name=re.compile("采用全部有把握的修改")).click()
    expect(page.locator('.card[data-state="accepted"]')).to_have_count(1)
    page.get_by_role("button", name="改好再查一遍").click()
    expect(page.locator(".card")).to_have_count(before - 1)
    expect(page.locator("#t")).to_contain_text("提高2.4个百分点")


def test_ignoring_asks_for_a_reason_and_keeps_it(page: Page) -> None:
    open_draft(page)
    page.keyboard.press("n")
    page.keyboard.press("i")
    expect(page.locator("#reason")).to_be_visible()
    page.get_by_role("button", name="忽略这一处").click()
    expect(page.locator("#reason")).to_be_visible()  # without a reason it stays open
    page.keyboard.type("np ai 口径：按日历天数")  # and keys are letters here
    page.keyboard.press("Control+Enter")
    expect(page.locator("#c1")).to_have_attribute("data-state", "ignored")
    expect(page.locator("#c1 .reason")).to_have_text("np ai 口径：按日历天数")
    assert current(page) == "2"
    page.keyboard.press("i")
    page.keyboard.press("Escape")
    expect(page.locator("#c2")).to_have_attribute("data-state", "open")
    page.reload()
    expect(page.locator("#c1 .reason")).to_have_text("np ai 口径：按日历天数")
    page.locator("#c1").get_by_role("button", name="撤销").click()
    expect(page.locator("#c1")).to_have_attribute("data-state", "open")


def test_every_download_can_be_had(page: Page) -> None:
    open_draft(page)
    for kind, ending in (("annotated", "（批注）.docx"), ("report", "（校对结果）.html"), ("facts", "（数据）.csv")):
        with page.expect_download() as waiting:
            page.locator(f'a[data-kind="{kind}"]').click()
        assert waiting.value.suggested_filename == f"env-half-year{ending}"
        assert Path(waiting.value.path()).stat().st_size > 1000


def test_two_reports_stand_side_by_side_and_the_ledger_speaks(page: Page) -> None:
    page.get_by_text("再与上期报告、台账对照").click()
    drop(page, '.zone[data-role="report"]', "今年.txt", NOW)
    drop(page, '.zone[data-role="previous"]', "去年.txt", BEFORE)
    drop(page, '.zone[data-role="ledger"]', "台账.csv", LEDGER)
    check(page)
    left, right = page.locator("#t").bounding_box(), page.locator("#p").bounding_box()
    assert left and right and left["x"] + left["width"] <= right["x"] and abs(left["y"] - right["y"]) < 2
    expect(page.locator(".list")).to_contain_text("台账.csv 第 2 行")
    page.locator('.card:has-text("同比倒推") .words').click()
    expect(page.locator("#p .place.on")).to_have_text("48万吨")
    expect(page.locator("#p .place.on")).to_be_in_viewport()


def test_what_goes_wrong_is_said_where_it_is_heard(page: Page) -> None:
    page.get_by_role("button", name="开始检查").click()
    expect(page.get_by_role("alert")).to_contain_text("请先选择要查的报告")
    assert page.evaluate("document.activeElement.id") == "problem"
    page.set_input_files("#report", {"name": "旧.doc", "mimeType": "", "buffer": b"x"})
    page.get_by_role("button", name="开始检查").click()
    expect(page.get_by_role("alert")).to_contain_text("另存为 .docx")
    page.get_by_role("button", name="不要这个文件").first.click()
    page.fill("#pasted", "共26项，已完成29项。")
    check(page)
    expect(page.locator(".card")).to_have_count(1)


def test_the_rule_explains_itself(page: Page) -> None:
    open_draft(page)
    page.locator("#c1 [data-rule]").click()
    expect(page.locator("dialog.rule[open]")).to_contain_text("会报")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.locator("#keys").uncheck()
    page.get_by_role("button", name="关闭").last.press("Escape")
    page.keyboard.press("n")
    assert page.locator(".card.on").count() == 0, "single keys can be switched off"


def test_nothing_found_says_what_was_checked(page: Page) -> None:
    paste(page, "某局2024年工作总结\n今年共受理举报26件，已办结21件，办结率80.8%。\n")
    expect(page.locator(".fine")).to_contain_text("不等于没有问题")
    assert page.locator(".card").count() == 0
    page.keyboard.press("n")  # nothing to walk through, and nothing breaks


def test_english_is_a_click_away(page: Page, server: Running) -> None:
    try:
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Drop a report")
        assert page.evaluate("document.documentElement.lang") == "en"
        page.get_by_role("button", name="中文").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("把报告拖进来")
    finally:
        server.site.desk.lang = "zh"


def test_a_review_is_forgotten_when_the_clerk_says_so(page: Page) -> None:
    paste(page, "共26项，已完成29项。")
    address = page.url
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="看完了，从内存中清除").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("把报告拖进来")
    assert page.request.get(address).status == 404


def test_all_of_it_can_be_done_with_the_keyboard(page: Page) -> None:
    page.locator("#pasted").focus()
    page.keyboard.insert_text("与12个乡镇签定目标责任书。")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-ready]")
    page.keyboard.press("n")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.act") == "accept"
    page.keyboard.press("Enter")
    expect(page.locator("#c1")).to_have_attribute("data-state", "accepted")


# Documents and names that mean harm


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_script_in_a_document_or_its_name_does_not_run(page: Page, suffix: str) -> None:
    attack = (
        "<script>window.harm=1</script><img src=x onerror=window.harm=1><svg/onload=window.harm=1>"
        "</textarea></title><style>body{display:none}</style>javascript:window.harm=1 {{7*7}} \u202e"
    )
    name = f'"><img src=x onerror=window.harm=1>\u202e{suffix}'
    drop(
        page,
        '.zone[data-role="report"]',
        name,
        f"<p>某局2024年总结</p>\n<p>共26项，已完成29项。{attack}</p>\n<p>签定{attack}合同</p>",
    )
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    check(page)
    page.keyboard.press("n")
    page.keyboard.press("i")
    page.keyboard.type(attack)
    page.keyboard.press("Control+Enter")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.evaluate("window.harm") is None
    assert page.locator("main img, main svg, main script, main style").count() == 0
    expect(page.locator("h1")).to_be_visible()
    with page.expect_download() as waiting:
        page.locator('a[data-kind="report"]').click()
    assert not set('/\\<>"') & set(waiting.value.suggested_filename)
    other = page.context.new_page()
    saved = Path(waiting.value.path()).rename(Path(waiting.value.path()).with_suffix(".html"))
    other.goto(saved.as_uri())
    assert other.evaluate("window.harm") is None
    other.close()


def test_our_own_script_could_not_make_markup_of_a_text_even_if_it_tried(
    context: BrowserContext, server: Running
) -> None:
    page = context.new_page()
    page.goto(server.fresh_link())
    tried = """() => {
        try { document.body.innerHTML += "<img src=x onerror=window.harm=1>"; return "done"; }
        catch (error) { return error.name; }
    }"""
    assert page.evaluate(tried) == "TypeError"
    assert page.evaluate("window.harm") is None


# Other sites


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A page on another port of this machine, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>elsewhere</title><body>")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f":{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def test_a_rebound_name_gets_nothing(context: BrowserContext, server: Running) -> None:
    """The attack itself: evil.test resolves to this machine, so the browser thinks our port is part of that site."""
    page = context.new_page()
    page.goto(server.fresh_link())  # the person is logged in
    attacker = context.new_page()
    answer = attacker.goto(f"http://evil.test:{server.port}/")
    assert answer is not None and answer.status == 400
    assert "reportlint" not in attacker.content()
    told = attacker.evaluate(
        """async () => {
            const got = [];
            for (const [address, init] of [["/", {}], ["/assets/web.css", {}], ["/open?token=x", {}],
                ["/uploads/report", { method: "POST", headers: { "X-Reportlint": "1" }, body: "x" }]])
                got.push((await fetch(address, init)).status);
            return got;
        }"""
    )
    assert told == [400, 400, 400, 400]


@pytest.mark.parametrize("host", ["127.0.0.1", "evil.test"])
def test_another_site_can_neither_read_nor_write(
    context: BrowserContext, server: Running, elsewhere: tuple[str, list[str]], host: str
) -> None:
    page = context.new_page()
    page.goto(server.fresh_link())
    before = (server.site.desk.reviews(), server.site.desk._uploads.things(), server.site.desk.lang)
    attacker = context.new_page()
    attacker.goto(f"http://{host}{elsewhere[0]}")
    home = f"http://127.0.0.1:{server.port}"
    told = attacker.evaluate(
        """async (home) => {
            const tries = {
                read: () => fetch(home + "/", { credentials: "include" }).then((answer) => answer.text()),
                preflight: () => fetch(home + "/uploads/report", { method: "POST", credentials: "include", headers: { "X-Reportlint": "1" }, body: "x" }),
                language: () => fetch(home + "/lang", { method: "POST", credentials: "include", mode: "no-cors", body: '{"lang":"en"}' }),
                script: () => new Promise((yes, no) => {
                    const one = document.createElement("script");
                    one.src = home + "/assets/common.js"; one.type = "module";
                    one.onload = yes; one.onerror = no; document.head.append(one);
                }),
                picture: () => new Promise((yes, no) => { const one = new Image(); one.onload = yes; one.onerror = no; one.src = home + "/assets/icon.svg"; }),
            };
            const worked = [];
            for (const [name, attempt] of Object.entries(tries)) {
                try { const got = await attempt(); if (!(got instanceof Response && got.type === "opaque")) worked.push(name); } catch { }
            }
            return worked;
        }""",
        home,
    )
    assert told == []
    for kind in ("multipart/form-data", "text/plain", "application/x-www-form-urlencoded"):
        attacker.goto(f"http://{host}{elsewhere[0]}")
        attacker.evaluate(
            """([home, kind]) => {
                const form = Object.assign(document.createElement("form"), { method: "POST", action: home + "/uploads/report", enctype: kind });
                form.append(Object.assign(document.createElement("input"), { name: "report", value: "x" }));
                document.body.append(form); form.submit();
            }""",
            [home, kind],
        )
        attacker.wait_for_url(f"{home}/**")
        assert "请求被拒绝" in attacker.content()
    after = (server.site.desk.reviews(), server.site.desk._uploads.things(), server.site.desk.lang)
    assert after == before


def test_another_site_cannot_put_us_in_a_frame(
    context: BrowserContext, server: Running, elsewhere: tuple[str, list[str]]
) -> None:
    page = context.new_page()
    page.goto(server.fresh_link())
    attacker = context.new_page()
    attacker.goto(f"http://127.0.0.1{elsewhere[0]}")
    attacker.evaluate(
        """(home) => new Promise((done) => {
            const frame = document.createElement("iframe");
            frame.src = home; frame.onload = done; document.body.append(frame);
        })""",
        f"http://127.0.0.1:{server.port}/",
    )
    assert all("把报告拖进来" not in frame.content() for frame in attacker.frames[1:] if "error" not in frame.url)


# Looks


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_needs_no_scrolling_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    page.locator(".beside").evaluate("one => one.open = true")
    assert not wide(page)
    drop(page, '.zone[data-role="report"]', "一份名字特别长的文件" * 8 + ".txt", DRAFT.read_text("utf-8") + "A" * 300)
    drop(page, '.zone[data-role="previous"]', "去年.txt", BEFORE)
    assert not wide(page)
    check(page)
    assert not wide(page)
    page.locator('[data-do="next"]').click()
    expect(page.locator(".card.on")).to_be_in_viewport()
    expect(page.locator("mark.on").first).to_be_in_viewport()
    mark, sheet = page.locator("mark.on").first.bounding_box(), page.locator(".list").bounding_box()
    assert mark and sheet and mark["y"] + mark["height"] <= sheet["y"], "the sheet does not hide what it speaks of"
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    assert not wide(page)


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark")])
def test_the_accessibility_checker_has_nothing_to_say(page: Page, server: Running, scheme: str, lang: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    open_draft(page)
    try:
        server.site.desk.lang = lang
        page.reload()
        page.wait_for_selector("body[data-ready]")
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
        page.keyboard.press("n")
        page.locator("#c4 [data-act=accept]").click()
        page.locator("#c5 [data-act=ignore]").click()
        faults = _faults(page)
        page.keyboard.type("口径")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#c5")).to_have_attribute("data-state", "ignored")
        faults += _faults(page)
        page.keyboard.press("?")
        faults += _faults(page)
        page.goto(page.url.partition("/reviews")[0])
        page.locator(".beside").evaluate("one => one.open = true")
        faults += _faults(page)
        assert faults == []
    finally:
        server.site.desk.lang = "zh"


def _faults(page: Page) -> list[str]:
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]
