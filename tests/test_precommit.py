"""The real pre-commit, with a clone of this repository as the hooks' repository and as a local hook without network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

BAD = "省级督察反馈任务26项，已完成整改29项。全年下发督办通知**份。\n"
GOOD = "省级督察反馈任务26项，已完成整改21项。全年下发督办通知18份。\n"

LOCAL = """\
repos:
  - repo: local
    hooks:
      - id: reportlint
        name: reportlint
        entry: reportlint check
        language: system
        types_or: [plain-text, markdown]
        files: ^drafts/
"""

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(folder.parent / "pre-commit-home"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "test", "GIT_AUTHOR_EMAIL": "test@example.org",
        "GIT_COMMITTER_NAME": "test", "GIT_COMMITTER_EMAIL": "test@example.org",
        "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        environment.pop(name, None)
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def scratch(folder: Path, config: str) -> Path:
    """A git repository with a configuration, a good draft, and files that are no reports."""
    folder.mkdir()
    run(folder, "git", "init", "-q")
    (folder / ".pre-commit-config.yaml").write_text(config, "utf-8")
    (folder / "drafts").mkdir()
    (folder / "drafts" / "good.txt").write_text(GOOD, "utf-8")
    (folder / "requirements.txt").write_text("完成**项\n", "utf-8")
    run(folder, "git", "add", "-A")
    return folder


def hooks(folder: Path) -> subprocess.CompletedProcess[str]:
    run(folder, "git", "add", "-A")
    return run(folder, sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never", "--verbose")


def test_a_local_hook_needs_no_network_and_stops_a_bad_draft(tmp_path: Path) -> None:
    folder = scratch(tmp_path / "drafts-repo", LOCAL)
    passed = hooks(folder)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    (folder / "drafts" / "bad.txt").write_text(BAD, "utf-8")
    stopped = hooks(folder)
    assert stopped.returncode == 1
    assert "NM101" in stopped.stdout and "PH001" in stopped.stdout and "bad.txt" in stopped.stdout
    assert "good.txt:" not in stopped.stdout


@pytest.mark.slow
def test_the_published_hook_installs_and_stops_a_bad_draft(tmp_path: Path) -> None:
    source = tmp_path / "reportlint"
    cloned = run(tmp_path, "git", "clone", "-q", str(ROOT), str(source))
    if cloned.returncode:
        pytest.skip("the sources are not a git checkout")
    revision = run(source, "git", "rev-parse", "HEAD").stdout.strip()
    config = f"repos:\n  - repo: {source}\n    rev: {revision}\n    hooks:\n      - id: reportlint\n      - id: reportlint-ci\n"
    folder = scratch(tmp_path / "drafts-repo", config)
    passed = hooks(folder)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    (folder / "drafts" / "bad.md").write_text(f"# 总结\n\n{BAD}", "utf-8")
    stopped = hooks(folder)
    assert stopped.returncode == 1
    assert stopped.stdout.count("NM101") >= 2, stopped.stdout
    assert "requirements.txt" not in stopped.stdout
