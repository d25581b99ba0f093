"""TY003: a number without its measure word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.numbers import Bound, Quantity
from reportlint.patterns import compiled, literal
from reportlint.rule import rule
from reportlint.span import Span

#: Nouns that are counted with a measure word, and the one to propose.
_MEASURES = {
    "个": "问题 项目 乡镇 村庄 行政村 社区 小区 断面 点位 隐患 部门 地块 案件 环节 方面 品种 站点 街道 党支部 排污口 工地 建制村 自然村 岗位 示范点 车间 景区 园区",
    "家": "企业 单位 公司 医院 养老机构 机构 商户 加油站 养殖场 餐饮单位 银行",
    "名": "群众 干部 党员 教师 学生 执法人员 工作人员 志愿者 医务人员 代表 委员 职工 民警 辅警 考生 同志",
    "项": "任务 措施 指标 制度 工程 议题",
    "件": "信访件 提案 议案 投诉 举报",
    "条": "意见 建议 线索 信息",
    "起": "事故 纠纷 火灾",
    "所": "学校 中学 小学 幼儿园",
    "份": "责任书 问卷 资料 材料 档案",
    "座": "水库 桥梁",
    "场": "培训 会议 演练 活动 讲座 招聘会",
}  # fmt: skip
_NOUNS = {noun: measure for measure, nouns in _MEASURES.items() for noun in nouns.split()}
_NOUN = compiled("|".join(sorted(map(literal, _NOUNS), key=len, reverse=True)))
#: What may follow such a noun where it is really counted; a longer word (问题导向, 企业家, 单位面积) is another matter.
_AFTER = compiled(
    r"[，。；：、（）\n]|$|均|已|全部|都|正|尚|未|完成|整改|达|进行|开展|的|和|及|被|分别|进|入|参|按|通过|实现|得到|纳入|受|签|共|列|有|为|中"
)
_TERSE = compiled(
    r"[0-9][一-龥]{2,4}$|[0-9](?:" + "|".join(sorted(map(literal, _NOUNS), key=len, reverse=True)) + r")[^。；]{0,8}$"
)
_SENTENCE_END = compiled(r"[。！？\n]")
#: Numbers one can call: 拨打12339举报.
_HOTLINE = compiled(r"12[0-9]{3}|1(?:10|19|20|22)|9[56][0-9]{3}")
_BEFORE = compiled(r"(?:第|前|附件|表|图|热线|平台|编号|代码|版本|No\.?|[A-Za-z.\-—/])$")


def _bare(text: str, quantity: Quantity) -> re.Match[str] | None:
    """The noun that stands right after a number that has no unit."""
    if (
        quantity.unit.name
        or quantity.han
        or quantity.ordinal
        or quantity.quoted
        or quantity.ranged
        or quantity.magnitude
    ):
        return None
    if (
        quantity.bound not in (Bound.EXACT, Bound.MORE, Bound.ABOUT, Bound.LESS)
        or quantity.step != 1
        or not 2 <= quantity.value < 100000
    ):
        return None
    if _HOTLINE.fullmatch(quantity.text):
        return None
    if 1900 <= quantity.value <= 2100 or _BEFORE.search(text[max(0, quantity.at.start - 4) : quantity.at.start]):
        return None
    return _NOUN.match(text, quantity.at.end)


@rule(
    "TY003",
    "missing-measure-word",
    severity=Severity.WARNING,
    bad=("长期坚持的⟦20问题⟧均达到时序进度。", "组织⟦35企业⟧开展应急演练。"),
    good=(
        "长期坚持的20个问题均达到时序进度。",
        "“12345热线”受理投诉118件。",
        "群众可拨打12339举报电话。",
        "入围中国500强企业3家。",
        "围绕12项目标任务倒排工期。",
    ),
)
def missing_measure_word(analysis: Analysis) -> Iterator[Outcome]:
    """数词后面缺量词。

    “20问题”应为“20个问题”。从表格里抄数字到正文时，量词最容易丢。

    名称里的数（12345热线、500强企业）、年份、型号、引号里的提法不算。
    """
    text = analysis.reading.text
    found = [
        (quantity, noun)
        for quantity in analysis.quantities
        if (noun := _bare(text, quantity)) and _AFTER.match(text, noun.end())
    ]
    for index, (quantity, noun) in enumerate(found):
        if _terse(text, quantity) or any(
            _same_sentence(text, quantity, other) for at, (other, _) in enumerate(found) if at != index
        ):
            continue
        measure = _NOUNS[noun[0]]
        yield Finding(
            analysis.span(Span(quantity.at.start, noun.end())),
            Message(
                f"“{quantity.text}{noun[0]}”缺量词，应为“{quantity.text}{measure}{noun[0]}”",
                f"a measure word is missing: “{quantity.text}{measure}{noun[0]}”",
            ),
            suggestion=f"{quantity.text}{measure}{noun[0]}",
            fix=Fix(
                f"补上“{measure}”",
                Applicability.UNSAFE,
                (Replacement(Span(quantity.span.end, quantity.span.end), measure),),
            ),
        )


def _terse(text: str, quantity: Quantity) -> bool:
    """对标6维度26指标: a style that leaves all measure words out."""
    return _TERSE.search(text, max(0, quantity.at.start - 16), quantity.at.start) is not None


def _same_sentence(text: str, one: Quantity, other: Quantity) -> bool:
    start, end = sorted((one.at.start, other.at.start))
    return end - start < 60 and not _SENTENCE_END.search(text, start, end)
