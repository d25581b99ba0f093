"""Facts: what each figure is bound to, and how the table of them is written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportlint
from conftest import analysis, runner
from reportlint.analysis import Analysis
from reportlint.cli import cli
from reportlint.fact import Fact
from reportlint.registry import catalogue
from reportlint.reporters.facts import harmless, period
from reportlint.sources import from_text


def bound(text: str) -> list[Fact]:
    return list(analysis(text).facts(catalogue()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("督察反馈问题26项，已完成整改21项。", [("督察反馈问题", "total"), ("督察反馈问题", "done")]),
        ("全县共有中小学校58所，其中小学41所。", [("中小学校", "total"), ("小学", "part")]),
        ("细颗粒物平均浓度为31微克/立方米，同比下降6.1%。", [("PM2.5", "value"), ("PM2.5", "change")]),
        ("开展42次实地走访，督促36家企业落实责任。", [("实地走访", "value"), ("企业", "value")]),
        ("培训教师1260人次，覆盖率达到96.5%。", [("教师", "value"), ("覆盖率", "rate")]),
        (
            "粮食、油料、蔬菜产量分别为36.8万吨、4.2万吨、51万吨。",
            [("粮食总产量", "value"), ("油料产量", "value"), ("蔬菜产量", "value")],
        ),
        ("督察反馈问题共108个，限期整改的88个已全部整改，另有20个正在推进。", [("督察反馈问题", "total"), ("督察反馈问题", "done"), ("督察反馈问题", "pending")]),
        ("6个国控、9个省控断面水质优良率分别为83.3%、88.9%。", [
            ("国控断面", "value"), ("省控断面", "value"), ("水质优良比例", "rate"), ("水质优良比例", "rate"),
        ]),
        ("交通方面，投入3.2亿元。", [("交通", "value")]),
        ("平均住院日由7.9天缩短为7.4天，缩短0.5天。", [("平均住院日", "base"), ("平均住院日", "value"), ("平均住院日", "change")]),
        ("仓库新进帐篷620顶、棉被3500床。", [("仓库新进帐篷", "value"), ("棉被", "value")]),
        ("发放助学金17万元，人均1万元。", [("助学金", "done"), ("人均助学金", "value")]),
        ("完成投资1.04亿元，占总投资1.6亿元的65%。", [("投资", "done"), ("总投资", "value"), ("投资", "value")]),
        ("47个村中有26个通了班车，占55.3%。", [("村", "value"), ("村", "part"), ("村", "share")]),
        ("下发各类督办函、提示函82件，组织3次公交开放日进社区活动。", [("督办函、提示函", "value"), ("公交开放日进社区活动", "value")]),
        ("立案29件、罚款35.6万元，分别较上年同期（24件、30.1万元）增长20.8%和18.3%。", [
            ("立案", "total"), ("罚款", "value"), ("立案", "base"), ("罚款", "base"), ("立案", "change"), ("罚款", "change"),
        ]),
        ("组建专班并成立5个专项小组，审核报告书6件、报告表32件。", [("专项小组", "value"), ("报告书", "value"), ("报告表", "value")]),
        ("群众满意度排名全市第4位。", [("满意度", "rank")]),
        ("力争全年新建充电桩200个。", [("充电桩", "target")]),
        ("一般公共预算收入12.6亿元，较上年同期（11.8亿元）增长6.8%。", [("一般公共预算收入", "value"), ("一般公共预算收入", "base"), ("一般公共预算收入", "change")]),
    ],
)  # fmt: skip
def test_figures_are_bound_by_clause_structure(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(fact.subject, fact.role.value) for fact in bound(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "落实第二轮督察要求，推动三年行动，用好“四种形态”。",
        "1.健全制度。\n2.压实责任。",
        "严格执行24小时值班制度，市县两级联动。",
    ],
)
def test_ordinals_names_and_numbering_state_nothing(text: str) -> None:
    assert bound(text) == []


def test_a_figure_without_subject_says_why() -> None:
    facts = bound("较上年下降3.1%。")
    assert [(fact.subject, fact.unbound and fact.unbound.value) for fact in facts] == [("", "no figure to refer to")]


def test_a_change_knows_its_value_and_its_comparison() -> None:
    value, change = bound("接待来访群众118批次，较上年同期减少12.6%。")
    assert change.of == 0
    assert change.comparison is not None
    assert (change.comparison.direction, change.comparison.kind, change.comparison.measure) == (
        "down",
        "year",
        "percent",
    )
    assert value.comparison is None


def test_the_scope_is_that_of_the_figures_own_words() -> None:
    facts = bound("第一轮督察反馈问题39个，已整改39个；第二轮反馈问题18个，已整改10个。")
    assert [fact.scope.get("round") for fact in facts] == ["第一轮", "第一轮", "第二轮", "第二轮"]


def test_the_title_gives_the_period_where_the_text_does_not() -> None:
    facts = bound("2023年上半年工作总结\n\n全县新建幼儿园3所。截至5月底，累计投入1200万元。")
    assert [period(fact.period) for fact in facts] == ["2023-01..06", "2023-01..05"]


def test_cells_take_row_and_column() -> None:
    document = from_text("| 指标 | 2024年 |\n|---|---|\n| 公办园数量 | 72 |\n| 在园幼儿 | 8130 |\n", "a.md", ".md")
    facts = reportlint.facts(document)
    assert [(fact.subject, fact.cell) for fact in facts] == [
        ("公办园数量", ("公办园数量", "2024年")),
        ("在园幼儿", ("在园幼儿", "2024年")),
    ]


def test_the_library_offers_facts_beside_the_module() -> None:
    import reportlint.fact

    assert callable(reportlint.facts)
    assert reportlint.fact.Fact is Fact


def test_spans_lie_at_the_figures() -> None:
    text = "全县共有中小学校58所，\n其中小学41所。"
    document = from_text(text)
    assert [document.slice(fact.span) for fact in reportlint.facts(document)] == ["58所", "41所"]


def run(tmp_path: Path, text: str, *options: str) -> str:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    result = runner().invoke(cli, ["facts", str(path), *options])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_table_is_aligned_for_wide_characters(tmp_path: Path) -> None:
    from reportlint.width import width

    lines = run(tmp_path, "督察反馈问题26项，已完成整改21项，完成率80.8%。").splitlines()
    ends = {
        width(line[: line.index(figure) + len(figure)])
        for line, figure in zip(lines[1:4], ("26项", "21项", "80.8%"), strict=True)
    }
    assert len(ends) == 1
    assert lines[-1].startswith("数据 3 个，弄清 3 个")


def test_csv_defuses_formulas_and_keeps_numbers(tmp_path: Path) -> None:
    rows = list(
        csv.reader(io.StringIO(run(tmp_path, "气温-3.5℃。\n=HYPERLINK(1)项目26项，已完成21项。", "--format", "csv")))
    )
    assert rows[0][0] == "位置"
    assert {len(row) for row in rows} == {16}
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("cell", "safe"), [("=1", "'=1"), ("@a", "'@a"), ("-2.5", "-2.5"), ("-a", "'-a"), (" =1", "' =1"), ("甲", "甲")]
)
def test_a_spreadsheet_runs_no_cell(cell: str, safe: str) -> None:
    assert harmless(cell) == safe


def test_a_csv_file_opens_in_excel(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    run(tmp_path, "督察反馈问题26项。", "--format", "csv", "--output", str(out))
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_json_keeps_printed_precision(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "粮食产量12.30万吨，同比增长5.0%。", "--format", "json"))
    assert (found["figures"], found["bound"], found["unbound"]) == (2, 2, 0)
    assert found["facts"][1]["quantity"]["value"] == "5.0"
    assert found["facts"][1]["of"] == 0
    assert found["facts"][0]["quantity"]["low"] == "122950"


def test_unbound_lists_only_what_is_not_understood(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "反馈问题26项。\n较上年下降3.1%。", "--unbound", "--format", "json"))
    assert [fact["text"] for fact in found["facts"]] == ["3.1%"]


def test_a_missing_file_is_one_line_and_status_2(tmp_path: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "reportlint", "facts", str(tmp_path / "no.txt")],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "文件不存在" in done.stderr


def test_facts_are_made_once() -> None:
    one = Analysis(from_text("反馈问题26项。"))
    assert one.facts(catalogue()) is one.facts(catalogue())


@given(st.text(alphabet="共26项，已完成的其中（）%同比增长分别、。第一轮万元率\n", max_size=60))
def test_any_text_makes_facts_whose_references_lie_before_them(text: str) -> None:
    facts = bound(text)
    for index, fact in enumerate(facts):
        assert fact.of is None or fact.of < index
        assert bool(fact.subject) != (fact.unbound is not None)
    starts = [fact.span.start for fact in facts]
    assert starts == sorted(set(starts))


@pytest.mark.parametrize(
    ("name", "column"),
    [("scopes.tsv", {"round", "network", "level", "setting", "place"}), ("verbs.tsv", {"firm", "front", "loose"})],
)
def test_a_word_list_of_the_engine_has_each_word_once(name: str, column: set[str]) -> None:
    lines = (Path(reportlint.__file__).parent / "data" / name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert lines[1].startswith("#")
    assert len({row[0] for row in rows}) == len(rows)
    assert all(len(row) == 2 and row[1] in column for row in rows)
