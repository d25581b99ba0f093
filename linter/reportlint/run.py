"""A run over many files: each gives a result or a failure, and none of them stops the others."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from reportlint import sources
from reportlint.configuration import Configuration
from reportlint.discovery import Discovery, Failure, Reason, Target, discover
from reportlint.errors import ReadError, ReportlintError
from reportlint.limits import DEFAULT, Limits
from reportlint.record import NamedTuple
from reportlint.result import Result, Tally
from reportlint.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportlint.baseline import Entry
    from reportlint.cache import Cache
    from reportlint.document import Document
    from reportlint.workers import Workers


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


#: Files of which each has to need little memory.
_MANY = 50


class Look:
    """What a run does with each file: it is checked, and the result stays as it is. Others do more."""

    @property
    def forced(self) -> Mapping[str, Any]:
        """Settings that hold for every file, whatever its own say."""
        return {}

    @property
    def alone(self) -> bool:
        """Whether files have to be handled here, one after the other, by :meth:`handled`."""
        return False

    def wanted(self, target: Target) -> bool:
        """Whether ``target`` has to be looked at."""
        del target
        return True

    def finished(self, target: Target, settings: Settings, result: Result) -> Result:
        """What becomes of ``result``; ``settings`` are those of the file, without what is forced."""
        del target, settings
        return result

    def handled(self, target: Target, settings: Settings) -> Result:
        """The result of ``target``, where it cannot be left to others."""
        raise NotImplementedError


def run(
    names: Iterable[str],
    configuration: Configuration,
    options: dict[str, Any],
    stdin_name: str | None = None,
    look: Look = Look(),  # noqa: B008 - it holds nothing
    watch: Callable[[Sequence[Target]], Iterable[Target]] = iter,
    jobs: int | None = 1,
    cache: Cache | None = None,
) -> Run:
    """Check what ``names`` stand for, each file with its own configuration and ``options`` on top.

    ``look`` is what is done with each, ``watch`` goes through the targets. As many as ``jobs`` processes share the work, ``None`` leaves
    that to the size of it; what is found and in which order does not depend on it. ``cache`` knows results of runs before.
    """
    found = discover(names, configuration, stdin_name)
    results: list[Result] = []
    failures = found.failures
    failing = False
    desk = _Desk(configuration, options, look, cache)
    for target, settings, outcome in desk.outcomes(found.targets, watch, jobs):
        if isinstance(outcome, str):
            failures.append(Failure(target.shown, outcome))
        elif outcome is None or settings is None:
            found.skipped[Reason.UNCHANGED] += 1
        else:
            results.append(outcome)
            if settings.fail_on is not None:
                failing |= any(level >= settings.fail_on for level in outcome.levels())
    return _sorted(found, results, failing=failing)


#: A file, its settings, and what came of it: a result, ``None`` where it was not wanted, or what went wrong.
_Outcome = tuple[Target, Settings | None, "Result | str | None"]


class _Desk:
    """Where files are handed out and results come in."""

    def __init__(self, configuration: Configuration, options: dict[str, Any], look: Look, cache: Cache | None) -> None:
        self.configuration = configuration
        self.options = options
        self.look = look
        self.cache = cache
        self.many = False
        #: Whether the one file there is may be shared out between processors.
        self.share = False
        self._settings: dict[int, tuple[Settings, Settings, Settings]] = {}

    def outcomes(
        self, targets: Sequence[Target], watch: Callable[[Sequence[Target]], Iterable[Target]], jobs: int | None
    ) -> Iterator[_Outcome]:
        """What comes of each, in any order."""
        several = 1
        self.many = len(targets) > _MANY
        self.share = len(targets) == 1 and jobs != 1
        if jobs != 1 and len(targets) > 1 and not self.look.alone:
            from reportlint.jobs import worthwhile

            several = worthwhile(targets, jobs)
        return self._shared(watch(targets), several) if several > 1 else map(self._one, watch(targets))

    def settings(self, target: Target) -> tuple[Settings, Settings]:
        """Those of the file of ``target``, and those that it is checked with. Raises :class:`SettingsError`."""
        own = self.configuration.for_file(target.name)
        known = self._settings.get(id(own))
        if known is None or known[0] is not own:
            with_options = own.overridden(**self.options)
            forced = with_options.overridden(**self.look.forced) if self.look.forced else with_options
            known = self._settings[id(own)] = (own, with_options, forced)
        return known[1], known[2]

    def _one(self, target: Target) -> _Outcome:
        """What comes of ``target`` when it is handled here and now."""
        settings = None
        try:
            settings, checked_with = self.settings(target)
            if not self.look.wanted(target):
                return target, settings, None
            if self.look.alone:
                return target, settings, self.look.handled(target, settings)
            data = content(target, checked_with.limits)
            key, result = self._known(target, checked_with, data)
            if result is None:
                result = check_bytes(data, target, checked_with, share=self.share)
                result = self._kept(target, checked_with, data, key, result)
            return target, settings, self.look.finished(target, settings, result)
        except Exception as error:
            return target, settings, failure(error)

    def _known(self, target: Target, settings: Settings, data: bytes) -> tuple[bytes | None, Result | None]:
        """The result of a run before, and what it, or the one to come, is kept under."""
        if self.cache is None:
            return None, None
        key = self.cache.key(data, target.shown, target.name, settings)
        known = (
            self.cache.get(key, target.shown, lambda: document(data, target, settings.limits))
            if key is not None
            else None
        )
        return key, known and known._replace(settings=settings)

    def _kept(self, target: Target, settings: Settings, data: bytes, key: bytes | None, result: Result) -> Result:
        """``result``, remembered; where there are many, as one that needs little memory."""
        if self.many:
            from reportlint.kept import packed, unpacked

            answer = packed(result)
            result = unpacked(answer, target.shown, lambda: document(data, target, settings.limits))._replace(
                settings=settings
            )
            if key is not None and self.cache is not None:
                result = self.cache.put(key, result, answer)
        elif key is not None and self.cache is not None:
            result = self.cache.put(key, result)
        return result

    def _shared(self, targets: Iterable[Target], several: int) -> Iterator[_Outcome]:
        """What comes of each when other processes check those of which nothing is known."""
        from contextlib import ExitStack

        waiting: dict[int, tuple[Target, Settings, Settings, bytes, bytes | None]] = {}
        workers: Workers | None = None
        with ExitStack() as stack:
            for number, target in enumerate(targets):
                settings = None
                try:
                    settings, checked_with = self.settings(target)
                    if not self.look.wanted(target):
                        yield target, settings, None
                        continue
                    data = content(target, checked_with.limits)
                    key, result = self._known(target, checked_with, data)
                    if result is not None:
                        yield target, settings, self.look.finished(target, settings, result)
                        continue
                except Exception as error:
                    yield target, settings, failure(error)
                    continue
                waiting[number] = (target, settings, checked_with, data, key)
                if workers is None:  # nobody is needed where nothing changed
                    workers = stack.enter_context(self._workers(several))
                workers.send(number, target, data)
                for done, answer in workers.answers(enough=False):
                    yield self._answered(*waiting.pop(done), answer)
            while waiting and workers is not None:
                for done, answer in workers.answers(enough=True):
                    yield self._answered(*waiting.pop(done), answer)

    def _workers(self, several: int) -> Workers:
        from reportlint.workers import Workers

        return Workers(several, self.configuration.file, {**self.options, **self.look.forced})

    def _answered(
        self,
        target: Target,
        settings: Settings,
        checked_with: Settings,
        data: bytes,
        key: bytes | None,
        answer: bytes | str,
    ) -> _Outcome:
        """What comes of a file of which a worker says ``answer``: a packed result, or what went wrong."""
        if isinstance(answer, str):
            return target, settings, answer
        from reportlint.kept import unpacked

        try:
            result = unpacked(answer, target.shown, lambda: document(data, target, checked_with.limits))
            if key is not None and self.cache is not None:
                result = self.cache.put(key, result, answer)
            return target, settings, self.look.finished(target, settings, result._replace(settings=checked_with))
        except Exception as error:
            return target, settings, failure(error)


def check_bytes(data: bytes, target: Target, settings: Settings, *, share: bool = False) -> Result:
    """What is wrong in ``data``, the contents of ``target``; ``share`` as for :func:`~reportlint.lint.examine`."""
    from reportlint.api import (
        check_document,
    )  # everything that understands a text; nobody needs it where nothing changed

    return check_document(document(data, target, settings.limits), target.name, settings, share=share)


def document(data: bytes, target: Target, limits: Limits) -> Document:
    """The document in ``data``, the contents of ``target``. Raises :class:`ReadError`."""
    return sources.from_bytes(data, target.shown, sources.suffix_of(target.name), limits)


def failure(error: Exception) -> str:
    """What to say of a file that made ``error``.

    The one place where anything may be caught: a crash on one file is a result for that file.
    """
    return str(error) if isinstance(error, ReportlintError) else crash(error)


def _sorted(found: Discovery, results: list[Result], *, failing: bool) -> Run:
    """The run, in the order of paths."""
    return Run(
        tuple(sorted(results, key=lambda result: result.document.path)),
        tuple(sorted(found.failures)),
        tuple(sorted(found.unread)),
        found.skipped,
        failing,
    )


def content(target: Target, limits: Limits = DEFAULT) -> bytes:
    """The bytes of ``target``. Raises :class:`ReadError`."""
    if target.file is not None:
        return sources.content(target.file, limits)
    if sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None:
        print("reportlint: 请输入或粘贴正文，另起一行按 Ctrl-D（Windows 按 Ctrl-Z 再回车）结束", file=sys.stderr)
    return standard_input(limits)


def standard_input(limits: Limits) -> bytes:
    """What comes in, as far as it is read. Raises :class:`ReadError` where nothing can: that is no empty report."""
    if sys.stdin is None:
        raise ReadError("标准输入是关闭的，没有可以检查的内容")
    try:
        return sys.stdin.buffer.read(limits.file_bytes + 1)
    except OSError as error:
        raise ReadError(f"标准输入读不了：{error.strerror or error}") from error


def crash(error: Exception) -> str:
    """What to say of a crash: enough to report it, without the text of the report."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = f"，{os.path.basename(frame.tb_frame.f_code.co_filename)} 第 {frame.tb_lineno} 行" if frame else ""
    return f"检查时程序出错（{type(error).__name__}{where}）。这是 reportlint 的缺陷，不是文件的问题，请把这一行报告给维护者"
