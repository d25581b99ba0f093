"""One HTML file to read, mail and print: the report as read, its findings marked in place and noted in the margin.

It is complete without script and readable without style, for servers such as Jenkins show it with neither; script only adds the
filter and the keys. Nothing is loaded from anywhere, and a policy in the file forbids it.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from reportlint import __version__
from reportlint.finding import Diagnostic, Severity
from reportlint.location import location
from reportlint.record import NamedTuple
from reportlint.reporters.coverage import coverage
from reportlint.reporters.marked import ICONS, clip, lines, shown
from reportlint.reporters.segments import Segment, segments
from reportlint.reporters.style import Style
from reportlint.reporters.text import summary
from reportlint.reporters.words import LEVELS, elsewhere, family
from reportlint.span import Span

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.result import Result
    from reportlint.run import Run

_ASSETS = Path(__file__).with_name("assets")
#: Of a text longer than this only the lines with findings and their neighbours are shown.
_LONG = 300_000
_BINS = 60


class _Page(NamedTuple):
    """One file's part of the page; ``first`` is the number of its first finding, which are counted through the page."""

    result: Result
    number: int
    first: int
    style: Style

    def row(self, line: int) -> str:
        """The id of a line."""
        return f"f{self.number}-l{line}"


def html(run: Run, style: Style) -> Iterator[str]:
    """The page, piece by piece."""
    css, script = ((_ASSETS / name).read_text("utf-8") for name in ("report.css", "report.js"))
    title = style.either("reportlint 校对结果", "reportlint results")
    if len(run.results) == 1:
        title = f"{shown(run.results[0].document.path)} – {title}"
    policy = (
        f"default-src 'none'; style-src {_hash(css)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    yield (
        f'<!doctype html>\n<html lang="{style.either("zh-CN", "en")}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{css}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{style.either("跳到正文", "Skip to the report")}</a>\n<header class="top">\n'
        f"<h1>{style.either('校对结果', 'Proofreading results')}</h1>\n"
        f'<p class="summary">{shown(summary(run, style))}</p>\n{_tiles(run, style)}'
    )
    yield from _broken(run, style)
    yield f'</header>\n{_bar(run, style)}<main id="main">\n'
    if len(run.results) > 1:
        yield from _index(run, style)
    first = 1
    for number, result in enumerate(run.results, 1):
        yield from _section(_Page(result, number, first, style), alone=len(run.results) == 1)
        first += len(result.diagnostics)
    yield from _rules(run, style)
    yield f"</main>\n<footer><p>reportlint {__version__}</p></footer>\n{_help(style)}"
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _hash(text: str) -> str:
    """What a content security policy knows an inline text by."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _tiles(run: Run, style: Style) -> str:
    """What is wrong, what is doubtful, what was and what could not be checked."""
    if run.problem:
        return ""
    levels = Counter(one.severity for result in run.results for one in result.diagnostics)
    say = style.either
    tiles = [
        (levels[Severity.ERROR], say("错误：从文字就能断定", "errors: the text proves them")),
        (levels[Severity.WARNING], say("警告：存疑，请核对", "warnings: doubtful, please check")),
        (levels[Severity.INFO], say("提示：体例与用语", "infos: style and usage")),
        (sum(result.checked for result in run.results), say("处关系核对过", "relations checked")),
        (sum(result.abstained for result in run.results), say("处关系未能核对", "relations not checkable")),
    ]
    if run.failures:
        tiles.append((len(run.failures), say("个文件没能检查", "files not checked")))
    return '<ul class="tiles">' + "".join(f"<li><b>{n}</b> <span>{words}</span></li>" for n, words in tiles) + "</ul>\n"


def _broken(run: Run, style: Style) -> Iterator[str]:
    """What could not be checked at all, before anything else."""
    if run.problem or run.failures:
        yield f'<section class="broken" role="alert">\n<h2>✖ {style.either("没能检查", "Not checked")}</h2>\n'
        if run.problem:
            yield f"<p>{shown(run.problem)}</p>\n"
        if run.failures:
            yield "<ul>\n"
            yield from (f"<li><b>{shown(one.path)}</b>: {shown(one.error)}</li>\n" for one in run.failures)
            yield "</ul>\n"
        yield "</section>\n"
    if run.unread:
        title = style.either(f"跳过的文档（{len(run.unread)} 个）", f"Documents skipped ({len(run.unread)})")
        yield f"<details><summary>{title}</summary>\n<ul>\n"
        yield from (f"<li>{shown(one.path)}: {shown(one.error)}</li>\n" for one in run.unread)
        yield "</ul>\n</details>\n"


def _bar(run: Run, style: Style) -> str:
    """The filter; only script can use it, and script shows it."""
    say = style.either
    every = [one for result in run.results for one in result.diagnostics]
    levels = Counter(one.severity for one in every)
    families = Counter(one.rule.family for one in every)
    level_boxes = "".join(
        f'<label><input type="checkbox" name="level" value="{level.label}" checked> '
        f'<span class="level {level.label}">{ICONS[level]} {style.say(LEVELS[level])}</span> {levels[level]}</label>'
        for level in reversed(Severity)
        if levels[level]
    )
    family_boxes = "".join(
        f'<label><input type="checkbox" name="family" value="{code}" checked> {style.say(family(code))} {count}</label>'
        for code, count in sorted(families.items())
    )
    return (
        f'<div class="bar" role="search" aria-label="{say("筛选", "Filter")}" hidden>\n'
        f"<fieldset><legend>{say('级别', 'Level')}</legend>{level_boxes}</fieldset>\n"
        f"<fieldset><legend>{say('类别', 'Family')}</legend>{family_boxes}</fieldset>\n"
        f'<span><button type="button" data-do="previous">{say("上一处", "Previous")}</button> '
        f'<button type="button" data-do="next">{say("下一处", "Next")}</button> '
        f'<output aria-live="polite"></output> '
        f'<button type="button" data-do="help" aria-label="{say("快捷键", "Keys")}">?</button></span>\n</div>\n'
    )


def _help(style: Style) -> str:
    say = style.either
    keys = (
        ("n", say("下一处", "next finding")),
        ("p", say("上一处", "previous finding")),
        ("f", say("筛选", "filter")),
        ("?", say("这张表", "this table")),
    )
    rows = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{words}</dd>" for key, words in keys)
    return (
        f'<dialog aria-label="{say("快捷键", "Keys")}"><dl>{rows}</dl>'
        f'<form method="dialog"><button>{say("关闭", "Close")}</button></form></dialog>\n'
    )


def _index(run: Run, style: Style) -> Iterator[str]:
    """The files, each with its counts."""
    say = style.either
    heads = [style.say(LEVELS[level]) for level in reversed(Severity)]
    heads += [say("数据", "Figures"), say("核对", "Checked"), say("未能核对", "Not checkable")]
    title = say("文件", "Files")
    yield f'<nav aria-label="{title}"><h2>{title}</h2>\n<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table>\n'
    yield f'<thead><tr><th scope="col">{title}</th>'
    yield "".join(f'<th scope="col" class="n">{head}</th>' for head in heads) + "</tr></thead>\n<tbody>\n"
    for number, result in enumerate(run.results, 1):
        levels = Counter(one.severity for one in result.diagnostics)
        cells = [
            *(levels[level] for level in reversed(Severity)),
            *(result.quantities, result.checked, result.abstained),
        ]
        yield f'<tr><td class="path"><a href="#f{number}">{shown(result.document.path)}</a></td>'
        yield "".join(f'<td class="n">{cell}</td>' for cell in cells) + "</tr>\n"
    yield "</tbody></table></div></nav>\n"


def _section(page: _Page, *, alone: bool) -> Iterator[str]:
    """A file: where its findings cluster, its text with them, and what else was looked at."""
    result, style = page.result, page.style
    yield f'<section id="f{page.number}">\n<h2>{shown(result.document.path)}</h2>\n'
    if not result.diagnostics:
        yield f"<p>{style.either('没有发现问题。', 'Nothing found.')}</p>\n"
    else:
        yield from _figure(result, style)
    if result.diagnostics or alone:
        yield '<div class="report">\n'
        yield from _rows(page)
        yield "</div>\n"
    yield from coverage(result, style)
    yield "</section>\n"


def _figure(result: Result, style: Style) -> Iterator[str]:
    """Along the text from left to right, how many findings, in the colours of the gravest."""
    document = result.document
    size = max(1, len(document.text))
    bins: dict[int, list[Severity]] = defaultdict(list)
    for one in result.diagnostics:
        bins[min(_BINS - 1, one.span.start * _BINS // size)].append(one.severity)
    most = max(map(len, bins.values()))
    step = 600 / _BINS
    label = style.either("问题在文中的分布，从开头到结尾", "Where findings lie, from beginning to end")
    yield f'<figure>\n<svg viewBox="0 0 600 48" preserveAspectRatio="none" role="img" aria-label="{label}">\n'
    yield "".join(
        f'<rect class="tick" x="{number * step:g}" y="46" width="{step - 1:g}" height="2" fill="#d9d9d2"/>'
        for number in range(_BINS)
    )
    fills = {Severity.ERROR: "#a3160f", Severity.WARNING: "#a87900", Severity.INFO: "#0b57a4"}
    for number, found in sorted(bins.items()):
        y = 46.0
        for severity in sorted(found, reverse=True):
            height = 44 / most
            y -= height
            yield (
                f'<rect class="{severity.label}" x="{number * step:g}" y="{y:.2f}" width="{step - 1:g}" '
                f'height="{max(1.0, height - 1):.2f}" fill="{fills[severity]}"/>'
            )
    begin, end = style.either("开头", "beginning"), style.either("结尾", "end")
    yield f"\n</svg>\n<figcaption><span>{begin}</span> <span>{label}</span> <span>{end}</span></figcaption>\n</figure>\n"


def _rows(page: _Page) -> Iterator[str]:
    """The text, line by line, with the notes of the findings that begin there."""
    document = page.result.document
    numbered = list(enumerate(page.result.diagnostics, page.first))
    notes: dict[int, list[tuple[int, Diagnostic]]] = defaultdict(list)
    over: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    places: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    levels = {number: one.severity for number, one in numbered}
    for number, one in numbered:
        notes[document.position(one.span.start).line].append((number, one))
        for line in lines(document, one.span):
            over[line].append((number, clip(one.span, document.line(line))))
        for related in one.finding.related:
            for line in lines(document, related.span):
                places[line].append((number, clip(related.span, document.line(line))))
    last = len(document.line_starts)
    wanted = None
    if len(document.text) > _LONG:
        wanted = {near for line in (*over, *places, 1) for near in (line - 1, line, line + 1)}
    skipped = False
    for line in range(1, last + 1):
        if wanted is not None and line not in wanted:
            skipped = True
            continue
        if skipped:
            yield f'<div class="row left"><p>{page.style.either("……（略去没有问题的部分）", "… (nothing found here)")}</p></div>\n'
            skipped = False
        span = document.line(line)
        words = "".join(
            _segment(document, piece, levels, _ending(piece, over[line], notes[line]))
            for piece in segments(span, over[line], places[line])
        )
        mark = f'<span class="no">{line} </span>' if words else ""
        yield f'<div class="row" id="{page.row(line)}"><p>{mark}{words}</p>'
        if notes[line]:
            yield '<ul class="notes">\n'
            yield from (_note(page, number, one) for number, one in notes[line])
            yield "</ul>"
        yield "</div>\n"


def _ending(piece: Segment, over: list[tuple[int, Span]], notes: list[tuple[int, Diagnostic]]) -> list[int]:
    """The numbers that stand behind ``piece``: of the findings with a note on its line that end with it."""
    noted = {number for number, _ in notes}
    return [
        number
        for number, span in over
        if number in noted and span.end == piece.span.end and bool(span.size) == bool(piece.span.size)
    ]


def _segment(document: Document, piece: Segment, levels: dict[int, Severity], ending: list[int]) -> str:
    words = shown(document.slice(piece.span))
    if piece.findings:
        level = max(levels[number] for number in piece.findings).label
        point = "" if piece.span.size else " point"
        listed = " ".join(map(str, dict.fromkeys((*piece.findings, *piece.places))))
        words = f'<mark class="{level}{point}" data-f="{listed}">{words}</mark>'
    elif piece.places:
        words = f'<span class="place" data-f="{" ".join(map(str, piece.places))}">{words}</span>'
    return words + "".join(f'<sup><a href="#n{n}" data-n="{n}">{n}</a></sup>' for n in ending)


def _note(page: _Page, number: int, diagnostic: Diagnostic) -> str:
    """What is said in the margin."""
    style, document = page.style, page.result.document
    finding, rule, level = diagnostic.finding, diagnostic.rule, diagnostic.severity
    where = location(document, finding.span.start)
    place = f" · {shown(style.say(where))}" if where else ""
    parts = [
        f'<li class="note {level.label}" id="n{number}" data-n="{number}" data-level="{level.label}" data-family="{rule.family}">',
        f'<p class="head">{number} <span class="level {level.label}">{ICONS[level]} {style.say(LEVELS[level])}</span> '
        f'<a href="#r-{rule.code}">{rule.code} {rule.name}</a>{place}</p>',
        f"<p>{shown(style.say(finding.message))}</p>",
    ]
    if finding.suggestion is not None:
        parts.append(f"<p>{style.either('建议：', 'Use: ')}<b>{shown(finding.suggestion)}</b></p>")
    if finding.related:
        parts.append("<ul>")
        for one in finding.related:
            line = document.position(one.span.start).line
            words = style.either(f"第 {line} 行", f"line {line}")
            text = document.slice(one.span)
            cut = text if len(text) <= 40 else text[:39] + "…"
            parts.append(
                f'<li>{shown(style.label(one.message, one.en))} <a href="#{page.row(line)}">{words}</a> {shown(cut)}</li>'
            )
        parts.append("</ul>")
    if finding.elsewhere:
        parts.append("<ul>")
        parts.extend(f"<li>{shown(words)}</li>" for words in elsewhere(finding, style))
        parts.append("</ul>")
    return "".join([*parts, "</li>\n"])


def _rules(run: Run, style: Style) -> Iterator[str]:
    """The pages of the rules that found something."""
    rules = {one.rule.code: one.rule for result in run.results for one in result.diagnostics}
    if not rules:
        return
    yield f'<section class="rules">\n<h2>{style.either("规则说明", "The rules")}</h2>\n<dl>\n'
    for code, rule in sorted(rules.items()):
        _, _, body = rule.doc.partition("\n")
        url = style.page(rule)
        more = f' <a href="{shown(url)}">{style.either("网页", "page")}</a>' if url else ""
        yield f'<dt id="r-{code}">{code} {rule.name} · {shown(rule.title)}{more}</dt>\n'
        yield f"<dd>{'<br>'.join(map(shown, body.strip().splitlines()))}</dd>\n"
    yield "</dl>\n</section>\n"
