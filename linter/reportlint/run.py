"""A run over many files: each gives a result or a failure, and none of them stops the others."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlint import sources
from reportlint.api import check_document
from reportlint.configuration import Configuration
from reportlint.discovery import Discovery, Failure, Reason, Target, discover
from reportlint.document import Document
from reportlint.errors import ReportlintError
from reportlint.lint import Result, Tally
from reportlint.settings import Settings

if TYPE_CHECKING:
    from reportlint.baseline import Entry


class RuleStatistics(NamedTuple):
    """What a rule did in a run."""

    code: str
    rule: str
    findings: int
    checked: int
    abstained: int


class Run(NamedTuple):
    """What came of a run, by path. ``failing`` tells whether a finding reached ``fail-on`` of its file's settings.

    ``unread`` are documents that a walk had to leave for want of a reader; ``problem`` is why there was no run at all.
    """

    results: tuple[Result, ...] = ()
    failures: tuple[Failure, ...] = ()
    unread: tuple[Failure, ...] = ()
    skipped: Mapping[Reason, int] = MappingProxyType({})
    failing: bool = False
    problem: str = ""
    fixed: int = 0
    baselined: int = 0
    stale: tuple[Entry, ...] = ()

    @property
    def status(self) -> int:
        """The exit status: 2 where the job could not be done, 1 for findings, else 0."""
        if self.failures or self.problem:
            return 2
        return int(self.failing)

    def left(self) -> list[tuple[Reason, int]]:
        """How much walks left for each reason, in a fixed order."""
        return sorted(self.skipped.items(), key=lambda item: item[0].name)

    def stats(self) -> list[RuleStatistics]:
        """Every rule that found or checked something, by code."""
        findings = Counter(diagnostic.rule.code for result in self.results for diagnostic in result.diagnostics)
        names = {
            diagnostic.rule.code: diagnostic.rule.name for result in self.results for diagnostic in result.diagnostics
        }
        relations: dict[str, Tally] = {}
        for result in self.results:
            for code, tally in result.relations.items():
                total = relations.get(code, Tally())
                relations[code] = Tally(total.checked + tally.checked, total.abstained + tally.abstained)
        if relations:
            from reportlint.registry import rules

            names |= {rule.code: rule.name for rule in rules() if rule.code in relations}
        return [
            RuleStatistics(code, name, findings[code], *relations.get(code, Tally()))
            for code, name in sorted(names.items())
        ]


def looked(target: Target, settings: Settings) -> Result:
    """What is wrong in ``target``."""
    return check_document(_document(target), target.place, settings)


def run(
    names: Iterable[str],
    configuration: Configuration,
    options: dict[str, Any],
    stdin_name: str | None = None,
    look: Callable[[Target, Settings], Result | None] = looked,
    watch: Callable[[Sequence[Target]], Iterable[Target]] = iter,
) -> Run:
    """Check what ``names`` stand for, each file with its own configuration and ``options`` on top.

    ``look`` is what is done with each; it says ``None`` of a file that need not be looked at. ``watch`` goes
    through the targets.
    """
    found = discover(names, configuration, stdin_name)
    results: list[Result] = []
    failures = found.failures
    failing = False
    for target in watch(found.targets):
        try:
            settings = configuration.for_file(target.place).overridden(**options)
            result = look(target, settings)
        except ReportlintError as error:
            failures.append(Failure(target.shown, str(error)))
        except Exception as error:
            # The one place where anything may be caught: a crash on one file is a result for that file.
            failures.append(Failure(target.shown, crash(error)))
        else:
            if result is None:
                found.skipped[Reason.UNCHANGED] += 1
                continue
            results.append(result)
            if settings.fail_on is not None:
                failing |= any(diagnostic.severity >= settings.fail_on for diagnostic in result.diagnostics)
    return _sorted(found, results, failing=failing)


def _sorted(found: Discovery, results: list[Result], *, failing: bool) -> Run:
    """The run, in the order of paths."""
    return Run(
        tuple(sorted(results, key=lambda result: result.document.path)),
        tuple(sorted(found.failures)),
        tuple(sorted(found.unread)),
        found.skipped,
        failing,
    )


def _document(target: Target) -> Document:
    if target.path is not None:
        return sources.read(target.path, target.shown)
    return sources.from_bytes(content(target), target.shown, sources.suffix_of(target.shown))


def content(target: Target) -> bytes:
    """The bytes of ``target``. Raises :class:`ReadError`."""
    if target.path is not None:
        return sources.content(target.path)
    if sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None:
        print("reportlint: 请输入或粘贴正文，另起一行按 Ctrl-D（Windows 按 Ctrl-Z 再回车）结束", file=sys.stderr)
    return sys.stdin.buffer.read(sources.LARGEST + 1) if sys.stdin else b""


def crash(error: Exception) -> str:
    """What to say of a crash: enough to report it, without the text of the report."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = f"，{Path(frame.tb_frame.f_code.co_filename).name} 第 {frame.tb_lineno} 行" if frame else ""
    return f"检查时程序出错（{type(error).__name__}{where}）。这是 reportlint 的缺陷，不是文件的问题，请把这一行报告给维护者"
