"""``reportlint ledger check``: whether a ledger can be compared with, by itself."""

from __future__ import annotations

from pathlib import Path

import click

from reportlint.cli.output import put
from reportlint.configuration import Configuration
from reportlint.width import visible


@click.group(short_help="检查台账本身。")
def ledger() -> None:
    """台账：指标、范围、时段、数值、单位各一列的表（.csv、.xlsx），check --ledger 用它核对报告。"""


@ledger.command(short_help="列出台账里认不出的格子。")
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@click.option("--config", type=click.Path(path_type=Path), default=None, metavar="文件", help="只用这个配置文件。")
def check(file: Path, config: Path | None) -> int:
    """把台账里的问题一次列全：第几行、哪一列、为什么。

    退出码：0 没有问题；1 有；2 读不了或没有表头。
    """
    from reportlint.ledger import mistakes, opened

    settings = Configuration(config).for_file(file)
    table = opened(file, dict(settings.ledger_columns))
    found = mistakes(table)
    lines = [f"{file.as_posix()}:{one.row}: {one}" for one in found]
    lines.append(f"共 {len(table.rows)} 行，" + (f"有误 {len(found)} 处" if found else "没有问题"))
    put("".join(f"{visible(line)}\n" for line in lines))
    return int(bool(found))
