"""``reportlint cache``: where the results of runs before are kept, how much there is, and how to be rid of it."""

from __future__ import annotations

from pathlib import Path

import click

from reportlint import cache as store
from reportlint.cli.output import put
from reportlint.configuration import Configuration
from reportlint.errors import ReportlintError

_PLACE = click.option(
    "--cache-dir", "place", type=click.Path(path_type=Path), default=None, metavar="文件夹", help="不是默认的那个缓存。"
)


@click.group(short_help="缓存在哪里、有多大；清空。")
def cache() -> None:
    """没有改动的文件不重新检查，结果取自缓存。

    \b
    在哪里、有多少    reportlint cache dir
    清空              reportlint cache clear
    不用              reportlint check --no-cache
    """


@cache.command("dir", short_help="缓存的位置和大小。")
@_PLACE
def where(place: Path | None) -> int:
    """缓存的位置和大小。"""
    folder = _folder(place)
    put(f"{folder}\n")
    known = store.entries(folder)
    put(f"{told(*known)}\n" if known else "还没有结果\n")
    return 0


@cache.command(short_help="清空缓存。")
@_PLACE
def clear(place: Path | None) -> int:
    """清空缓存；正在用它的检查不受影响。"""
    folder = _folder(place)
    try:
        files, size = store.clear(folder)
    except OSError as error:
        raise ReportlintError(f"缓存 {folder} 清不掉：{error.strerror}") from error
    put(f"已清空 {folder}（{size / 1e6:.1f} MB）\n" if files else f"{folder} 里没有缓存\n")
    return 0


def told(results: int, size: int) -> str:
    """How much there is."""
    return (
        f"{results} 个结果，{size / 1e6:.1f} MB（上限 {store.LIMIT / 1e6:.0f} MB，{store.DAYS} 天没有用到的自动删去）"
    )


def _folder(place: Path | None) -> Path:
    folder = place or Configuration().for_folder(Path()).cache_dir or store.folder()
    if folder is None:
        raise ReportlintError("这台机器上没有放缓存的地方（没有 HOME）：请用 --cache-dir 指定")
    return folder
