"""The tools of change control: the findings diff of two versions, and the steps of a release."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from conftest import ROOT


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tool_{name}", ROOT / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


release = sys.modules["release"] = tool("release")  # as it is called by its neighbour
diff = tool("findings_diff")


def checkout(target: Path) -> Path:
    """A copy of what goes into the packages."""
    for name in ("linter", "rules"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, target / name)
    return target


def test_what_two_versions_say() -> None:
    here, there, other = (diff.Said("a.txt", line, 1, "NM101", "29项") for line in (1, 2, 3))
    changes = diff.compared({here: "error: x", there: "error: x"}, {there: "warning: x", other: "error: y"})
    assert {(one.kind, one.said.line) for one in changes} == {("removed", 1), ("changed", 2), ("added", 3)}
    assert diff.compared({here: "error: x"}, {here: "error: x"}) == []
    text = "\n".join(diff.table(changes, markdown=True))
    assert "| NM101 | 1 | 1 | 1 |" in text


@pytest.mark.slow
def test_a_version_without_a_rule_loses_its_findings_and_no_others(tmp_path: Path) -> None:
    tree = checkout(tmp_path / "tree")
    family = tree / "rules" / "reportlint_rules" / "dates" / "family.py"
    family.write_text(
        family.read_text("utf-8") + "\nRULES = tuple(rule for rule in RULES if rule.code != 'DT002')\n", "utf-8"
    )
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "findings_diff.py"), str(ROOT), str(tree), "--generated", "3", "--exit-code"],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    changed = [line for line in done.stdout.splitlines() if line[:2] in ("+ ", "- ", "~ ")]
    assert changed
    assert all(line.startswith("- seeds/") and " DT002 " in line for line in changed)


def test_an_unknown_version_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "findings_diff.py"), "no-such-version"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "no-such-version" in done.stderr
    assert "Traceback" not in done.stderr


def test_version_tag_and_changelog_must_agree(tmp_path: Path) -> None:
    (tmp_path / "linter" / "reportlint").mkdir(parents=True)
    source = tmp_path / "linter" / "reportlint" / "__init__.py"
    source.write_text('__version__ = "1.2.3"\n', "utf-8")
    changes = tmp_path / "CHANGELOG.md"
    changes.write_text("# 更新记录\n\n## 1.2.3（未发布）\n", "utf-8")
    release.check(None, tmp_path)
    with pytest.raises(release.BrokenError, match="day of the release"):
        release.check("v1.2.3", tmp_path)
    changes.write_text("# 更新记录\n\n## 1.2.3（2025-01-31）\n", "utf-8")
    release.check("v1.2.3", tmp_path)
    with pytest.raises(release.BrokenError, match="the tag is v1"):
        release.check("v1.2.4", tmp_path)
    source.write_text('__version__ = "1.3.0"\n', "utf-8")
    with pytest.raises(release.BrokenError, match="no part"):
        release.check(None, tmp_path)


def test_this_version_is_in_the_changelog() -> None:
    release.check(None)


def test_a_wheel_that_lacks_a_data_file_is_told(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "linter" / "reportlint").mkdir(parents=True)
    (tree / "rules").mkdir()
    for name in ("a.py", "b.tsv"):
        (tree / "linter" / "reportlint" / name).write_text("", "utf-8")
    with zipfile.ZipFile(tmp_path / "x.whl", "w") as archive:
        for name in ("reportlint/a.py", "reportlint/stray.pyc", "reportlint-1.dist-info/METADATA"):
            archive.writestr(name, "")
    assert list(release.left_out(tmp_path / "x.whl", tree)) == [
        "missing in the wheel: reportlint/b.tsv",
        "only in the wheel: reportlint/stray.pyc",
    ]


@pytest.mark.parametrize("name", ["ci.yml", "release.yml"])
def test_the_workflows_call_what_exists(name: str) -> None:
    text = (ROOT / ".github" / "workflows" / name).read_text("utf-8")
    called = re.findall(r"(tools/\w+\.py|\.ci/run)((?: [\w-]+)?)", text)
    assert called
    for path, step in called:
        assert (ROOT / path).is_file()
        if path == "tools/release.py":
            assert step.strip() in ("check", "build", "audit", "sbom")
