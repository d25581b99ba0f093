"""PH004: figures that were deleted and never put back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.placeholders.lexicon import alternation

_STOP = r"(?=[，。；、）\n]|$)"
#: A unit that only ever follows a number, right after a word that introduces one.
_HANGING_UNIT = re.compile(
    rf"(?:增长|增加|提高|提升|上升|下降|降低|减少|回落|增幅|降幅|占|为|达|达到|率|完成投资|投资|投入|资金|收入|支出|罚款|罚没|补助|拨付|共计|合计|超过|约)({alternation('bare_unit')}){_STOP}"
)
_VERB = r"(?:查处|检查|排查|发现|整改|立案|建成|新建|新增|完成|办结|受理|涉及|抽查|排查出|查出|关停|取缔|审批|培训|发放|出动|召开|开展|组织|举办|共|共有|共计|合计|累计|其中|达到?|违法的|不合格的|超标的|全市|全县|全区)"
_MEASURE = (
    (r"家", r"(?:企业|单位|公司|工厂|养殖场|医院|商户|门店|餐饮|药店|机构|加油站|工业)"),
    (r"个", r"(?:问题|项目|断面|点位|小区|社区|行政村|乡镇|街道|隐患|排污口|案件|站点|村)"),
    (r"件", r"(?:问题|信访|案件|投诉|举报|提案|建议)"),
    (r"起", r"(?:案件|事故|违法|行政|火灾)"),
    (r"名", r"(?:工作人员|干部|教师|学生|党员|执法|医务|群众)"),
    (r"条", r"(?:问题|线索|意见|建议|隐患|黑臭)"),
    (r"项", r"(?:任务|工程|措施|指标|制度|问题)"),
    (r"处", r"(?:隐患|问题|水源地|集中式|地质|违法)"),
    (r"户", r"(?:群众|居民|农户|困难|企业)"),
    (r"份", r"(?:资料|通知|文件|责任书|问卷|整改)"),
    (r"人次", r""),
)  # fmt: skip
_HANGING_MEASURE = re.compile("|".join(rf"(?<![一-龥]这)(?:{_VERB})({unit})(?:{noun}{'|' if noun else ''}{_STOP})" for unit, noun in _MEASURE))
_HANGING_CLASS = re.compile(rf"(?:为|达到|达|保持在?|稳定在|均值为)(类)(?:水质|水体|标准|水)?{_STOP}")
_HANGING_DATE = re.compile(r"(?<=\d年)(月日)|(?<![一-龥\d])(年月日)(?=[，。；、）\n]|$)")
_HANGING_NUMBER = re.compile(r"(?:〕|字|〔\d{4}〕|函|发)第?(?<=第)(号)(?![一-龥])|第(号)(?=[，。；、）》令公文件\n]|$)")


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
    for pattern in (_HANGING_UNIT, _HANGING_MEASURE, _HANGING_CLASS, _HANGING_DATE, _HANGING_NUMBER):
        for match in pattern.finditer(text):
            group = next(number for number, found in enumerate(match.groups(), 1) if found)
            if _is_prose(text, match, group):
                continue
            yield Finding(
                analysis.span(Span(*match.span(group))),
                Message(f"“{match[group]}”前面缺数字，请补上", f"a number is missing before “{match[group]}”"),
            )


_UNIT_NOTE = re.compile(r"单位[:：]?为?|[计以按]$|计量|口径为")


def _is_prose(text: str, match: re.Match[str], group: int) -> bool:
    """Where the unit itself is spoken of (单位为万元), or the measure word belongs to the word before (这个项目)."""
    start = match.start(group)
    around = text[max(0, start - 8) : start]
    return _UNIT_NOTE.search(around) is not None or around.endswith(("这", "那", "每", "各", "某", "哪", "几", "多", "数", "整", "一", "首", "国", "大", "专", "之"))
