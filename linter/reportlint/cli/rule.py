"""``reportlint rule``: what a rule is about, from the same page that documents it everywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from reportlint.cli.output import put
from reportlint.finding import Severity
from reportlint.registry import rules
from reportlint.reporters.style import BOLD, UNDERLINE, Style
from reportlint.rule import Rule
from reportlint.selection import hint, matches, nearest_rule
from reportlint.settings import Settings
from reportlint.width import width

_LEVELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


def _rule_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Any]:
    """What a shell may complete the argument to."""
    from reportlint.cli.completion import rule_names

    return list(rule_names(context, parameter, incomplete))


@click.command(short_help="解释一条规则；不写规则则列出全部。")
@click.argument("name", metavar="[代码|名称]", required=False, shell_complete=_rule_names)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="是否着色。")
def rule(name: str | None, color: str) -> None:
    """解释一条规则：为什么、正反例。

    可以写代码（NM101）或名称（count-exceeds-total）；写代码的开头（NM）则列出这一类；不写则列出全部。
    """
    style = Style.of(Settings(color=color), sys.stdout)
    every = rules()
    found = [one for one in every if name is None or matches(name, one)]
    if not found:
        raise click.UsageError(
            f"没有规则 {name!r}{hint(nearest_rule(name or '', every))}。reportlint rule 列出全部规则"
        )
    lines = _page(found[0], style) if name is not None and len(found) == 1 else _list(found, style)
    put("".join(f"{line}\n" for line in lines), color=style.color)


def _list(found: Sequence[Rule], style: Style) -> Iterator[str]:
    """One line per rule."""
    longest = max(width(one.name) for one in found)
    for one in found:
        level = style.paint(_LEVELS[one.severity], style.severity(one.severity))
        yield f"{style.paint(f'{one.code:<6}', BOLD)} {level}  {one.name:<{longest}}  {one.title}"


def _page(one: Rule, style: Style) -> Iterator[str]:
    """The page of a rule: its words, then its examples with what is reported in ⟦ ⟧."""
    level = style.paint(f"{_LEVELS[one.severity]}（{one.severity.label}）", style.severity(one.severity))
    yield f"{style.paint(f'{one.code} {one.name}', BOLD)}  {level}"
    yield ""
    yield from one.doc.splitlines()
    for title, examples in (("会报（⟦ ⟧ 内是报出的位置）：", one.bad), ("不报：", one.good)):
        yield ""
        yield style.paint(title, UNDERLINE)
        for example in examples:
            first, *rest = example.splitlines()
            yield f"  · {first}"
            yield from (f"    {line}".rstrip() for line in rest)
