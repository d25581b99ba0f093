"""``reportlint doctor``: what is installed, what is found, and what is missing, for a person who wonders or asks for help."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

import click

from reportlint import __file__ as home
from reportlint import __version__
from reportlint.cli.output import put
from reportlint.configuration import Configuration
from reportlint.errors import ReportlintError

_EXTRAS = {
    "word": ("lxml", "读写 Word（.docx）"),
    "excel": ("python_calamine", "读 Excel（.xlsx、.xls）"),
    "pdf": ("pypdfium2", "读 PDF"),
    "web": ("starlette", "本机网页"),
    "editor": ("pygls", "编辑器里边写边查"),
    "progress": ("rich", "进度条"),
}


@click.command(short_help="检查安装和配置：版本、可选部件、配置、规则。")
@click.argument("folder", metavar="[文件夹]", default=".", type=click.Path(path_type=Path))
def doctor(folder: Path) -> int:
    """检查安装和配置：版本、可选部件、缓存、找到的配置、装载的规则。求助时请附上输出。

    退出码：0 一切正常；2 有必须处理的问题（标 ✗）。
    """
    lines = [
        line for section in (_program(), _extras(), _configuration(folder), _rules(), _terminal()) for line in section
    ]
    put("".join(f"{line}\n" for line in lines))
    bad = sum(line.startswith("✗") for line in lines)
    put(f"\n{f'有 {bad} 个问题要处理（标 ✗）' if bad else '一切正常'}\n")
    return 2 if bad else 0


def _program() -> Iterator[str]:
    yield f"✓ reportlint {__version__}（{Path(home).parent}）"
    yield f"✓ Python {sys.version.split()[0]}（{sys.executable}）"
    for requirement in requires("reportlint") or ():
        name, _, marker = requirement.partition(";")
        if "extra" in marker or "python_version" in marker:
            continue
        package = name.split("[")[0].split(">")[0].split("=")[0].split("<")[0].strip()
        try:
            yield f"✓ {package} {version(package)}"
        except PackageNotFoundError:
            yield f"✗ {package} 没有安装：请重新安装 reportlint"
    from reportlint import cache
    from reportlint.cli.cache import told

    place = cache.folder()
    if place is None:
        yield "! 缓存文件夹：没有（HOME 没有设置），每次都要从头检查，会慢一些"
        return
    able = os.access(next(one for one in (place, *place.parents) if one.exists()), os.W_OK)
    known = cache.entries(place)
    yield f"{'✓' if able else '!'} 缓存文件夹 {place}" + (
        "：不能写，每次都要从头检查，会慢一些" if not able else f"：{told(*known)}" if known else ""
    )


def _extras() -> Iterator[str]:
    yield ""
    for extra, (module, purpose) in _EXTRAS.items():
        if find_spec(module) is not None:
            yield f"✓ {extra:<9}{purpose}"
        else:
            yield f"- {extra:<9}{purpose}：没有装，需要时 pip install 'reportlint[{extra}]'"


def _configuration(folder: Path) -> Iterator[str]:
    from reportlint.registry import rules

    yield ""
    try:
        settings = Configuration().for_folder(folder)
        running = settings.chosen(rules())
    except ReportlintError as error:
        yield f"✗ 配置：{error}"
        return
    if not settings.origin:
        yield "- 配置：没有找到，用默认设置；reportlint init 写一个"
        return
    yield f"✓ 配置：{settings.origin}（查 {len(running)} 条规则）"
    if settings.baseline is not None:
        there = settings.baseline.exists()
        yield f"{'✓' if there else '✗'} 基线：{settings.baseline}" + (
            "" if there else "，还没有：先运行 reportlint check --write-baseline"
        )


def _rules() -> Iterator[str]:
    from reportlint.registry import entry_points, rules

    yield ""
    try:
        families = Counter(rule.family for rule in rules())
    except ReportlintError as error:
        yield f"✗ 规则：{error}"
        return
    yield f"✓ 规则 {families.total()} 条：" + "，".join(
        f"{family} {count}" for family, count in sorted(families.items())
    )
    packs = sorted({module for module in entry_points().values() if module.partition(".")[0] != "reportlint_rules"})
    for module in packs:
        yield f"✓ 第三方规则包：{module}"


def _terminal() -> Iterator[str]:
    encoding = getattr(sys.stdout, "encoding", None) or "?"
    yield ""
    good = encoding.casefold().replace("-", "") in ("utf8", "utf8sig", "gb18030", "gbk", "cp936", "cp65001")
    yield f"{'✓' if good else '!'} 终端编码 {encoding}" + (
        "" if good else "：中文可能显示不出来，请设置 PYTHONIOENCODING=utf-8"
    )
