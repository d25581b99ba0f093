"""``reportlint scan``: an archive, on all cores of this machine or on a cluster."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from reportlint.cli.output import aside, complain, put
from reportlint.configuration import Configuration
from reportlint.errors import ReportlintError
from reportlint.registry import rules
from reportlint.settings import Settings
from reportlint.width import visible

if TYPE_CHECKING:
    from reportlint.scan.cluster import Done
    from reportlint.scan.store import Total

_NEEDED = ("distributed", "pyarrow", "fsspec")
#: Seconds between two lines of progress where nobody looks at a bar.
_SELDOM = 30.0


class _Told(Protocol):
    """What is called whenever a unit is done."""

    def __call__(self, done: Done) -> None:
        """Take note of it."""


@click.command(short_help="检查一个档案库：大量文件或 Parquet 表，多核或集群。")
@click.argument("source", metavar="来源")
@click.option(
    "--out", required=True, metavar="文件夹", help="结果放在哪里：findings、facts、documents 三张 Parquet 表。"
)
@click.option("--text-column", default="text", show_default=True, metavar="列", help="Parquet 表里正文所在的列。")
@click.option("--id-column", default=None, metavar="列", help="Parquet 表里文件编号所在的列（默认用行号）。")
@click.option(
    "--scheduler", default=None, metavar="地址", help="已有的 Dask 调度器，如 tcp://10.0.0.5:8786；默认在本机起一个。"
)
@click.option(
    "--workers", type=click.IntRange(1), default=None, metavar="个数", help="本机用几个进程（默认每个核一个）。"
)
@click.option(
    "--batch",
    type=click.IntRange(1),
    default=500,
    show_default=True,
    metavar="份数",
    help="一批约多少份：进度和续跑的单位。",
)
@click.option("--facts/--no-facts", default=True, help="是否也写出看懂的数据（默认写）。")
@click.option(
    "--timeout",
    type=click.FloatRange(0),
    default=60.0,
    show_default=True,
    metavar="秒",
    help="一份文件最多用多久；0 不限。",
)
@click.option("--restart", is_flag=True, help="不接着做，丢掉已有的结果重新开始。")
@click.option(
    "--dashboard", default=None, metavar="地址", help="Dask 的进度网页开在哪里，如 127.0.0.1:8787（默认不开）。"
)
@click.option("--select", default=None, metavar="规则,…", help="只查这些规则。")
@click.option("--extend-select", default=None, metavar="规则,…", help="另外再查这些规则。")
@click.option("--ignore", default=None, metavar="规则,…", help="不查这些规则。")
@click.option("--severity", type=click.Choice(["error", "warning", "info"]), default=None, help="最低记到哪一级。")
@click.option(
    "--config", type=click.Path(path_type=Path), default=None, metavar="文件", help="用这个配置文件（默认不用配置）。"
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="说明文字的语言（默认 zh）。")
@click.option("--quiet", "-q", is_flag=True, help="不显示进度和汇总。")
def scan(
    source: str,
    out: str,
    text_column: str,
    id_column: str | None,
    scheduler: str | None,
    workers: int | None,
    batch: int,
    facts: bool,
    timeout: float,
    restart: bool,
    dashboard: str | None,
    config: Path | None,
    lang: str,
    quiet: bool,
    **options: str | None,
) -> int:
    """检查来源里的全部文件：文件夹、Parquet 表，或对象存储的地址（s3://…，需另装相应的 fsspec 扩展）。

    可以随时中断，再运行一次同样的命令会接着做。读不了、出错、超时或让进程崩溃的文件记在 documents 表里，不影响别的文件。

    退出码：0 全部查完；2 有文件没能检查（见 documents 表），或没能做完。
    """
    _require()
    from reportlint.jobs import processors
    from reportlint.scan.cluster import cluster, drive
    from reportlint.scan.examine import Job
    from reportlint.scan.source import Source
    from reportlint.scan.store import Store

    settings = _settings(config, lang, options)
    archive = Source(_absolute(source), text_column, id_column, batch)
    store = Store(_absolute(out))
    job = Job(settings, facts, timeout)
    done = store.begin(archive, job, restart=restart)
    if done and not quiet:
        complain(f"{len(done)} units are done already" if lang == "en" else f"接着做：已有 {len(done)} 批做完")
    started = time.monotonic()
    try:
        with cluster(scheduler, workers or processors(), dashboard) as client:
            if dashboard and not quiet:
                complain(f"进度网页 {client.dashboard_link}")
            with _progress(quiet, lang) as told:
                keys = drive(client, archive, job, store, done, told)
    except KeyboardInterrupt:
        complain("已中断；已完成的都在，再运行一次会接着做")
        return 130
    store.prune(keys)
    total = store.total()
    if not quiet:
        put("".join(f"{line}\n" for line in _summary(total, time.monotonic() - started, out, lang)))
    for name, why in total.failures:
        complain(f"{name}: {why}")
    if total.failed > len(total.failures):
        complain(f"没能检查的共 {total.failed} 份，见 {out}/documents")
    return 2 if total.failed else 0


def _settings(config: Path | None, lang: str, options: dict[str, str | None]) -> Settings:
    """How every document is checked. An archive lies in no project: a configuration counts only where it is named."""
    settings = Configuration(config).for_file(config) if config else Settings()
    settings = settings.overridden(lang=lang, **{name: value for name, value in options.items() if value is not None})
    settings.chosen(rules())
    return settings


def _require() -> None:
    """Raise :class:`ReportlintError` unless what the extra brings is there."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in _NEEDED):
        raise ReportlintError("scan 需要安装：pip install 'reportlint[cluster]'")


def _absolute(place: str) -> str:
    """``place`` so that it means the same to a worker, whose working directory is another."""
    return place if "://" in place else str(Path(place).absolute())


def _summary(total: Total, seconds: float, out: str, lang: str) -> Iterator[str]:
    by_rule: dict[str, int] = {}
    for (code, _), count in total.findings.items():
        by_rule[code] = by_rule.get(code, 0) + count
    levels = {
        level: sum(count for (_, one), count in total.findings.items() if one == level)
        for level in ("error", "warning", "info")
    }
    for code, count in sorted(by_rule.items(), key=lambda one: (-one[1], one[0])):
        yield f"{code:8}{count:>9}"
    if lang == "en":
        yield (
            f"{total.documents} documents, {total.characters} characters, {total.failed} could not be checked; "
            f"{levels['error']} errors, {levels['warning']} warnings, {levels['info']} infos; {seconds:.1f} s; results in {out}"
        )
        return
    yield (
        f"文件 {total.documents} 份，{total.characters} 字，没能检查 {total.failed} 份；"
        f"错误 {levels['error']} 处，警告 {levels['warning']} 处，提示 {levels['info']} 处；用时 {seconds:.1f} 秒；结果在 {visible(out)}"
    )


@contextmanager
def _progress(quiet: bool, lang: str) -> Iterator[_Told]:
    """What shows how far the scan is: a bar at a terminal, a line now and then elsewhere, nothing where nobody wants it."""
    if quiet:
        yield lambda done: None
        return
    from reportlint.cli.progress import wanted

    if wanted():
        try:
            with _bar(lang) as told:
                yield told
            return
        except ImportError:
            pass
    counter = _Counter(lang)
    yield counter
    counter.say()


@contextmanager
def _bar(lang: str) -> Iterator[_Told]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    words = (
        "{task.completed} documents, {task.fields[findings]} findings, {task.fields[failed]} failed, {task.fields[speed]:.0f}/s"
        if lang == "en"
        else "已查 {task.completed} 份，发现 {task.fields[findings]} 处，没能检查 {task.fields[failed]} 份，每秒 {task.fields[speed]:.0f} 份"
    )
    with Progress(
        SpinnerColumn(), TextColumn(words), TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("", total=None, findings=0, failed=0, speed=0.0)
        counter = _Counter(lang)

        def told(done: Done) -> None:
            counter.add(done)
            bar.update(
                task, completed=counter.documents, findings=counter.findings, failed=counter.failed, speed=counter.speed
            )

        yield told


class _Counter:
    """Counts what is done, and says so from time to time."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.documents = self.failed = self.findings = 0
        self.started = self.said = time.monotonic()

    @property
    def speed(self) -> float:
        """Documents a second."""
        return self.documents / max(0.001, time.monotonic() - self.started)

    def add(self, done: Done) -> None:
        """Count ``done``."""
        self.documents += done.documents
        self.failed += done.failed
        self.findings += done.findings

    def __call__(self, done: Done) -> None:
        """Count ``done``; a line, if there was none for long."""
        self.add(done)
        if time.monotonic() - self.said >= _SELDOM:
            self.say()

    def say(self) -> None:
        """Write a line on standard error."""
        self.said = time.monotonic()
        if sys.stderr is None:
            return
        if self.lang == "en":
            aside(f"{self.documents} documents, {self.findings} findings, {self.failed} failed, {self.speed:.0f}/s\n")
        else:
            aside(
                f"已查 {self.documents} 份，发现 {self.findings} 处，没能检查 {self.failed} 份，每秒 {self.speed:.0f} 份\n"
            )
