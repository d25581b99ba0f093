"""NM105: a percentage that no count can give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import Quantity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint_rules.numbers.figures import HUNDRED, fits_rate, show
from reportlint_rules.numbers.rates.rate_words import THINGS
from reportlint_rules.numbers.spells import spell

#: What is itself judged, month by month where the period has several.
_MONITORED = compiled(r"断面|点位|水源地|水功能区|湖库|水体|河流|湖泊|水库")
#: Rates that say in what state the counted things are, each of them being in it or not.
_STATE = compiled(
    r"优良(?:水体|断面|水质)?(?:率|比例|比率)|达标(?:率|比例)|合格(?:率|比例)|优秀(?:率|比例)|良好(?:率|比例)|通过(?:率|比例)|开工(?:率|比例)|复工(?:率|比例)|完工(?:率|比例)|竣工(?:率|比例)|"
    r"建成(?:率|比例)|投用(?:率|比例)|投产(?:率|比例)|验收(?:率|比例)|创建(?:率|比例)|挂牌(?:率|比例)|备案(?:率|比例)|签约率|履约率|整治率|治理率|销号率|参评率|劣[ⅤV五]类(?:水体|断面)?(?:率|比例)"
)
#: 评估等级为一级的占, 达到标准的比例为, 检定合格的商超占比为.
_OF_THEM = compiled(
    r"的[一-龥]{0,8}(?:占比?|比例|比重)(?:为|达到?|是|约)?$|(?:断面|点位|水体|水源地)[^，；。]{0,6}(?:占比?|比例)(?:为|达到?|是)?$"
    r"|中，[^，。；]{1,10}(?<![一-龥]率)占(?:比)?(?:为|达)?$|(?:[A-Z一二三四]级|优秀|优良|达标|合格)(?:及以上|以上)?的?(?:占比?|比例)(?:为|达到?)?$"
)
#: 16个乡镇卫生院中，75.5%达到标准; 14个街道中85%的街道建成.
_AMONG = compiled(
    r"[^，。；：\d]{0,14}(?:（[^（）\d]{1,10}）)?[^，。；：\d]{0,6}(?<![集其空水高初年城途当之])中，?(?:有|已有|约有)?$"
)
_SO_MANY = compiled(
    r"的(?P<noun>[一-龥]{1,8})|(?:实现|达到|达标|完成|建成|建立|通过|配备|设立|设置|开展|落实|合格|优良|超标)"
)
#: People, other than the things counted, that a rate may be of.
_PEOPLE = compiled(
    r"学生|考生|毕业生|员工|职工|教师|教职工|干部|人员|群众|居民|村民|农户|住户|用户|患者|病人|代表|委员|党员|家庭|人口|老人|儿童|幼儿(?!园)|人次|户数"
)
_MEAN = compiled(r"平均|均值|月均|年均|各月|逐月|按月|每月|加权|综合得分|总体")
_COUNTED_BY = compiled(r"(?:以|按照?)([^，；。按以]{1,6}?)(?:数|个数|数量)?(?:计算|统计|计|核算)")
_EVALUATED = compiled(
    r"(?:评估|评定|评价|考核|考评|测评|评审|评级|验收|复查|复核|认定|创建|建设|标准化|规范化|规范|等级)$"
)
_SAMPLED = compiled(r"抽检|抽样|采样|检测|检验|化验|监测")
_WHEN = compiled(r"^(?:截至|到|至)?(?:今年|目前|\d{1,2}月)?(?:中旬|底|末|初)?")
_NOUN_END = compiled(r"[，的中]")
_RUN = compiled(r"[、和及与]")
_MOST = 50


def possible(n: int, rate: Quantity, months: Sequence[int] = (1,)) -> bool:
    """Whether some whole number of ``n`` things (or of n things in so many months) gives the printed percentage."""
    for count in {n * month for month in months}:
        nearest = int(rate.value * count / HUNDRED)
        for k in (nearest - 1, nearest, nearest + 1, nearest + 2):
            if 0 <= k <= count:
                exact = Decimal(k) * HUNDRED / count
                if rate.value - rate.step / 2 <= exact < rate.value + rate.step:
                    return True
    return False


def _bound_rates(analysis: Analysis, group: Sequence[Claim]) -> Iterator[tuple[Claim, Claim, str]]:
    """Counts and the rates that are surely of them, with the words between: N个断面…率P%, and lists with 分别 of one length."""
    text = analysis.reading.text
    for index, rate in enumerate(group):
        if not _is_rate(rate):
            continue
        run = [rate]
        for claim in group[index + 1 :]:
            if claim.quantity.unit.name != "%" or not _RUN.fullmatch(text, run[-1].at.end, claim.at.start):
                break
            run.append(claim)
        since = text.rfind("；", 0, rate.at.start)
        before = [
            one
            for one in group[:index]
            if one.depth == rate.depth
            and not one.quantity.ordinal
            and one.quantity.kind != "level"
            and one.at.start > since
        ]
        counts = _counts(before, rate, len(run))
        if len(counts) == 1 and _is_numerator(counts[0], rate):
            continue
        if len(run) == len(counts) == 1 or ("分别" in rate.lead and len(run) == len(counts)):
            for count, one in zip(counts, run, strict=True):
                yield count, one, text[count.at.end : rate.at.start]


def _among(analysis: Analysis, group: Sequence[Claim]) -> Iterator[tuple[Claim, Claim, str]]:
    """Rates said of the counted things themselves: 7个县中，80%实现覆盖."""
    text = analysis.reading.text
    group = [claim for claim in group if claim.quantity.kind != "level"]
    for count, rate in zip(group, group[1:], strict=False):
        if not _is_rate(rate) or not count.countable or count.quantity.kind != "count":
            continue
        said = _SO_MANY.match(text, rate.at.end) if _AMONG.fullmatch(text[count.at.end : rate.at.start]) else None
        if said and (
            said["noun"] is None
            or said["noun"][:2] in count.trail
            or said["noun"][:2] in text[count.at.end : rate.at.start]
        ):
            yield count, rate, ""


def _counts(before: Sequence[Claim], rate: Claim, size: int) -> list[Claim]:
    """The ``size`` counts that stand nearest before the rate, if nothing else does."""
    near = [claim for claim in before if rate.clause - claim.clause <= 2]
    if size == 1 and before and before[-1].clause == rate.clause:
        near = [claim for claim in before if claim.clause == rate.clause]  # 合格率99.6%，3个水站达标率60%
    counts = near[-size:]
    if len(near) != len(counts) or any(
        not claim.countable or claim.quantity.kind != "count" or claim.role in CHANGES for claim in counts
    ):
        return []
    return counts


def _is_numerator(count: Claim, rate: Claim) -> bool:
    """Whether the count is of those the rate counts in: 完成行政村治理21个，治理率."""
    state = _STATE.search(rate.lead)
    # 再完成5个村治理，累计达到18个、治理率85.7%: a running total is of what is done.
    return state is not None and (state[0][:2] in count.lead or "累计" in count.lead)


def _is_rate(claim: Claim) -> bool:
    return (
        claim.quantity.unit.name == "%"
        and claim.quantity.exact
        and not claim.planned
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
    )


def _of_the_counted(noun: str, between: str) -> bool | None:
    """Whether a rate is one of the counted things: surely, perhaps, or (``None``) not.

    ``noun`` is what stands around the count, ``between`` what leads from it to the rate. Sure is it where the rate names the
    things again (达标的污水处理厂占) or they are sections and sites, which are judged themselves.
    """
    counted = _COUNTED_BY.search(between)
    if counted:
        return True if counted[1][-1] in noun and counted[1] not in ("取水量", "水量") else None
    if _MEAN.search(between):
        return None
    if not (_OF_THEM.search(between) or _state_of_itself(noun, between)):
        return None
    if _PEOPLE.search(between):
        return None
    of_them = _OF_THEM.search(between) is not None and (_names_again(noun, between) or "中，" in between)
    if not of_them and any(word not in noun for word in THINGS.findall(between)):
        return None
    if _MONITORED.search(noun + between):
        return True
    return _names_again(noun, between)


def _state_of_itself(noun: str, between: str) -> bool:
    """Whether the rate is of a state the things themselves are in (考评合格率), not of something in them (餐具消毒合格率)."""
    states = [match.start() for match in _STATE.finditer(between)]
    if not states:
        return False
    before = between[: states[-1]]
    if _MONITORED.search(noun + before) or _EVALUATED.search(before):
        return True
    if _SAMPLED.search(before):
        return False
    clause = _WHEN.sub("", before.rpartition("，")[2])
    if "，" in before:
        return not clause
    # 7个农贸市场快检室: a longer name is one thing only where nothing in it is another (水厂出厂水).
    return len(clause) <= 6 or (len(clause) <= 9 and THINGS.search(clause, 1) is None)


def _names_again(noun: str, between: str) -> bool:
    """Whether the rate names the counted things again: 3家污水处理厂，达标的污水处理厂占."""
    _, _, later = between.partition("，")
    return any(noun[place : place + 2] in later for place in range(max(0, len(noun) - 1)))


_SORTS = frozenset({"类", "种", "方面", "大类"})


def _noun(count: Claim) -> str:
    """What is counted, as the words next to the figure say: up to the verb's or the clause's end."""
    return count.lead[-6:] + _NOUN_END.split(count.trail[:10])[0]


@rule(
    "NM105",
    "impossible-percentage",
    severity=Severity.ERROR,
    bad=(
        "全市6个国控断面水质优良率为⟦85%⟧。",
        "6个国控、9个省控断面水质优良率分别83.3%、⟦90%⟧。",
        "抽查8家商场，计量器具检定合格的商场占⟦93.6%⟧。",
    ),
    good=(
        "全市6个国控断面水质优良率为83.3%。",
        "6个国控、9个省控断面水质优良率分别83.3%、88.9%。",
        "6个国控断面水质优良率达85%以上。",
        "全市12所学校学生体质健康合格率为93.7%。",
        "1—6月，6个国控断面水质优良率为86.1%。",
    ),
)
def impossible_percentage(analysis: Analysis) -> Iterator[Outcome]:
    """不可能的百分数。

    6 个断面的优良率只能是 0、16.7%、33.3%、50%、66.7%、83.3%、100%，不会是 85%。总数不大时，每个百分数都要能由某个整数得出。

    逐月评价的断面按“断面数×月数”也核对一遍，能得出就不报；写明“平均”“按水量计算”的、“达85%以上”“约”不核对；总数超过 50 的不核对；
    率不是以这些断面、单位为总体的（学生合格率、群众满意率、投资完成率）不核对。
    """
    for group in analysis.by_sentence:
        if not any(claim.quantity.unit.name == "%" for claim in group):
            continue
        for count, rate, between in (*_bound_rates(analysis, group), *_among(analysis, group)):
            n = int(count.quantity.value)
            if not 2 <= n <= _MOST or count.quantity.step != 1:
                continue
            if count.quantity.unit.name in _SORTS:
                continue  # 两类纠纷中，邻里纠纷占64%: a share of the disputes, not of their kinds
            if not between:  # of those counted, in so many words
                yield Checked(rate.quantity.span)
                if not possible(n, rate.quantity):
                    yield _impossible(n, count, rate, Severity.WARNING)
                continue
            noun = _noun(count)
            sure = _of_the_counted(noun, between)
            if sure is None:
                continue
            yield Checked(rate.quantity.span)
            if possible(n, rate.quantity) or any(_explains(other, count, rate) for other in group):
                continue
            monitored = _MONITORED.search(noun + between) is not None
            months = _months(analysis, rate) if monitored else (1,)
            if months and possible(n, rate.quantity, months):
                continue
            # Where nothing tells the period, a mean over some months might still give it: a person must look.
            doubtful = not sure or (not months and possible(n, rate.quantity, range(1, 13)))
            yield _impossible(n, count, rate, Severity.WARNING if doubtful else Severity.ERROR)


def _months(analysis: Analysis, rate: Claim) -> Sequence[int]:
    """Over how many months a monthly mean may run, as the sentence or the title says; empty where neither does."""
    period = spell(analysis, rate.at) or (analysis.period.results if analysis.period is not None else None)
    if period is None:
        return ()
    months = round(period.days / 30.4)
    return range(max(1, months - 2), months + 1)


def _explains(other: Claim, count: Claim, rate: Claim) -> bool:
    """Whether another count gives the rate: as the part of the whole, or as a whole of its own."""
    if other is count or not other.countable or other.quantity.value <= 0:
        return False
    if fits_rate(other.quantity, count.quantity, rate.quantity):
        return True
    larger = other.quantity.value > count.quantity.value and other.quantity.unit.name == count.quantity.unit.name
    return larger and possible(int(other.quantity.value), rate.quantity)


def _impossible(n: int, count: Claim, rate: Claim, severity: Severity) -> Finding:
    step = HUNDRED / n
    below = min(n, int(rate.quantity.value / step))
    places = max(1, len(rate.quantity.text.rstrip("%").partition(".")[2]))
    near = "、".join(f"{k}÷{n}＝{show(Decimal(k) * step, places)}%" for k in (below, below + 1) if 0 <= k <= n)
    return Finding(
        rate.quantity.span,
        Message(
            f"{count.quantity.text}里得不出 {rate.quantity.text}：最接近的是 {near}，请核对",
            f"no whole number out of {n} gives {rate.quantity.text}; nearest: {near}",
        ),
        (Related(count.quantity.span, "总数"),),
        severity=severity,
    )
