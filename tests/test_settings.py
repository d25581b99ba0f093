"""Configuration: found upward, typed, mistakes told with file and key, the command line on top, rules selected."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint.api import check_file, check_text
from reportlint.configuration import Configuration
from reportlint.configuration_file import parse
from reportlint.errors import SettingsError
from reportlint.finding import Severity
from reportlint.registry import rules
from reportlint.selection import Layer, chosen, nearest, unknown
from reportlint.settings import Settings

WRONG = "共26项，已完成29项。"


def settings(folder: Path, text: str, name: str = "reportlint.toml") -> Settings:
    """What a configuration with ``text`` in ``folder`` says."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return Configuration().for_folder(folder)


def codes(*layers: Layer) -> set[str]:
    return {rule.code for rule in chosen(rules(), layers)}


def test_the_nearest_configuration_decides_alone(tmp_path: Path) -> None:
    settings(tmp_path, 'lang = "en"\nstats = true')
    below = tmp_path / "甲" / "乙"
    below.mkdir(parents=True)
    assert Configuration().for_folder(below).lang == "en"
    near = settings(tmp_path / "甲", 'severity = "error"')
    assert (near.severity, near.lang, near.stats) == (Severity.ERROR, "zh", False)
    assert Configuration().for_file(below / "总结.txt") == near


def test_a_pyproject_counts_only_with_our_table(tmp_path: Path) -> None:
    settings(tmp_path, '[tool.reportlint]\nlang = "en"', "pyproject.toml")
    silent = settings(tmp_path / "甲", "[project]\nname = 'reportlint-rules'", "pyproject.toml")
    assert silent.lang == "en"
    assert settings(tmp_path / "甲", 'lang = "zh"').lang == "zh"


def test_the_heading_of_a_pyproject_may_come_along(tmp_path: Path) -> None:
    assert settings(tmp_path, '[tool.reportlint]\nlang = "en"').lang == "en"


def test_without_any_configuration_the_defaults_hold(tmp_path: Path) -> None:
    found = Configuration().for_folder(tmp_path)
    assert (found.severity, found.fail_on, found.format, found.ambiguous_width) == (
        Severity.INFO,
        Severity.WARNING,
        "text",
        1,
    )


def test_every_key_is_read(tmp_path: Path) -> None:
    (tmp_path / "词.txt").write_text("环委会办  # 简称\n\n# 注\n青岭县\n", "utf-8")
    found = settings(
        tmp_path,
        """
select = ["NM", "TY"]
extend-select = ["PH001"]
ignore = ["TY003"]
ignore-codes = ["NM2"]
severity = "warning"
fail-on = "never"
format = "json"
output = "结果.json"
lang = "en"
color = "never"
stats = true
quiet = true
no-cache = true
exclude = ["旧稿/"]
terms = ["临溪县"]
terms-file = "词.txt"
ambiguous-width = 2
""",
    )
    assert found.layers == (Layer(("NM", "TY"), ("PH001",), ("TY003", "NM2")),)
    assert (found.severity, found.fail_on, found.format) == (Severity.WARNING, None, "json")
    assert (found.lang, found.color, found.stats, found.quiet, found.no_cache) == ("en", "never", True, True, True)
    assert found.output == tmp_path / "结果.json"
    assert found.exclude == ("旧稿/",)
    assert found.terms == {"临溪县", "环委会办", "青岭县"}
    assert found.ambiguous_width == 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("selct = []", ["selct", "select"]),
        ("extend_select = []", ["extend_select", "extend-select"]),
        ("select = 'NM'", ["select", "字符串列表", "字符串"]),
        ("select = ['NM', 1]", ["select", "字符串列表"]),
        ("severity = 'fatal'", ["severity", "error、warning、info"]),
        ("fail-on = 1", ["fail-on", "数字"]),
        ("format = 'jsn'", ["format", "json"]),
        ("stats = 'yes'", ["stats", "true 或 false"]),
        ("ambiguous-width = 3", ["ambiguous-width", "1 或 2"]),
        ("ambiguous-width = true", ["ambiguous-width"]),
        ("terms-file = '没有.txt'", ["terms-file", "没有.txt"]),
        ("lang = 2024-01-01", ["lang"]),
        ("ignore = 'NM101'", ["ignore", "列表"]),
        ("ignore = ['NM101', {code = 'NM102'}]", ["ignore"]),
        ("[[ignore]]\ntext = '29项'", ["ignore[1]", "code"]),
        ("[[ignore]]\ncode = 'NM101'\ntxt = '29项'", ["ignore[1]", "txt", "text"]),
        ("[[ignore]]\ncode = 101", ["ignore[1].code", "字符串"]),
        ("lang = ", ["TOML"]),
    ],
)
def test_a_mistake_is_told_with_file_key_and_what_would_be_right(tmp_path: Path, line: str, words: list[str]) -> None:
    with pytest.raises(SettingsError) as told:
        settings(tmp_path, line)
    for word in ["reportlint.toml", *words]:
        assert word in str(told.value)


def test_a_configuration_that_is_named_must_be_there_and_holds_for_everything(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="找不到配置文件"):
        Configuration(tmp_path / "没有.toml")
    settings(tmp_path / "甲", 'lang = "en"')
    (tmp_path / "总.toml").write_text("stats = true", "utf-8")
    found = Configuration(tmp_path / "总.toml").for_folder(tmp_path / "甲")
    assert (found.stats, found.lang) == (True, "zh")


def test_a_configuration_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="读不了"):
        Configuration().for_folder(tmp_path)


def test_ignore_may_be_codes_or_tables_or_both_with_ignore_codes(tmp_path: Path) -> None:
    tables = settings(
        tmp_path, 'ignore-codes = ["TY"]\n[[ignore]]\npath = "a.txt"\ncode = "NM101"\ntext = "29项"\nreason = "已核"'
    )
    assert tables.layers == (Layer(ignore=("TY",)),)
    assert [tuple(one) for one in tables.exemptions] == [("NM101", "a.txt", "29项", "已核")]
    pasted = settings(tmp_path, '[[tool.reportlint.ignore]]\ncode = "NM101"', "pyproject.toml")
    assert pasted == tables, "reportlint.toml goes before pyproject.toml"


def test_selectors_are_codes_beginnings_of_codes_and_names() -> None:
    every = codes()
    assert codes(Layer(("NM101",))) - {"RL001", "RL002", "RL003"} == {"NM101"}
    assert codes(Layer(("count-exceeds-total",))) == codes(Layer(("nm101",)))
    assert {code[:2] for code in codes(Layer(("NM",)))} == {"NM", "RL"}
    assert {code[:3] for code in codes(Layer(("NM1",)))} == {"NM1", "RL0"}
    assert codes(Layer(("ALL",))) == every
    assert unknown(["N", "NM9999", "ZZ", "count-exceeds", ""], rules()) == ["N", "NM9999", "ZZ", "count-exceeds", ""]


def test_the_closer_selector_wins_within_a_layer() -> None:
    assert "NM101" in codes(Layer(select=("NM101",), ignore=("NM",)))
    assert "NM101" not in codes(Layer(select=("NM",), ignore=("NM101",)))
    assert "NM101" not in codes(Layer(select=("NM101",), ignore=("NM101",)))


def test_the_command_line_wins_over_the_configuration() -> None:
    configured = Layer(ignore=("NM101",))
    assert "NM101" not in codes(configured)
    assert "NM101" in codes(configured, Layer(select=("NM101",)))
    assert "NM101" in codes(configured, Layer(extend_select=("NM101",)))
    assert not codes(configured, Layer(ignore=("PH",))) & {"NM101", "PH001"}


def test_the_linters_own_rules_run_unless_ignored() -> None:
    assert {"RL001", "RL002", "RL003"} <= codes(Layer(select=("NM101",)))
    assert "RL001" not in codes(Layer(ignore=("RL001",)))


def test_an_unknown_rule_is_an_error_with_the_nearest_one() -> None:
    with pytest.raises(SettingsError, match=r"NM1011.*是不是 NM101"):
        check_text(WRONG, select="NM1011")
    with pytest.raises(SettingsError, match="count-exceeds-total"):
        check_text(WRONG, ignore=["count-exceed-totals"])


def test_nothing_left_to_run_is_an_error() -> None:
    with pytest.raises(SettingsError, match="没有选中任何规则"):
        check_text(WRONG, select="NM", ignore="NM")


def test_options_of_the_library_are_lists_or_words() -> None:
    assert [d.rule.code for d in check_text(WRONG, select=["NM101"]).diagnostics] == ["NM101"]
    assert [d.rule.code for d in check_text(WRONG, select="NM101, PH001").diagnostics] == ["NM101"]
    assert check_text(WRONG, ignore="NM101").diagnostics == ()
    assert check_text("# 总结\n\n" + WRONG, "总结.md", select="NM101").document.format == "markdown"
    with pytest.raises(SettingsError, match="warning"):
        check_text(WRONG, severity="warnin")


def test_the_library_honours_the_configuration_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WRONG, "utf-8")
    assert [d.rule.code for d in check_file(tmp_path / "a.txt").diagnostics] == ["NM101"]
    settings(tmp_path, 'ignore = ["NM101"]')
    assert check_file(tmp_path / "a.txt").diagnostics == ()
    assert check_file(tmp_path / "a.txt", settings=Settings()).diagnostics != ()


def test_severity_leaves_only_what_is_as_grave() -> None:
    text = WRONG + "完成投资XX亿元。\n\n截止6月底，各项工作有序推进。"
    every = check_text(text).diagnostics
    errors = check_text(text, severity="error").diagnostics
    assert errors == tuple(d for d in every if d.severity is Severity.ERROR)
    assert len(errors) > 0


def test_the_nearest_word_is_the_one_meant() -> None:
    assert nearest("NM1011", ["NM101", "NM111"]) == "NM101"
    assert nearest("完全不同", ["select", "ignore"]) is None
    assert nearest("x", []) is None


@pytest.mark.parametrize(
    "value", ["rules/{code}", "https://docs.test/", "javascript:{code}", "https://docs.test/ {code}"]
)
def test_the_address_of_rules_must_be_one(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingsError, match="docs-url"):
        parse(f'docs-url = "{value}"', tmp_path / "reportlint.toml")
    found = parse('docs-url = "https://docs.test/{code}/"', tmp_path / "reportlint.toml")
    assert found is not None
    assert found.docs_url == "https://docs.test/{code}/"


def test_an_override_holds_for_its_paths_and_the_command_line_wins(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "reportlint.toml").write_text(
        'severity = "warning"\n'
        '[[override]]\npath = "drafts/**"\nignore-codes = ["NM101"]\nfail-on = "never"\n'
        '[[override]]\npath = ["drafts/final.txt", "x.txt"]\nextend-select = ["NM101"]\nfail-on = "error"\nterms = ["签定"]\n',
        "utf-8",
    )
    configuration = Configuration()
    draft = configuration.for_file(tmp_path / "drafts" / "a.txt")
    final = configuration.for_file(tmp_path / "drafts" / "final.txt")
    other = configuration.for_file(tmp_path / "a.txt")
    codes = {one: {rule.code for rule in one.chosen(rules())} for one in (draft, final, other)}
    assert "NM101" not in codes[draft] and "NM101" in codes[final] and "NM101" in codes[other]
    assert (draft.fail_on, final.fail_on, other.fail_on) == (None, Severity.ERROR, Severity.WARNING)
    assert final.terms == {"签定"} and not draft.terms
    assert draft.severity is Severity.WARNING
    assert draft.overridden(fail_on="warning").fail_on is Severity.WARNING
    assert "NM101" in {rule.code for rule in draft.overridden(select=["NM101"]).chosen(rules())}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[override]]\nignore-codes = ['NM101']", ["override[1]", "path"]),
        ("[[override]]\npath = 'a'\nselct = ['NM']", ["selct", "select"]),
        ("[[override]]\npath = 'a'\nseverity = 'warn'", ["override[1].severity", "warning"]),
        ("[[override]]\npath = 3", ["override[1].path"]),
        ("override = 3", ["override", "[[override]]"]),
    ],
)
def test_a_mistake_in_an_override_is_told(tmp_path: Path, text: str, words: list[str]) -> None:
    file = tmp_path / "reportlint.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as error:
        Configuration(file)
    assert all(word in str(error.value) for word in [*words, "reportlint.toml"])


def test_an_override_that_names_an_unknown_rule_is_told(tmp_path: Path) -> None:
    file = tmp_path / "reportlint.toml"
    file.write_text("[[override]]\npath = 'a'\nignore-codes = ['NM1011']", "utf-8")
    with pytest.raises(SettingsError, match="NM1011"):
        Configuration(file).for_folder(tmp_path).chosen(rules())


def test_paths_may_be_written_as_on_windows(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "words.txt").write_text("课后服务率\n", "utf-8")
    (tmp_path / "own.csv").write_text("名称,单位,最小值,最大值\n课后服务率,%,0,100\n", "utf-8")
    (tmp_path / "drafts" / "reportlint.toml").write_text(
        'terms-file = "..\\\\words.txt"\nbaseline = "kept\\\\known.json"\nexclude = ["报告\\\\2024\\\\*.txt", "\\\\!重要.txt"]\n'
        '[catalogue]\nextend = "..\\\\own.csv"\n'
        '[[override]]\npath = "旧稿\\\\**"\nseverity = "error"\n'
        '[[ignore]]\npath = "旧稿\\\\a.txt"\ncode = "NM101"\n',
        "utf-8",
    )
    settings = Configuration().for_folder(tmp_path / "drafts")
    assert settings.terms == {"课后服务率"} and [one.name for one in settings.indicators] == ["课后服务率"]
    assert settings.baseline == tmp_path / "drafts" / "kept" / "known.json"
    assert settings.exclude == ("报告/2024/*.txt", "\\!重要.txt")
    assert settings.at(tmp_path / "drafts" / "旧稿" / "a.txt").severity != settings.severity
    assert [one.path for one in settings.exemptions] == ["旧稿/a.txt"]
