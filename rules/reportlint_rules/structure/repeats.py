"""ST006: the same passage twice."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Related, Replacement, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.structure import Sentence

#: Shorter sentences may well be said twice: 各项工作有序推进。
_SENTENCE = 22
_PARAGRAPH = 22
_FIGURE = 14
_DIGIT = compiled(r"\d")
#: More repeats than these come from one slip.
_MANY = 3
#: What parts stretches of words; those before a comma or a semicolon are clauses.
_PARTING = compiled(r"([，；])|[。：！？“”（）《》\n]")
_SHORTEST, _LONGEST = 4, 40
#: What stands between a stop and the next, if it ends as the sentence before it does: three to ten characters.
_TAIL = compiled(r"。(?<=(.).)(?P<tail>[^。；\n]{2,9}\1)(?=[。；\n])")
_WORDS = compiled(r"[一-龥]+")
#: An item behind another that ends in the same character.
_SAME_ITEM = compiled(r"[、和](?<=(.).)(?P<item>[一-龥]{2,11}\1)(?=[，、。；])")
_LEAD = compiled(r"[一二三四五六七八九十]是|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.]")


@rule(
    "ST006",
    "repeated-passage",
    severity=Severity.WARNING,
    bad=(
        "坚持以案促改⟦、以案促改⟧，建章立制26项。",
        "全年未发生安全事故。⟦全年未发生安全事故。⟧各项工作平稳有序。",
        "硬化道路12公里；新建文化广场4个；安装路灯320盏；⟦新建文化广场4个；⟧改造厕所86座。",
        "各级各部门要加强组织领导，⟦加强组织领导，⟧层层压实责任。",
        "全年共举办各类技能培训班86期，培训城乡劳动者4300人次。\n\n同时加大援企力度。⟦全年共举办各类技能培训班86期，培训城乡劳动者4300人次。⟧",
    ),
    good=(
        "各级各部门要加强组织领导，加强督促检查，层层压实责任。",
        "各项工作有序推进。县里召开调度会3次。各项工作有序推进。",
        "坚持人民至上，坚持自信自立，坚持守正创新。",
    ),
)
def repeated_passage(analysis: Analysis) -> Iterator[Outcome]:
    """同一段、同一句、同一个分句写了两遍。

    复制粘贴留下的痕迹：一句话在文中原样出现两次，或者一个分句紧接着又写一遍。

    很短的句子、表格、标题里的重复不报。
    """
    found = list(_passages(analysis))
    if len(found) > _MANY:
        # A whole text that was pasted twice is one defect, not a hundred.
        at, first, _ = found[0]
        line = analysis.document.position(analysis.span(first).start).line
        yield Finding(
            analysis.span(at),
            Message(
                f"从这里起有 {len(found)} 处与前面（第 {line} 行起）重复，像是整篇粘贴了不止一次",
                f"{len(found)} passages from here on stand in line {line} and after it already",
            ),
            (Related(analysis.span(first), "前一处"),),
        )
    else:
        for at, first, what in found:
            yield _finding(analysis, at, first, what)
    yield from _doubled(analysis)


def _passages(analysis: Analysis) -> Iterator[tuple[Span, Span, str]]:
    """Paragraphs and sentences that stand earlier in the text, with the place where they do."""
    text = analysis.reading.text
    seen: dict[str, Span] = {}
    kinds = [paragraph.kind for paragraph in analysis.paragraphs]
    for paragraph, group in _by_paragraph(analysis.sentences):
        if kinds[paragraph] not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        whole = Span(group[0].at.start, group[-1].at.end)
        if whole.size >= _PARAGRAPH and (first := seen.setdefault(_bare(text[slice(*whole)]), whole)) is not whole:
            yield whole, first, "这一段" if len(group) > 1 else "这一句"
            continue
        for sentence in group:
            # A figure that stands again word for word was copied, in a shorter sentence too.
            least = _FIGURE if _DIGIT.search(text, *sentence.at) else _SENTENCE
            if sentence.at.size < least or sentence.at == whole:
                continue
            first = seen.setdefault(_bare(text[slice(*sentence.at)]), sentence.at)
            if first is not sentence.at:
                yield sentence.at, first, "这一句"


def _bare(text: str) -> str:
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text


def _by_paragraph(sentences: tuple[Sentence, ...]) -> Iterator[tuple[int, list[Sentence]]]:
    group: list[Sentence] = []
    for sentence in sentences:
        if group and group[0].paragraph != sentence.paragraph:
            yield group[0].paragraph, group
            group = []
        group.append(sentence)
    if group:
        yield group[0].paragraph, group


def _finding(analysis: Analysis, at: Span, first: Span, what: str) -> Finding:
    place = analysis.span(first)
    line = analysis.document.position(place.start).line
    return Finding(
        analysis.span(at),
        Message(f"{what}与第 {line} 行的重复，请删去一处", f"the same words stand in line {line}"),
        (Related(place, "前一处"),),
    )


def _repeated_clauses(text: str) -> Iterator[tuple[Span, Span]]:
    """The clauses that only repeat the one before, or its end, each with that one: 各部门要加强领导，加强领导，"""
    end = -1
    before = ""
    parts = _PARTING.split(text)
    for clause, mark in zip(parts[::2], parts[1::2], strict=False):
        start, end = end + 1, end + 1 + len(clause)
        if mark is None or len(clause) < _SHORTEST:
            before = ""
            continue
        if before.endswith(clause) and len(clause) <= _LONGEST and (len(clause) > _SHORTEST or before == clause):
            yield Span(start, end), Span(start - 1 - len(before), start - 1)
        before = clause[-_LONGEST:]


#: Three things or more in a row: 城东镇、柳河镇、白沙镇、城东镇4个镇.
_LIST = compiled(r"(?<![一-龥A-Za-z0-9])[一-龥A-Za-z0-9]{2,40}(?:、[一-龥A-Za-z0-9]{2,14}){2,40}")
_BEHIND_ITEM = compiled(r"(?:等|和|及|以及|共|[0-9])|\Z")
#: 上午、下午、上午 and 一级、二级 are told in turn; these never name one thing.
_IN_TURN = compiled(r"[上下]午|[前后左右东西南北]|[一二三四五六七八九十\d]+")


#: What takes a list behind it; 高标准农田建设 only holds 农田建设.
_TAKES_LIST = compiled(
    r"(?:走访|覆盖|召开|通过|排查|坚持|包括|涉及|推进|开展|抓好|完成|实施|建设|在|对|为|有|是|含|发放|新建|检查|加强|做好|围绕|组织|举办|整治|协调|联合|会同|赴|到|强化|落实|突出|聚焦|巡查|深入)$"
)


def _listed_twice(analysis: Analysis) -> Iterator[Finding]:
    """One item of a list again further on in it."""
    text = analysis.reading.text
    for match in _LIST.finditer(text):
        items = match[0].split("、")
        seen: dict[str, int] = {}
        at = match.start()
        for place, item in enumerate(items):
            name, last = item, place == len(items) - 1
            if last:
                name = _last_name(items, seen)
            lead = items[0][: -len(name)]
            if place and name not in seen and items[0].endswith(name) and _TAKES_LIST.search(lead):
                seen[name] = match.start() + len(lead)
            first = seen.setdefault(name, at)
            # Neighbours are found as such.
            if first != at and len(name) > 1 and at - first > len(name) + 1 and not _IN_TURN.fullmatch(name):
                yield Finding(
                    analysis.span(Span(at, at + len(name))),
                    Message(f"“{name}”在这一列里写了两遍，请核对", f"“{name}” stands twice in this list"),
                    (Related(analysis.span(Span(first, first + len(name))), "前一处"),),
                )
            at += len(item) + 1


def _last_name(items: list[str], seen: dict[str, int]) -> str:
    """The last item without the words that only end the list (城东镇4个镇), if it names what an item before it does."""
    last = items[-1]
    for size in range(len(last), 1, -1):
        name = last[:size]
        if _BEHIND_ITEM.match(last, size) and (name in seen or items[0].endswith(name)):
            return name
    return last


#: Sentences of so many characters may be told twice for emphasis; longer ones than the last are found as such.
_BRIEFEST = 7
#: A deed with its figure, between two semicolons.
_DEED = compiled(
    r"(?<=[；，。：])(?:新建|改建|扩建|建成|改造|安装|硬化|修建|新增|举办|引进|培训|铺设|种植|栽植|整治|维修|更换|增设|创建|发放)[^，。；：、\n\d]{2,14}\d[\d.]*[^，。；：、\n\d]{1,5}(?=[；。，])"
)


def _said_again(analysis: Analysis) -> Iterator[Finding]:
    """A short sentence that only repeats the one before it."""
    text = analysis.reading.text
    for before, here in zip(analysis.sentences, analysis.sentences[1:], strict=False):
        size = here.at.size
        if size != before.at.size or not _BRIEFEST <= size < _SENTENCE or here.paragraph != before.paragraph:
            continue
        said = text[slice(*here.at)]
        # With a figure the longer ones of them are found wherever they stand.
        if said != text[slice(*before.at)] or said[-1] != "。" or (_DIGIT.search(said) and size >= _FIGURE):
            continue
        place = analysis.span(here.at)
        yield Finding(
            place,
            Message("与前一句完全相同，请删去一处", "the sentence before this one says the same"),
            (Related(analysis.span(before.at), "前一处"),),
            fix=Fix("删去", Applicability.UNSAFE, (Replacement(place, ""),)),
        )


def _counted_twice(analysis: Analysis) -> Iterator[Finding]:
    """One deed with one figure twice in a list parted by semicolons."""
    text = analysis.reading.text
    seen: dict[str, Span] = {}
    last = 0
    for match in _DEED.finditer(text) if "；" in text else ():
        if "。" in text[last : match.start()] or "\n" in text[last : match.start()]:
            seen.clear()
        here, last = Span(*match.span()), match.end()
        first = seen.setdefault(match[0], here)
        if first == here or "；" not in text[first.end : here.start] or here.start - first.end < 2:
            continue
        if text[here.start - 1] != "；" or text[here.end] == "，" or text[first.end] == "，":
            continue
        place = analysis.span(Span(here.start, here.end + 1))
        yield Finding(
            place,
            Message(f"“{match[0]}”在这一列里写了两遍，请核对", f"“{match[0]}” stands twice in this list"),
            (Related(analysis.span(first), "前一处"),),
        )


def _doubled(analysis: Analysis) -> Iterator[Finding]:
    """A clause that is written again right after itself."""
    text = analysis.reading.text
    for here, previous in _repeated_clauses(text):
        place = analysis.span(Span(here.start, here.end + 1))
        yield Finding(
            place,
            Message("与前面的分句完全相同，请删去一处", "the clause before this one says the same"),
            (Related(analysis.span(previous), "前一处"),),
            fix=Fix("删去", Applicability.UNSAFE, (Replacement(place, ""),)),
        )
    for match in _TAIL.finditer(text):
        # 四不目标。的目标。: the end of a sentence that was pasted again.
        at, tail = match.start(), match["tail"]
        if text.endswith(tail, 0, at) and _WORDS.fullmatch(tail):
            place = analysis.span(Span(at + 1, at + 2 + len(tail)))
            yield Finding(
                place,
                Message(f"“{tail}”在前一句末尾已经写过，请删去", f"“{tail}” ends the sentence before it already"),
                fix=Fix("删去", Applicability.UNSAFE, (Replacement(place, ""),)),
            )
    yield from _listed_twice(analysis)
    yield from _said_again(analysis)
    yield from _counted_twice(analysis)
    for match in _SAME_ITEM.finditer(text):
        item, start = match["item"], match.start()
        if text.endswith(item, 0, start):
            place = analysis.span(Span(start, match.end()))
            yield Finding(
                place,
                Message(f"“{item}”紧接着写了两遍，请删去一处", f"“{item}” stands twice in a row"),
                (Related(analysis.span(Span(start - len(item), start)), "前一处"),),
                fix=Fix("删去", Applicability.UNSAFE, (Replacement(place, ""),)),
            )
