"""PV006: figures that nothing counted, aged or scored can have."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule

#: What comes in wholes only.
_WHOLE = frozenset(
    (
        "人",
        "人次",
        "名",
        "户",
        "头",
        "只",
        "家",
        "起",
        "件",
        "所",
        "座",
        "例",
        "宗",
        "辆",
        "艘",
        "株",
        "位",
        "家次",
        "份",
    )
)
#: What makes a count a mean, a share or a converted figure: 每千人口2.8名, 折合1.5人.
_MEAN = compiled(
    r"[人户村县镇乡校班组日月年]均|[十百千万亿][人户名口]|(?<![\d.])(?:亿元|万[车吨人户例元]|百万)|千公里|拥有量|密度|平均|均|每|折|相当|当量|标准|比|倍|率|指数|预计|测算|权重|系数|口径|工作量|编制数"
)
_TREE = compiled(r"[树木柏槐杏松榕樟]|龟|文物|遗址|化石|文明|历史|古")
_ALL = 100
#: 已有105%的人: so many of those there are.
_OF_THEM = compiled(
    r"的(?:参保|受访|被调查|在校|适龄|贫困|脱贫)?(?:人(?!均|口)|居民|群众|市民|村民|企业|单位|商户|农户|家庭|学生|教师|老人|干部|党员|职工|学校|村(?!集)|社区|项目|户)"
)
_RATIO_OF = compiled(r"相当于|是[^，；。]{0,12}$|完成|超额|达到?计划|增长|提高|比")
_OLDEST = 122
_HOURS = 24
_DAILY = compiled(r"(?:日均|每天|每日)(?![^，。；]{0,8}(?:累计|合计|总|共))[^，。；]{0,10}$")
#: A change, or two things joined by a dash: 较上年-12人, 方案A-12人.
_CHANGED = compiled(r"[增减变差净]|同比|较|比|涨|跌|零下|环比|盈亏|[A-Za-z0-9]-?$")
_DEED = compiled(
    r"培训|办理|受理|查处|检查|完成|新增|发放|救助|就业|转移|接待|招[收聘录]|慰问|登记|参加|组织|引进|培养|选派|签约|举办|开展|排查|帮扶|资助|调解|共[计有]?|累计|(?:有效|无效|赞成|同意|反对|弃权)票?"
)
_FULL_MARKS = compiled(r"(?:满分|总分)(?:为|是|均为|：)?(?P<full>\d{2,4})分")
_SCORE = compiled(r"(?:平均分|均分|最高分|得分|最低分|成绩|考核分)")
_BONUS = compiled(r"加分|附加|标准分|折算|超过满分|总分|赋分|合计")


@rule(
    "PV006",
    "impossible-count",
    severity=Severity.WARNING,
    bad=(
        "年末全县生猪存栏⟦32.6头⟧，能繁母猪存栏2.8万头。",
        "全年培训家政服务员⟦-120人⟧，发放补贴36万元。",
        "全县百岁老人41名，其中年龄最大的⟦190岁⟧。",
        "中考满分为750分，4316名考生平均分为⟦812.4分⟧。",
    ),
    good=(
        "年末全县生猪存栏32.6万头，能繁母猪存栏2.8万头。",
        "全年培训家政服务员120人，比上年-12人，发放补贴36万元。",
        "普查登记古树36株，其中树龄最大的1190岁。",
        "中考满分为750分，4316名考生平均分为512.4分。",
        "每千人口执业医师3.2名，户均2.8人。",
    ),
)
def impossible_count(analysis: Analysis) -> Iterator[Outcome]:
    """数得出来的东西取了不可能的数。

    头、户、人、件没有小数，“存栏32.6头”多半漏了“万”；人数、件数不会是负数；一天没有 25 小时；人活不到 190 岁；得分不会高于满分。

    平均数、折算数（户均2.8人、每千人口3.2名）有小数是常事，不报；“比上年-12人”是增减，不报；树龄、文物不报；有加分、附加分的不报。
    """
    text = analysis.reading.text
    for claim in analysis.claims:
        quantity = claim.quantity
        if quantity.kind == "count" and quantity.unit.name in _WHOLE:
            if not quantity.magnitude and quantity.value % 1 and not quantity.han:
                yield Checked(quantity.span)
                if not _MEAN.search(_before(analysis, claim)) and claim.role not in CHANGES:
                    yield Finding(
                        quantity.span,
                        Message(
                            f"{quantity.unit.name}没有小数，{quantity.text}是否漏了“万”，请核对",
                            f"{quantity.text} is no whole number",
                        ),
                    )
            elif quantity.value < 0 and _DEED.search(claim.lead) and not _CHANGED.search(claim.lead):
                yield Checked(quantity.span)
                yield Finding(
                    quantity.span, Message(f"数量不会是 {quantity.text}，请核对", "a count cannot be negative")
                )
        elif quantity.kind == "count" and quantity.value < 0:
            if _DEED.search(claim.lead) and not _CHANGED.search(claim.lead):
                yield Checked(quantity.span)
                yield Finding(
                    quantity.span, Message(f"数量不会是 {quantity.text}，请核对", "a count cannot be negative")
                )
        elif quantity.unit.name == "%" and quantity.value > _ALL and _OF_THEM.match(claim.trail):
            yield Checked(quantity.span)
            if not _RATIO_OF.search(claim.lead) and claim.role not in CHANGES:
                yield Finding(
                    quantity.span,
                    Message(f"{quantity.text}超过了全部，请核对", f"{quantity.text} of them is more than all"),
                )
        elif quantity.unit.name in ("岁", "周岁") and quantity.value > _OLDEST:
            yield Checked(quantity.span)
            if not _TREE.search(_before(analysis, claim) + text[claim.at.end : claim.at.end + 8]):
                yield Finding(
                    quantity.span, Message(f"年龄不会是 {quantity.text}，请核对", f"nobody is {quantity.text}")
                )
        elif quantity.unit.name in ("小时", "个小时") and quantity.value > _HOURS and _DAILY.search(claim.lead):
            yield Checked(quantity.span)
            yield Finding(quantity.span, Message(f"一天没有 {quantity.text}，请核对", f"no day has {quantity.text}"))
    if "满分" in text:
        yield from _scores(analysis)


def _before(analysis: Analysis, claim: Claim) -> str:
    """The words of the sentence up to the figure."""
    text = analysis.reading.text
    start = max(0, claim.at.start - 40)
    start = max(start, *(text.rfind(mark, start, claim.at.start) + 1 for mark in "。；\n"))
    return text[start : claim.at.start]


def _scores(analysis: Analysis) -> Iterator[Outcome]:
    """Scores above the full marks told before them in the sentence."""
    text = analysis.reading.text
    for full in _FULL_MARKS.finditer(text):
        end = min((at for mark in "。；\n" if (at := text.find(mark, full.end())) >= 0), default=len(text))
        other = text.find("满分", full.end(), end)
        end = other if other >= 0 else end
        if _BONUS.search(text, full.end(), end):
            continue
        first, last = (bisect_left(analysis.claim_starts, place) for place in (full.end(), end))
        told = next((claim for claim in analysis.claims[max(0, first - 1) : first] if claim.at.end == full.end()), None)
        for claim in analysis.claims[first:last]:
            if claim.quantity.unit.name != "分" or claim.role in CHANGES:
                continue
            if claim.role is Role.BASE or not _SCORE.search(claim.lead) or not claim.quantity.exact:
                continue
            yield Checked(claim.quantity.span)
            if claim.quantity.value > int(full["full"]):
                yield Finding(
                    claim.quantity.span,
                    Message(
                        f"满分 {full['full']} 分，得分不会是 {claim.quantity.text}，请核对",
                        f"{claim.quantity.text} out of {full['full']}",
                    ),
                    (Related(told.quantity.span, "满分"),) if told else (),
                )
