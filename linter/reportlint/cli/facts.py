"""``reportlint facts``: what the program understood of a report's figures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportlint.cli.output import put, put_bytes, save
from reportlint.discovery import STDIN
from reportlint.errors import ReadError
from reportlint.reporters.style import Style
from reportlint.settings import Settings

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.fact import Fact

#: What makes a spreadsheet read the file as UTF-8.
_BOM = b"\xef\xbb\xbf"


@click.command(short_help="列出看懂的数据：谁的、多少、什么时候、跟什么比。")
@click.argument("path", metavar="路径")
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="输出格式（默认 text）。"
)
@click.option("--unbound", is_flag=True, help="只列没能弄清是什么的数据。")
@click.option("--output", type=click.Path(path_type=Path), default=None, metavar="文件", help="结果写入文件，不显示。")
@click.option("--bom/--no-bom", default=None, help="CSV 开头加 BOM，Excel 双击打开不乱码（写入文件时默认加）。")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="说明文字的语言（默认 zh）。")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="是否着色。")
@click.option("--config", type=click.Path(path_type=Path), default=None, metavar="文件", help="只用这个配置文件。")
@click.option("--stdin-filename", default="-", metavar="名称", help="标准输入（-）的文件名：决定格式和显示。")
def facts(
    path: str,
    form: str,
    unbound: bool,
    output: Path | None,
    bom: bool | None,
    lang: str,
    color: str,
    config: Path | None,
    stdin_filename: str,
) -> int:
    """列出一个文件里看懂的数据；- 读标准输入。

    指标目录（[catalogue]）取自配置，与检查时相同。每个数据一行：主语或指标、数值和单位、角色（总数、完成、比率、变化……）、地区、范围、时段、比较。
    没有说明是什么的数据也列出来，并写明原因。
    """
    from reportlint.reporters.facts import FORMATS

    document, found, names = _read(path, stdin_filename, config)
    if unbound:
        found = tuple(fact for fact in found if fact.unbound)
    style = Style.of(Settings(lang=lang, color=color), None if output else sys.stdout)
    data = "".join(FORMATS[form](document, found, style, names=names))
    if output is None and form == "text":
        put(data, color=style.color)
        return 0
    mark = _BOM if form == "csv" and (bom if bom is not None else output is not None) else b""
    encoded = mark + data.encode("utf-8", "backslashreplace")
    if output is None:
        put_bytes(encoded)
    else:
        save(output, encoded)
    return 0


def _read(path: str, name: str, config: Path | None) -> tuple[Document, tuple[Fact, ...], int]:
    """The document at ``path``, its facts, and how many of its numbers state nothing."""
    from reportlint import sources
    from reportlint.analysis import Analysis
    from reportlint.api import context_of
    from reportlint.configuration import Configuration
    from reportlint.registry import catalogue
    from reportlint.run import standard_input

    settings = Configuration(config).for_file(Path(name if path == STDIN else path))
    limits = settings.limits
    try:
        if path == STDIN:
            document = sources.from_bytes(standard_input(limits), name, sources.suffix_of(name), limits)
        else:
            document = sources.read(Path(path), Path(path).as_posix(), limits)
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from error
    context = context_of(settings)
    analysis = Analysis(document, context)
    found = analysis.facts(catalogue(context.indicators, only_own=context.only_own))
    return document, found, len(analysis.claims) - len(found)
