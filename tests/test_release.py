"""The tools of change control: the findings diff of two versions, and the steps of a release."""

from __future__ import annotations

import importlib.util
import json
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


def test_the_last_release_is_the_one_before_this_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*arguments: str) -> str:
        author = ("-c", "user.name=a", "-c", "user.email=a@b")
        done = subprocess.run(
            ["git", "-C", str(tmp_path), *author, *arguments], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def commit(text: str) -> None:
        (tmp_path / "a.txt").write_text(text, "utf-8")
        git("add", "a.txt")
        git("commit", "--quiet", "-m", text)

    monkeypatch.setattr(release, "ROOT", tmp_path)
    git("init", "--quiet")
    commit("one")
    assert diff.last_release() == "HEAD"
    commit("two")
    assert diff.last_release() == git("rev-parse", "HEAD^")[:9]
    git("tag", "-a", "v0.1.0", "-m", "release")
    assert diff.last_release() == git("rev-parse", "HEAD^")[:9], "the first release has none before it"
    (tmp_path / "a.txt").write_text("changed", "utf-8")
    assert diff.last_release() == "v0.1.0"
    commit("three")
    git("tag", "no-release")
    assert diff.last_release() == "v0.1.0"
    git("tag", "v0.2.0")
    assert diff.last_release() == "v0.1.0"
    commit("four")
    assert diff.last_release() == "v0.2.0"


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


# --- known vulnerabilities, from a folder of advisories

_ADVISORY = """id: PYSEC-2000-1
details: |-
  A flaw
  at length
modified: "2001-02-03T00:00:00Z"
aliases: [CVE-2000-1]
affected:
- package: {name: Some.Package, ecosystem: PyPI}
  ranges:
  - type: GIT
    events: [{introduced: "0"}]
  - type: ECOSYSTEM
    events: [{introduced: "1.0"}, {fixed: "1.10"}, {introduced: "2.0"}, {last_affected: "2.3"}]
  versions: ["0.9rc1"]
"""


def audit(folder: Path, *lines: str) -> subprocess.CompletedProcess[str]:
    """What the audit of a list says of the advisories in ``folder``."""
    wanted = folder.parent / "list.txt"
    wanted.write_text("\n".join(lines), "utf-8")
    command = [sys.executable, str(ROOT / "tools" / "release.py"), "audit", str(wanted), "--advisories", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def advisories(tmp_path: Path) -> Path:
    pytest.importorskip("yaml")
    folder = tmp_path / "advisories"
    (folder / "vulns" / "some-package").mkdir(parents=True)
    (folder / "vulns" / "some-package" / "PYSEC-2000-1.yaml").write_text(_ADVISORY, "utf-8")
    other = {
        "id": "GHSA-x", "modified": "2003-04-05T00:00:00Z", "withdrawn": "2003-04-05T00:00:00Z", "details": "of no account",
        "affected": [{"package": {"name": "some-package", "ecosystem": "PyPI"}, "versions": ["3.0"]}],
    }  # fmt: skip
    (folder / "x.json").write_text(json.dumps(other), "utf-8")
    return folder


@pytest.mark.parametrize("version", ["0.9rc1", "1.0", "1.9.9", "2.0", "2.3", "1.10rc1"])
def test_a_version_with_a_known_flaw_is_told(advisories: Path, version: str) -> None:
    done = audit(advisories, "other==1.0", f"some_package=={version}")
    assert done.returncode == 1
    assert f"some-package {version}: PYSEC-2000-1, CVE-2000-1; fixed in 1.10; A flaw" in done.stderr


@pytest.mark.parametrize("version", ["0.9", "1.10", "1.11", "2.3.1", "3.0"])
def test_a_version_without_a_flaw_passes_and_what_was_asked_is_said(advisories: Path, version: str) -> None:
    done = audit(advisories, f"Some-Package=={version}", "other==1.0")
    assert done.returncode == 0, done.stderr
    assert "asked: 2 advisories" in done.stdout and "about 2 packages" in done.stdout
    assert "the youngest of 2003-04-05" in done.stdout and "not asked: any service" in done.stdout


def test_a_folder_that_cannot_be_believed_passes_nothing(advisories: Path) -> None:
    (advisories / "x.json").write_text('{"modified": "2003-04-05", some-package', "utf-8")
    done = audit(advisories, "some-package==3.0")
    assert done.returncode == 2 and "x.json cannot be read" in done.stderr and "Traceback" not in done.stderr
    (advisories.parent / "empty").mkdir()
    for folder in ("empty", "missing"):
        done = audit(advisories.parent / folder, "some-package==3.0")
        assert done.returncode == 2 and "no advisories" in done.stderr
    assert audit(advisories, "some-package>=3.0").returncode == 2, "a list without versions asks nothing"


@pytest.mark.parametrize(
    ("exit_status", "said", "told"),
    [
        (0, "No known vulnerabilities found", "knows nothing of jinja2 2.4.1"),
        (1, "ERROR: jinja2: Dependency not found on PyPI and could not be audited", "did not answer"),
    ],
)
def test_a_service_that_does_not_know_an_old_flaw_passes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exit_status: int, said: str, told: str
) -> None:
    monkeypatch.setattr(
        release, "_run", lambda command, *_, **__: subprocess.CompletedProcess(command, exit_status, said, "")
    )
    (tmp_path / "list.txt").write_text("some-package==3.0\n", "utf-8")
    with pytest.raises(release.UntriedError, match=told):
        release.audit(tmp_path / "list.txt")


def test_the_bill_of_materials_says_which_version_it_is_of() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert '\nversion = "1.2.3"\n' in release.numbered(project, Path("dist/reportlint-1.2.3-py3-none-any.whl"))


# --- the bounds of the dependencies


def test_the_table_of_bounds_tells_what_was_not_tried() -> None:
    bounds = tool("check_bounds")
    named = bounds.supported((ROOT / "pyproject.toml").read_text("utf-8"))
    assert named[0] == "3.10" and len(named) >= 4
    assert bounds.interpreter("no-such-python") is None
    here = bounds.interpreter(sys.executable)
    assert here is not None and here.version.startswith(f"{sys.version_info[0]}.{sys.version_info[1]}.")
    rows = [("3.10.1", {"lowest": bounds.Outcome(1, "3 passed, 1 failed")}), ("3.99 (not here)", {})]
    assert list(bounds.table(rows, ["lowest", "highest"])) == [
        "| Python | lowest | highest |",
        "|---|---|---|",
        "| 3.10.1 | 3 passed, 1 failed | not tried |",
        "| 3.99 (not here) | not tried | not tried |",
    ]
