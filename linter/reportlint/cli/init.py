"""``reportlint init``: a configuration to start from, every setting with its meaning."""

from __future__ import annotations

from pathlib import Path

import click

from reportlint.cli.output import put
from reportlint.configuration import FILE, PYPROJECT, Configuration
from reportlint.errors import SettingsError

_TEMPLATE = Path(__file__).parent.parent / "data" / FILE


@click.command(short_help="给文件夹写一个带注释的配置文件。")
@click.argument("folder", metavar="[文件夹]", default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """在文件夹（默认当前文件夹）里写一个 reportlint.toml：每个设置都有说明，默认全部注释掉。

    已有配置的文件夹不动。
    """
    if not folder.is_dir():
        raise SettingsError(f"{folder} 不是文件夹：请先建好，或写一个已有的文件夹")
    file = folder / FILE
    if file.exists():
        raise SettingsError(f"{file} 已经有了，没有改动：请直接编辑它")
    settings = Configuration().for_folder(folder)
    if settings.root is not None and settings.root.resolve() == folder.resolve():
        raise SettingsError(f"{folder / PYPROJECT} 里已经有 [tool.reportlint]，没有另写：请直接编辑它")
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(_TEMPLATE.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"写不了 {file}：{error.strerror}") from error
    put(f"已写入 {file}：里面每一项都有说明，去掉行首的 # 就生效\n")
    if settings.root is not None:
        put(f"注意：上级的 {settings.origin} 从此对这个文件夹不再生效（最近的一个配置说了算，不合并）\n")
