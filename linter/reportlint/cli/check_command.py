"""``reportlint check`` as click understands it: its options, their kinds and their help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from reportlint.cli.check import check as checked
from reportlint.settings import CHOICES

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _joined(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> str | None:
    """An option given several times is one list."""
    return ",".join(values) if values else None


def _processes(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | str | None:
    """A number of processes, or the word that leaves it to the size of the work."""
    if value is None or value == "auto":
        return value
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise click.BadParameter("应为正整数或 auto")
    return int(value)


def _rule_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Any]:
    """What a shell may complete a selector to."""
    from reportlint.cli.completion import rule_names

    return list(rule_names(context, parameter, incomplete))


def _selectors(name: str, help: str) -> Callable[[_Command], _Command]:
    return click.option(name, multiple=True, metavar="规则,…", callback=_joined, shell_complete=_rule_names, help=help)


def _choice(name: str, help: str) -> Callable[[_Command], _Command]:
    return click.option(f"--{name}", type=click.Choice(list(CHOICES[name])), default=None, help=help)


def _file(name: str, kind: str, help: str) -> Callable[[_Command], _Command]:
    return click.option(f"--{name}", type=click.Path(path_type=Path), default=None, metavar=kind, help=help)


@click.command(short_help="检查文件和文件夹。")
@click.argument("paths", nargs=-1, metavar="[路径]...")
@_choice("format", "输出格式（默认 text）。")
@click.option("--output", type=click.Path(path_type=Path), default=None, metavar="文件", help="结果写入文件，不显示。")
@click.option(
    "--annotate",
    type=click.Path(path_type=Path),
    default=None,
    metavar="文件",
    help="把发现写成批注，存为 Word 文档（.docx）。",
)
@_selectors("--select", "只查这些规则：代码、代码的开头或名称，逗号隔开。")
@_selectors("--extend-select", "另外再查这些规则。")
@_selectors("--ignore", "不查这些规则。")
@_choice("severity", "最低显示到哪一级（默认 info）。")
@_choice("fail-on", "到哪一级退出码为 1（默认 warning）。")
@click.option("--stats", is_flag=True, default=None, help="按规则列出发现、核对和未能核对的数量。")
@click.option("--quiet", "-q", is_flag=True, default=None, help="只显示发现的问题，不显示汇总。")
@_choice("lang", "说明文字的语言（默认 zh）。")
@_choice("color", "是否着色（默认 auto，尊重 NO_COLOR 与 FORCE_COLOR）。")
@click.option("--config", type=click.Path(path_type=Path), default=None, metavar="文件", help="只用这个配置文件。")
@click.option("--no-cache", is_flag=True, default=None, help="不读写缓存。")
@_file("cache-dir", "文件夹", "缓存放在这里（默认用户的缓存文件夹，见 reportlint cache）。")
@click.option(
    "--jobs", "-j", default=None, metavar="数目", callback=_processes, help="用几个进程（默认 auto，按多少定）。"
)
@click.option("--stdin-filename", default=None, metavar="名称", help="标准输入（-）的文件名：决定格式、配置和显示。")
@_file("ledger", "文件", "与台账（.csv、.xlsx）核对。")
@_file("previous", "文件", "与上一年的报告核对：同比倒推的基数。")
@_file("together", "文件夹", "与文件夹里的相关文件核对：同一个数是否一样。")
@click.option("--fix", is_flag=True, default=None, help="修正有把握的问题，写回文件；退出码看还剩下什么。")
@click.option("--unsafe-fixes", is_flag=True, default=None, help="错别字一类要人过目的也修正（数字从不改）。")
@click.option(
    "--tracked/--no-tracked", default=None, help="Word 文档的修正写成修订，可逐条接受或拒绝（默认）；或直接改。"
)
@click.option("--diff", is_flag=True, help="只显示会改什么，不写文件；有可改的退出码为 1。")
@click.option(
    "--baseline", type=click.Path(path_type=Path), default=None, metavar="文件", help="只报基线里没有的问题。"
)
@click.option("--write-baseline", is_flag=True, help="把现有问题记入基线（默认 reportlint-baseline.json）；退出码 0。")
@click.option("--profile", is_flag=True, help="在标准错误列出每条规则用的时间。")
@click.option("--diff-from", default=None, metavar="版本", help="只报相对 git 的这个版本改动过的行，如 HEAD、main。")
def check(paths: tuple[str, ...], **options: Any) -> int:
    """检查文件和文件夹（默认当前文件夹）；- 读标准输入。

    退出码：0 没有到 --fail-on 级别的问题；1 有；2 没能完成（文件缺失或读不了、配置有误、没有规则、程序出错）。
    """
    return checked(paths, **options)
