"""Places in other files stand in every format, labels in the language of the output, the user's catalogue in everything that lists facts."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from conftest import ROOT
from reportlint.analysis import Analysis, Context
from reportlint.examples import read_cases, unmark
from reportlint.finding import Abstained, Finding
from reportlint.registry import rules
from reportlint.reporters.labels import english
from reportlint.sources import from_text

WORDS = {
    "甲.txt": "芦汀县2024年工作总结\n2024年，全县共查处案件687件。\n",
    "乙.txt": "芦汀县2024年工作总结\n\n2024年，全县共查处案件678件。\n",
}


def reportlint(*args: str | Path, cwd: Path) -> str:
    command = [sys.executable, "-m", "reportlint", *map(str, args)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=cwd).stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in WORDS.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def told(folder: Path, form: str, *more: str) -> str:
    return reportlint("check", "甲.txt", "--together", ".", "--select", "LG003", "--format", form, *more, cwd=folder)


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "junit", "markdown", "html", "rdjson", "sarif", "json"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_names_the_other_file_its_place_and_its_words(folder: Path, form: str, lang: str) -> None:
    out = told(folder, form, "--lang", lang)
    flat = json.dumps(json.loads(out), ensure_ascii=False) if form in ("gitlab", "rdjson", "sarif", "json") else out
    for escaped, plain in (("%3A", ":"), ("&#58;", ":"), ("%E4%B9%99", "乙")):
        flat = flat.replace(escaped, plain)
    assert "乙.txt" in flat and "678件" in flat
    assert ("another document" if lang == "en" else "另一份文件") in flat
    if form in ("text", "github", "gitlab", "junit", "markdown", "html"):
        assert "乙.txt:3:14" in flat


def test_programs_get_the_other_place_as_data(folder: Path) -> None:
    (result,) = json.loads(told(folder, "sarif"))["runs"][0]["results"]
    place = result["relatedLocations"][-1]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E4%B9%99.txt"
    assert (place["region"]["startLine"], place["region"]["snippet"]["text"]) == (3, "678件")
    (diagnostic,) = json.loads(told(folder, "rdjson"))["diagnostics"]
    (other,) = diagnostic["related_locations"]
    assert other["location"]["path"] == "乙.txt" and other["location"]["range"]["start"]["line"] == 3
    assert other["message"] == "另一份文件"
    assert ElementTree.fromstring(told(folder, "junit")).find(".//failure") is not None


def test_a_comment_in_word_names_the_other_file(folder: Path) -> None:
    pytest.importorskip("lxml")
    reportlint("check", "甲.txt", "--together", ".", "--annotate", "批注.docx", cwd=folder)
    import zipfile

    with zipfile.ZipFile(folder / "批注.docx") as made:
        comments = made.read("word/comments.xml").decode()
    assert "另一份文件" in comments and "乙.txt:3:14" in comments


def labels() -> set[str]:
    """What the rules call other places in their own examples and cases, and why they leave a relation unchecked."""
    found: set[str] = set()
    texts = [
        (unmark(text)[0], (rule,), rule.given() if rule.given else Context()) for rule in rules() for text in rule.bad
    ]
    everyone = tuple(rule for rule in rules() if rule.family not in ("RL", "LG"))
    for path in sorted((ROOT / "rules").rglob("*.md")):
        texts += [(unmark(case.text)[0], everyone, Context()) for case in read_cases(path)]
    texts += [(path.read_text("utf-8"), everyone, Context()) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    for text, several, context in texts:
        analysis = Analysis(from_text(text, "a.md", ".md"), context)
        for outcome in (outcome for rule in several for outcome in rule.check(analysis)):
            if isinstance(outcome, Finding):
                found.update(one.en or one.message for one in (*outcome.related, *outcome.elsewhere))
            elif isinstance(outcome, Abstained):
                found.add(outcome.en or outcome.reason)
    return found


def test_every_label_and_reason_has_an_english_form() -> None:
    found = labels()
    assert len(found) > 30
    lacking = {words for words in found if english(words) == words and not words.isascii()}
    assert not lacking, "give them `en`, or a line in linter/reportlint/data/labels.tsv"


def test_the_table_of_labels_is_sorted_and_has_none_twice() -> None:
    lines = (ROOT / "linter" / "reportlint" / "data" / "labels.tsv").read_text("utf-8").splitlines()[1:]
    rows = [tuple(line.split("\t")) for line in lines]
    assert all(len(row) == 2 and all(row) for row in rows)
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    assert all(zh.count("{}") == en.count("{}") and en.isprintable() for zh, en in rows)


def test_english_output_has_no_chinese_labels(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("省级督察反馈任务26项，已完成整改29项。\n", "utf-8")
    out = json.loads(reportlint("check", "甲.txt", "--format", "json", "--lang", "en", cwd=tmp_path))
    assert out["findings"][0]["related"][0]["message"] == "total"
    text = reportlint("check", "甲.txt", "--lang", "en", cwd=tmp_path)
    assert "total" in text and "总数" not in text


def test_facts_statistics_and_the_page_know_the_users_indicators(tmp_path: Path) -> None:
    (tmp_path / "指标.csv").write_text("名称,单位\n托育位,个\n", "utf-8")
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text("全县新建托育位共126个。\n", "utf-8")

    def indicators(*args: str) -> list[str | None]:
        out = json.loads(reportlint("facts", "甲.txt", "--format", "json", *args, cwd=tmp_path))
        return [fact["indicator"] for fact in out["facts"]]

    assert indicators() == [None]
    (tmp_path / "reportlint.toml").write_text('[catalogue]\nextend = "指标.csv"\n', "utf-8")
    assert indicators() == ["托育位"]
    for jobs in ("1", "2"):
        page = reportlint("check", "甲.txt", "乙.txt", "--jobs", jobs, "--format", "html", cwd=tmp_path)
        assert page.count("<td>托育位</td>") == 2
    (tmp_path / "reportlint.toml").rename(tmp_path / "别的.toml")
    assert indicators() == [None] and indicators("--config", "别的.toml") == ["托育位"]
