"""The page of a review: what was and was not checked, the report with its findings in place, the findings beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportlint.finding import Applicability, Severity
from reportlint.reporters.coverage import coverage
from reportlint.reporters.marked import ICONS, shown
from reportlint.reporters.style import Style
from reportlint.reporters.words import LEVELS, family
from reportlint.web.cards import card
from reportlint.web.downloads import DOWNLOADS
from reportlint.web.frame import foot, page, top
from reportlint.web.pane import previous_pane, report_pane
from reportlint.web.review import Review, State

#: Findings beyond this many are counted, not shown: nobody reads so many, and browsers choke.
MOST = 1000


def review_page(name: str, review: Review, style: Style) -> str:
    """The page of the review that the desk calls ``name``."""
    title = f"{review.report.name} – reportlint"
    return page(title, _body(name, review, style), style, script="review.js", attributes=f' data-review="{name}"')


def _body(name: str, review: Review, style: Style) -> Iterator[str]:
    say = style.either
    yield top(style, shown(review.report.name), _beside(review, style) + _tiles(review, style))
    yield '<main id="main">\n'
    yield from _notes(review, style)
    if review.diagnostics:
        yield _bar(review, style)
    paired = review.beside.previous is not None
    alone = "" if review.diagnostics else " alone"
    yield f'<div class="desk{" paired" if paired else ""}{alone}">\n'
    yield from report_pane(review, style, MOST)
    if review.beside.previous is not None:
        yield from previous_pane(review, review.beside.previous, style, MOST)
    if review.diagnostics:
        yield from _list(review, style)
    yield "</div>\n"
    yield from _downloads(name, review, style)
    yield f'<section class="coverage" aria-label="{say("核对情况", "What was checked")}"><h2>{say("查了什么，没能查什么", "What was and was not checked")}</h2>\n'
    yield f"<p>{_covered(review, style)}</p>\n"
    yield from coverage(review.kept(), style)
    yield "</section>\n</main>\n" + foot()
    yield from _dialogs(review, style)


def _beside(review: Review, style: Style) -> str:
    """What it was compared with."""
    say = style.either
    parts = []
    if review.beside.previous is not None:
        parts.append(say("对照上期：", "compared with: ") + shown(review.beside.previous.path))
    if review.beside.ledger_name:
        parts.append(
            say("核对台账：", "ledger: ")
            + shown(review.beside.ledger_name)
            + say(f"（{len(review.beside.ledger)} 行）", f" ({len(review.beside.ledger)} rows)")
        )
    return f'<p class="quiet">{"；".join(parts)}</p>\n' if parts else ""


def _tiles(review: Review, style: Style) -> str:
    """What is wrong, what is doubtful, what was and what could not be checked."""
    levels = Counter(one.severity for one in review.diagnostics)
    say, result = style.either, review.result
    tiles = [
        (levels[Severity.ERROR], "error", say("错误：从文字就能断定", "errors: the text proves them")),
        (levels[Severity.WARNING], "warning", say("警告：存疑，请核对", "warnings: doubtful, please check")),
        (levels[Severity.INFO], "info", say("提示：体例与用语", "infos: style and usage")),
        (result.checked, "", say("处关系核对过", "relations checked")),
        (result.abstained, "", say("处关系未能核对", "relations not checkable")),
    ]
    return (
        '<ul class="tiles">'
        + "".join(
            f'<li class="{kind if count else ""}"><b>{count}</b> <span>{words}</span></li>'
            for count, kind, words in tiles
        )
        + "</ul>\n"
    )


def _notes(review: Review, style: Style) -> Iterator[str]:
    """What of the file could not be read, and how it stands where nothing was found."""
    say = style.either
    documents = [one for one in (review.document, review.beside.previous) if one is not None]
    notes = [(one.path, note) for one in documents for note in one.notes]
    if notes:
        yield f'<div class="broken" role="note"><h2>{say("没能检查的部分", "Not checked")}</h2>\n<ul>'
        yield "".join(f"<li>{shown(path)}：{shown(note)}</li>" for path, note in notes)
        yield "</ul></div>\n"
    if not review.diagnostics:
        words = say("没有发现问题。", "Nothing found.")
        caution = say(
            "没有发现，不等于没有问题：程序只说自己算得清的。下面写着核对了什么、没能核对什么。",
            "That does not mean that nothing is wrong: see below what was and was not checked.",
        )
        yield f'<p class="fine"><b>{words}</b> {caution}</p>\n'


def _bar(review: Review, style: Style) -> str:
    """The way through the findings: next and previous, and how many are seen."""
    say, total = style.either, len(review.diagnostics)
    return (
        f'<div class="bar"><button type="button" data-do="previous"><span aria-hidden="true">↑</span> {say("上一处", "Previous")}</button> '
        f'<button type="button" data-do="next"><span aria-hidden="true">↓</span> {say("下一处", "Next")}</button>\n'
        f'<span class="seen"><span id="seen">{say("已看", "seen")} {review.seen}/{total}</span> '
        f'<progress max="{total}" value="{review.seen}" aria-labelledby="seen"></progress></span>\n'
        f'<a class="away" href="#take">{say("带走结果", "Take away")}</a>'
        f'<button type="button" class="round" data-do="help" aria-label="{say("快捷键", "Keys")}">?</button>\n'
        '<p id="said" role="status" class="unseen"></p></div>\n'
    )


def _list(review: Review, style: Style) -> Iterator[str]:
    say = style.either
    title = say("发现", "Findings")
    yield f'<section class="list" aria-label="{title}" tabindex="0"><h2 class="unseen">{title}</h2>\n'
    yield _filter(review, style)
    yield f"{_whole(review, style)}<ol>\n"
    for number in range(1, min(len(review.diagnostics), MOST) + 1):
        yield card(review, number, style)
    yield "</ol>\n"
    more = len(review.diagnostics) - MOST
    if more > 0:
        words = say(
            f"另有 {more} 处没有列出：先处理这些，改好再查一遍。", f"{more} more are not listed: deal with these first."
        )
        yield f"<p>{words}</p>\n"
    yield f'<p id="none" hidden>{say("筛选之后没有剩下的。", "The filter leaves nothing.")}</p></section>\n'


def _filter(review: Review, style: Style) -> str:
    """What of the findings is shown."""
    say = style.either
    levels = Counter(one.severity for one in review.diagnostics)
    families = Counter(one.rule.family for one in review.diagnostics)
    boxes = {
        ("level", say("级别", "Level")): [
            (
                level.label,
                f'<span class="level {level.label}">{ICONS[level]} {style.say(LEVELS[level])}</span> {levels[level]}',
            )
            for level in reversed(Severity)
            if levels[level]
        ],
        ("family", say("类别", "Family")): [
            (shown(code), f"{shown(style.say(family(code)))} {count}") for code, count in sorted(families.items())
        ],
        ("state", say("处理", "Decision")): [
            (State.OPEN.value, say("待定", "open")),
            (State.ACCEPTED.value, say("已采用", "accepted")),
            (State.IGNORED.value, say("已忽略", "ignored")),
        ],
    }
    fields = "".join(
        f"<fieldset><legend>{legend}</legend>"
        + "".join(
            f'<label><input type="checkbox" name="{name}" value="{value}" checked> {words}</label>'
            for value, words in choices
        )
        + "</fieldset>\n"
        for (name, legend), choices in boxes.items()
    )
    return f'<details class="filter" open><summary>{say("筛选", "Filter")} <output></output></summary>\n{fields}</details>\n'


def _whole(review: Review, style: Style) -> str:
    """What can be done with all findings at once."""
    say = style.either
    safe = sum(
        bool(change) and one.finding.fix is not None and one.finding.fix.applicability is Applicability.SAFE
        for change, one in zip(review.changes, review.diagnostics, strict=True)
    )
    buttons = []
    if safe:
        words = say(f"采用全部有把握的修改（{safe}）", f"Accept all safe fixes ({safe})")
        buttons.append(f'<button type="button" data-do="safe">{words}</button>')
    if review.writable:
        words = say("改好再查一遍", "Apply and check again")
        buttons.append(f'<button type="button" data-do="again" hidden>{words}</button>')
    return f'<p class="whole">{" ".join(buttons)}</p>\n' if buttons else ""


def _downloads(name: str, review: Review, style: Style) -> Iterator[str]:
    say = style.either
    yield f'<section class="take" id="take"><h2>{say("带走", "Take away")}</h2>\n<ul>\n'
    for kind, one in DOWNLOADS.items():
        obstacle = one.obstacle(review, style)
        words = style.either(one.zh, one.en)
        # A link that leads nowhere yet: the script gives it its address when there is something to take.
        address = "" if obstacle else f' href="/reviews/{name}/{kind}"'
        state = ' aria-disabled="true" role="link" tabindex="0"' if obstacle else ""
        yield (
            f'<li><a class="button" data-kind="{kind}"{address}{state} download>{words}</a> '
            f"<small>{shown(obstacle)}</small></li>\n"
        )
    yield "</ul>\n"
    if not review.writable:
        words = say(
            "这种格式不能直接改写：“改后的文件”是改好的纯文本，原文件请对照着改。",
            "This format cannot be written: the corrected file is a plain text.",
        )
        yield f'<p class="quiet">{words}</p>\n'
    forget = say("看完了，从内存中清除", "Done: forget this review")
    yield f'<p><button type="button" class="plain" data-forget="{name}">{forget}</button></p></section>\n'


def _covered(review: Review, style: Style) -> str:
    """How much was looked at, in one sentence."""
    result, say = review.result, style.either
    excused = review.kept().suppressed
    words = say(
        f"读出 {result.quantities} 个数据，核对了 {result.checked} 处关系，{result.abstained} 处没能核对（原因见下，请人工核对）",
        f"{result.quantities} figures recognised, {result.checked} relations checked, {result.abstained} not checkable (reasons below: please check by hand)",
    )
    return words + (say(f"；按说明忽略 {excused} 处。", f"; {excused} excused.") if excused else say("。", "."))


def _dialogs(review: Review, style: Style) -> Iterator[str]:
    """The keys, the reason to ignore, and what the rules say."""
    say = style.either
    keys = (
        ("n", say("下一处", "next finding")),
        ("p", say("上一处", "previous finding")),
        ("a", say("采用修改", "accept the fix")),
        ("i", say("忽略，写明理由", "ignore, with a reason")),
        ("u", say("撤销决定", "take the decision back")),
        ("f", say("筛选", "filter")),
        ("?", say("这张表", "this table")),
    )
    rows = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{words}</dd>" for key, words in keys)
    close = f'<form method="dialog"><button>{say("关闭", "Close")}</button></form>'
    title = say("快捷键", "Keys")
    yield (
        f'<dialog id="help" aria-label="{title}"><h2>{title}</h2><dl>{rows}</dl>'
        f'<p><label><input type="checkbox" id="keys" checked> {say("启用这些单键", "Use these keys")}</label></p>{close}</dialog>\n'
    )
    title = say("为什么不算错？", "Why is this right?")
    yield (
        f'<dialog id="reason" aria-labelledby="reason-title"><form method="dialog"><h2 id="reason-title">{title}</h2>'
        f'<p class="quiet" id="about"></p>\n<label for="why">{say("理由（随结果一起保存）", "Reason (kept with the results)")}</label>\n'
        f'<textarea id="why" rows="3" maxlength="300" required></textarea>\n<p class="act"><button value="ignore" class="main">{say("忽略这一处", "Ignore")}</button> '
        f'<button value="cancel" formnovalidate class="plain">{say("取消", "Cancel")}</button></p></form></dialog>\n'
    )
    for code, rule in sorted({one.rule.code: one.rule for one in review.diagnostics}.items()):
        _, _, rest = rule.doc.partition("\n")
        paragraphs = "".join(
            f"<p>{'<br>'.join(map(shown, part.strip().splitlines()))}</p>"
            for part in rest.split("\n\n")
            if part.strip()
        )
        examples = "".join(f"<li>{_example(one)}</li>" for one in rule.bad[:3])
        fine = "".join(f"<li>{_example(one)}</li>" for one in rule.good[:3])
        yield (
            f'<dialog id="rule-{shown(code)}" class="rule" aria-labelledby="rule-{shown(code)}-title"><h2 id="rule-{shown(code)}-title">{shown(code)} {shown(rule.title)}</h2>'
            f'<p class="quiet">{shown(rule.name)} · {style.say(LEVELS[rule.severity])} · {shown(style.say(family(rule.family)))}</p>\n'
            f'<div lang="zh-CN">{paragraphs}<h3>{say("会报", "Reported")}</h3><ul>{examples}</ul><h3>{say("不报", "Not reported")}</h3><ul>{fine}</ul></div>{close}</dialog>\n'
        )


def _example(marked: str) -> str:
    """An example of a rule with its place marked."""
    return shown(marked).replace("⟦", "<mark>").replace("⟧", "</mark>").replace("\n", "<br>")
