"""PN001, PN002: quotes, brackets and book-title marks that do not pair up."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Related, Replacement, Severity
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span

_PAIRS = dict(zip("“‘《〈（【〔「『", "”’》〉）】〕」』", strict=True))
_OPENERS = {close: opening for opening, close in _PAIRS.items()}
_MARK = compiled(r"[“”‘’《》〈〉（）()【】〔〕「」『』]")
_FOLD = {"(": "（", ")": "）"}
#: ``1）`` and ``a)`` number an item; ``:)`` smiles; ’ after a letter is an apostrophe.
_ITEM = compiled(r"(?:^|[\s；。，：、（(])(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3}|[ivxIVX]{1,4})$")
#: Marks of which a writer gives one to every paragraph of a long quotation and closes the last only.
_RUNNING = "“‘"


#: Pairs beside each other, as in nearly every paragraph. An apostrophe closes nothing: ‘ and ’ are looked at one by one.
_PAIRED = compiled(r"(?:“”|《》|[（(][）)]|〈〉|【】|〔〕|「」|『』)*")


class _Mark(NamedTuple):
    kind: str
    at: int


class Pairing(NamedTuple):
    """The marks of a paragraph: those left over, those that cross, and same kinds inside each other."""

    opened: Sequence[_Mark] = ()
    closed: Sequence[_Mark] = ()
    crossed: Sequence[tuple[_Mark, _Mark]] = ()
    nested: Sequence[tuple[Span, Span]] = ()


_SOUND = Pairing()
#: Of a quotation within another; what is longer is a quotation that was not closed, and every layer of it would be told in full.
_LONGEST = 500


_place = attrgetter("at")


def pairing(text: str, start: int, end: int) -> Pairing:
    """How the marks between ``start`` and ``end`` pair up."""
    if _PAIRED.fullmatch("".join(_MARK.findall(text, start, end))):
        return _SOUND
    closed, crossed, nested = [], [], []
    stack: list[_Mark] = []
    open_by_kind: dict[str, list[_Mark]] = {kind: [] for kind in _PAIRS}
    for match in _MARK.finditer(text, start, end):
        mark, at = _FOLD.get(match[0], match[0]), match.start()
        if mark in _PAIRS:
            stack.append(_Mark(mark, at))
            open_by_kind[mark].append(stack[-1])
            continue
        opening = _OPENERS[mark]
        if mark == "’" and at > start and text[at - 1].isascii() and text[at - 1].isalnum():
            continue
        if (
            mark == "’"
            and text[at + 1 : at + 3].isdigit()
            and not text[at + 3 : at + 4].isdigit()
            and not open_by_kind["‘"]
        ):
            continue  # ’99世界园艺博览会
        if not open_by_kind[opening]:
            before = text[max(start, at - 16) : at]
            if mark != "）" or not (_ITEM.search(before) or "[" in before):  # [60,80) is an interval
                closed.append(_Mark(opening, at))
            continue
        opened = open_by_kind[opening].pop()
        index = bisect_left(stack, opened.at, key=_place)
        del stack[index]
        if index < len(stack):
            crossed.append((stack[index], _Mark(opening, at)))
        if opening in "“《" and open_by_kind[opening] and at - opened.at <= _LONGEST:
            outer = open_by_kind[opening][-1]
            nested.append((Span(opened.at, at + 1), Span(outer.at, outer.at + 1)))
    return Pairing(stack, closed, crossed, nested)


@lru_cache(maxsize=1)
def _paragraphs(analysis: Analysis) -> tuple[tuple[Span, Pairing], ...]:
    """How the marks of each paragraph pair up; both rules ask."""
    text = analysis.document.text
    return tuple(
        (span, pairing(text, *span))
        for paragraph in analysis.paragraphs
        if paragraph.kind is not BlockKind.META and (span := paragraph.span)
    )


@rule(
    "PN001",
    "unbalanced-mark",
    severity=Severity.ERROR,
    bad=(
        "印发⟦《⟧2024年工作要点，明确任务32项。",
        "严格落实⟦“⟧三会一课制度，开展学习12次。",
        "全年受理投诉118件（其中来信36件、来电82件）⟦）⟧。",
        "扎实开展“清单式⟦“⟧管理，压实各方责任。",
    ),
    good=(
        "印发《2024年工作要点》，明确任务32项。",
        "严格落实“三会一课”制度（含支部主题党日）。",
        "1）完善制度；2）加强培训；3）严格考核。",
        "“同志们，今年的任务很重。\n“我们要抓紧落实。”",
    ),
)
def unbalanced_mark(analysis: Analysis) -> Iterator[Outcome]:
    """引号、括号、书名号不成对。

    只有前一半或后一半，读者不知道引到哪里为止；多半是删改时带掉了一半，或者把左引号打成了右引号。

    一段引文分成几段、每段开头都有引号而只在最后收尾的写法是对的；“1）”一类编号不算；前一半和后一半分在两段的也不报。
    """
    text = analysis.document.text
    if _MARK.search(text) is None:
        return
    every = _paragraphs(analysis)
    paragraphs = []
    for (span, pairs), following in zip(every, [*every[1:], None], strict=False):  # there may be none at all
        # Every paragraph of a long quotation opens it anew; only the last one closes it.
        if (
            following
            and pairs.opened
            and pairs.opened[-1].kind == text[following[0].start]
            and text[following[0].start] in _RUNNING
        ):
            pairs = pairs._replace(opened=pairs.opened[:-1])
        if pairs.opened or pairs.closed or pairs.crossed:
            paragraphs.append((span, pairs))
    open_before: set[str] = set()
    for index, (span, pairs) in enumerate(paragraphs):
        later = {mark.kind for _, others in paragraphs[index + 1 : index + 6] for mark in others.closed}
        often = Counter(mark.kind for mark in pairs.opened)
        opened = [mark for mark in pairs.opened if mark.kind not in later or often[mark.kind] > 1]
        closed = [mark for mark in pairs.closed if mark.kind not in open_before]
        open_before |= {mark.kind for mark in pairs.opened if mark.kind in later}
        open_before -= {mark.kind for mark in pairs.closed}
        if span.size > 2:  # a mark alone on its line is what a web page left
            yield from _unbalanced(analysis, span, opened, closed)
        left = {mark.at for mark in pairs.opened}
        for inner, mark in pairs.crossed:
            if inner.at not in left:
                yield Finding(
                    Span(mark.at, mark.at + 1),
                    Message(
                        f"“{text[mark.at]}”与{_shown(inner.kind)}交叉：里面的还没有收尾，外面的先收了",
                        "these two pairs of marks cross each other",
                    ),
                    (Related(Span(inner.at, inner.at + 1), "里面的一对从这里起"),),
                )


def _shown(kind: str) -> str:
    return f"{kind}{_PAIRS[kind]}"


def _unbalanced(analysis: Analysis, span: Span, opened: list[_Mark], closed: list[_Mark]) -> Iterator[Finding]:
    """One finding for each pair that lacks a half; two equal halves in a row are one pair, typed wrong."""
    for marks, half in ((opened, "后一半"), (closed, "前一半")):
        marks = list(marks)
        while marks:
            first = marks.pop(0)
            twin = next((mark for mark in marks if mark.kind == first.kind), None)
            if twin is not None and first.kind in "“‘《〈「『" and twin.at - first.at <= 60:
                marks.remove(twin)
                yield _mistyped(analysis, first, twin, opening=half == "后一半")
                continue
            place = Span(first.at, first.at + 1)
            shown = analysis.document.text[first.at]
            yield Finding(
                place,
                Message(f"“{shown}”缺少{half}，{_shown(first.kind)}应当成对", f"“{shown}” has no counterpart"),
            )


def _mistyped(analysis: Analysis, first: _Mark, twin: _Mark, *, opening: bool) -> Finding:
    """“甲“ and ”甲”: one of the two halves is the wrong one."""
    wrong, right = (twin, _PAIRS[twin.kind]) if opening else (first, first.kind)
    other = first if opening else twin
    place = Span(wrong.at, wrong.at + 1)
    return Finding(
        place,
        Message(
            f"{_shown(wrong.kind)}的两半方向相同，这里应为“{right}”",
            f"both halves of the pair are the same; here “{right}”",
        ),
        (Related(Span(other.at, other.at + 1), "另一半"),),
        suggestion=right,
        fix=Fix(f"改为“{right}”", Applicability.UNSAFE, (Replacement(place, right),)),
    )


_INNER = {"“": "‘’", "《": "〈〉"}


@rule(
    "PN002",
    "nested-same-mark",
    severity=Severity.WARNING,
    bad=(
        "转发《关于贯彻⟦《信访工作条例》⟧的通知》，组织学习6次。",
        "落实“关于推进⟦“双减”⟧工作的要求”，督导学校36所。",
    ),
    good=(
        "转发《关于贯彻〈信访工作条例〉的通知》，组织学习6次。",
        "落实“关于推进‘双减’工作的要求”，督导学校36所。",
        "开展“双减”“双随机”检查。",
    ),
)
def nested_same_mark(analysis: Analysis) -> Iterator[Outcome]:
    """引号里用了同样的引号，书名号里用了同样的书名号。

    外面用双的，里面就用单的：“……‘……’……”、《……〈……〉……》（GB/T 15834）。都用双的，读者会把里面的后一半当成外面的收尾。

    括号里套括号不报；不成对的由 unbalanced-mark 报。
    """
    text = analysis.document.text
    if "“" not in text and "《" not in text:
        return
    for _, pairs in _paragraphs(analysis):
        if any(mark.kind in _INNER for mark in (*pairs.opened, *pairs.closed)):
            continue
        for span, outer in pairs.nested:
            single = _INNER[text[span.start]]
            left, right = single[0], single[1]
            inner = left + text[span.start + 1 : span.end - 1] + right
            ends = (
                Replacement(Span(span.start, span.start + 1), left),
                Replacement(Span(span.end - 1, span.end), right),
            )
            yield Finding(
                span,
                Message(f"里层应当用单的：{inner}", f"use the single marks inside: {inner}"),
                (Related(outer, "外层从这里起"),),
                suggestion=inner,
                fix=Fix("里层改用单的", Applicability.UNSAFE, ends),
            )
