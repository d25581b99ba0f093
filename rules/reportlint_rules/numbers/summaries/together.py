"""Words for several changes at once, against the changes: 由负转正, 双增长, 三项指标全面下降, 两降一升."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.numbers.summaries.told_changes import claims_after, claims_before, sentence_at, signed

_TURNED = compiled(
    r"(?:，|、|；)(?:增速|同比|增幅|成功|首次|率先|顺利|如期|由此|年内|当月|累计|已|均|并|实现|实现了|完成|完成了)*(?P<word>[由从]?(?P<from>[负降])转(?P<to>[正升增])|[由从]?(?:[正升增])转(?:[负降]))(?=[，。；、）]|的|$)"
)
#: 由降转升，从上年的增长2.1%转为增长7.4%: the word first, the two changes behind it.
_TURNED_FIRST = compiled(
    r"(?P<word>[由从]?(?P<from>[负降])转(?P<to>[正升增])|[由从]?(?:[正升增])转(?:[负降]))，(?:即|也就是)?[由从][^，。；\d]{2,14}\d"
)
_TURN = compiled(r"转[正负升降增]")
_TWO = compiled(
    r"[，；](?:[一-龥]{0,4}(?:实现|保持|呈现|取得)了?)?(?P<subject>[^，。；：（）\d]{0,16}?)“?双(?P<way>[增升提]|下降|降|减)(?:长|加|高|升|少|低)?”?(?=[，。；]|$|的?(?:良好)?(?:态势|局面|目标))"
)
_DOUBLE = compiled(r"双(?:[增升提]|下降|降|减)")
_ALL = compiled(
    r"[，；](?:以上|上述|这)?(?P<number>[两二三四五六])(?:项|个|大)(?:主要|核心|关键)?(?:指标|数据|指数)(?:均|都|全面|全部|同步|齐|实现|呈|保持|持续|稳步|首次)+(?P<way>下降|上升|增长|减少|提高|提升|回升|上涨)"
)
_ALL_WORD = compiled(
    r"[两二三四五六](?:项|个|大)(?:主要|核心|关键)?(?:指标|数据|指数)(?:均|都|全|同|齐|实|呈|保|持|稳|首)"
)
_SO_MANY = compiled(
    r"“?(?<![一-龥])?(?P<first>[一两二三四五六])(?P<one>[升降增减])(?P<second>[一两二三四五六])(?P<other>[升降增减])(?![一-龥]{1,3}(?:工作|工程|行动|机制|制度|目标要求|专项))"
)
_UPWARDS = "增升提正上回"
_MOST = 8


def together(analysis: Analysis) -> Iterator[Outcome]:
    """Every saying of these shapes whose changes stand right beside it."""
    yield from _turns(analysis)
    yield from _doubles(analysis)
    yield from _counted(analysis)


def _turns(analysis: Analysis) -> Iterator[Outcome]:
    text = analysis.reading.text
    for near in analysis.matches(_TURN):
        start, end = sentence_at(analysis, near.start())
        match = _TURNED.search(text, max(start, near.start() - 24), min(end + 1, near.end() + 2))
        if match is None:
            match = _TURNED_FIRST.match(text, near.start() - 2, end) or _TURNED_FIRST.match(text, near.start() - 1, end)
            before = claims_after(analysis, match.end() - 1, end, 2) if match else []
            if match is None or len(before) < 2 or before[0].at.start != match.end() - 1 or not _percents(before):
                continue
        else:
            before = claims_before(analysis, start, match.start() + 1, 2)
            if len(before) < 2 or before[-1].at.end != match.start() or not _percents(before):
                continue
        signs = [signed(text, claim) for claim in before]
        if signs[0] is None or signs[1] is None or before[-1].clause - before[0].clause > 2:
            continue
        upwards = match["to"] is not None
        yield Checked(before[-1].quantity.span)
        if (signs[1] < 0) == upwards and signs[1] != 0:
            yield _contradiction(before[-1], match["word"], before[:1])
        elif (signs[0] > 0) == upwards and signs[0] != 0 and signs[1] * signs[0] > 0:
            yield _contradiction(before[0], match["word"], before[1:])


def _percents(claims: Sequence[Claim]) -> bool:
    return all(claim.quantity.unit.name == "%" and claim.quantity.exact and not claim.planned for claim in claims)


def _changes(text: str, claims: Sequence[Claim]) -> list[tuple[Claim, bool]]:
    """The changes among ``claims``, each with whether it went up; a share or a value between them tells nothing."""
    told = []
    for claim in claims:
        value = signed(text, claim)
        if value is not None and value and claim.quantity.exact and not claim.planned and not claim.depth:
            told.append((claim, value > 0))
    return told


def _doubles(analysis: Analysis) -> Iterator[Outcome]:
    """营业收入增长4.6%，利润总额下降7.9%，实现营收、利润双增长; 三项指标全面下降."""
    text = analysis.reading.text
    for near, pattern, count in ((_DOUBLE, _TWO, 2), (_ALL_WORD, _ALL, 0)):
        for hint in analysis.matches(near):
            start, end = sentence_at(analysis, hint.start())
            match = pattern.search(text, max(start, hint.start() - 24), min(end + 1, hint.end() + 8))
            if match is None:
                continue
            number = count or whole_number(match["number"])
            before = [
                claim
                for claim in claims_before(analysis, start, match.start() + 1, number)
                if claim.quantity.unit.name in ("%", "个百分点")
            ]
            told = _changes(text, before)
            if len(told) != number or before[-1].at.end != match.start():
                continue
            if any(b.clause - a.clause > 1 for a, b in zip(before, before[1:], strict=False)):
                continue
            upwards = match["way"][0] in _UPWARDS
            yield from (Checked(claim.quantity.span) for claim in before)
            against = [claim for claim, up in told if up != upwards]
            if len(against) * 2 <= number and against:
                word = match[0].lstrip("，；")
                yield _contradiction(against[0], word, [claim for claim in before if claim is not against[0]])


def _counted(analysis: Analysis) -> Iterator[Outcome]:
    """“两降一升”态势：A下降12.6%，B提高4.1个百分点，C提高1.3个百分点: so many up and so many down."""
    text = analysis.reading.text
    for match in analysis.matches(_SO_MANY):
        start, end = sentence_at(analysis, match.start())
        number = whole_number(match["first"]) + whole_number(match["second"])
        ups = sum(
            whole_number(match[count]) for count, way in (("first", "one"), ("second", "other")) if match[way] in "升增"
        )
        if (match["one"] in "升增") == (match["other"] in "升增"):
            continue
        colon = compiled(r"”?[^，。；：\d]{0,12}(?:：|，即)").match(text, match.end())
        if colon:
            claims = claims_after(analysis, colon.end(), end, _MOST)
        else:
            claims = claims_before(analysis, start, match.start(), _MOST)
            if not claims or not compiled(r"，[^，。；\d]{0,12}").fullmatch(text[claims[-1].at.end : match.start()]):
                continue
        told = _changes(text, claims)
        one_each = len({claim.clause for claim in claims}) == len(claims)
        if len(told) != number or len(claims) != number or not one_each:
            continue
        span = analysis.span(Span(match.start() + match[0].startswith("“"), match.end()))
        yield Checked(span)
        actual = sum(up for _, up in told)
        if actual != ups:
            yield Finding(
                span,
                Message(
                    f"列出的是 {actual} 升 {number - actual} 降，与“{match[0].lstrip('“')}”不符，请核对",
                    f"{actual} went up and {number - actual} down, not as the words say",
                ),
                tuple(Related(claim.quantity.span, "数值") for claim in claims),
            )


def _contradiction(claim: Claim, word: str, others: Sequence[Claim]) -> Finding:
    return Finding(
        claim.quantity.span,
        Message(f"写明“{word}”，这里的变化却相反，请核对", f"“{word}” does not hold of this change"),
        tuple(Related(other.quantity.span, "数值") for other in others),
    )
