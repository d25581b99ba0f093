"""``reportlint completion``: the script that lets a shell complete our commands, options, rules and formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import get_completion_class

from reportlint.cli.output import put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.shell_completion import CompletionItem

_WHERE = {
    "bash": "reportlint completion bash > ~/.local/share/bash-completion/completions/reportlint",
    "zsh": "reportlint completion zsh > ~/.zfunc/_reportlint   # ~/.zshrc 里：fpath+=~/.zfunc; autoload -Uz compinit; compinit",
    "fish": "reportlint completion fish > ~/.config/fish/completions/reportlint.fish",
}
#: The variable by which the script asks; derived from the name of the program, as click does.
_VARIABLE = "_REPORTLINT_COMPLETE"


@click.command(short_help="输出 bash、zsh、fish 的自动补全脚本。")
@click.argument("shell", type=click.Choice(list(_WHERE)))
def completion(shell: str) -> None:
    """输出自动补全脚本：命令、选项、规则代码和格式都可以按 Tab 补全。

    \b
    reportlint completion bash > ~/.local/share/bash-completion/completions/reportlint
    reportlint completion zsh  > ~/.zfunc/_reportlint
    reportlint completion fish > ~/.config/fish/completions/reportlint.fish
    """
    from reportlint.cli import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"不支持 {shell}")
    script = kind(cli, {}, "reportlint", _VARIABLE)
    # Not ``source()``: it runs bash to look at its version, and complains where there is none.
    put(f"# 安装：{_WHERE[shell]}\n{script.source_template % script.source_vars()}\n")


def rule_names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes, families and names of rules that begin with what is typed, after the last comma."""
    from click.shell_completion import CompletionItem

    before, comma, last = incomplete.rpartition(",")
    return [CompletionItem(f"{before}{comma}{word}", help=help) for word, help in _words(last.casefold())]


def _words(start: str) -> Iterator[tuple[str, str]]:
    from reportlint.registry import rules

    for rule in rules():
        for word in (rule.code, rule.name):
            # Names only for those who begin to type one: codes alone fill the screen already.
            if word.casefold().startswith(start) and (word == rule.code or start):
                yield word, rule.title
