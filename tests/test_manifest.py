"""What is known of rules without importing them: the same findings, and never out of date."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, SHARED, analysis, document
from reportlint.analysis import Analysis, Context
from reportlint.examples import read_cases, unmark
from reportlint.registry import rules
from reportlint.rule import Rule

GATED = [rule for rule in rules() if rule.triggers or rule.needs]
SHOW = """
import sys
from reportlint.registry import rules
every = rules()
loaded = sorted(name for name in sys.modules if name.startswith("reportlint_rules."))
print(len(every), len(loaded), *(f"{rule.code}:{rule.severity.label}" for rule in every))
"""


def texts() -> list[str]:
    cases = [case for path in (ROOT / "rules").rglob("*.md") for case in read_cases(path)]
    files = [path for folder in (ROOT / "seeds", SHARED / "seeds") for path in folder.glob("*.txt")]
    return [*(unmark(case.text)[0] for case in cases), *(path.read_text("utf-8") for path in files)]


def test_a_rule_that_may_not_speak_has_nothing_to_say() -> None:
    assert GATED
    for text in texts():
        found = analysis(text)
        for rule in GATED:
            if not rule.may_speak(found):
                assert not list(rule.check(found)), f"{rule.code} speaks without its triggers in: {text[:200]}"


@pytest.mark.parametrize("rule", GATED, ids=lambda rule: rule.code)
def test_a_rule_may_speak_in_its_own_examples(rule: Rule) -> None:
    context = rule.given() if rule.given is not None else Context()
    for bad in rule.bad:
        assert rule.may_speak(Analysis(document(unmark(bad)[0]), context)), bad


def show(cache: Path, *path: Path, code: str = SHOW) -> list[str]:
    """What a process says of its rules: how many, how many modules of ours it imported for that, and each with its severity."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before = [os.environ["PYTHONPATH"]] if "PYTHONPATH" in os.environ else []
    environment |= {"PYTHONPYCACHEPREFIX": str(cache), "PYTHONPATH": os.pathsep.join([*map(str, path), *before])}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def kept(cache: Path) -> Path:
    (file,) = cache.rglob("manifest*.rules")
    return file


def plug_in(folder: Path, severity: str = "INFO") -> None:
    """A package of somebody else's, installed in ``folder``."""
    info = folder / "other-1.0.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "entry_points.txt").write_text("[reportlint.rules]\nother = other_rules\n", "utf-8")
    (folder / "other_rules.py").write_text(
        "from reportlint.finding import Severity\nfrom reportlint.rule import rule\n\n"
        f"@rule('ZZ001', 'other-rule', severity=Severity.{severity}, bad=('⟦错⟧。',), good=('对。',))\n"
        "def other(analysis):\n    '''标题。'''\n    yield from ()\n\n"
        "RULES = (other,)\n",
        "utf-8",
    )


def test_the_second_run_imports_no_rule(tmp_path: Path) -> None:
    first, second = show(tmp_path), show(tmp_path)
    assert first[0] == second[0] and first[2:] == second[2:]
    assert int(first[1]) > 50 and int(second[1]) == 0


def test_what_a_rule_does_not_say_at_once_it_says_when_asked(tmp_path: Path) -> None:
    code = (
        "from reportlint.registry import rules; rule = next(one for one in rules() if one.code == 'TM007'); "
        "print(rule.title, rule.check.__module__, len(rule.bad) > 0)"
    )
    assert show(tmp_path, code=code) == show(tmp_path, code=code)
    assert kept(tmp_path).exists()


@pytest.mark.parametrize("damage", [b"", b"\0", b"no manifest at all", b"half"])
def test_a_damaged_manifest_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    before = show(tmp_path)
    file = kept(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage == b"half" else damage)
    assert show(tmp_path) == before
    assert file.read_bytes() == whole


def test_a_new_a_changed_and_a_removed_package_is_noticed(tmp_path: Path) -> None:
    cache, site = tmp_path / "cache", tmp_path / "site"
    site.mkdir()
    without = show(cache, site)
    plug_in(site)
    assert "ZZ001:info" in show(cache, site)
    assert "ZZ001:info" in show(cache, site)
    plug_in(site, "WARNING")
    assert "ZZ001:warning" in show(cache, site)
    assert show(cache)[2:] == without[2:]
    shutil.rmtree(site / "other-1.0.dist-info")
    assert show(cache, site)[2:] == without[2:]


def test_a_changed_rule_is_noticed(tmp_path: Path) -> None:
    tree, cache = tmp_path / "rules", tmp_path / "cache"
    shutil.copytree(ROOT / "rules", tree, ignore=shutil.ignore_patterns("__pycache__"))
    assert "TM009:warning" in show(cache, tree)
    assert "TM009:warning" in show(cache, tree)
    file = tree / "reportlint_rules" / "terms" / "rights.py"
    file.write_text(file.read_text("utf-8").replace("Severity.WARNING", "Severity.INFO"), "utf-8")
    assert "TM009:info" in show(cache, tree)


def test_where_nothing_can_be_written_rules_are_found_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert int(show(tmp_path / "file" / "cache")[0]) == len(rules())


def test_several_first_runs_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(tmp_path)
    processes = [
        subprocess.Popen([sys.executable, "-c", SHOW], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    said = [process.communicate()[0].split() for process in processes]
    assert {int(words[0]) for words in said} == {len(rules())}
    assert not [path for path in tmp_path.rglob("manifest*") if path.suffix not in (".rules", ".pyc")]
    assert int(show(tmp_path)[1]) == 0


def package(folder: Path, name: str, version: str, body: str, points: str) -> None:
    """An installed package: a module and what is known of it."""
    known = folder / f"{name}-{version}.dist-info"
    known.mkdir(parents=True)
    (known / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (known / "entry_points.txt").write_text(f"[reportlint.rules]\n{points}\n")
    (folder / f"{name}.py").write_text(body, "utf-8")


def test_a_package_that_fails_is_told_in_a_line(tmp_path: Path) -> None:
    package(tmp_path / "a", "broken", "1.0", "raise TypeError('on purpose')\n", "broken = broken")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "a"), "PYTHONPYCACHEPREFIX": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-m", "reportlint", "rule"], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 2
    assert "规则包 broken" in done.stderr
    assert "Traceback" not in done.stderr


def test_of_a_package_installed_twice_the_first_counts(tmp_path: Path) -> None:
    package(tmp_path / "new", "twice", "2.0", "RULES = ()\n", "kept = twice")
    package(tmp_path / "old", "twice", "1.0", "RULES = ()\n", "kept = twice\ngone = twice.gone")
    alone = show(tmp_path / "cache")
    assert show(tmp_path / "cache", tmp_path / "new", tmp_path / "old")[0] == alone[0]
