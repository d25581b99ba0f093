"""NM111: ranks that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numerals import han_value
from reportlint.rule import rule
from reportlint.span import Span

_N = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
_M = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_RANK = rf"第{_N}(?:名|位|位次)?"
_MOVE = r"(前进|上升|提升|前移|跃升|进位|提高|后退|下降|下滑|后移|退后|倒退)"
_STEPS = rf"(?:了)?{_M}(?:个)?(?:名次|位次|名|位)"
_FROM_TO = re.compile(rf"(?:由|从)[^，。；]{{0,10}}?({_RANK})[^，。；第]{{0,6}}?{_MOVE}{_STEPS}[^，。；第]{{0,6}}?(?:到|至|升至|居|位居|列)[^，。；第]{{0,6}}?({_RANK})")
_FROM_TO_BY = re.compile(
    rf"(?:由|从)[^，。；]{{0,10}}?({_RANK})[^，。；第]{{0,8}}?(?:前进|上升|提升|前移|跃升|进位|提高|后退|下降|下滑|后移|退)?(?:到|至)[^，。；第]{{0,8}}?({_RANK})(?:，|、)?[^，。；第]{{0,6}}?{_MOVE}{_STEPS}"
)
_OF = re.compile(
    r"(?:在|位列|位居|居|列)?(?:全省|全市|全县|全国|全区|参评|纳入考核的?|全部)?(\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:设区市|地级市|地市|市州|县市区|县（市、区）|县区|县（区）|区县|市县|县|区|市|乡镇|街道|城市|单位|部门|省份|参评单位)"
    rf"(?:中|里|之中)?[^，。；\d第]{{0,12}}?({_RANK})"
)
_UP = {"前进", "上升", "提升", "前移", "跃升", "进位", "提高"}


def _number(text: str) -> int:
    digits = re.sub(r"[第名位次]", "", text)
    return int(digits) if digits.isdigit() else int(han_value(digits) or 0)


@rule(
    "NM111",
    "rank-contradiction",
    severity=Severity.ERROR,
    bad=(
        "综合考核由第8位前进3位至⟦第6位⟧。",
        "在全市10个县中排名⟦第12位⟧。",
        "考核成绩由第5名上升到⟦第9名⟧，前进4个位次。",
    ),
    good=(
        "综合考核由第8位前进3位至第5位。",
        "在全市10个县中排名第2位。",
        "考核成绩由第9名上升到第5名，前进4个位次。",
        "在全省17个市中综合指数居第3位，较上年前移2位。",
    ),
)
def rank_contradiction(analysis: Analysis) -> Iterator[Outcome]:
    """名次自相矛盾。

    由第几位、进退几位、到第几位，三个数只能有一种关系；在几个单位中排名，名次不会比单位数还大。

    并列、不同口径的排名不核对。
    """
    text = analysis.reading.text
    if "第" not in text:
        return
    for pattern, old, new, move, steps in ((_FROM_TO, 1, 5, 3, 4), (_FROM_TO_BY, 1, 3, 5, 6)):
        for match in pattern.finditer(text):
            first, last, by = _number(match[old]), _number(match[new]), _number(match[steps])
            span = analysis.span(Span(*match.span(new)))
            yield Checked(span)
            change = first - last if match[move] in _UP else last - first
            if change != by:
                yield Finding(
                    span,
                    Message(
                        f"由{match[old]}{match[move]} {by} 位应为第 {first - by if match[move] in _UP else first + by} 位，与{match[new]}不符，请核对",
                        f"from rank {first}, {by} places {'up' if match[move] in _UP else 'down'} is not rank {last}",
                    ),
                    (Related(analysis.span(Span(*match.span(old))), "原名次"), Related(analysis.span(Span(*match.span(steps))), "进退")),
                )
    for match in _OF.finditer(text):
        total, rank = _number(match[1]), _number(match[2])
        span = analysis.span(Span(*match.span(2)))
        yield Checked(span)
        if rank > total > 1:
            yield Finding(
                span,
                Message(f"只有 {total} 个，却排在{match[2]}，请核对", f"rank {rank} among only {total}"),
                (Related(analysis.span(Span(*match.span(1))), "总数"),),
            )
