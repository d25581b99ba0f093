"""NM122: tables whose totals, changes and shares do not follow from their cells."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Outcome, Severity
from reportlint.grid import grids
from reportlint.patterns import compiled
from reportlint.rule import rule

#: A total that stands in a line of plain text, or above such lines.
_LINED = compiled(r"[合总共]计(?<=[\n \u3000\t]..)[ \u3000\t]*-?\d|[下为细][：:]\n")


@rule(
    "NM122",
    "table-total-mismatch",
    severity=Severity.ERROR,
    bad=(
        "| 乡镇 | 排查（处） | 整改（处） |\n|---|---|---|\n| 甲镇 | 12 | 10 |\n| 乙镇 | 9 | 8 |\n| 合计 | ⟦22⟧ | 18 |",
        "| 科目 | 本年 | 上年同期 | 增减额 |\n|---|---|---|---|\n| 增值税 | 5.86 | 5.42 | ⟦0.54⟧ |\n| 契税 | 0.97 | 1.16 | -0.19 |",
    ),
    good=(
        "| 乡镇 | 排查（处） | 整改率（%） |\n|---|---|---|\n| 甲镇 | 12 | 83.3 |\n| 乙镇 | 9 | 88.9 |\n| 合计 | 21 | 85.7 |",
        "| 科目 | 本年 | 上年同期 | 增减额 | 增长（%） |\n|---|---|---|---|---|\n| 增值税 | 5.86 | 5.42 | 0.44 | 8.1 |\n| 契税 | 0.97 | 1.16 | -0.19 | -16.4 |",
        "| 项目 | 投资（亿元） |\n|---|---|\n| 公路 | 1.24 |\n| 水利 | 2.33 |\n| 合计 | 3.6 |",
    ),
)
def table_total_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """表格里的合计、增减、占比算不平。

    合计行、合计列应当等于各项之和，增减额、增长率应当由本期数和上期数算出，占比应当等于分项除以合计。手工填的表改了一格，常常忘了改合计。

    表里的数在正文里又写了一遍、只是两位数字颠倒了（表中12.86，文中12.68），或者增幅相同、数差了一位的，也报。

    正文在表的前后写明总数的（“全年共受理投诉384件”），与表里的合计、或四个季度、十二个月之和比。

    用空格排成几列的文字表、“明细如下：”下面一行一项的，也照样相加。

    率、均值、指数、名次不相加；“其中”行不重复计入；单元格缺数、合并、单位不同的不核对；带小数或以万、亿计的，按印出的位数当作区间来算。
    表头没有写明由哪几列算出的，多数行都合得上才认定关系，再报合不上的那一格；多数合不上的不报。
    """
    if tables := list(grids(analysis.document)):
        from reportlint_rules.numbers.tables.cells import cells

        yield from cells(analysis, tables)
    if analysis.document.format == "plain" and analysis.holds(_LINED):
        from reportlint_rules.numbers.tables.lined import lined

        yield from lined(analysis)
