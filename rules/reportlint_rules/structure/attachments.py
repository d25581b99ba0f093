"""ST005: attachments that are announced and not there, or cited and not listed."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Finding, Message, Outcome, Related, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_LABEL = compiled(r"附件[:：]?")
_LISTED = compiled(r"附件[：:](?=.)")
#: One attachment, without a number.
_ONLY = compiled(r"(?<=\n)附件[：:][^\n\d].{1,40}(?=\n|$)")
_NAMED = compiled(r"附件(\d{1,2})")
_ITEM = compiled(r"(?:附件[：:])?(\d{1,2})[.、．](?!\d(?!\d{3}年))")
_CITED = compiled(r"附件(?:(\d{1,2})(?:[—、和至-](?:附件)?(\d{1,2}))?)")
#: What an attachment is called.
_NAME = compiled(
    r"《|表|方案|清单|名单|办法|要点|目录|台账|计划|说明|图|通知|细则|意见|报告|\.(?:docx?|xlsx?|pdf|wps|zip)|\d{1,2}[.、．]|[一二三四五六七八九十]、"
)


@rule(
    "ST005",
    "missing-attachment",
    severity=Severity.WARNING,
    triggers=("附件",),
    bad=(
        "现将方案印发。\n附件：1.工作方案\n⟦3⟧.任务分工表",
        "以上报告，请审阅。\n附件：1.项目清单\n2.⟦项目清单⟧",
        "以上报告，请审阅。\n⟦附件：⟧\n县统计局\n2024年7月5日",
        "任务分工见⟦附件3⟧，请认真落实。\n附件：1.重点任务清单\n2.责任分工表",
    ),
    good=(
        "任务分工见附件2，请认真落实。\n附件：1.重点任务清单\n2.责任分工表",
        "以上报告，请审阅。\n附件：重点任务完成情况表\n县统计局",
        "附件1\n2024年重点任务清单\n附件2\n责任分工表",
        "附件：\n1.重点任务清单",
        "附件2至附件3另行印发，不随文附后。\n附件：重点任务完成情况表\n县统计局",
    ),
)
def missing_attachment(analysis: Analysis) -> Iterator[Outcome]:
    """附件空着，或正文提到的附件没有列出。

    “附件：”后面没有名称，多半是从网页或模板里带来的；正文写“见附件3”，附件说明里只有两个，不是漏列，就是编号改了没有跟着改；附件说明里序号断了、名称重了也报。

    没有附件说明的节选、附件名称写在下一行的不报；空着的“附件：”只提示（info）。
    """
    text = analysis.reading.text
    if "附件" not in text:
        return
    lines = _line_spans(text)
    listed: dict[int, Span] = {}
    for index, line in enumerate(lines):
        content = text[line.start : line.end]
        if _LABEL.fullmatch(content) and content[-1] in ":：":
            following = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
            if not _NAME.search(following) or len(following) > 60:
                yield Finding(
                    analysis.span(line),
                    Message("“附件：”后面没有附件名称，请补写或删去", "no attachment is named here"),
                    severity=Severity.INFO,
                )
        elif named := _NAMED.match(content):
            listed.setdefault(int(named[1]), line)
        if _LISTED.match(content) or (content.startswith("附件") and content[-1] in ":："):
            _collect(text, lines, index, listed)
    only = _ONLY.search(text)
    if not listed and only:
        listed[1] = Span(*only.span())
    if listed and set(listed) == set(range(1, len(listed) + 1)):
        yield from _cited(analysis, listed)
    yield from _gaps(analysis, lines)
    yield from _headed(analysis, lines)
    yield from _lonely(analysis)


#: 附件4：审计查出问题清单, the only attachment of the text.
_SIGNATURE = 120
_LONELY = compiled(r"附件(?P<number>[2-9])[：:][^\n]{2,40}")


def _lonely(analysis: Analysis) -> Iterator[Finding]:
    """A single attachment told of under the text, with a number that others should stand before."""
    text = analysis.reading.text
    if text.count("附件") != 1:
        return
    at = text.index("附件")
    alone = _LONELY.match(text, at)
    if alone is not None and len(text) - alone.end() < _SIGNATURE and "。" in text[:at] and text[at - 1] == "\n":
        yield Finding(
            analysis.span(Span(*alone.span("number"))),
            Message(
                f"只有一个附件，序号却是 {alone['number']}，请核对是否漏列了前面的",
                f"the only attachment is numbered {alone['number']}",
            ),
        )


_HEADED = compiled(r"附件(\d{1,2})[：:]?")
_NUMBERED = compiled(r"\s*(?:附件[：:]\s*)?(\d{1,2})[.、．](?!\d(?!\d{3}年))(.{2,60})")


def _headed(analysis: Analysis, lines: list[Span]) -> Iterator[Finding]:
    """Attachments that stand in the document itself, each under its number, of which one is missing."""
    text = analysis.reading.text
    heads = [head for line in lines if (head := _HEADED.fullmatch(text, line.start, line.end))]
    for before, head in zip(heads, heads[1:], strict=False):
        if heads[0][1] == "1" and int(before[1]) + 1 < int(head[1]) <= int(before[1]) + 3:
            yield Finding(
                analysis.span(Span(*head.span(1))),
                Message(
                    f"附件 {before[1]} 之后是附件 {head[1]}，中间缺了，请核对",
                    f"attachment {head[1]} follows attachment {before[1]}",
                ),
                (Related(analysis.span(Span(*before.span())), "前一个附件"),),
            )


def _gaps(analysis: Analysis, lines: list[Span]) -> Iterator[Finding]:
    """Numbers left out and names repeated in the list that “附件：” opens."""
    text = analysis.reading.text
    for index, line in enumerate(lines):
        if not _LISTED.match(text, line.start, line.end):
            continue
        items = []
        for one in lines[index : index + 20]:
            item = _NUMBERED.fullmatch(text, one.start, one.end)
            if item is None:
                break
            items.append(item)
        names: dict[str, Span] = {}
        for place, item in enumerate(items, 1):
            name, number = item[2].strip("。； "), int(item[1])
            if number != place:
                yield Finding(
                    analysis.span(Span(*item.span(1))),
                    Message(
                        f"附件序号应为 {place}，这里是 {number}，请核对", f"attachment {place} is numbered {number}"
                    ),
                )
                break
            if name in names:
                yield Finding(
                    analysis.span(Span(*item.span(2))),
                    Message(f"附件“{name}”列了两次，请核对", f"the attachment “{name}” is listed twice"),
                    (Related(analysis.span(names[name]), "前一次"),),
                )
            names.setdefault(name, Span(*item.span(2)))


def _line_spans(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def _collect(text: str, lines: list[Span], index: int, listed: dict[int, Span]) -> None:
    """The numbered names from line ``index`` on."""
    for line in lines[index : index + 20]:
        content = text[slice(*line)]
        item = _ITEM.match(content)
        if item is None:
            if content.startswith("附件") and content[-1] in ":：":
                continue
            break
        listed.setdefault(int(item[1]), line)
        for more in compiled(r"[；;。 ](\d{1,2})[.、．](?!\d(?!\d{3}年))").finditer(content):
            listed.setdefault(int(more[1]), line)


#: 附件1至附件3另行印发: attachments that do not come with the document.
_ELSEWHERE = compiled(r"[^。；\n]{0,6}(?:另行|另发|另附|另送|不随文|不附|从略|单独印发|已发|待发)")


def _cited(analysis: Analysis, listed: dict[int, Span]) -> Iterator[Finding]:
    """Numbers of attachments in the text that the list does not hold."""
    last = max(listed)
    for match in _CITED.finditer(analysis.reading.text):
        number = max(int(match[1]), int(match[2] or 0))
        if last < number <= 20 and not _ELSEWHERE.match(analysis.reading.text, match.end()):
            yield Finding(
                analysis.span(Span(*match.span())),
                Message(
                    f"附件只列到 {last}，这里提到附件 {number}，请核对", f"attachments are listed up to {last} only"
                ),
                (Related(analysis.span(listed[last]), "最后一个附件"),),
            )
