"""A real Neovim with the snippet of ``editors/neovim``: it shows findings, fixes, ignores. Skipped where there is none."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT

pytest.importorskip("pygls", reason="the extra for editors is not installed")
pytest.importorskip("tomlkit", reason="the extra for editors is not installed")
NEOVIM = shutil.which("nvim")
if NEOVIM is None:
    pytest.skip("Neovim is not installed", allow_module_level=True)

#: Opens the file, waits for what is found, asks for what can be done, ignores the rule, waits again.
STORY = """
local function report(value) io.stdout:write('@' .. vim.fn.json_encode(value) .. '\\n') end
local function shown(count)
  vim.wait(20000, function() return #vim.diagnostic.get(0) == count end, 50)
  return vim.tbl_map(function(one)
    return { code = one.code, lnum = one.lnum, col = one.col, end_col = one.end_col, message = one.message }
  end, vim.diagnostic.get(0))
end
vim.cmd('edit ' .. vim.fn.fnameescape('总结.txt'))
vim.bo.filetype = 'text'
report(shown(2))
local id, client = next(vim.lsp.buf_get_clients and vim.lsp.buf_get_clients(0) or {})
local function actions(line)
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    range = { start = { line = line, character = 0 }, ['end'] = { line = line, character = 200 } },
    context = { diagnostics = {} },
  }
  return vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 10000)[id].result
end
local found = actions(1)
report(vim.tbl_map(function(one) return one.title end, found))
vim.lsp.util.apply_workspace_edit(found[1].edit, client.offset_encoding)
report(vim.api.nvim_buf_get_lines(0, 0, -1, false))
report(shown(1))
for _, one in ipairs(actions(0)) do
  if one.command and one.command.command == 'reportlint.ignoreRule' then
    vim.lsp.buf_request_sync(0, 'workspace/executeCommand', one.command, 10000)
  end
end
report(shown(0))
vim.cmd('qall!')
"""


def test_neovim_shows_fixes_and_ignores(tmp_path: Path) -> None:
    (tmp_path / "总结.txt").write_text(
        "𠮷野区省级督察反馈任务26项，已完成整改29项。\n全年完成整改任务，，共计21项。\n", "utf-8"
    )
    (tmp_path / "reportlint.toml").write_text("# 我们的设置\n", "utf-8")
    story = tmp_path.parent / "story.lua"
    story.write_text(STORY, "utf-8")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path.parent), "XDG_CONFIG_HOME": str(tmp_path.parent), "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    snippet = ROOT / "editors" / "neovim" / "reportlint-0.7.lua"
    version = subprocess.run([str(NEOVIM), "--version"], capture_output=True, text=True).stdout
    if (match := re.search(r"NVIM v0\.(\d+)", version)) is None or int(match[1]) > 10:
        pytest.skip("the snippet is for Neovim up to 0.10")
    done = subprocess.run(
        [str(NEOVIM), "--headless", "-n", "-u", "NONE", "--cmd", f"luafile {snippet}", "-c", f"luafile {story}"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=90,
    )  # fmt: skip
    told: list[Any] = [json.loads(line[1:]) for line in done.stdout.splitlines() if line.startswith("@")]
    assert len(told) == 5, done.stdout + done.stderr
    first, titles, lines, second, third = told
    text = "𠮷野区省级督察反馈任务26项，已完成整改29项。"
    assert [(one["code"], one["lnum"]) for one in first] == [("NM101", 0), ("PN003", 1)]
    # Neovim counts bytes.
    assert text.encode()[first[0]["col"] : first[0]["end_col"]].decode() == "29项"
    assert any(title.startswith("忽略这一处 PN003") for title in titles)
    assert lines == [text, "全年完成整改任务，共计21项。"]
    assert [one["code"] for one in second] == ["NM101"]
    assert third == []
    assert 'ignore-codes = ["NM101"]' in (tmp_path / "reportlint.toml").read_text("utf-8")
