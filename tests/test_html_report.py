"""The HTML report: all of the text, every finding marked where it is, nothing that a draft or a file name could do."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.api import check_text
from reportlint.discovery import Failure
from reportlint.finding import Abstained, Checked, Finding, Message, Related, Severity
from reportlint.lint import lint
from reportlint.reporters import reporter
from reportlint.reporters.segments import segments
from reportlint.reporters.style import Style
from reportlint.result import Result
from reportlint.rule import Rule
from reportlint.run import Run
from reportlint.sources import from_text
from reportlint.span import Span
from reportlint.width import visible

VOID = frozenset(("meta", "input", "br", "rect"))
HOSTILE = "</title><script>alert(1)</script>\u202e\"' onclick=x.txt"


class Reader(HTMLParser):
    """Fails on tags that do not close in order; collects lines of the report, marks and ids."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.lines: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [str(found["id"])] if "id" in found else []
        self.links += [str(found["href"])] if "href" in found else []
        assert not any(name.startswith("on") or name in ("style", "src") for name in found)
        if tag in VOID:
            return
        assert not (tag == "mark" and any(one == "mark" for one, _ in self.open)), "marks are never nested"
        self.open.append((tag, found))
        if tag == "p" and self.open[-2][0] == "div" and self.open[-2][1].get("class") == "row":
            self.lines.append("")
        if tag == "mark":
            self.marks.append((str(found["data-f"]), ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        names = [tag for tag, _ in self.open]
        classes = [found.get("class") for _, found in self.open]
        if "row" in classes and "notes" not in classes and "no" not in classes and "sup" not in names and "p" in names:
            self.lines[-1] += data
        if "mark" in names:
            self.marks[-1] = (self.marks[-1][0], self.marks[-1][1] + data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    assert len(set(reader.ids)) == len(reader.ids)
    assert all(link.startswith("#") and link[1:] in reader.ids for link in reader.links), (
        "links lead somewhere, and inside"
    )
    return reader


def result_of(text: str, *found: Any, path: str = "a.txt") -> Result:
    made = Rule("XX001", "test-rule", Severity.ERROR, lambda _: iter(found), "测试。\n\n说明。", ("错⟦了⟧",), ("对",))
    return lint(from_text(text, path), [made])


def page_of(run: Run, **style: Any) -> str:
    return "".join(reporter("html")(run, Style(**style)))


@given(st.text(alphabet="甲乙\n\r <>&\"'\u202e\x00\t", max_size=40), st.data())
def test_all_text_is_there_and_every_finding_is_marked_where_it_is(text: str, data: st.DataObject) -> None:
    bounds = st.integers(0, len(text))
    spans = [Span(*sorted(pair)) for pair in data.draw(st.lists(st.tuples(bounds, bounds), max_size=5, unique=True))]
    others = [Span(*sorted(pair)) for pair in data.draw(st.lists(st.tuples(bounds, bounds), max_size=3))]
    related = tuple(Related(span, "另一处") for span in others)
    result = result_of(text, *(Finding(span, Message("不符"), related) for span in spans))
    document = result.document
    reader = read(page_of(Run((result,))))
    if not result.diagnostics:
        assert reader.lines == [visible(document.slice(document.line(n + 1))) for n in range(len(document.line_starts))]
        return
    assert reader.lines == [visible(document.slice(document.line(n + 1))) for n in range(len(document.line_starts))]
    for number, one in enumerate(result.diagnostics, 1):
        marked = "".join(words for ids, words in reader.marks if str(number) in ids.split())
        kept = re.sub(r"[\r\n]", "", document.slice(one.span))
        assert visible(kept) in marked  # a mark may also hold the piece that a relation shares
        assert f"n{number}" in reader.ids


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_segments_are_all_of_the_stretch_in_order(pairs: list[tuple[int, int]]) -> None:
    numbered = [(number, Span(*sorted(pair))) for number, pair in enumerate(pairs)]
    pieces = list(segments(Span(5, 25), numbered))
    assert pieces[0].span.start == 5
    assert pieces[-1].span.end == 25
    assert all(one.span.end == other.span.start for one, other in zip(pieces, pieces[1:], strict=False))
    for piece in pieces:
        if piece.span.size:
            assert piece.findings == tuple(n for n, span in numbered if span.meets(piece.span) and span.size)


def test_what_was_checked_and_what_could_not_be_is_told() -> None:
    text = "共26项，已完成29项。平均3项。"
    result = result_of(
        text,
        Checked(Span(1, 4)),
        Abstained(Span(14, 16), "没有认准总数"),
        Finding(Span(8, 11), Message("不符", "wrong")),
    )
    page = page_of(Run((result,), (Failure(HOSTILE, "不是文本"),), failing=True))
    for words in (
        "没有认准总数",
        "核对过的关系（1 处）",
        "未能核对的关系（1 处）",
        "读出的数据（3 个）",
        "不是文本",
        "没能检查",
    ):
        assert words in page
    english = page_of(Run((result,)), lang="en")
    assert "wrong" in english
    assert '<html lang="en">' in english
    own = re.sub(r"<style>.*?</style>|<script>.*?</script>|<dd>.*?</dd>|<dt .*?</dt>", "", english, flags=re.DOTALL)
    chinese = "".join(re.findall("[\u4e00-\u9fff]+", own))
    assert set(chinese) <= set(text + "没有认准总数测试"), "only the text itself is Chinese"


def test_hostile_names_and_texts_do_nothing() -> None:
    text = "</p></mark><script>alert(1)</script><!-- \u202e“X”\x1b[31m"
    one = Finding(Span(0, 10), Message(text), (Related(Span(4, 8), text),), suggestion=text)
    page = page_of(Run((result_of(text, one, path=HOSTILE), result_of(text, path="b")), (Failure(HOSTILE, text),)))
    reader = read(page)
    assert reader.tags.count("script") == 1
    assert "\u202e" not in page
    assert "\x1b" not in page


def test_many_files_have_an_index_and_clean_ones_no_text(seeds: Path) -> None:
    results = tuple(
        check_text(path.read_text("utf-8"), path.name)
        for path in sorted(seeds.iterdir())
        if path.suffix in (".txt", ".md")
    )
    reader = read(page_of(Run(results)))
    assert all(f"#f{number}" in reader.links for number in range(1, len(results) + 1))
    found = sum(len(result.diagnostics) for result in results)
    assert sum(one.startswith("n") for one in reader.ids) == found


def test_of_a_very_long_text_only_what_is_near_findings_is_shown() -> None:
    text = "好。\n" * 100_000 + "坏。\n" + "好。\n" * 100_000
    reader = read(page_of(Run((result_of(text, Finding(Span(300_000, 300_001), Message("不符"))),))))
    assert "坏。" in reader.lines
    assert len(reader.lines) < 12


@pytest.fixture(scope="module")
def browser() -> Any:
    api = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium")
    flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    with api.sync_playwright() as play:
        found = play.chromium.launch(
            executable_path=program, args=[*flags.split(), "--disable-component-update", "--disable-sync"]
        )
        yield found
        found.close()


def test_keys_and_filter_work_in_a_browser_and_nothing_is_fetched(browser: Any, seeds: Path, tmp_path: Path) -> None:
    result = check_text((seeds / "env-half-year.txt").read_text("utf-8"), "a.txt")
    target = tmp_path / "report.html"
    target.write_text(page_of(Run((result,))), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    requests: list[str] = []
    messages: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.goto(target.as_uri())
    total = len(result.diagnostics)
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.inner_text("output") == f"2 / {total}"
    assert page.evaluate("document.activeElement.id") == "n2"
    page.keyboard.press("p")
    assert page.inner_text("output") == f"1 / {total}"
    page.keyboard.press("f")
    page.keyboard.press("Space")
    errors = sum(one.severity is Severity.ERROR for one in result.diagnostics)
    assert page.locator(".note:visible").count() == total - errors
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert requests == [target.as_uri()]
    assert messages == []
