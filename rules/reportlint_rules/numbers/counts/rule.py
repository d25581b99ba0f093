"""NM101: more done than there was to do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain

from reportlint.analysis import Analysis
from reportlint.bonds import Bond
from reportlint.claims import Claim, Role
from reportlint.document import BlockKind
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.grid import grids
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.numbers.counts.attendance import attendances
from reportlint_rules.numbers.counts.portions import Portion, never_more, portions
from reportlint_rules.numbers.counts.surpassing import surpassing
from reportlint_rules.numbers.figures import related

_ALL_DONE = compiled(r"[^，；。]{0,6}，(?:现|目前|均)?已?(?:经)?(?:全部|均已)(?:完成|办结|整改|销号|清零|结案)")
#: 旧存126件，新收1374件，审结1402件: the part draws on several stocks.
_STOCK = compiled(r"旧存|旧收|存案|结存|期初|新收|新接|上期|往年")
#: 64处，全部完成治理; 21项均已完成.
_ALL_AT_ONCE = compiled(
    r"[^，；。（）\d]{0,8}，?(?:现|目前)?(?:已?全部|均已|都已)(?:按期|按时|如期|及时)?(?P<deed>完成|整改|办结|销号|清零|结案|治理|化解|建成|竣工|开工|复工|投用|投产|到位|达标|签约|验收|通车|入住)"
)
#: A sentence without one of these says so of nothing.
#: 办结91件，其中6件为2023年受理: some came in before.
_OF_EARLIER = compiled(
    r"[，（](?:其中|含)[^，。；\d]{0,4}\d+[^，。；\d]{1,4}(?:为|是|系)?(?:20\d\d|[上去往]|此前|以前)"
)
_ALL_OF_IT = compiled(r"全部|均已|都已")
_LEFT = compiled(r"(?:尚有|还有|仍有|剩余|剩下|其余|余下)")
_STILL = compiled(r"正在|尚未|仍在|未完成|未整改|未办结|还有|推进中|其余[^，。；\d]{0,6}(?:正|尚|仍|未|待|在)")
#: 站全部投入运营 behind a figure, and 实际投入运营 before the next.
_ALL_DEED = compiled(r"[^，。；、（）\d]{0,14}?(?:均已|全部|都已)(?:按期|按时|如期|顺利)?([一-龥]{2,6})，")
#: What may lead to one thing of all, or to a part of a part.
_HELD = compiled(
    r"最[大多高长]的?[一单1]|单[处个家笔宗块片条起座项次户栋段批例件][^，。；\d]{0,10}(?:最|均|都|不)|[中里](?<!其.)(?<!之.)(?<!当.)，?[^，。；\d]{0,16}\d|(?:未通过|不合格|阳性|异常|不达标|不及格)[一-龥]{0,3}\d|经审查|经核查|每[个家户][^，。；\d]{0,10}不[超足到]"
)
#: 36座。63座公厕全部投用.
_NAMED_AGAIN = compiled(r"\d(?<=[，。；在这该述上对]\d)\d{0,5}[一-龥]{1,14}?(?:[中里]|全部|均|都)")
_STATES = compiled(
    r"[，；][^，；。\d]{0,6}(?:开工|动工|竣工|完工|投产|投用|建成|在建|验收|交付|通车|落地|拿地)[^，。；\d]{0,4}\d"
)
_AGAIN = compiled(r"(?:实际|目前|现|已|累计|共)+([一-龥]{2,6})")
#: 14个问题已全部完成整改: what was said of the whole, its deed first.
_ALL = compiled(r"(?<!未)(?<!未能)(?<!尚未)全部([一-龥]{2,4})")


@rule(
    "NM101",
    "count-exceeds-total",
    severity=Severity.ERROR,
    bad=(
        "省级督察反馈任务26项，已完成整改⟦29项⟧。",
        "全年共受理群众来信84件，其中反映住房问题的⟦92件⟧。",
        "排查出安全隐患四十三处。目前已完成整改⟦四十五处⟧。",
        "交办问题线索15条，已办结⟦13条⟧，全部办结。",
    ),
    good=(
        "省级督察反馈任务26项，已完成整改21项。",
        "全年计划新建充电桩200个，实际完成260个。",
        "排查企业12家，发现问题35个，已整改33个。",
        "第一轮督察反馈问题39个已全部销号；第二轮反馈问题18个，已完成整改10个。",
        "上半年立案26起，办结案件31起（含上年结转9起）。",
    ),
)
def count_exceeds_total(analysis: Analysis) -> Iterator[Outcome]:
    """完成数大于总数。

    反馈、交办、排查、受理来的事项是封闭的集合，完成的、其中的、剩余的都不可能比总数还多；“已完成24项，全部完成”与总数26项同样矛盾。
    各科室的数字在不同日期截取，最后拼在一起时最容易出这种错。

    最大的一处不会比全部还大，“民办机构中”的不会比前面写的民办机构还多，查出的不会比查过的还多，单个不超过 3 亿元的 5 个项目总投资不会超过 15 亿元。

    净利润、民间投资一类按定义就在另一个数之内的，写在一句里也比较。

    只比较同一计量单位、同一事物：人次与人、家次与家不比；计划数、目标数可以超额完成，不报；含上年结转、历史遗留的不报；
    同一句里有几个总数时，比哪一个都大才报。
    """
    reported: set[Span] = set()
    for outcome in _bound(analysis):
        if isinstance(outcome, Finding):
            reported.add(outcome.span)
        yield outcome
    if "全部" in analysis.grams or "均已" in analysis.grams or "都已" in analysis.grams:
        yield from _all_but(analysis)
        yield from _all_and_open(analysis)
    if analysis.holds(_HELD):
        from reportlint_rules.numbers.counts.held import held

        yield from (each for each in held(analysis) if not isinstance(each, Finding) or each.span not in reported)
    if analysis.holds(_NAMED_AGAIN):
        from reportlint_rules.numbers.counts.named_again import told_again

        yield from (each for each in told_again(analysis) if not isinstance(each, Finding) or each.span not in reported)
    if analysis.holds(_STATES):
        from reportlint_rules.numbers.counts.named_again import states

        yield from (each for each in states(analysis) if not isinstance(each, Finding) or each.span not in reported)
    if any(block.kind is BlockKind.CELL for block in analysis.document.blocks):
        yield from _tabled(analysis)


def _bound(analysis: Analysis) -> Iterator[Outcome]:
    """Every part with the total that its clause or its name binds it to."""
    for bond in analysis.bonds:
        part, whole = bond.part, bond.whole
        yield Checked(part.quantity.span)
        greatest = max(claim.quantity.value for claim in bond.wholes)
        if part.quantity.value > greatest and (
            bond.drawn_from_all or any(_STOCK.search(claim.lead) for claim in bond.wholes)
        ):
            continue
        if part.quantity.value > greatest and part.subset and _told_out(analysis, bond):
            continue
        if part.quantity.value > greatest and _OF_EARLIER.match(analysis.reading.text, part.at.end):
            continue
        if part.quantity.value > greatest:
            yield _excess(part, whole) if not _joined(bond) else _exceeds_all(part, bond.stocks)
        elif (
            part.role is not Role.PENDING
            and part.quantity.value < whole.quantity.value
            and _said_all_done(analysis, bond)
        ):
            yield _not_all(part, whole)
    for attendance in attendances(analysis):
        yield Checked(attendance.done.quantity.span)
        if attendance.done.quantity.value > attendance.due.quantity.value:
            yield _excess(attendance.done, attendance.due)
    seen = {bond.part.at for bond in analysis.bonds}
    named: Iterator[Portion] = iter(())
    if analysis.holds(compiled("|".join(dict.fromkeys(sign for _, _, sign in never_more())))):
        from reportlint_rules.numbers.counts.never_more import named_parts

        named = named_parts(analysis)
    for portion in chain(portions(analysis), named):
        if portion.part.at not in seen:
            seen.add(portion.part.at)
            yield Checked(portion.part.quantity.span)
            if portion.part.quantity.value > portion.whole.quantity.value:
                yield _excess(portion.part, portion.whole, None if portion.sure else Severity.WARNING)


def _told_out(analysis: Analysis, bond: Bond) -> bool:
    """Whether the list under 其中 has come to its total before the part: 436名，其中…三级，护林员612名."""
    part, whole = bond.part, bond.whole
    starts = analysis.claim_starts
    within = slice(bisect_left(starts, whole.at.end), bisect_left(starts, part.at.start))
    between = [
        claim.quantity.value
        for claim in analysis.claims[within]
        if claim.subset and claim.clause < part.clause and same_unit(claim.quantity, whole.quantity)
    ]
    return len(between) > 1 and sum(between) == whole.quantity.value


def _all_but(analysis: Analysis) -> Iterator[Outcome]:
    """86个站全部投入运营，实际投入运营81个: the deed said of all, then a count of what it was done to."""
    text = analysis.reading.text
    for group in analysis.by_sentence:
        for whole, part in zip(group, group[1:], strict=False):
            if part.clause - whole.clause != 1 or not (whole.countable and part.countable):
                continue
            if not same_unit(whole.quantity, part.quantity) or whole.planned or part.planned:
                continue
            said = _ALL_DEED.match(text, whole.at.end)
            again = said and _AGAIN.fullmatch(part.lead)
            if said and again and said[1].startswith(again[1]):
                yield Checked(part.quantity.span)
                if part.quantity.value < whole.quantity.value:
                    yield _not_all(part, whole)


def _all_and_open(analysis: Analysis) -> Iterator[Outcome]:
    """64处全部完成治理，其中已治理51处，其余正在施工: said to be all done, and some of it still open."""
    text = analysis.reading.text
    for group in analysis.by_sentence:
        if not _ALL_OF_IT.search(text, *analysis.sentences[group[0].sentence].at):
            continue
        for index, whole in enumerate(group):
            said = _ALL_AT_ONCE.match(text, whole.at.end)
            if not said or not whole.countable or whole.planned or whole.subset:
                continue
            end = text.find("；", whole.at.end, analysis.sentences[whole.sentence].at.end)
            end = analysis.sentences[whole.sentence].at.end if end < 0 else end
            rest = [claim for claim in group[index + 1 :] if claim.at.start < end]
            parts = [claim for claim in rest if same_unit(claim.quantity, whole.quantity) and claim.countable]
            if (
                not parts
                or not (parts[0].subset or _LEFT.match(parts[0].lead))
                or any(claim.quantity.value >= whole.quantity.value for claim in parts)
            ):
                continue
            still = _LEFT.match(parts[0].lead) or _STILL.search(text, parts[0].at.end, end)
            yield Checked(parts[0].quantity.span)
            if still:
                yield _not_all(parts[0], whole)


def _tabled(analysis: Analysis) -> Iterator[Outcome]:
    """Rows of a table in which more was done than found."""
    for grid in grids(analysis.document):
        for part, whole in surpassing(grid):
            yield Checked(part.span)
            if part.value > whole.value:
                yield Finding(
                    part.span,
                    Message(
                        f"这一行完成 {part.text}，超过发现的 {whole.text}，请核对两个数字",
                        f"{part.text} done exceeds the {whole.text} found",
                    ),
                    (Related(whole.span, "总数"),),
                    severity=Severity.WARNING,
                )


def _excess(part: Claim, whole: Claim, severity: Severity | None = None) -> Finding:
    word = "已完成" if part.role is Role.DONE else "其中"
    return Finding(
        part.quantity.span,
        Message(
            f"{word} {part.quantity.text}，超过总数 {whole.quantity.text}，请核对两个数字",
            f"{part.quantity.text} exceeds the total of {whole.quantity.text}; check both figures",
        ),
        (Related(whole.quantity.span, "总数"),),
        severity=severity,
    )


def _joined(bond: Bond) -> bool:
    """Whether the total is one of several joined by 、, all of which the part may draw on."""
    return len(bond.stocks) > 1 and len({stock.clause for stock in bond.stocks}) == 1


def _exceeds_all(part: Claim, stocks: Sequence[Claim]) -> Finding:
    terms = "＋".join(stock.quantity.text for stock in reversed(stocks))
    return Finding(
        part.quantity.span,
        Message(
            f"已完成 {part.quantity.text}，超过总数 {terms}，请核对",
            f"{part.quantity.text} exceeds the total of {terms}; check the figures",
        ),
        related(reversed(stocks), "总数"),
    )


def _not_all(part: Claim, whole: Claim) -> Finding:
    return Finding(
        part.quantity.span,
        Message(
            f"写明全部完成，但完成数 {part.quantity.text} 少于总数 {whole.quantity.text}，请核对",
            f"said to be all done, but {part.quantity.text} are fewer than the total of {whole.quantity.text}",
        ),
        (Related(whole.quantity.span, "总数"),),
    )


def _said_all_done(analysis: Analysis, bond: Bond) -> bool:
    """Whether the words around say that all of it is done: right after the part, or after the total in the part's own words."""
    text, part, whole = analysis.reading.text, bond.part, bond.whole
    if not part.subset and _ALL_DONE.match(text, part.at.end):
        return True
    said = _ALL.search(text, whole.at.end, part.at.start)
    if said is not None and "其中" in text[whole.at.end : said.start()]:
        return False  # 项目485个，其中已经全部完工的82个
    return said is not None and said[1][:2] in part.lead and part.sentence == whole.sentence
