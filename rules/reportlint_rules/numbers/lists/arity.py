"""分别 behind figures that stand in clauses of their own: 受理6841件，审结6512件，同比分别上升8.2%、9.1%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.patterns import compiled
from reportlint.span import Span

#: What may stand in the clause before 分别 and between it and the first value: nothing that names a subject.
_LEAD = compiled(
    r"(?:(?:同比|环比|[较比与](?:上年|去年|上一年|上月|上季度|年初|期初)(?:同期|同月|末)?(?:相比)?|均|也|又|并|已)*)分别(?:同比|环比|[较比](?:上年|去年|年初|期初)(?:同期|末)?)*(?:增长|增加|上升|下降|减少|提高|提升|完成(?:了)?(?:年度|全年|年初)?(?:目标|任务|计划)(?:任务)?的|占(?:年度)?(?:目标|任务|计划|总[数量额])(?:任务)?的)了?"
)
_JOIN = compiled(r"、|和|及|与|，")
_LONGEST = 6


def clause_arity(analysis: Analysis) -> Iterator[Outcome]:
    """Values that are more or fewer than the figures they are said of, one by one."""
    text = analysis.reading.text
    for group in analysis.by_sentence:
        for index, first in enumerate(group):
            if not first.lead.endswith(_ENDS) or "分别" not in first.lead or not _LEAD.fullmatch(first.lead):
                continue
            values = _values(text, group, index)
            subjects, whole = _subjects(text, group, index)
            if not 2 <= len(subjects) <= _LONGEST or len(values) > _LONGEST:
                continue
            last = values[-1].at.end
            if text[last : last + 1] not in ("，", "。", "；", "\n", ""):
                continue
            start = text.rfind("分别", 0, first.at.start)
            place = analysis.span(Span(start, start + 2))
            yield Checked(place)
            # Where more figures stand before them, the values may be those of the last ones.
            if whole and len(values) != len(subjects):
                yield Finding(
                    place,
                    Message(
                        f"“分别”前面有 {len(subjects)} 个数，后面有 {len(values)} 个数值，对不上，请核对",
                        f"{len(subjects)} figures before 分别 (respectively), {len(values)} values behind it",
                    ),
                    tuple(Related(claim.quantity.span, "数值") for claim in (*subjects, *values)),
                    severity=Severity.WARNING,
                )


_ENDS = ("长", "加", "升", "降", "少", "高", "的", "了")


def _values(text: str, group: Sequence[Claim], index: int) -> list[Claim]:
    """The figures joined by 、 from ``index`` on, all in one unit."""
    values = [group[index]]
    for claim in group[index + 1 :]:
        between = text[values[-1].at.end : claim.at.start]
        if not _JOIN.fullmatch(between) or between == "，" or claim.quantity.unit.name != values[0].quantity.unit.name:
            break
        values.append(claim)
    return values


def _subjects(text: str, group: Sequence[Claim], index: int) -> tuple[list[Claim], bool]:
    """The figures in the clauses right before, each with its own noun; and whether the sentence begins with them."""
    found: list[Claim] = []
    clause = group[index].clause
    for claim in reversed(group[:index]):
        plain = (
            claim.role not in CHANGES
            and claim.role is not Role.BASE  # 与上年7.18亿元、5640万元相比，分别增长
            and claim.depth == group[index].depth
            and (len(claim.lead) > 1 or (not claim.lead and text[claim.at.start - 1] == "、"))
            and "分别" not in claim.lead
            and not claim.quantity.ordinal
            and claim.quantity.kind not in ("percent", "point", "rank", "time", "level")
        )
        near = clause - claim.clause <= 1 and (not found or claim.clause != found[-1].clause or _joined(text, claim))
        if not plain or not near or "；" in text[claim.at.end : (found[-1] if found else group[index]).at.start]:
            return found[::-1], False
        found.append(claim)
        clause = claim.clause
        if "其中" in claim.lead:
            return found[::-1], True
    return found[::-1], True


def _joined(text: str, one: Claim) -> bool:
    return text[one.at.end : one.at.end + 1] == "、"
