"""What the examples of LG001, LG002 and LG003 are compared with: a ledger, a report of 2023, another document of 2024."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlint.analysis import Analysis, Context

_LEDGER = (
    ("查处案件", "", "2024年", "678", "件"),
    ("粮食总产量", "全县", "2024年", "36.80", "万吨"),
    ("空气质量优良天数比例", "", "2024年", "91.3", "%"),
    ("新建污水管网", "", "2024年", "23.6", "公里"),
    ("农村自来水普及率", "", "2024年", "92.6", "%"),
    ("城镇新增就业", "", "2024年", "4860", "人"),
    ("城镇新增就业", "", "2024年上半年", "2510", "人"),
    ("森林覆盖率", "全县", "2024年", "47.3", "%"),
    ("一般公共预算收入", "", "2024年", "14.01", "亿元"),
    ("一般公共预算收入", "", "2023年", "13.12", "亿元"),
    ("完成造林面积", "", "2024年", "1.26", "万亩"),
    ("公办幼儿园", "松陂镇", "2024年", "6", "所"),
    ("发放稳岗补贴", "", "2024年", "1286.50", "万元"),
)
_PREVIOUS = """芦汀县2023年工作总结
2023年，全县共接待游客146.9万人次，实现旅游综合收入9.8亿元。
2023年，全县森林覆盖率46.8%，完成造林面积1.20万亩。
2023年，全县粮食总产量36.2万吨，蔬菜总产量51.5万吨。
2023年，全县城镇新增就业4520人，农村自来水普及率90.1%。
2023年，全县共受理投诉举报1268件，办结率98.4%。
2023年，全县空气质量优良天数比例88.9%，PM2.5平均浓度33微克/立方米。
2023年，全县生产总值186.5亿元，一般公共预算收入13.12亿元。
2023年上半年，全县城镇新增就业2300人。
"""
_RELATED = """芦汀县2024年生态环境工作情况汇报
2024年，全县共排查环境问题126项，完成整改118项。
2024年，全县粮食总产量36.8万吨，蔬菜总产量52.4万吨。
2024年，全县空气质量优良天数比例91.3%，PM2.5平均浓度31微克/立方米。
2024年，新建污水管网23.6公里，完成造林面积1.26万亩。
2024年，全县城镇新增就业4860人，农村自来水普及率92.6%。
2024年，松陂镇现有公办幼儿园6所。
2024年，全县共受理投诉举报1368件。
"""


@lru_cache(maxsize=1)
def with_ledger() -> Context:
    """A ledger."""
    from reportlint.analysis import Context
    from reportlint.ledger import Entry, period_of, quantity_of

    entries = []
    for row, (indicator, scope, when, value, unit) in enumerate(_LEDGER, 2):
        period, quantity = period_of(when), quantity_of(value, unit)
        if period is not None and quantity is not None:
            entries.append(Entry(indicator, scope, period, quantity, row, f"{value}{unit}"))
    return Context(ledger=tuple(entries), ledger_name="台账.xlsx")


@lru_cache(maxsize=1)
def with_previous() -> Context:
    """Last year's report."""
    from reportlint.analysis import Context

    return Context(previous=_analysis(_PREVIOUS, "2023年总结.docx"))


@lru_cache(maxsize=1)
def with_related() -> Context:
    """Another document of the year."""
    from reportlint.analysis import Context

    return Context(together=(_analysis(_RELATED, "情况汇报.docx"),))


def _analysis(text: str, path: str) -> Analysis:
    from reportlint.analysis import Analysis
    from reportlint.sources import from_text

    return Analysis(from_text(text, path, ".txt"))
