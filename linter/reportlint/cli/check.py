"""``reportlint check``: read, lint, report, and say with the exit status how it went."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reportlint.cli.output import complain, put, put_bytes, save
from reportlint.configuration import Configuration
from reportlint.discovery import STDIN, Target
from reportlint.errors import ReportlintError
from reportlint.registry import rules
from reportlint.reporters import reporter
from reportlint.reporters.style import Style
from reportlint.run import Run, run
from reportlint.settings import CHOICES, Settings

#: So few files of so many bytes altogether are checked before a cache could be asked about them.
_FEW = 4
_SHORT = 60_000
if TYPE_CHECKING:
    from reportlint.cache import Cache

#: Characters that are written at once.
_LARGE = 1 << 20
_Command = TypeVar("_Command", bound=Callable[..., Any])

#: Options that become settings under their own names; what was not given is left to the configuration.
_SETTINGS = (
    *("select", "extend_select", "ignore", "severity", "fail_on"),
    *("format", "output", "lang", "color", "stats", "quiet", "no_cache", "cache_dir"),
    *("fix", "unsafe_fixes", "tracked", "baseline", "ledger", "previous", "together"),
)


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
def check(
    paths: tuple[str, ...],
    config: Path | None,
    stdin_filename: str | None,
    diff: bool,
    annotate: Path | None,
    write_baseline: bool,
    profile: bool,
    diff_from: str | None,
    **options: Any,
) -> int:
    """检查文件和文件夹（默认当前文件夹）；- 读标准输入。

    退出码：0 没有到 --fail-on 级别的问题；1 有；2 没能完成（文件缺失或读不了、配置有误、没有规则、程序出错）。
    """
    given = {name: options[name] for name in _SETTINGS if options[name] is not None}
    if options["jobs"] is not None:
        given["jobs"] = None if options["jobs"] == "auto" else options["jobs"]
    settings = Settings().overridden(**given)
    try:
        configuration = Configuration(config)
        settings = configuration.for_folder(_first_folder(paths, stdin_filename)).overridden(**given)
        cache = _cache(settings, paths)
        if cache is None or not cache.vouches(settings):
            _try(settings)
            if cache is not None:
                cache.vouch(settings)
        if annotate is not None:
            from reportlint.cli.annotate import reject

            reject(paths, annotate, fixing=diff or settings.fix or write_baseline)
        if any((diff, write_baseline, profile, diff_from is not None, settings.fix, settings.baseline is not None)):
            from reportlint.cli.working import Task, work

            task = Task(diff, write_baseline, profile, diff_from)
            outcome = work(paths or (".",), configuration, settings, given, stdin_filename, task, cache)
            if isinstance(outcome, int):
                return outcome
            done = outcome
        else:
            done = run(
                paths or (".",),
                configuration,
                given,
                stdin_filename,
                watch=watch(settings),
                jobs=settings.jobs,
                cache=cache,
            )
    except ReportlintError as error:
        # The output stays what was asked for, and valid, also when there is nothing to put into it.
        done = Run(problem=str(error))
    report(done, settings)
    if annotate is not None and not done.problem:
        return _annotate(done, paths[0], annotate, settings)
    return done.status


def _try(settings: Settings) -> None:
    """A mistake in the settings is told once, before anything is checked. Raises :class:`ReportlintError`."""
    settings.chosen(rules())
    if settings.ledger or settings.previous or settings.together:
        from reportlint.analysis import Context
        from reportlint.beyond import with_others

        with_others(Context(), settings, Path())


def _cache(settings: Settings, paths: tuple[str, ...]) -> Cache | None:
    """What is known of runs before; ``None`` where it is not wanted, or where asking takes as long as checking."""
    if settings.no_cache or settings.fix or not _many(paths):
        return None
    from reportlint import cache

    place = settings.cache_dir or cache.folder()
    if place is None:
        return None
    made = cache.Cache(place)
    click.get_current_context().call_on_close(made.close)  # after the output, part of which it keeps
    return made


def _many(paths: tuple[str, ...]) -> bool:
    """Whether there is more to check than a few short files."""
    if not paths or len(paths) > _FEW:
        return True
    try:
        files = [Path(path).stat() for path in paths if path != STDIN]
    except (OSError, ValueError):
        return True
    return any(S_ISDIR(one.st_mode) for one in files) or sum(one.st_size for one in files) > _SHORT


def watch(settings: Settings) -> Callable[[Sequence[Target]], Iterable[Target]]:
    """How to go through the files: with a progress bar for somebody who waits at a terminal."""
    if settings.quiet or sys.stderr is None or not sys.stderr.isatty():
        return iter
    from reportlint.cli.progress import wanted, watched

    return watched if wanted() else iter


def _annotate(done: Run, path: str, target: Path, settings: Settings) -> int:
    """Write the Word document; the exit status that then holds."""
    from reportlint.cli.annotate import annotate

    try:
        count = annotate(done, path, target, Style.of(settings, None))
    except ReportlintError as error:
        complain(str(error))
        return 2
    if not settings.quiet:
        complain(f"{target}: {count} comments" if settings.lang == "en" else f"已写入 {target}：批注 {count} 条")
    return done.status


def _first_folder(paths: tuple[str, ...], stdin_name: str | None) -> Path:
    """The folder whose configuration decides how results are shown: that of the first path."""
    first = paths[0] if paths else "."
    if first == STDIN:
        return Path(stdin_name).parent if stdin_name else Path()
    path = Path(first)
    return path if path.is_dir() else path.parent


def report(done: Run, settings: Settings) -> None:
    """Write the results, and what went wrong on standard error too."""
    style = Style.of(settings, None if settings.output else sys.stdout)
    if not done.problem or settings.format != "text":
        pieces = reporter(settings.format)(done, style)
        if settings.output is not None:
            save(settings.output, "".join(pieces).encode("utf-8", "backslashreplace"))
        for text in _joined_up(pieces) if settings.output is None else ():
            if settings.format == "text":
                put(text, color=style.color)
            else:
                put_bytes(text.encode("utf-8", "backslashreplace"))  # whatever the terminal speaks: a program reads it
    lament(done)
    if done.unread and settings.format == "text" and not settings.quiet:
        for reason in sorted({one.error for one in done.unread}):
            paths = [one.path for one in done.unread if one.error == reason]
            complain(f"没有检查 {paths[0]}{f' 等 {len(paths)} 个' if len(paths) > 1 else ''}：{reason}")


def _joined_up(pieces: Iterable[str]) -> Iterator[str]:
    """``pieces`` in few large ones: the output of thousands of files need not be in memory at once, nor written in drops."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > _LARGE:
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)


def lament(done: Run) -> None:
    """Say on standard error what went wrong."""
    if done.problem:
        complain(done.problem)
    for failure in done.failures:
        complain(f"{failure.path}: {failure.error}" if failure.path else failure.error)
