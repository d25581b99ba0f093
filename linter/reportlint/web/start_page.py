"""The page on which a report is dropped or pasted, with the last report and the ledger beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.reporters.marked import shown
from reportlint.reporters.style import Style
from reportlint.sources import FORMATS, LARGEST
from reportlint.web.frame import foot, page, top
from reportlint.web.review import Review, State

LEDGERS = (".csv", ".xlsx", ".xlsm", ".xls")


def start_page(reviews: Sequence[tuple[str, Review]], style: Style) -> str:
    """The page; ``reviews`` are those under way."""
    return page(
        style.either("reportlint：校对公文报告", "reportlint: proofread a report"),
        _body(reviews, style),
        style,
        script="start.js",
        attributes=' class="start"',
    )


def _body(reviews: Sequence[tuple[str, Review]], style: Style) -> Iterator[str]:
    say = style.either
    readable = [suffix for suffix, form in FORMATS.items() if form.readable]
    heading = say("把报告拖进来", "Drop a report")
    lead = say(
        "找出不可能对的地方：没填的占位符、加不起来的数字、2 月 30 日、错别字。每一条都写明在哪里、为什么。",
        "Finds what cannot be right: placeholders, sums that do not add up, 30 February, typos; each with its place and its reason.",
    )
    yield top(style, heading, f'<p class="lead">{lead}</p>\n')
    yield f'<main id="main">\n<form id="start" data-most="{LARGEST}" data-readable="{" ".join(readable)}">\n'
    yield '<div class="zones">\n'
    yield _zone(
        "report",
        say("要查的报告", "The report"),
        say("拖到这里，或点击选择文件", "Drop it here, or click to choose"),
        _kinds(readable, style),
        readable,
        style,
    )
    yield '<div class="or">'
    yield f'<label for="pasted">{say("或者粘贴文字", "Or paste its text")}</label>\n'
    hint = say("把文字粘贴在这里……", "Paste the text here …")
    yield f'<textarea id="pasted" rows="7" spellcheck="false" autocomplete="off" placeholder="{hint}"></textarea></div>\n</div>\n'
    yield '<details class="beside"><summary>'
    yield say("再与上期报告、台账对照（可选）", "Compare with the last report and a ledger (optional)")
    yield '</summary>\n<div class="zones">\n'
    yield _zone(
        "previous",
        say("上期报告", "The last report"),
        say("去年或上期的同一份报告", "The same report of the last period"),
        say("同比倒推的基数与它对不上时会指出", "bases that growth rates imply are compared with it"),
        readable,
        style,
    )
    ledgers = [suffix for suffix in LEDGERS if suffix == ".csv" or FORMATS[suffix].readable]
    yield _zone(
        "ledger",
        say("台账", "The ledger"),
        say("指标、时段、数值、单位各一列的表", "a table of indicator, period, value, unit"),
        " ".join(ledgers),
        ledgers,
        style,
    )
    yield "</div>\n</details>\n"
    yield f'<p class="act"><button type="submit" class="main">{say("开始检查", "Check")}</button> '
    yield f'<button type="button" class="plain" id="cancel" hidden>{say("取消", "Cancel")}</button></p>\n'
    yield '<div id="progress" hidden><progress max="1"></progress> <p role="status"></p></div>\n'
    yield '<div id="problem" class="broken" role="alert" tabindex="-1" hidden></div>\n</form>\n'
    yield f'<noscript><p class="broken">{say("这个页面要用到脚本，请在浏览器里允许它", "This page needs script")}</p></noscript>\n'
    if reviews:
        yield from _reviews(reviews, style)
    yield f'<section class="promise"><h2>{say("文件去了哪里", "Where the file goes")}</h2>\n<p>'
    yield say(
        "哪里也不去：只在这台机器的内存里，不写硬盘，不联网；关掉命令窗口（Ctrl-C）就什么都没有了。",
        "Nowhere: it stays in the memory of this machine, is never written to a disk or sent anywhere, and is gone when the program ends (Ctrl-C).",
    )
    yield "</p></section>\n</main>\n" + foot()


def _zone(role: str, title: str, action: str, hint: str, suffixes: Sequence[str], style: Style) -> str:
    accept = ",".join(suffixes)
    remove = style.either("不要这个文件", "Remove this file")
    return (
        f'<div class="zone" data-role="{role}"><label for="{role}"><b>{title}</b> <span>{action}</span> '
        f'<small id="{role}-hint">{hint}</small></label>\n'
        f'<input type="file" id="{role}" accept="{accept}" aria-describedby="{role}-hint">\n'
        f'<p class="chosen" hidden><span></span> <button type="button" class="plain" aria-label="{remove}">×</button></p></div>\n'
    )


def _kinds(readable: Sequence[str], style: Style) -> str:
    """The formats in a person's words, and what is missing for the others."""
    names = {"Word": ".docx", "PDF": ".pdf", "Excel": ".xlsx"}
    have = [name for name, suffix in names.items() if suffix in readable]
    lack = [(name, FORMATS[suffix].extra) for name, suffix in names.items() if suffix not in readable]
    say = style.either
    words = say("、", ", ").join([*have, say("网页", "HTML"), say("纯文本", "text"), "Markdown"])
    if lack:
        extras = ",".join(extra for _, extra in lack)
        missing = say("、", ", ").join(name for name, _ in lack)
        command = f"pip install 'reportlint[{extras}]'"
        words += say(f"；读 {missing} 需要 {command}", f"; {missing} need {command}")
    return shown(words)


def _reviews(reviews: Sequence[tuple[str, Review]], style: Style) -> Iterator[str]:
    say = style.either
    yield f'<section class="reviews"><h2>{say("正在看的", "Under review")}</h2>\n<ul>\n'
    for name, review in reviews:
        open_ = len(review.numbers(State.OPEN))
        total = len(review.diagnostics)
        words = say(
            f"发现 {total} 处，已看 {review.seen}，待定 {open_}", f"{total} findings, {review.seen} seen, {open_} open"
        )
        forget = say("从内存中清除", "Forget")
        yield (
            f'<li><a href="/reviews/{name}">{shown(review.report.name)}</a> <span class="quiet">{words}</span> '
            f'<button type="button" class="plain" data-forget="{name}" aria-label="{forget}：{shown(review.report.name)}">{forget}</button></li>\n'
        )
    yield "</ul></section>\n"
