"""What lies in ``editors/``: one version, one set of settings, the very words of the documentation, nothing of anybody's machine."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import pytest

from conftest import ROOT
from reportlint import __version__

VSCODE = ROOT / "editors" / "vscode"


def package() -> Any:
    return json.loads((VSCODE / "package.json").read_text("utf-8"))


def test_the_extension_has_the_version_of_the_program() -> None:
    lock = json.loads((VSCODE / "package-lock.json").read_text("utf-8"))
    assert {package()["version"], lock["version"], lock["packages"][""]["version"]} == {__version__}


def test_the_extension_offers_the_settings_that_the_server_has() -> None:
    pytest.importorskip("pygls", reason="the extra for editors is not installed")
    from reportlint.lsp.options import Options

    offered = package()["contributes"]["configuration"]["properties"]
    defaults = {name.removeprefix("reportlint."): one["default"] for name, one in offered.items()}
    assert defaults == {"path": "", **Options()._asdict()}
    for page in ("editors.md", "en/editors.md"):
        text = (ROOT / "docs" / page).read_text("utf-8")
        assert all(f"`{name}`" in text for name in Options._fields)


def test_every_text_of_the_extension_is_there_in_both_languages() -> None:
    used = set(re.findall(r'"%([\w.]+)%"', (VSCODE / "package.json").read_text("utf-8")))
    for name in ("package.nls.json", "package.nls.zh-cn.json"):
        assert set(json.loads((VSCODE / name).read_text("utf-8"))) == used


def test_the_lock_file_names_no_registry() -> None:
    text = (VSCODE / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text and "registry" not in text
    assert '"integrity"' in text


def test_nothing_built_is_kept() -> None:
    listed = subprocess.run(["git", "ls-files", "editors"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode or not listed.stdout:
        pytest.skip("the sources are not a git checkout")
    assert not re.search(r"node_modules|/dist/|\.vsix|LICENSE\.txt", listed.stdout)


def test_the_documentation_shows_the_snippets_as_they_are() -> None:
    page = (ROOT / "docs" / "editors.md").read_text("utf-8")
    for name in ("neovim/reportlint.lua", "helix/languages.toml"):
        assert (ROOT / "editors" / name).read_text("utf-8").strip() in page
