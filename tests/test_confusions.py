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


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_file_may_come_from_any_editor(tmp_path: Path, encoding: str, end: str) -> None:
    report = project(tmp_path, "", "全年环保大队检查企业35家。\n")
    table = end.join(("错误写法\t正确写法\t理由", "  # 注", "", "环保大队\t综合行政执法大队\t更名", ""))
    (tmp_path / "house.tsv").write_bytes(table.encode(encoding))
    assert messages(report) == ["“环保大队”应为“综合行政执法大队”：更名"]


def test_a_wrong_form_inside_a_right_one_is_none(tmp_path: Path) -> None:
    table = "环保局\t生态环保局\n执法大队\t综合行政执法大队\n环保执法大队\t生态环境执法大队\n"
    report = project(tmp_path, table, "生态环保局和综合行政执法大队联合检查，环保执法大队参加。\n")
    assert messages(report) == ["“环保执法大队”应为“生态环境执法大队”"]


def test_signs_of_patterns_in_a_word_are_signs(tmp_path: Path) -> None:
    report = project(tmp_path, "环保(局)\t生态环境局\n1.5度\t1.5℃\n", "环保(局)测得升温1.5度，105度不算。\n")
    assert [each[: each.index("应")] for each in messages(report)] == ["“环保（局）”", "“1.5度”"]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("甲乙\t丙丁\n\n甲乙\t戊己\n", "第 3 行.*前面已经列过.*丙丁.*第 1 行"),
        ("甲乙\t丙丁\n丙丁\t甲乙\n", "第 1 行.*又列作了错误写法.*第 2 行"),
        ("环保大队 执法大队\n", "第 1 行“环保大队 执法大队”里没有制表符"),
        ("\t执法大队\n", "缺了前一项"),
        ("环保大队\t\n", "缺了后一项"),
    ],
)
def test_lines_that_contradict_each_other_are_named(tmp_path: Path, table: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        check_file(project(tmp_path, table, "正文。\n"))


def test_a_line_said_twice_is_said_once(tmp_path: Path) -> None:
    report = project(tmp_path, "环保大队\t执法大队\n" * 2, "全年环保大队检查企业35家。\n")
    assert len(messages(report)) == 1


def test_a_missing_list_is_told_in_plain_words(tmp_path: Path) -> None:
    report = project(tmp_path, "", "正文。\n")
    (tmp_path / "house.tsv").unlink()
    with pytest.raises(SettingsError, match=r"house\.tsv 读不了：文件不存在"):
        check_file(report)


def test_ten_thousand_lines_cost_little(tmp_path: Path) -> None:
    import time

    names = ["".join(chr(0x4E00 + (number * step) % 20000) for step in (1, 7, 11, 13)) for number in range(1, 10_001)]
    table = "".join(f"{name}\t{name}队\n" for name in names)
    report = project(tmp_path, table, "全年检查企业35家，整改到位。\n" * 400)
    check_file(report)
    start = time.process_time()
    assert not messages(report)
    assert time.process_time() - start < 2


def test_a_number_sign_in_a_term_is_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text('terms-file = "words.txt"\n', "utf-8")
    (tmp_path / "words.txt").write_bytes("# 厂房\r\n2#高炉\r\n幅射室  # 旧名\r\n\r\n幅射室\r\n".encode("gb18030"))
    report = tmp_path / "draft.txt"
    report.write_text("2#高炉停产，幅射室改建，幅射仪更新。\n", "utf-8")
    assert [each for each in messages(report) if "幅射" in each] == ["“幅射”应为“辐射”"]
