"""What a rate leaves: 4000件，按时办结率98.8%，超时48件; 按期办结率100% beside 3件超期; 公开率100% of two counts together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import HUNDRED, related, show

_LATE = compiled(r"(?:超时|超期|逾期|延期|未按[时期]|未及时|未能按[时期])")
#: A rate, and what is called that it leaves out.
_LEAVES = (
    (
        compiled(r"(?:按时|按期|及时|^时|限时|准时|如期|期限内|规定时限)[^，。；\d]{0,6}率(?:为|达到?|保持|均为|是)?$"),
        _LATE,
    ),
    (
        compiled(r"(?:合格|达标|通过|及格)率(?:为|达到?|保持|均为|是)?$"),
        compiled(r"(?:不合格|不达标|未达标|未通过|不及格|没有通过|未合格)"),
    ),
    (
        compiled(
            r"(?:覆盖|安装|签约|参保|入学|就业|接种|建档|公开|整改|办结|回复|答复|完成|销号|入户)率(?:为|达到?|保持|均为|是)?$"
        ),
        compiled(
            r"(?:未覆盖|未安装|未签约|未参保|未入学|未就业|未接种|未建档|未公开|未整改|未办结|未回复|未答复|未完成|未销号|未入户)"
        ),
    ),
)
_NOT_THESE = compiled(r"去年|上年|上月|往年|同期|下降|减少|比|较|累计超|超时限|提前")
#: How many figures back the total may stand.
_BACK = 10
_LEFT_LEAST = 2


def complements(analysis: Analysis) -> Iterator[Outcome]:
    """Every count of what a rate beside it leaves, against the rate and the one total there is."""
    claims = analysis.claims
    for index, rate in enumerate(claims):
        if rate.quantity.unit.name != "%" or not rate.quantity.exact or rate.planned or "率" not in rate.lead:
            continue
        for name, word in _LEAVES:
            if name.search(rate.lead):
                yield from _left(analysis, claims, index, word)
                break


def _left(analysis: Analysis, claims: Sequence[Claim], index: int, word: re.Pattern[str]) -> Iterator[Outcome]:
    rate = claims[index]
    rest = next(
        (
            claim
            for claim in claims[index + 1 : index + 5]
            if claim.paragraph == rate.paragraph
            and claim.sentence - rate.sentence <= 1
            and claim.quantity.kind == "count"
            and claim.countable
            and not claim.planned
            and (word.search(claim.lead) or word.match(claim.trail))
            and not _NOT_THESE.search(claim.lead)
        ),
        None,
    )
    if rest is None or not rest.quantity.value:
        return
    if rate.quantity.value == HUNDRED:
        yield Checked(rate.quantity.span)
        yield Finding(
            rate.quantity.span,
            Message(
                f"{rate.lead[-8:]} {rate.quantity.text}，后面却有 {rest.quantity.text} 不在其内，请核对",
                f"a rate of 100% beside {rest.quantity.text} that it leaves out",
            ),
            (Related(rest.quantity.span, "另一半"),),
            severity=Severity.WARNING,
        )
        return
    totals = [
        claim
        for claim in claims[max(0, index - _BACK) : index]
        if claim.paragraph == rate.paragraph
        and same_unit(claim.quantity, rest.quantity)
        and claim.countable
        and not claim.subset
        and claim.quantity.value > rest.quantity.value
    ]
    # 合格138批次，合格率68.3%: what the rate counts is not what it is of; on time is what was done is.
    deed = rate.lead.rpartition("率")[0][-2:]
    if word is not _LATE and any(deed in claim.lead for claim in totals):
        return
    if len(totals) != 1 or rest.clause - rate.clause > 1:
        return
    whole = totals[0].quantity
    gone = HUNDRED - rate.quantity.value
    step = rate.quantity.step
    low = whole.value * (gone - step) / HUNDRED
    high = whole.value * (gone + step) / HUNDRED
    yield Checked(rest.quantity.span)
    if not low - 1 <= rest.quantity.value <= high + 1 and high >= _LEFT_LEAST:
        due = whole.value * gone / HUNDRED
        yield Finding(
            rest.quantity.span,
            Message(
                f"{whole.text}的 {rate.quantity.text} 之外应是 {show(due.quantize(whole.step))}{whole.unit.name}左右，写的是 {rest.quantity.text}，请核对",
                f"{rate.quantity.text} of {whole.text} leaves about {show(due, 0)}; the text says {rest.quantity.text}",
            ),
            (*related(totals, "总数"), Related(rate.quantity.span, "比率")),
            severity=Severity.WARNING,
        )


#: 一级预算单位52家、二级预算单位66家，已公开116家，公开率100%: the deed of the rate, and all that it is of.
_ALL_RATE = compiled(
    r"(?P<deed>公开|完成|整改|办结|签订|报送|覆盖|答复|开工|参保|建立|配备|安装|验收)率(?:为|达到?|均为|是)?$"
)


def all_of_sum(analysis: Analysis) -> Iterator[Outcome]:
    """A rate of 100 % behind a count that is less than the two before it together."""
    for group in analysis.by_sentence:
        for one, two, done, rate in zip(group, group[1:], group[2:], group[3:], strict=False):
            said = _ALL_RATE.search(rate.lead) if rate.quantity.unit.name == "%" else None
            if (
                said is None
                or rate.quantity.value != HUNDRED
                or not rate.quantity.exact
                or said["deed"] not in done.lead
                or one.clause != two.clause
                or not two.lead
                or one.lead[-2:] != two.lead[-2:]
                or done.clause - two.clause > 2
                or rate.clause - done.clause != 1
                or not all(same_unit(each.quantity, done.quantity) and each.countable for each in (one, two))
            ):
                continue
            total = one.quantity.value + two.quantity.value
            yield Checked(done.quantity.span)
            if total != done.quantity.value and done.quantity.value > max(one.quantity.value, two.quantity.value):
                yield Finding(
                    done.quantity.span,
                    Message(
                        f"{one.quantity.text}＋{two.quantity.text}＝{show(total)}{done.quantity.unit.name}，{said['deed']}率 100% 时不会是 {done.quantity.text}，请核对",
                        f"100% of {show(total)} is not {done.quantity.text}",
                    ),
                    (*related((one, two), "总数"), Related(rate.quantity.span, "比率")),
                    severity=Severity.WARNING,
                )
