"""RS001, RS002: what a copied web page leaves in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.files import beside, lines
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.gathered import gathered, times
from reportlint.patterns import compiled, hinted
from reportlint.rule import rule
from reportlint.span import Span

#: Words of which every residue pattern but that of page numbers holds one: most lines are done with after this one look.
_HINT = compiled(
    r"扫|我要纠错|第\s*\d+\s*页|长按|转载请|ICP备|浏览器|全文|微信|QQ|javascript|点赞|在看|评论|播报|朗读|大字|末页|尾页|打印|关闭|收藏|分享|返回|字体|字号|一篇|一条|一页|相关|延伸|推荐|热门|更多|原文|下载|编辑|责编|审核|来源|浏览|阅读|点击|访问|位置|首页|版权|主办|承办|标识码|备案|公网安备|网站|联系我们|声明|长者|政务微|客户端|登录|注册|无障碍|适老|简体|繁體|Copyright|©|索\s*引|主题分类|发布|发文|成文|效力|公开|文\s*号|名\s*称"
)
_PAGE_NUMBER = compiled(r"\s*[-—–]\s*\d+\s*[-—–]")
_META_LABELS = compiled(
    r"(?:索\s*引\s*号|主题分类|发布机构|发文日期|成文日期|发布日期|发布时间|效力状态|信息来源|来源|公开方式|公开日期|发文机关|发文字号|文\s*号|名\s*称|浏览次数|稿件来源|作者|编辑|责任编辑|审核|通讯员|摄影|校对)\s*[:：]"
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One pattern for what whole lines are made of, one for what stands inside them."""
    whole: list[str] = []
    inline: list[str] = []
    for row in lines(beside(__file__, "pages.tsv")):
        pattern, kind, _ = row.split("\t")
        if kind != "meta":
            (whole if kind == "line" else inline).append(pattern)
    every, inside = ("|".join(f"(?:{pattern})" for pattern in some) for some in ((*whole, *inline), inline))
    return compiled(every), compiled(inside)


#: What stands between two pieces of residue on one line.
_BETWEEN = compiled(r"[\s|｜【】\[\]]+")
#: No piece is longer.
_LONGEST = 200


def _is_residue(line: str) -> bool:
    """Whether ``line`` is nothing but residue, one piece after the other.

    Where a piece ends is tried at every gap, once for each place that one may begin at: a pattern of repetitions would take the
    partitions one after the other, and there are as many as subsets of the gaps.
    """
    piece = _patterns()[0]
    gaps = [Span(*gap.span()) for gap in _BETWEEN.finditer(line)]
    if not gaps or gaps[-1].end < len(line):
        gaps.append(Span(len(line), len(line)))
    begins = {0}
    for number in range(len(gaps)):
        begin = gaps[number - 1].end if number else 0
        if begin in begins and piece.match(line, begin):
            for gap in gaps[number:]:
                if gap.start - begin > _LONGEST:
                    break
                if piece.fullmatch(line, begin, gap.start):
                    if gap.end == len(line):
                        return True
                    begins.add(gap.end)
    return False


_FRAME = compiled(r"(?<!\s)\s*[\[\]【】（）()|｜][\s\[\]【】（）()|｜]*")


@rule(
    "RS001",
    "web-page-residue",
    severity=Severity.WARNING,
    bad=(
        "⟦首页 > 政务公开 > 工作总结\n字号：大 中 小\n打印本页⟧\n全县各项工作有序推进。",
        "⟦扫一扫在手机上查看当前页面⟧",
        "⟦我要纠错 关闭窗口⟧",
        "⟦字号：大 中 小⟧\n全市生态环境质量持续改善。",
    ),
    good=(
        "设置扫一扫支付码120个，方便群众缴费。",
        "相关文章发表12篇，获省级以上媒体转载。",
        "设责任编辑岗位3个。",
        "您当前的位置距车站2公里。",
        "推广无障碍阅读，开通登录、注册服务。",
        "打印材料由窗口免费提供。",
    ),
)
def web_page_residue(analysis: Analysis) -> Iterator[Outcome]:
    """网页上的按钮、导航、元数据混进了正文。

    从单位网站上复制旧稿来改，“扫一扫在手机上查看当前页面”“字号：大 中 小”“索引号：……”会一起带进来。

    连着几行都是这样的，合为一处报，写明从第几行到第几行。

    正文里正常使用的词（扫一扫支付、责任编辑岗位、相关文章 12 篇）不算；大多只在独占一行时才报。
    """
    text = analysis.document.text
    inline = _patterns()[1]
    run: list[tuple[Span, Span]] = []
    for block in analysis.document.blocks:
        if block.kind in (BlockKind.CODE, BlockKind.COMMENT):
            continue
        line = text[block.span.start : block.span.end]
        if not line.strip():
            continue
        if not _HINT.search(line) and not _PAGE_NUMBER.match(line):
            yield from _lines(analysis, run)
            continue
        stripped = Span(block.span.start + len(line) - len(line.lstrip()), block.span.start + len(line.rstrip()))
        content = text[stripped.start : stripped.end]
        labels = len(_META_LABELS.findall(content))
        bare = _FRAME.sub(" ", content).strip()  # 【打印】【关闭】, 字体：[大] [中] [小]
        if (
            _is_residue(content)
            or _is_residue(bare)
            or (labels >= 2 and _META_LABELS.match(content) and "。" not in content)
        ):
            run.append((stripped, _line(text, block.span)))
            continue
        yield from _lines(analysis, run)
        for match in inline.finditer(text, block.span.start, block.span.end):
            if _stands_apart(text, match):
                yield _residue(Span(*match.span()), match[0])
    yield from _lines(analysis, run)


def _lines(analysis: Analysis, run: list[tuple[Span, Span]]) -> Iterator[Finding]:
    """The lines gathered in ``run``, which it empties: one finding for all that stand together."""
    text = analysis.document.text
    if len(run) == 1:
        yield _residue(run[0][0], text[run[0][0].start : run[0][0].end], run[0][1])
    elif run:
        span = Span(run[0][0].start, run[-1][0].end)
        first, last = (analysis.document.position(place).line for place in (span.start, span.end))
        shown = text[run[0][0].start : run[0][0].end][:24]
        yield Finding(
            span,
            Message(
                f"第 {first}–{last} 行（“{shown}”等）像是网页上带来的，不是正文，请删去",
                f"lines {first}–{last} (“{shown}” …) look copied from a web page; delete them",
            ),
            fix=Fix("一并删去", Applicability.UNSAFE, tuple(Replacement(line, "") for _, line in run)),
        )
    run.clear()


def _stands_apart(text: str, match: re.Match[str]) -> bool:
    """Whether the phrase is not part of a sentence: brackets, blanks or ends on both sides."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return (not before or before in " \t\u3000\n\r【[（(|｜。”") and (not after or after in " \t\u3000\n\r】]）)|｜【[")


def _line(text: str, span: Span) -> Span:
    """``span`` with its line break, if it is a line of its own: deleting it should leave no empty one."""
    start, end = span
    if (start and text[start - 1] not in "\r\n") or (end < len(text) and text[end] not in "\r\n"):
        return span
    return Span(start, end + 2 if text.startswith("\r\n", end) else min(end + 1, len(text)))


def _residue(span: Span, content: str, delete: Span | None = None) -> Finding:
    shown = content if len(content) <= 24 else content[:24] + "…"
    return Finding(
        span,
        Message(f"“{shown}”像是网页上带来的，不是正文，请删去", f"“{shown}” looks copied from a web page; delete it"),
        fix=Fix("删去", Applicability.UNSAFE, (Replacement(delete or span, ""),)),
    )


#: Up to so many places of one mark are told one by one.
_EACH = 8
_MARKUP = compiled(
    r"&(?:nbsp|quot|amp|lt|gt|ldquo|rdquo|lsquo|rsquo|mdash|middot|hellip|ensp|emsp|#\d{2,5}|#x[0-9A-Fa-f]{2,5});?|<U\+[0-9A-F]{4,5}>|</?(?:br|p|del|ins|s|strike|mark|div|span|font|strong|b|i|u|em|a|td|tr|table|tbody|img|h[1-6]|li|ul|ol|sup|sub|o:p|center|section|style|script)\b[^<>\n]{0,80}>"
    r"|(?<=[A-Za-z])[_^]\{[0-9.+-]{1,6}\}|(?<=PM)_[\d.]+|(?<=SO)_\d|(?<=NO)_[\dxX]|(?<=CO)_2|(?<![A-Za-z]O)(?<=O)_3|(?<=[一-龥，。；])\\[nrt](?![A-Za-z])|\\u[0-9a-fA-F]{4}|(?<=[A-Za-z0-9])\$_\{?[0-9.]+\}?\$|\u3000?\{\\[a-z]+\}"
)

#: What all of that begins with.
_MARKUP_BEGINS = compiled(r"[&<_^\\${\u3000]")


@rule(
    "RS002",
    "markup-residue",
    severity=Severity.WARNING,
    bad=("全市PM⟦_{2.5}⟧浓度均值为29.9微克/立方米。", "出动执法人员⟦&nbsp;⟧120人次。", "各项工作有序推进。⟦<br>⟧"),
    good=("全市PM2.5浓度均值为29.9微克/立方米。", "A&B公司完成技改。", "当x<3且y>5时启动预警。"),
)
def markup_residue(analysis: Analysis) -> Iterator[Outcome]:
    """网页或公式的标记留在了正文里。

    “错误！未找到引用源。”“#DIV/0!”“NaN家”是文档的域、表格的公式出了错。

    “&nbsp;”“<br>”“PM_{2.5}”“<U+00A0>”是从网页、数据库、公式编辑器里带来的控制写法，读者看到的应当是它们表示的内容。

    Markdown 文件里的代码块不查；不等号不算。纯文本里的 Markdown 记号（“## ”“**……**”）全文只提示一次。
    """
    text = analysis.document.text
    if analysis.document.format == "plain" and ("#" in text or "**" in text or "](http" in text):
        yield from _markdown(text)
    yield from _broken_fields(text)
    if not any(mark in text for mark in "&<_\\^$"):
        return
    skipped = [block.span for block in analysis.document.blocks if block.kind in (BlockKind.CODE, BlockKind.COMMENT)]
    seen: dict[str, list[re.Match[str]]] = {}
    for match in hinted(_MARKUP, _MARKUP_BEGINS, text):
        if not any(other.meets(Span(*match.span())) for other in skipped):
            seen.setdefault(match[0], []).append(match)
    many = {mark for mark, matches in seen.items() if len(matches) > _EACH}
    for mark in many:
        yield _filled(analysis, mark, seen[mark])
    for match in sorted(
        (match for mark in seen.keys() - many for match in seen[mark]), key=lambda match: match.start()
    ):
        span = Span(*match.span())
        plain = _meant(match)
        yield Finding(
            span,
            Message(f"“{match[0]}”是标记残留，请改为它表示的内容", f"markup “{match[0]}” left in the text"),
            suggestion=plain.strip() or None,
            fix=Fix(
                f"改为“{plain.strip()}”" if plain.strip() else "去掉标记",
                _certainty(match[0], plain, analysis.document.format),
                (Replacement(span, plain),),
            ),
        )


#: What a word processor or a workbook shows where a field or a formula fails, and what a program prints for nothing.
_BROKEN_FIELD = compiled(
    r"错误[!！] ?(?:未找到引用源|未定义书签|未指定书签|不能识别的开关参数|文档中没有指定样式的文字)[。.]?|Error! (?:Reference source not found|Bookmark not defined)\.?"
    r"|#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A)|HYPERLINK\s{1,4}\"[^\"\n]{0,200}\"|TOC \\o \"[^\"\n]{0,20}\"|=SUM\([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7}\)"
    r"|(?:NaN|null|undefined|None)(?<![A-Za-z]NaN)(?<![A-Za-z]null)(?<![A-Za-z]undefined)(?<![A-Za-z]None)(?=[%％个家件项人万亿元次])|锟斤拷|烫烫烫|\d\.\d{1,9}E\+\d{2}(?=[元万亿])"
)
_BROKEN_HINT = compiled(r"错误[!！]|Error!|#[RDVN]|HYPERLINK|TOC |=SUM|NaN|null|undefined|None|锟斤拷|烫烫烫|E\+\d")


def _broken_fields(text: str) -> Iterator[Finding]:
    """Fields and formulas that came to nothing: 错误!未找到引用源, #DIV/0!, NaN家."""
    if not _BROKEN_HINT.search(text):
        return
    for match in _BROKEN_FIELD.finditer(text):
        yield Finding(
            Span(*match.span()),
            Message(
                f"“{match[0]}”是域、公式或程序出错留下的，请改为它应有的内容",
                f"“{match[0]}” is what a broken field left",
            ),
        )


#: Headings and bold type as Markdown writes them.
_MARKDOWN = compiled(
    r"(?m)^[ \t]*#{1,6}[ \t]+(?=[一-龥（“《\d])|\*\*(?=[一-龥（“《\d][^*\n]{0,60}[^*\s]\*\*)|\[[^\]\n]{1,40}\]\(https?://[^)\s]{4,200}\)"
)


def _markdown(text: str) -> Iterator[Finding]:
    """One finding for a plain text that keeps the marks of Markdown, as writing assistants send it."""
    places = [Span(*match.span()) for match in _MARKDOWN.finditer(text)]
    if places:
        shown = text[places[0].start : places[0].end].strip()
        yield gathered(
            places,
            Message(f"“{shown}”是 Markdown 的记号，纯文本里不需要{times(places)}", "Markdown marks in a plain text"),
        )._replace(severity=Severity.INFO)


def _filled(analysis: Analysis, mark: str, matches: list[re.Match[str]]) -> Finding:
    """A page full of one mark is one matter."""
    places = [Span(*match.span()) for match in matches]
    meant = [_meant(match) for match in matches]
    first, last = (analysis.document.position(place.start).line for place in (places[0], places[-1]))
    finding = gathered(
        places,
        Message(
            f"“{mark}”是标记残留，全文 {len(places)} 处（第 {first}–{last} 行），请一并替换",
            f"markup “{mark}” left in {len(places)} places, lines {first}–{last}",
        ),
    )
    sure = min(_certainty(mark, plain, analysis.document.format) for plain in meant)
    replacements = tuple(Replacement(place, plain) for place, plain in zip(places, meant, strict=True))
    return finding._replace(fix=Fix("一并替换", sure, replacements))


_WIDE = compiled(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’]")


def _meant(match: re.Match[str]) -> str:
    """What the mark stands for in print."""
    mark, text = match[0], match.string
    if mark[0] == "&":
        from html import unescape

        meant = unescape(mark if mark.endswith(";") else f"{mark};")
        if not meant.isspace():
            return meant
        # A blank between two Chinese characters, or between one and a figure, sets type and says nothing.
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return "" if _WIDE.match(before) or _WIDE.match(after) else " "
    if mark[0] in "_^$":
        return compiled(r"[_^{}$\\]").sub("", mark)
    # A break in the middle of a sentence set a line on the page; after one it may have set a paragraph.
    ended = text[max(0, match.start() - 1) : match.start()] in ("。", "！", "？")
    return "\n" if mark.startswith("<br") and ended and text[match.end() : match.end() + 1].strip() else ""


def _certainty(mark: str, meant: str, form: str) -> Applicability:
    """How far the replacement may be trusted: in Markdown a reference is the lawful way to write < and &."""
    if mark[0] == "&" and (not mark.endswith(";") or (form == "markdown" and meant in "<>&")):
        return Applicability.DISPLAY
    sure = mark[0] == "&" and form != "markdown" or mark.startswith("_{") or mark.startswith("<U+00A0")
    return Applicability.SAFE if sure else Applicability.UNSAFE
