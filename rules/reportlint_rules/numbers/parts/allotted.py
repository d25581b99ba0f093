"""What is divided by a ratio, and what so many give each: 120人按3∶2分配，分别为72人和48人; 三个科室各抽调2名，组成6人专班."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import same_unit
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.numbers.figures import scaled

#: 按5∶3∶2的比例分担: the ratio, and that something is divided by it.
_BY_RATIO = compiled(
    r"按(?:照)?(?P<terms>\d{1,3}(?:[∶:：]\d{1,3}){1,4})(?:的)?(?:比例)?[^，。；\d]{0,6}?(?:分配|分担|承担|分摊|负担|分成|出资|配套|安排|拨付|分解|划分|投入|筹集|下达|分享|共担)"
)
_BY_RATIO_FIRST = compiled(r"(?P<names>[^，。；：\d]{2,40}?)按(?:照)?\d")
_AND = compiled(r"、|和|与|及")
_RESPECTIVELY = compiled(r"分别|各为|依次")
#: What a member of the ratio is called alone: 县级承担, 市财政.
_LAST = 4
#: 从局办公室、法规科、信访科各抽调2名同志，组成8人工作专班.
_EACH = compiled(
    r"(?:从|由|在)(?P<names>[^，。；：\d（）]{2,14}?(?:、[^，。；：\d（）、]{2,14}){1,9})各(?:自)?(?:抽调|选派|选调|派出|抽派|推荐|推选|抽选|选|派|抽|出)(?:骨干|业务骨干|精干力量|干部)?(?P<each>\d{1,3}|[一二两三四五六七八九十])(?:名|人|位)[^，。；\d]{0,8}，?(?:共同|一起)?(?:组成|组建|成立|共|合计|总计|组建起|形成)(?:了)?(?P<all>\d{1,4}|[一二三四五六七八九十]{1,3})(?:名|人|位)"
)


def allotted(analysis: Analysis) -> Iterator[Outcome]:
    """Shares that the ratio contradicts, and sums of what each gives."""
    text = analysis.reading.text
    if "按" in text and ("∶" in text or "：" in text or ":" in text):
        for match in _BY_RATIO.finditer(text):
            yield from _divided(analysis, match)
    if "满分" in text or "总分" in text:
        for match in _FULL_MARKS.finditer(text):
            yield from _full_marks(analysis, match)
    if "各" in text and "、" in text:
        for match in _EACH.finditer(text):
            yield from _from_each(analysis, match)


#: 满分100分，由理论知识40分和案卷评查60分两部分组成.
_FULL_MARKS = compiled(
    r"(?:满分|总分)(?:为|值)?(?P<all>\d{2,4})分[，（：；]?(?:其中|由|包括|分为)?：?(?P<parts>(?:[^，。；（）\d、]{2,16}?(?:占|为|计|各占)?\d{1,3}分(?:、|，|和|及|与|；)?){2,10})(?P<after>[^，。；（）\d]{0,8}(?:组成|构成)|。|）)"
)
_MARKS = compiled(r"(?P<words>[^，。；（）\d、]{2,16}?)(?P<mark>\d{1,3})分")
_NO_PART = compiled(r"加分|扣分|附加|合格|及格|以上|平均|得分|最高|最低|得|获")


def _full_marks(analysis: Analysis, match: re.Match[str]) -> Iterator[Outcome]:
    """The marks of the parts against the full marks that they make up."""
    parts = list(_MARKS.finditer(match["parts"]))
    if any(_NO_PART.search(part["words"]) for part in parts):
        return
    total, said = sum(int(part["mark"]) for part in parts), int(match["all"])
    place = analysis.span(Span(*match.span("all")))
    yield Checked(place)
    if total != said and abs(total - said) * 2 <= said:
        start = match.start("parts")
        shown = "＋".join(part["mark"] for part in parts)
        yield Finding(
            place,
            Message(f"{shown}＝{total}分，与满分 {said}分 不符，请核对", f"{shown}＝{total}, not {said}"),
            tuple(
                Related(analysis.span(Span(start + part.start("mark"), start + part.end("mark"))), "分项")
                for part in parts
            ),
        )


def _from_each(analysis: Analysis, match: re.Match[str]) -> Iterator[Outcome]:
    names = match["names"].split("、")
    if any("等" in name for name in names) or "和" in names[-1][1:-1]:
        return
    each, said = whole_number(match["each"]), whole_number(match["all"])
    span = analysis.span(Span(*match.span("all")))
    yield Checked(span)
    if len(names) * each != said:
        yield Finding(
            span,
            Message(
                f"{len(names)} 家各 {each} 名，一共 {len(names) * each} 名，与写明的 {match['all']} 不符，请核对",
                f"{len(names)} give {each} each, {len(names) * each} in all; the text says {said}",
            ),
            (Related(analysis.span(Span(*match.span("each"))), "据以计算的数"),),
        )


def _divided(analysis: Analysis, match: re.Match[str]) -> Iterator[Outcome]:
    """The parts told behind the ratio, each against its share of what stands before it."""
    text, claims = analysis.reading.text, analysis.claims
    terms = [Decimal(term) for term in compiled(r"[∶:：]").split(match["terms"])]
    if not all(terms) or sum(terms) <= 0:
        return
    start = max(text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
    first = bisect_left(analysis.claim_starts, start)
    after = bisect_left(analysis.claim_starts, match.end())
    before = [claim for claim in claims[first:after] if claim.at.end <= match.start() and claim.countable]
    if not before:
        return
    whole = before[-1]
    behind = [
        claim
        for claim in claims[after : after + len(terms) + 1]
        if claim.sentence == whole.sentence and same_unit(claim.quantity, whole.quantity) and claim.countable
    ]
    if not behind or whole.quantity.value <= 0:
        return
    if len(behind) == len(terms) and _RESPECTIVELY.search(text, match.start(), behind[0].at.start):
        pairs = list(zip(behind, terms, strict=True))
    else:
        named = compiled(r"[^，。；：\d]{2,40}$").search(text, start, match.start())
        names = _AND.split(named[0]) if named else []
        if len(names) != len(terms):
            return
        keys = [name[-2:] if place == 0 else name[:_LAST] for place, name in enumerate(names)]
        pairs = []
        for claim in behind:
            fit = [place for place, key in enumerate(keys) if key[-1:] and _is_called(claim, key)]
            if len(fit) != 1:
                return
            pairs.append((claim, terms[fit[0]]))
    for claim, term in pairs:
        due = whole.quantity.value * term / sum(terms)
        low = (whole.quantity.low or whole.quantity.value) * term / sum(terms)
        high = (whole.quantity.high or whole.quantity.value) * term / sum(terms)
        step = claim.quantity.step
        yield Checked(claim.quantity.span)
        if not low - step < claim.quantity.value < high + step:
            yield Finding(
                claim.quantity.span,
                Message(
                    f"{whole.quantity.text}按 {match['terms']} 分，这一份是 {scaled(due, claim.quantity)}，与写明的 {claim.quantity.text} 不符，请核对",
                    f"by the ratio this share is {scaled(due, claim.quantity)}; the text says {claim.quantity.text}",
                ),
                (
                    Related(whole.quantity.span, "总数"),
                    Related(analysis.span(Span(*match.span("terms"))), "比例"),
                ),
            )
            return


def _is_called(claim: Claim, key: str) -> bool:
    """Whether the figure is led to by a member's name: 县级承担 by 县."""
    return key in claim.lead or (len(key) == 1 and claim.lead.removeprefix("其中").startswith(key))
