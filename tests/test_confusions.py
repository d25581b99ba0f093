"""The user's own wrong forms: words and patterns, and what becomes of mistakes in the file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reportlint import confusions
from reportlint.api import check_file
from reportlint.errors import SettingsError


def project(folder: Path, table: str, text: str) -> Path:
    (folder / "reportlint.toml").write_text('confusions-file = "house.tsv"\n', "utf-8")
    (folder / "house.tsv").write_text(table, "utf-8")
    report = folder / "draft.txt"
    report.write_text(text, "utf-8")
    return report


def messages(report: Path) -> list[str]:
    return [diagnostic.finding.message.zh for diagnostic in check_file(report).diagnostics]


def test_a_listed_word_is_reported_with_its_reason(tmp_path: Path) -> None:
    report = project(tmp_path, "# 注\n环保大队\t综合行政执法大队\t2020 年更名\n", "全年环保大队检查企业35家。\n")
    assert messages(report) == ["“环保大队”应为“综合行政执法大队”：2020 年更名"]


def test_a_pattern_is_matched_where_it_stands(tmp_path: Path) -> None:
    report = project(tmp_path, "/(?<=市)环保局/\t生态环境局\n", "市环保局与县环保局联合检查。\n")
    assert messages(report) == ["“环保局”应为“生态环境局”"]


def test_a_pattern_that_never_ends_is_stopped_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confusions, "PATIENCE", 0.05)
    report = project(tmp_path, "/(?:甲|甲甲)+乙/\t丙\n", "甲" * 4000 + "丁\n")
    with pytest.raises(SettingsError, match=r"第 1 行.*太慢"):
        check_file(report)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("只有一列\n", "第 1 行"),
        ("/(/\t甲\n", "写得不对"),
        ("甲\t甲\n", "相同"),
        ("/(?:(?:甲{999}){999}){999}/\t乙\n", "重复次数太多"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(tmp_path: Path, table: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        check_file(project(tmp_path, table, "正文。\n"))


def test_many_slow_matches_are_stopped_as_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confusions, "PATIENCE", 0.05)
    report = project(tmp_path, "/(?:甲|甲)*乙|丙/\t丁\n", ("甲" * 12 + "丙") * 400)
    with pytest.raises(SettingsError, match="匹配太慢"):
        check_file(report)


def test_words_alone_do_not_bring_the_pattern_library(tmp_path: Path) -> None:
    (tmp_path / "house.tsv").write_text("环保大队\t执法大队\n", "utf-8")
    import subprocess

    code = f"import sys; from pathlib import Path; from reportlint.confusions import read; read(Path({str(tmp_path / 'house.tsv')!r})); print('regex' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
