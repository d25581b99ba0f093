"""PV003: a value in a unit that cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.files import beside, lines
from reportlint.finding import Checked, Finding, Message, Outcome, Severity
from reportlint.indicators import IndicatorValue
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint_rules.values.catalogue import show, values, within

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from reportlint.units import Unit

_WIDE = Decimal(3)
_WHOLE, _FEW = Decimal(100), Decimal(20)
#: What may stand between the noun and its figure.
_REACHES = compiled(
    r"(?:[，：:]|为|是|达到?|约|近|共计?|总计|累计|合计|已|完成|超过?|突破|仅|只有|均|平均|同比|降至|降到|增至|增加到|提高到){0,4}$"
)


#: 公里/小时: what stands behind a unit that is only half of one.
#: 3.2吨/亩, 每人12米, 12米×8米: no figure of the thing named.
_PER = ("/", "／", "每", "×", "*", "乘以", "见方")
#: The most characters that a noun of the table takes.
_LONGEST = 12


class Dimension(NamedTuple):
    """The ends of the words that lead to a figure, and the kinds of unit that what they name is told in; ``never`` are units of those kinds."""

    noun: re.Pattern[str]
    kinds: frozenset[str]
    never: frozenset[str]
    example: str

    def fits(self, unit: Unit) -> bool:
        """Whether what is named can be told in the unit."""
        # 采暖用水34.5度: degrees, not 千瓦时
        return unit.name == "度" or (unit.kind in self.kinds and unit.name not in self.never)


@lru_cache(maxsize=1)
def dimensions() -> tuple[Dimension, ...]:
    """The nouns of ``dimensions.tsv``, in its order."""
    rows = (line.split("\t") for line in lines(beside(__file__, "dimensions.tsv")))
    return tuple(
        Dimension(
            compiled(f"(?:{row[0]})$"),
            frozenset(kind for kind in row[1].split() if kind[0] != "-"),
            frozenset(unit[1:] for unit in row[1].split() if unit[0] == "-"),
            row[2],
        )
        for row in rows
    )


@lru_cache(maxsize=1)
def _any_noun() -> re.Pattern[str]:
    """Any of the nouns: most figures are led by none."""
    return compiled("|".join(each.noun.pattern for each in dimensions()))


def misnamed(claim: Claim) -> Dimension | None:
    """The noun right before the figure, where it measures something else than the unit does."""
    if claim.quantity.kind not in _PHYSICAL or claim.quantity.quoted:
        return None
    words = _REACHES.sub("", claim.lead)
    if not _any_noun().search(words, max(0, len(words) - _LONGEST)):
        return None
    found = next((each for each in dimensions() if each.noun.search(words, max(0, len(words) - _LONGEST))), None)
    return found if found is not None and not found.fits(claim.quantity.unit) else None


#: Kinds of unit that say what was measured; a bare number says nothing.
_TELLING = frozenset(
    {"concentration", "deposition", "noise", "percent", "area", "length", "mass", "volume", "energy", "power"}
)


#: Of these, the kinds that any noun of the table can be checked against; 个, 户 and % count what is measured in other ways.
_PHYSICAL = frozenset({"area", "length", "mass", "volume", "energy", "power", "concentration", "noise", "money"})


def misprinted_unit(value: IndicatorValue) -> bool:
    """Whether the unit cannot be meant: it measures something else, or makes absurd a figure that is fine in the usual unit.

    0.035毫克/立方米 of PM2.5 is an old way to print 35微克/立方米; 35毫克/立方米 is a slip.
    """
    indicator, unit = value.indicator, value.unit
    if value.inherited or unit.name in indicator.units or unit.name == indicator.unit.name:
        return False
    if unit.kind not in _TELLING or indicator.unit.kind not in _TELLING:
        return False
    low, high = indicator.plausible_min, indicator.plausible_max
    if unit.name == "‰" and indicator.direction == "higher" and indicator.hard_max == _WHOLE:
        return value.quantity.value > _FEW  # 接种率98.7‰: what all should have is told in %
    if unit.kind == indicator.unit.kind == "percent":
        # 婴儿死亡率2.6%: what is told in ‰ printed with %; 0.26% would be another way to say it
        converted = value.canonical
        return converted is not None and within(value.quantity.value, low, high) and not within(converted, low, high)
    as_usual = within(value.quantity.value, low, high, _WIDE)
    converted = value.canonical
    return converted is None or (not within(converted, low, high, _WIDE) and as_usual)


#: Where a measure word may not fit what is counted, or a time what stands beside it: only then are the tables read.
_LEADING = r"(?:[共达为约近有仅已到，：:]|共[有计]|累计|合计|新[增建]|[现已]有|[存出]栏){0,2}\d[\d.]*万?"
_MAY_BE_ODD = compiled(
    rf"(?:[室院园站厕库桥梁馆屋心场堂棚房厂桩构]{_LEADING}[名位头只株棵辆艘吨岁]"
    rf"|[生师士警员者工口部儿役]{_LEADING}(?:[家所座栋幢条台辆艘份件张亩吨米处棵株头只盏部套项]|公里|公顷|平方米|立方米)"
    rf"|[书议同卷册单纸状函]{_LEADING}(?:[分名位座所辆头只株棵亩栋艘吨](?!钟)|公里)|[车船艇]{_LEADING}(?:[名位所份亩株棵头栋幢家只]|公里)"
    rf"|[猪牛羊禽鸡栏木苗树]{_LEADING}(?:[名位所座辆台份件亩米栋头家]|公里|公顷)|[地田原面滩涂]{_LEADING}(?:[米吨名位头只台辆元]|公里|立方米|千瓦)"
    rf"|[路网道防缆栏线]{_LEADING}(?:平方公里|平方千米|公顷|立方米|千瓦|[吨名位头只台辆])|面积{_LEADING}(?:亩|公顷|平方[公千])"
    rf"|[故灾件情纷诉灯头器材泵]{_LEADING}(?:[名位座所辆头只株棵亩吨台栋家户艘]|公里))(?=[，。；、）)！\n（]|$|以上|左右)"
    rf"|\d个?(?:秒|分钟|小时|天)[^。；\n]{{1,12}}(?:[超少高低]|控制在|短至|缩至|用时)[过于]?\d[\d.]*个?(?:秒|分|小时|天)"
)


@rule(
    "PV003",
    "wrong-unit",
    severity=Severity.WARNING,
    bad=(
        "PM2.5平均浓度为⟦35毫克/立方米⟧，同比下降4.1%。",
        "一氧化碳平均浓度⟦1.0微克/立方米⟧，臭氧平均浓度148微克/立方米。",
        "临河断面氨氮平均浓度为⟦0.52毫克/立方米⟧。",
        "全县完成造林面积⟦3.5万立方米⟧。",
        "全乡现有村级卫生室⟦15名⟧、乡村医生19名，发出司法建议⟦17分⟧。",
        "每天书面作业小学不超过60分钟，初中不超过⟦90小时⟧。",
    ),
    good=(
        "PM2.5平均浓度为0.035毫克/立方米，同比下降4.1%。",
        "一氧化碳平均浓度1.0毫克/立方米，臭氧平均浓度148微克/立方米。",
        "临河断面氨氮平均浓度为0.52毫克/升。",
        "全乡现有村级卫生室15所、乡村医生19名，每所卫生室15名医生轮值。",
        "办理时间由5天压减至14小时，车程由90分钟缩短至45分钟。",
        "PM2.5、PM10平均浓度分别为35、62微克/立方米。",
    ),
)
def wrong_unit(analysis: Analysis) -> Iterator[Outcome]:
    """指标用错了单位。

    一氧化碳以毫克/立方米计，其他空气污染物以微克/立方米计，水里的污染物以毫克/升计。单位写串，数值就差了一千倍。
    人口出生率、死亡率以‰计，写成%就差了十倍；处理能力以立方米计，写成“米”就不是一回事。

    面积、长度、库容、电量、装机容量一类的词，后面的单位也只能是量它的那几种：“造林面积3.5万立方米”“装机容量12万千瓦时”必有一处写错。
    人、场所、文书、车辆、牲畜、林木、道路各有自己的量词：“卫生室15名”“司法建议17分”“管网24平方公里”对不上（`measures.tsv`）；“小学不超过60分钟，初中不超过90小时”，并列的时限相差几十倍。

    换算以后合理的不报：PM2.5 旧时写作 0.035 毫克/立方米。
    """
    for value in values(analysis):
        if value.indicator.unit.kind not in _TELLING or value.unit.kind not in _TELLING:
            continue
        span = value.quantity.span
        yield Checked(span)
        if misprinted_unit(value):
            usual = value.indicator.unit.name
            converted = value.canonical
            reason = f"合 {show(converted)}{usual}，" if converted is not None else ""
            yield Finding(
                span,
                Message(
                    f"{value.indicator.name} {value.quantity.text}：{reason}不合常理，这项指标以{usual}计，请核对单位",
                    f"{value.indicator.name} is given in {usual}; {value.quantity.text} cannot be meant",
                ),
            )
    text = analysis.reading.text
    seen = {value.quantity.span for value in values(analysis)}
    for claim in analysis.claims:
        wrong = misnamed(claim)
        if wrong is None or text.startswith(_PER, claim.at.end):
            continue
        if claim.quantity.span not in seen or claim.quantity.unit.name in wrong.never:
            yield Checked(claim.quantity.span)
            yield Finding(
                claim.quantity.span,
                Message(
                    f"前面的词与单位“{claim.quantity.unit.name}”对不上（应当像“{wrong.example}”），请核对",
                    f"what is named is not measured in {claim.quantity.unit.name}, rather as in {wrong.example}",
                ),
            )
            seen.add(claim.quantity.span)
    if analysis.holds(_MAY_BE_ODD):
        from reportlint_rules.values.measures import mismeasured, out_of_proportion

        for outcome in mismeasured(analysis):
            if not isinstance(outcome, Finding) or outcome.span not in seen:
                yield outcome
        yield from out_of_proportion(analysis)
