"""A report against what lies beyond its own file: the ledger, the last report, related documents."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("python_calamine")

from conftest import ROOT
from reportlint.api import check_file
from reportlint.errors import SettingsError
from reportlint.ledger import Mistake, mistakes, opened, period_of, quantity_of, read

HEAD = "指标,范围,时段,数值,单位\n"
REPORT = "芦汀县2024年工作总结\n2024年，全县共查处案件687件，粮食总产量36.8万吨。\n"


def reportlint(*args: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reportlint", *map(str, args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
    )


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "总结.txt"
    file.write_text(REPORT, "utf-8")
    return file


def ledger(folder: Path, rows: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    file = folder / "台账.csv"
    file.write_text(head + rows, encoding)
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_figure_that_the_ledger_contradicts_is_told_with_both_values(report: Path, encoding: str) -> None:
    table = ledger(report.parent, "查处案件,,2024年,678,件\n粮食总产量,全县,2024年,36.80,万吨\n", encoding=encoding)
    done = reportlint("check", report, "--ledger", table, "--format", "json")
    findings = json.loads(done.stdout)["findings"]
    assert [(one["code"], one["text"]) for one in findings] == [("LG001", "687件")]
    assert "文中 687件，台账 678件（台账.csv 第 2 行）" in findings[0]["message"]
    assert done.returncode == 1


def test_cells_stay_text_so_that_the_printed_precision_counts(tmp_path: Path) -> None:
    entries = read(ledger(tmp_path, "粮食总产量,,2024年,36.80,万吨\n"))
    assert entries[0].shown == "36.80万吨"
    assert entries[0].quantity.step == 100


def test_all_that_is_wrong_with_a_ledger_is_told_at_once(tmp_path: Path) -> None:
    table = ledger(
        tmp_path,
        "坏,,上半年,6a8,件\n,,2024年,12,件\n\n查处案件,,2024年,678,件\n查处案件,,2024年,687,件\n用电量,,2024-13,12.3,度\n温度,,2024年,,呀\n",
    )
    assert [(one.row, one.column) for one in mistakes(opened(table))] == [
        (2, "数值"),
        (2, "时段"),
        (3, "指标"),
        (6, "数值"),
        (7, "时段"),
        (8, "数值"),
    ]
    done = reportlint("ledger", "check", table)
    assert done.returncode == 1
    assert "第 6 行“数值”：“687件”与第 5 行的“678件”不同" in done.stdout
    assert done.stdout.splitlines()[-1] == "共 6 行，有误 6 处"


def test_a_mistake_names_row_column_and_reason() -> None:
    assert str(Mistake(3, "数值", "“6a8”不是数")) == "第 3 行“数值”：“6a8”不是数"


def test_a_good_ledger_says_so(tmp_path: Path) -> None:
    done = reportlint("ledger", "check", ledger(tmp_path, "查处案件,,2024年,678,件\n"))
    assert (done.returncode, done.stdout.strip()) == (0, "共 1 行，没有问题")


def test_a_workbook_serves_as_ledger_with_columns_named_in_the_configuration(tmp_path: Path, report: Path) -> None:
    (tmp_path / "reportlint.toml").write_text(
        '[ledger]\nfile = "数据.csv"\nindicator = "事项名"\nvalue = "本期"\nperiod = "统计期"\n', "utf-8"
    )
    (tmp_path / "数据.csv").write_text(
        "2024年数据\n序号,事项名,统计期,本期,计量单位\n1,查处案件,2024年,678,件\n", "utf-8"
    )
    done = reportlint("check", report, "-q", cwd=tmp_path)
    assert "LG001" in done.stdout and "数据.csv 第 3 行" in done.stdout


def test_a_workbook_is_read_as_it_is_shown() -> None:
    with pytest.raises(SettingsError, match="没有表头"):
        read(ROOT / "tests" / "documents" / "sheets" / "rectification.xlsx")
    entries = read(ROOT / "tests" / "documents" / "sheets" / "figures.xlsx")
    assert [(one.indicator, one.shown, one.row) for one in entries] == [
        ("查处案件", "678件", 3),
        ("粮食总产量", "36.80万吨", 4),
        ("森林覆盖率", "47.3%", 5),
    ]


@pytest.mark.parametrize(
    ("rows", "head", "words"),
    [
        ("", "甲,乙\n", "没有表头"),
        ("", HEAD, "没有数据"),
        ("查处案件,,2024年,六百,件\n", HEAD, "第 2 行“数值”"),
    ],
)
def test_a_ledger_that_will_not_do_stops_the_run_in_one_line(report: Path, rows: str, head: str, words: str) -> None:
    done = reportlint("check", report, "--ledger", ledger(report.parent, rows, head))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert words in done.stderr


def test_a_ledger_that_is_not_there_stops_the_run(report: Path) -> None:
    done = reportlint("check", report, "--ledger", report.parent / "没有.xlsx")
    assert done.returncode == 2 and "文件不存在" in done.stderr


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024年", 366),
        ("2024年度", 366),
        ("2024", 366),
        ("2024-06", 30),
        ("2024.2", 29),
        ("2024年上半年", 182),
        ("2024年1—6月", 182),
        ("2024年三季度", 92),
        ("上半年", None),
        ("去年", None),
        ("2024年13月", None),
        ("本期", None),
        ("", None),
    ],
)
def test_a_period_of_the_ledger_needs_its_year(text: str, days: int | None) -> None:
    period = period_of(text)
    assert (period.days if period else None) == days


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("678", "件", "678"),
        ("12.30", "亿元", "1230000000"),
        ("91.3", "%", "91.3"),
        ("12.3亿元", "", "1230000000"),
        ("1,297", "辆", "1297"),
    ],
)
def test_value_and_unit_make_a_quantity(value: str, unit: str, shown: str) -> None:
    quantity = quantity_of(value, unit)
    assert quantity is not None and f"{quantity.value.normalize():f}" == shown


def test_the_last_report_is_compared_and_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "2023.txt").write_text("芦汀县2023年工作总结\n2023年，全县共接待游客146.9万人次。\n", "utf-8")
    now = tmp_path / "2024.txt"
    now.write_text("芦汀县2024年工作总结\n2024年，全县共接待游客156.2万人次，同比增长8.5%。\n", "utf-8")
    done = reportlint("check", now, "--previous", tmp_path / "2023.txt", "--format", "json")
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["code"] == "LG002"
    assert "156.2万人次÷（1＋8.5%）≈143.96万人次" in finding["message"]
    assert "修订" in finding["message"]
    (place,) = finding["elsewhere"]
    assert (place["line"], place["column"], place["text"]) == (2, 14, "146.9万人次")
    assert place["path"].endswith("2023.txt")


def test_related_documents_are_compared_with_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "上报"
    folder.mkdir()
    (folder / "总结.txt").write_text("芦汀县2024年工作总结\n2024年，全县共排查环境问题126项。\n", "utf-8")
    (folder / "汇报.md").write_text("# 芦汀县2024年工作情况汇报\n\n2024年，全县共排查环境问题128项。\n", "utf-8")
    done = reportlint("check", folder, "--together", folder)
    assert done.stdout.count("LG003 document-conflict") == 2
    assert "汇报.md 第 3 行写作 128项" in done.stdout
    assert "另一份文件" in done.stdout
    assert done.returncode == 1


def test_the_settings_may_stand_in_the_configuration(tmp_path: Path, report: Path) -> None:
    (tmp_path / "reportlint.toml").write_text(
        'together = "一起报"\nprevious = "去年.txt"\nledger = "台账.csv"\n', "utf-8"
    )
    ledger(tmp_path, "查处案件,,2024年,678,件\n")
    (tmp_path / "去年.txt").write_text("芦汀县2023年工作总结\n2023年，全县共查处案件600件。\n", "utf-8")
    (tmp_path / "一起报").mkdir()
    (tmp_path / "一起报" / "通报.txt").write_text("芦汀县2024年情况通报\n2024年，全县粮食总产量38.6万吨。\n", "utf-8")
    result = check_file(report)
    assert [one.rule.code for one in result.diagnostics] == ["LG001", "LG003"]


@pytest.mark.parametrize(
    ("option", "words"),
    [("--previous", "上期报告"), ("--together", "应为文件夹")],
)
def test_what_is_not_there_stops_the_run(report: Path, option: str, words: str) -> None:
    done = reportlint("check", report, option, report.parent / "没有.docx")
    assert done.returncode == 2 and words in done.stderr and "Traceback" not in done.stderr


def test_a_related_document_that_cannot_be_read_stops_the_run(tmp_path: Path, report: Path) -> None:
    (tmp_path / "一起报").mkdir()
    (tmp_path / "一起报" / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    done = reportlint("check", report, "--together", tmp_path / "一起报")
    assert done.returncode == 2 and "旧.doc 读不了" in done.stderr


def test_without_any_of_them_nothing_heavy_is_loaded(report: Path) -> None:
    code = "import sys; from reportlint.cli import _status; _status(['check', sys.argv[1], '-q']); print(sorted({'pandas', 'pandera', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code, str(report)], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
