"""``reportlint lsp``: the language server, started by an editor."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

import click

from reportlint.cli.output import complain


@click.command(short_help="语言服务器：编辑器里边写边查。")
@click.option("--stdio", is_flag=True, help="用标准输入输出（编辑器会带上；只有这一种，写不写都一样）。")
def lsp(stdio: bool) -> int:
    """语言服务器：由编辑器启动，用标准输入输出对话，边写边查。

    VS Code、Neovim、Helix 等的设置见文档“编辑器”。退出码：0 编辑器正常结束；1 连接中断；2 没有装好。
    """
    if any(find_spec(module) is None for module in ("pygls", "tomlkit")):
        complain("语言服务器需要安装：pip install 'reportlint[editor]'")
        return 2
    if sys.stdin is None or sys.stdout is None:
        complain("语言服务器要由编辑器启动：没有标准输入或输出")
        return 2
    if sys.stdin.isatty():
        complain("语言服务器由编辑器启动，在这里没有可看的（按 Ctrl-C 结束）。检查文件请用 reportlint check")
    from reportlint.lsp.server import serve

    # Whatever else in this process prints would break into the conversation: from now on it goes to standard error.
    conversation = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno() if sys.stderr is not None else os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return serve(sys.stdin.buffer, conversation)
