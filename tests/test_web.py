"""Every address of the local web page over a real socket: files in, the review, decisions, files out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the local web page needs the extra web")
pytest.importorskip("uvicorn", reason="the local web page needs the extra web")


from conftest import SEEDS, runner
from reportlint.api import check_bytes, check_text
from reportlint.beyond import Beside
from reportlint.cli import cli
from reportlint.finding import Applicability
from reportlint.ledger import entries, parsed
from reportlint.settings import Settings
from reportlint.sources import from_text
from reportlint.suppression import Directive
from reportlint.web.labels import attachment, label, renamed
from reportlint.web.review import Review, State, Upload
from webserver import Client, Running, findings, running

NAME = "env-half-year.txt"
DRAFT = (SEEDS / NAME).read_bytes()
HOSTILE = '"><img src=x onerror=alert(1)>\u202e</title><script>alert(1)</script>.txt'
NOW = "某市2024年工作总结\n2024年，全市粮食产量52.5万吨，同比增长5%。\n"
BEFORE = "某市2023年工作总结\n2023年，全市粮食产量48万吨，同比增长3%。\n"
LEDGER = "指标,时段,数值,单位\n粮食产量,2024年,52.8,万吨\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running() as found:
        yield found


@pytest.fixture(scope="module")
def client(server: Running) -> Client:
    return server.client()


@pytest.fixture
def review(client: Client) -> str:
    address, _ = client.check(DRAFT, NAME)
    return address


class Balanced(HTMLParser):
    """Fails on tags that do not close in order; counts ids."""

    VOID = frozenset(("meta", "link", "input", "br", "rect", "img"))

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.feed(page)
        assert self.open == []
        assert len(self.ids) == len(set(self.ids)), "every id stands once"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_start_page_says_what_can_be_dropped_and_where_it_goes(client: Client) -> None:
    page = client.get("/").text
    Balanced(page)
    assert "把报告拖进来" in page and "上期报告" in page and "台账" in page and "不写硬盘" in page


def test_a_report_is_shown_whole_with_every_finding_in_place_and_beside(client: Client, review: str) -> None:
    page = client.get(review).text
    found = check_bytes(DRAFT, NAME)
    Balanced(page)
    cards = findings(page)
    assert [card["n"] for card in cards] == [str(n) for n in range(1, len(found.diagnostics) + 1)]
    rows = re.findall(r'<div class="row" id="t-l\d+">(.*?)</div>', page)
    lines = DRAFT.decode().splitlines()
    shown = [re.sub(r"<ins [^>]*>.*?</ins>|<[^>]+>", "", row) for row in rows]
    assert shown[: len(lines)] == lines
    for number, one in enumerate(found.diagnostics, 1):
        pieces = re.findall(rf'<mark [^>]*data-about="(?:\d+ )*{number}(?: \d+)*">(.*?)</mark>', page)
        words = "".join(re.sub(r"<ins [^>]*>.*?</ins>|<[^>]+>", "", piece) for piece in pieces)
        assert found.document.slice(one.span) in words
        assert one.finding.message.zh in page


def test_the_page_says_what_was_checked_and_what_could_not_be(client: Client, review: str) -> None:
    page, found = client.get(review).text, check_bytes(DRAFT, NAME)
    assert f"核对了 {found.checked} 处关系，{found.abstained} 处没能核对" in page
    assert f"已看 0/{len(found.diagnostics)}" in page and "未能核对的关系" in page


def test_progress_is_told_line_by_line_and_ends_with_the_review(client: Client) -> None:
    _, news = client.check("".join(f"第{n}项工作完成{n}件。\n" for n in range(4000)).encode(), "长.txt")
    assert set(news[-1]) == {"review"}
    stages = [one["stage"] for one in news[:-1]]
    shares = [one["share"] for one in news if "share" in one]
    assert any("正在" in stage for stage in stages) and shares == sorted(shares)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "空.txt", ""),
        (b"\x00\x01\x02" * 50, "乱.txt", "文件"),
        (b"PK\x03\x04 no", "坏.docx", "Word"),
        (b"%PDF-1.7 no", "坏.pdf", "PDF"),
        ("没有后缀的文字，共26项，已完成29项。".encode("gb18030"), "草稿", ""),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(client: Client, data: bytes, name: str, words: str) -> None:
    if name.endswith((".docx", ".pdf")):
        pytest.importorskip("lxml")
        pytest.importorskip("pypdfium2")
    address, news = client.check(data, name)
    assert bool(address) is not bool(words)
    assert words in news[-1].get("error", "") and "Traceback" not in str(news)


def test_a_format_that_cannot_be_read_is_refused_before_it_is_sent(client: Client) -> None:
    answer = client.upload(b"x", "旧.doc")
    assert answer.status == 415 and "另存为 .docx" in answer.json["error"]
    assert client.upload(b"x", "台账.docx", "ledger").status == 415
    assert client.upload(b"x", "a.txt", "nothing").status == 404


def test_uploads_are_taken_once_and_strange_ones_are_not_there(client: Client) -> None:
    upload = client.upload(DRAFT, NAME).json["upload"]
    assert client.post("/reviews", {"report": upload}).status == 200
    assert client.post("/reviews", {"report": upload}).status == 410
    assert client.post("/reviews", {"report": "../../etc/passwd"}).status == 410
    assert client.post("/reviews", {}).status == 400


def test_hostile_names_and_texts_do_nothing(client: Client) -> None:
    text = f"某局2024年总结\n共26项，已完成29项。{HOSTILE}<svg onload=alert(1)>\n${{7*7}}\x1b[31m\n"
    review, news = client.check(text.encode(), HOSTILE.replace("/", "_"))
    assert review, news
    for address in ("/", review):
        page = client.get(address).text
        tags = Balanced(page).tags
        assert "img" not in tags and tags.count("script") == 1 and "svg" not in tags
        assert "\u202e" not in page and "\x1b" not in page and "U+202E" in page
    for kind in ("report", "facts", "annotated"):
        answer = client.get(f"{review}/{kind}")
        assert answer.status == 200
        disposition = answer.headers["content-disposition"]
        assert disposition.isascii() and not set('<>"/\\') & set(disposition.partition("UTF-8''")[2])


@pytest.mark.parametrize(
    "name", ["..", "/", "", "CON", "a" * 4000, "\\\\evil\\share\\x.txt", "C:\\Users\\x.txt", "\x00\r\nSet-Cookie: x"]
)
def test_a_name_is_a_label_and_never_a_path(client: Client, name: str) -> None:
    made = label(name)
    assert made and len(made) <= 130 and not set('/\\:\r\n\x00<>"') & set(made) and made.upper() != "CON"
    assert not made.startswith(".") and "\r" not in attachment(made) and len(renamed(made, "改", ".txt")) <= 130
    review, news = client.check("共26项，已完成29项。".encode(), name)
    assert review or "error" in news[-1]


def test_looking_is_counted(client: Client, review: str) -> None:
    total = len(findings(client.get(review).text))
    for number, seen in ((1, 1), (1, 1), (3, 2)):
        answer = client.post(f"{review}/findings/{number}", {"do": "see"}).json
        assert (answer["seen"], answer["total"]) == (seen, total)
    assert f"已看 2/{total}" in client.get(review).text


def test_a_fix_is_accepted_taken_back_and_taken_away(client: Client, review: str) -> None:
    page = client.get(review).text
    number = next(
        n
        for n, one in enumerate(check_bytes(DRAFT, NAME).diagnostics, 1)
        if one.finding.fix and one.rule.code == "TY001"
    )
    assert 'data-act="accept">改为“签订”' in page
    assert client.get(f"{review}/corrected").status == 409
    answer = client.post(f"{review}/findings/{number}", {"do": "accept"}).json
    assert answer["findings"][str(number)]["state"] == "accepted" and answer["downloads"]["corrected"] == ""
    taken = client.get(f"{review}/corrected")
    assert taken.body.decode() == DRAFT.decode().replace("签定", "签订", 1)
    assert "%E6%94%B9" in taken.headers["content-disposition"]
    client.post(f"{review}/findings/{number}", {"do": "reopen"})
    assert client.get(f"{review}/corrected").status == 409


def test_all_safe_fixes_are_accepted_at_once_and_checked_again(client: Client, review: str) -> None:
    safe = {
        str(n)
        for n, one in enumerate(check_bytes(DRAFT, NAME).diagnostics, 1)
        if one.finding.fix and one.finding.fix.applicability is Applicability.SAFE
    }
    before = len(findings(client.get(review).text))
    client.post(f"{review}/findings/1", {"do": "ignore", "reason": "口径如此"})
    answer = client.post(f"{review}/safe").json
    assert safe and set(answer["findings"]) == safe
    last = client.post(f"{review}/again").text.splitlines()[-1]
    assert review.rpartition("/")[2] in last
    cards = findings(client.get(review).text)
    assert len(cards) == before - len(safe)
    assert [card["state"] for card in cards].count("ignored") == 1, "what was ignored stays so"
    assert "个百分点" in client.get(review).text


def test_a_number_is_never_changed(client: Client) -> None:
    review, _ = client.check("共26项，已完成29项。".encode(), "总结.txt")
    answer = client.post(f"{review}/findings/1", {"do": "accept"})
    assert answer.status == 409 and "原文件" in answer.json["error"]


def test_fixes_that_touch_are_not_both_accepted() -> None:
    from reportlint.finding import Diagnostic, Finding, Fix, Message, Replacement, Severity
    from reportlint.registry import rules
    from reportlint.span import Span

    review = Review(Upload("a.txt", "甲乙丙丁".encode()), Settings())
    places = ((Span(0, 2), "一二"), (Span(2, 3), "三"), (Span(1, 3), "四五"))
    fixes = [Fix("改", Applicability.SAFE, (Replacement(*place),)) for place in places]
    found = tuple(
        Diagnostic(rules()[0], Finding(fix.replacements[0].span, Message("错"), fix=fix), Severity.ERROR, str(number))
        for number, fix in enumerate(fixes)
    )
    review.result = review.result._replace(diagnostics=found)
    for name in ("keys", "changes"):
        review.__dict__.pop(name, None)
    assert review.accept_safe() == [1]
    review.reopen(1)
    review.accept(3)
    with pytest.raises(Exception, match="第 3 处"):
        review.accept(1)
    assert review.corrected().data.decode() == "甲四五丁"


def test_ignoring_needs_a_reason_and_shows_it_everywhere(client: Client, review: str) -> None:
    for reason in ("", "   "):
        assert client.post(f"{review}/findings/1", {"do": "ignore", "reason": reason}).status == 409
    assert client.post(f"{review}/findings/1", {"do": "ignore", "reason": "x" * 501}).status == 400
    client.post(f"{review}/findings/1", {"do": "ignore", "reason": '与"统计局"\n口径一致<b>'})
    page = client.get(review).text
    assert "与&quot;统计局&quot; 口径一致&lt;b&gt;" in page
    message = check_bytes(DRAFT, NAME).diagnostics[0].finding.message.zh
    report = client.get(f"{review}/report").text
    assert "按说明忽略的（1 处）" in report and "口径一致" in report
    comments = zipfile.ZipFile(io.BytesIO(client.get(f"{review}/annotated").body)).read("word/comments.xml").decode()
    assert message not in comments


def test_what_was_ignored_can_be_kept_in_a_configuration(client: Client, review: str, tmp_path: Path) -> None:
    client.post(f"{review}/findings/1", {"do": "ignore", "reason": '含"结转"\\的3项'})
    answer = client.get(f"{review}/exemptions")
    (tmp_path / "reportlint.toml").write_bytes(answer.body)
    (tmp_path / NAME).write_bytes(DRAFT)
    from reportlint.api import check_file

    found = check_file(tmp_path / NAME)
    assert found.suppressed == 1
    assert isinstance(found.excused[0][1], Directive) and found.excused[0][1].reason == '含"结转"\\的3项'


@pytest.mark.parametrize("number", ["0", "99999", "-1", "x"])
def test_there_are_no_other_findings(client: Client, review: str, number: str) -> None:
    assert client.post(f"{review}/findings/{number}", {"do": "see"}).status == 404
    assert client.post(f"{review}/findings/1", {"do": "delete"}).status == 400


def test_the_last_report_stands_beside_with_its_places_marked(client: Client) -> None:
    review, news = client.check(NOW.encode(), "今年.txt", previous=(BEFORE.encode(), "去年.txt"))
    assert review, news
    page = client.get(review).text
    Balanced(page)
    pane = page.partition('id="p"')[2].partition("</section>")[0]
    assert re.search(r'<span class="place" data-f="\d+">48万吨</span>', pane)
    assert "LG002" in page and "对照上期：去年.txt" in page


def test_a_ledger_is_compared_with(client: Client) -> None:
    review, _ = client.check(NOW.encode(), "今年.txt", ledger=(LEDGER.encode("gb18030"), "台账.csv"))
    page = client.get(review).text
    assert "LG001" in page and "台账.csv（1 行）" in page and "52.8万吨" in page


def test_all_mistakes_of_a_ledger_are_told(client: Client) -> None:
    wrong = "指标,时段,数值,单位\n粮食产量,上半年,52.8,万吨\n,2024年,五十,万吨\n"
    _, news = client.check(NOW.encode(), "今年.txt", ledger=(wrong.encode(), "台账.csv"))
    error = news[-1]["error"]
    assert "第 2 行" in error and "第 3 行" in error and "命令" not in error
    _, news = client.check(NOW.encode(), "今年.txt", previous=(b"\x00" * 9, "去年.txt"))
    assert "上期报告 去年.txt" in news[-1]["error"]


def test_the_figures_are_taken_away_without_formulas(client: Client) -> None:
    text = "某县2024年总结\n=cmd|'/c calc'!A1 粮食产量52.5万吨，增长5%。\n@SUM(1) 共3项。\n+总产量1吨。\n"
    review, _ = client.check(text.encode(), "总结.txt")
    answer = client.get(f"{review}/facts")
    assert answer.body.startswith(b"\xef\xbb\xbf") and "52.5" in answer.body.decode()
    import csv

    for row in csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "@", "\t")) for cell in row), row


def test_a_word_file_comes_back_with_comments_and_with_tracked_changes(client: Client) -> None:
    pytest.importorskip("lxml")
    data = (Path(__file__).parent / "documents/report.docx").read_bytes()
    review, news = client.check(data, "总结.docx")
    assert review, news
    annotated = client.get(f"{review}/annotated")
    with zipfile.ZipFile(io.BytesIO(annotated.body)) as made:
        comments = made.read("word/comments.xml").decode()
    count = len(findings(client.get(review).text))
    assert comments.count('w:author="reportlint"') == count > 0


def test_a_word_file_is_corrected_in_the_open(client: Client) -> None:
    pytest.importorskip("lxml")
    from reportlint.sources.docx.draft import draft

    data = draft(from_text("某局2024年总结\n\n与12个乡镇签定目标责任书，工作布署到位。\n"))
    review, _ = client.check(data, "总结.docx")
    answer = client.post(f"{review}/findings/1", {"do": "accept"})
    assert answer.status == 200, answer.text
    body = client.get(f"{review}/corrected")
    assert body.headers["content-type"].startswith("application/vnd.openxmlformats")
    with zipfile.ZipFile(io.BytesIO(body.body)) as made:
        document = made.read("word/document.xml").decode()
    assert "<w:ins " in document and "<w:del " in document


def test_a_format_that_cannot_be_written_gives_a_corrected_text(client: Client) -> None:
    pytest.importorskip("pypdfium2")
    files = sorted((Path(__file__).parent / "documents/pdf").glob("*.pdf"))
    review = ""
    for file in files:
        address, _ = client.check(file.read_bytes(), file.name)
        review = address or review
    page = client.get(review).text
    assert "不能直接改写" in page and 'data-do="again"' not in page
    assert "不能直接改写" in client.post(f"{review}/again").json["error"]


def test_the_language_is_switched(client: Client, review: str) -> None:
    try:
        assert client.post("/lang", {"lang": "en"}).status == 200
        for address in ("/", review):
            page = client.get(address).text
            assert '<html lang="en">' in page
        assert "seen 0/" in page and "Take away" in page
    finally:
        client.post("/lang", {"lang": "zh"})
    assert '<html lang="zh-CN">' in client.get("/").text


def test_a_review_is_forgotten(client: Client, review: str) -> None:
    assert NAME in client.get("/").text
    assert client.ask("DELETE", review).status == 204
    assert client.get(review).status == 404 and client.get(f"{review}/report").status == 404


def test_the_desk_keeps_the_last_ones_only(server: Running) -> None:
    from reportlint.web.desk import Desk

    desk = Desk()
    made = [desk.open(Review(Upload(f"{n}.txt", b"x"), server.site.settings)) for n in range(12)]
    assert [desk.review(name) is None for name in made] == [True] * 4 + [False] * 8
    for n in range(30):
        desk.lay(Upload(str(n), b"x" * 10_000_000))
    assert desk._bytes() <= 200_000_000


def test_a_check_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    from reportlint.web import review as module

    real = module.check_bytes

    def slow(*args: object, watch: object, **options: object) -> object:
        def watched(rules: object) -> Iterator[object]:
            for rule in watch(rules):  # type: ignore[operator]
                time.sleep(0.05)
                yield rule

        return real(*args, watch=watched, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "check_bytes", slow)
    with running(seconds=0.4) as server:
        start = time.monotonic()
        _, news = server.client().check(DRAFT, NAME)
        assert "还没有查完" in news[-1]["error"] and time.monotonic() - start < 5


def test_who_leaves_stops_the_check(server: Running, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket
    import threading
    import time

    from reportlint.web import review as module

    began, ended = threading.Event(), threading.Event()

    def endless(*_: object, watch: object, **__: object) -> object:
        began.set()
        try:
            for _rule in watch(range(10_000)):  # type: ignore[operator]
                time.sleep(0.02)
        finally:
            ended.set()
        return None

    monkeypatch.setattr(module, "check_bytes", endless)
    upload = client.upload(DRAFT, NAME).json["upload"]
    body = f'{{"report": "{upload}"}}'
    with socket.create_connection(("127.0.0.1", client.port)) as connection:
        connection.sendall(
            f"POST /reviews HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nCookie: {client.cookie}\r\nX-Reportlint: 1\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        assert b"200" in connection.recv(1000)
        assert began.wait(30), "who leaves before that stops it from beginning"
    assert ended.wait(30), "nobody waits any more"


# The library below


def test_bytes_are_checked_as_the_file_would_be() -> None:
    assert check_bytes(DRAFT, NAME).diagnostics == check_text(DRAFT.decode(), NAME).diagnostics
    seen = []
    check_bytes(DRAFT, NAME, select=["NM"], watch=lambda rules: seen.extend(rules) or rules)
    assert seen and all(rule.family in ("NM", "RL") for rule in seen)


def test_what_is_at_hand_is_compared_with() -> None:
    rows = entries(parsed(LEDGER.encode(), "台账.csv"))
    beside = Beside(from_text(BEFORE, "去年.txt"), rows, "台账.csv")
    codes = {one.rule.code for one in check_bytes(NOW.encode(), "今年.txt", beside=beside).diagnostics}
    assert {"LG001", "LG002"} <= codes


def test_states_are_those_of_the_page() -> None:
    assert {state.value for state in State} == {"open", "accepted", "ignored"}


def test_the_command_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportlint.cli.serve.find_spec", lambda _name: None)
    done = runner().invoke(cli, ["serve"])
    assert done.exit_code == 1 and "pip install 'reportlint[web]'" in str(done.exception)


def test_the_command_serves_until_it_is_stopped(tmp_path: Path) -> None:
    import signal
    import subprocess
    import sys

    process = subprocess.Popen(
        [sys.executable, "-m", "reportlint", "serve", "--no-open", "--lang", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    try:
        assert process.stdout is not None
        assert "Ctrl-C" in process.stdout.readline()
        link = process.stdout.readline().split()[-1]
        client = Client(int(re.search(r":(\d+)/", link)[1]))  # type: ignore[index]
        assert client.enter(link).status == 303
        assert "Drop a report" in client.get("/").text
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0 and "stopped" in err and "Traceback" not in out + err
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
