"""PH004: figures that were deleted and never put back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.patterns import compiled
from reportlint.phrase import clause_start
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.placeholders.lexicon import WORDS

_STOP = "，。；、）\n"
#: What introduces a figure whose unit can stand after nothing else.
_INTRODUCES = compiled(
    r"(?:增长|增加|提高|提升|上升|下降|降低|减少|回落|改善|好转|反弹|增幅|降幅|占|为|达|达到|率|完成投资|投资|投入|资金|收入|支出|罚款|罚没|补助|拨付|共计|合计|超过|约)$"
)
_DIGIT = compiled(r"[0-9]")
_VERB = compiled(
    r"(?:查处|检查|排查|发现|整改|立案|建成|新建|新增|完成|办结|受理|涉及|抽查|排查出|查出|关停|取缔|审批|培训|发放|出动|召开|开展|组织|举办|共|共有|共计|合计|累计|其中|达到?|违法的|不合格的|超标的|隐患的|问题的|全市|全县|全区)$"
)
#: Verbs after which a measure word may even end the clause: 共排查个，.
_STRONG_VERB = compiled(r"(?:查处|检查|排查|发现|整改|办结|受理|查出|共计|合计|累计|培训|发放|出动)$")
#: Measure words and the nouns that they cannot form a word with.
_NOUNS = {
    "家": "养老|民办|民营|规上|规模|小型|大型|化工|涉气|涉水|重点|企业|单位|公司|工厂|养殖场|医院|商户|门店|餐饮|药店|机构|加油站|工业",
    "个": "人员密集|重点|公共|乡镇|问题|项目|断面|点位|小区|社区|行政村|乡镇|街道|隐患|排污口|案件|站点|村",
    "件": "问题|信访|案件|投诉|举报|提案|建议",
    "起": "案件|事故|违法|行政|火灾",
    "名": "工作人员|干部|教师|学生|党员|执法|医务|群众",
    "条": "问题|线索|意见|建议|隐患|黑臭",
    "项": "任务|工程|措施|指标|制度|问题",
    "处": "隐患|问题|水源地|集中式|地质|违法",
    "户": "群众|居民|农户|困难|企业",
    "份": "资料|通知|文件|责任书|问卷|整改",
}
#: A measure word with its noun or at a clause's end, after a character that no number ends in.
_MEASURE = compiled(
    "[" + "".join(_NOUNS) + "](?<![0-9余多数几两一二三四五六七八九十百千万亿这那每各某哪整首国大专之].)"
    "(?:" + "|".join(f"(?<={unit})(?:{nouns})" for unit, nouns in _NOUNS.items()) + rf"|(?=[{_STOP}]|$))"
)
_UNITS = "天|元|米|公里|毫米|厘米|亩|万亩|吨|万吨|台|辆|套|分贝|个|项|万元|亿元|人次|%"
#: 优良天数为天，: a word that ends in a figure, the unit, and the clause is over.
_AFTER_IS = compiled(
    rf"(?:为|达到|达|至|到|超过|约|共|有)({_UNITS})(?=[{_STOP}]|$)(?<!为项)(?<!到项)(?<!到个)(?<!有个)"
)
_HANGING_RANK = compiled(r"(?:排名|排在|位列|位居|列|居|排)[^，。；第]{0,4}第(位|名|位次)(?=[，。；、\n]|$)")
_HANGING_YEAR = compiled(r"(?:于|在|自|从|至|到)(年)(?=\d{1,2}月)")
_HANGING_DAY = compiled(r"(?<=\d月)(日)(?=[上下中]午|[（(]|在|召开|前|起|至|，|、|。|\n|\Z)")


class _Counted(NamedTuple):
    """What is counted in each unit, and where a clause may end in one."""

    nouns: dict[str, tuple[str, ...]]
    end: re.Pattern[str]
    sizes: range

    def joined(self, text: str) -> Iterator[Span]:
        """Every noun that runs straight into its unit at the end of a clause, the longest of those that end there."""
        for last in self.end.finditer(text):
            end = last.end()
            longest = 0
            for size in self.sizes:
                nouns, middle = self.nouns.get(text[end - size : end]), end - size
                if nouns is not None and text.endswith(nouns, 0, middle):
                    longest = max(longest, size + max(len(noun) for noun in nouns if text.endswith(noun, 0, middle)))
            if longest:
                yield Span(end - longest, end)


@lru_cache(maxsize=1)
def _counted() -> _Counted:
    nouns: dict[str, tuple[str, ...]] = {}
    for line in lines(beside(__file__, "hanging.tsv")):
        names, units, _ = line.split("\t")
        for unit in units.split("|"):
            nouns[unit] = (*nouns.get(unit, ()), *names.split("|"))
    ends = "".join(sorted({unit[-1] for unit in nouns}))
    return _Counted(nouns, compiled(rf"[{ends}](?=[，。；、\n]|\Z)"), range(1, max(map(len, nouns)) + 1))


_UNIT_AT_END = compiled(
    r"(?:批次|台次|辆次|人次|公里|千米|万元|亿元|万亩|公顷|平方米|平方公里|万吨|毫米|厘米|[个件条起处项家户张名辆艘套亩吨场次期元所人批笔座])$"
)
_COUNTS = compiled(
    r"(?:共|累计|已|全年|上半年|新增|排查|发现|检查|受理|查处|整改|完成|办结|建成|建设|改建|新建|改造|处置|化解|交办|出动|提供|减免|开展|举办|组织|立案|培训|发放|实施|争取|投入|为|罚|挽回|降|召开|现有|共有|设有|配备|接待|就业|脱贫|参保|帮扶|资助|在编|在册|发生|处置|突发|创建|命名|评选|获评|认定|抽查|抽检|巡查|下发|印发|发出|责令)"
)
_HANGING_CLASS = compiled(rf"(?:为|达到|达|保持在?|稳定在|均值为)(类)(?:水质|水体|标准|水)?(?=[{_STOP}]|$)")
_HANGING_DATE = compiled(r"(?<=\d年)(月日)|(?<![一-龥\d])(年月日)(?=[，。；、）\n]|$)")
_HANGING_SETS = compiled(r"(?:器材|设备|装备|机具|机械|车辆|农机|仪器|设施)(台（套）|台套)(?=[，。；、\n]|$)")
#: 其中省级家、市级家: measure words behind what divides them, or in front of what they count.
_HANGING_LEVEL = compiled(r"(?:国家级|省级|市级|县级|区级)(家|项|处|所|名|起|条|个)(?=[、，。；])")
_HANGING_FROM = compiled(
    r"(?:上年|去年|年初|原来|同期)的(家|个|起|件|万元|亿元)(?=(?:增加|减少|上升|下降|增至|降至|提高|扩大|压减))"
)
_HANGING_PLACE = compiled(
    r"(?:全[市县区省镇乡]|辖区|下辖|[镇乡村]、)(个)(?=(?:镇|乡|村|社区|街道|行政村|自然村)(?!体))"
)
_HANGING_BUILT = compiled(
    r"(?:新建|改造|建成|修建|整治|疏浚|铺设|改建|扩建)(座(?=泵站|桥梁|水库|公厕|水厂|变电|污水|垃圾|大棚|公园|水闸)|公里(?=渠道|道路|管[网道]|公路|绿道|河道|农村))"
)
_HANGING_DAY_FIRST = compiled(r"(?:(?<=[\n。；])|\A)(月日)(?=[，上下])")
_HANGING_NUMBER = compiled(r"第(号)(?=[，。；、）》令公文件\n]|$)")


@rule(
    "PH004",
    "silent-deletion",
    severity=Severity.WARNING,
    bad=(
        "上半年查处环境违法的⟦家⟧企业，罚款⟦万元⟧。",
        "国控断面水质均值为⟦类⟧，优良率同比提高⟦个百分点⟧。",
        "会议定于2024年⟦月日⟧召开。",
    ),
    good=(
        "国家企业信用信息公示系统归集各类数据，每个单位都有专人负责。",
        "表中金额单位为万元，增幅以百分点计。",
        "落款处填写年月日，并加盖公章。",
        "全市这个项目已经完工，家庭医生签约率稳步提高。",
    ),
)
def silent_deletion(analysis: Analysis) -> Iterator[Outcome]:
    """数字被删掉了，单位还留着。

    “罚款万元”“查处违法的家企业”“2024年月日”：数字在改稿时被删掉，没有补上。这种空缺没有记号，通读时很容易滑过去。

    只认前面是引出数字的词、后面是名词或标点的计量单位；“国家企业”“这个项目”“单位为万元”一类不算。
    """
    text = analysis.reading.text
    places = (
        *_hanging_units(analysis),
        *_hanging_measures(text),
        *_hanging_after_nouns(text),
        *_hanging_words(analysis),
    )
    for at in sorted(set(places)):
        unit = text[at.start : at.end]
        spoken_of = (
            _UNIT_NOTE.search(text[max(0, at.start - 8) : at.start]) or "单位" in text[max(0, at.start - 24) : at.start]
        )
        if spoken_of and "月日" not in unit:
            continue
        yield Finding(analysis.span(at), Message(f"“{unit}”前面缺数字，请补上", f"a number is missing before “{unit}”"))


#: Where the unit itself is spoken of: 单位为万元, 以万元计.
_UNIT_NOTE = compiled(r"单位[:：]?为?|[计以按]$|计量|口径为")


#: 数亿元, 上亿元, 过亿元 and 以万元: what may stand before the unit without a figure.
_BEFORE_MONEY = "一二三四五六七八九十百千万亿两几数上近过多余每为以按的逾超破半位计到至等零"


def _hanging_units(analysis: Analysis) -> Iterator[Span]:
    """投资亿元: units that only follow numbers, right after a word that introduces one."""
    text, grams = analysis.reading.text, analysis.grams
    for unit in WORDS["bare_unit"]:
        if len(unit) > 1 and unit[:2] not in grams:
            continue
        for start in _occurrences(text, unit):
            end = start + len(unit)
            stops = end == len(text) or text[end] in _STOP
            if not (stops and start and "一" <= text[start - 1] <= "龥"):
                continue
            money = unit in ("亿元", "万元") and text[start - 1] not in _BEFORE_MONEY
            if money or _INTRODUCES.search(text, max(0, start - 4), start):
                yield Span(start, end)


def _hanging_measures(text: str) -> Iterator[Span]:
    """违法的家企业, 共排查个: measure words after a verb that counts."""
    for match in _MEASURE.finditer(text):
        start = match.start()
        verb = _VERB if match.end() > start + 1 else _STRONG_VERB
        if verb.search(text, max(0, start - 4), start):
            yield Span(start, start + 1)


def _hanging_after_nouns(text: str) -> Iterator[Span]:
    """共排查散埋乱葬问题个，: the noun stands before the measure word, the number between them is gone."""
    for start, end in _counted().joined(text):
        clause, words = text[clause_start(text, start) : start], text[start:end]
        if words.endswith("企业家"):
            continue  # who runs one
        unit = _UNIT_AT_END.search(words)
        if unit and not _DIGIT.search(clause) and _COUNTS.search(clause + words) and "每" not in clause:
            yield Span(end - len(unit[0]), end)


def _hanging_words(analysis: Analysis) -> Iterator[Span]:
    """水质为类, 2024年月日, 第号."""
    patterns = (
        _HANGING_CLASS,
        _HANGING_DATE,
        _HANGING_NUMBER,
        _HANGING_SETS,
        _AFTER_IS,
        _HANGING_RANK,
        _HANGING_DAY,
        _HANGING_YEAR,
        _HANGING_LEVEL,
        _HANGING_FROM,
        _HANGING_PLACE,
        _HANGING_BUILT,
        _HANGING_DAY_FIRST,
    )
    for pattern in patterns:
        for match in analysis.matches(pattern):
            group = next(number for number, found in enumerate(match.groups(), 1) if found)
            yield Span(*match.span(group))


def _occurrences(text: str, literal: str) -> Iterator[int]:
    at = text.find(literal)
    while at >= 0:
        yield at
        at = text.find(literal, at + 1)
