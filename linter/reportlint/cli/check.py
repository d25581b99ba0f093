"""``reportlint check``: read, lint, report, and say with the exit status how it went."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from stat import S_ISDIR

from reportlint.cli.output import complain, put, put_bytes, save
from reportlint.configuration import Configuration
from reportlint.discovery import STDIN, Target
from reportlint.errors import ReportlintError
from reportlint.registry import rules
from reportlint.reporters import reporter
from reportlint.reporters.style import Style
from reportlint.run import Run, run
from reportlint.settings import Settings

#: So few files of so many bytes altogether are checked before a cache could be asked about them.
_FEW = 4
_SHORT = 60_000
TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from reportlint.cache import Cache

#: Characters that are written at once.
_LARGE = 1 << 20

#: Options that become settings under their own names; what was not given is left to the configuration.
_SETTINGS = (
    *("select", "extend_select", "ignore", "severity", "fail_on"),
    *("format", "output", "lang", "color", "stats", "quiet", "no_cache", "cache_dir"),
    *("fix", "unsafe_fixes", "tracked", "baseline", "ledger", "previous", "together"),
)


def check(paths: tuple[str, ...], **options: Any) -> int:
    """The exit status of a check of ``paths``; ``options`` are those of the command line, the ones that were given."""
    afterwards: list[Callable[[], None]] = []
    try:
        return _check(afterwards, paths, **options)
    finally:
        for each in afterwards:
            each()


def _check(
    afterwards: list[Callable[[], None]],
    paths: tuple[str, ...],
    *,
    config: Path | None = None,
    stdin_filename: str | None = None,
    diff: bool = False,
    annotate: Path | None = None,
    write_baseline: bool = False,
    profile: bool = False,
    diff_from: str | None = None,
    jobs: int | str | None = None,
    **options: Any,
) -> int:
    """The exit status of a check of ``paths``; ``options`` are those that become settings."""
    given = {name: options[name] for name in _SETTINGS if options.get(name) is not None}
    if jobs is not None:
        given["jobs"] = None if jobs == "auto" else jobs
    settings = Settings().overridden(**given)
    try:
        configuration = Configuration(config)
        settings = configuration.for_folder(_first_folder(paths, stdin_filename)).overridden(**given)
        cache = _cache(settings, paths, afterwards)
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
        from pathlib import Path

        from reportlint.analysis import Context
        from reportlint.beyond import with_others

        with_others(Context(), settings, Path())


def _cache(settings: Settings, paths: tuple[str, ...], afterwards: list[Callable[[], None]]) -> Cache | None:
    """What is known of runs before; ``None`` where it is not wanted, or where asking takes as long as checking."""
    if settings.no_cache or settings.fix or not _many(paths):
        return None
    from reportlint import cache

    place = settings.cache_dir or cache.folder()
    if place is None:
        return None
    made = cache.Cache(place)
    afterwards.append(made.close)  # after the output, part of which it keeps
    return made


def _many(paths: tuple[str, ...]) -> bool:
    """Whether there is more to check than a few short files."""
    if not paths or len(paths) > _FEW:
        return True
    try:
        files = [os.stat(path) for path in paths if path != STDIN]
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


def _first_folder(paths: tuple[str, ...], stdin_name: str | None) -> str:
    """The folder whose configuration decides how results are shown: that of the first path."""
    first = paths[0] if paths else "."
    if first == STDIN:
        return os.path.dirname(stdin_name) if stdin_name else ""
    return first if os.path.isdir(first) else os.path.dirname(first)


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
