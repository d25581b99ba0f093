"""Runs that do more than look: they fix, compare with a baseline or a revision, write a baseline."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlint.baseline import FILE, Baseline, Entry
from reportlint.changes import Changes
from reportlint.cli.check import lament, report, watch
from reportlint.cli.output import aside, complain, put, put_bytes, save
from reportlint.configuration import Configuration
from reportlint.discovery import STDIN
from reportlint.errors import SettingsError
from reportlint.finding import Applicability
from reportlint.profile import Profile
from reportlint.record import NamedTuple
from reportlint.reporters import reporter
from reportlint.reporters.style import Style
from reportlint.run import Run, run
from reportlint.settings import Settings
from reportlint.width import visible
from reportlint.workflow import Workflow

if TYPE_CHECKING:
    from reportlint.cache import Cache

#: Stale entries of a baseline that are named; the others are counted.
_MOST_STALE = 10


class Task(NamedTuple):
    """What is wanted beyond looking."""

    diff: bool = False
    write_baseline: bool = False
    profile: bool = False
    diff_from: str | None = None


def work(
    paths: Sequence[str],
    configuration: Configuration,
    settings: Settings,
    given: dict[str, Any],
    stdin_name: str | None,
    task: Task,
    cache: Cache | None = None,
) -> int | Run:
    """Do ``task`` with ``paths``: the exit status, or, where the results are to be shown as those of any run, these."""
    if task.write_baseline and STDIN in paths:
        raise SettingsError("基线记的是文件里的问题，--write-baseline 不读标准输入：请写文件或文件夹")
    if task.write_baseline and (task.diff or given.get("fix") or task.diff_from is not None):
        raise SettingsError("--write-baseline 记下全部现有问题，不能与 --fix、--diff、--diff-from 同用")
    fixing = (task.diff or settings.fix) and not task.write_baseline
    flow = Workflow(
        fix=fixing,
        unsafe=settings.unsafe_fixes,
        tracked=settings.tracked,
        diff=task.diff,
        baseline=_baseline(settings, task),
        changes=Changes(task.diff_from) if task.diff_from is not None else None,
        profile=Profile() if task.profile else None,
    )
    if flow.changes is not None:
        for path in paths:
            flow.changes.open(Path(path) if path != STDIN else Path(stdin_name or ""))
    done = run(paths, configuration, given, stdin_name, flow, watch(settings), settings.jobs, cache)
    if flow.profile is not None:
        aside(_timed(flow.profile))
    if flow.baseline is not None and task.write_baseline:
        return _recorded(done, flow.baseline)
    stale = flow.baseline.stale() if flow.baseline else []
    done = done._replace(
        fixed=0 if task.diff else flow.applied,
        baselined=flow.baseline.matched if flow.baseline else 0,
        stale=tuple(stale),
    )
    if not settings.quiet:
        _tell(stale, flow.baseline)
    if not fixing:
        return done
    if task.diff:
        _show(flow, settings)
        lament(done)
    elif STDIN in paths:
        if flow.output is not None:
            put_bytes(flow.output)
        _aside(done, settings)
    else:
        report(done, settings)
    if not settings.quiet:
        _hint(done, flow, settings)
    for shown in flow.unwritable:
        complain(f"{shown}: 这种格式还不能直接修正，请按提示在原文件里改")
    return 2 if done.status == 2 else int(bool(flow.diffs)) if task.diff else done.status


def _baseline(settings: Settings, task: Task) -> Baseline | None:
    """The baseline to compare with, or an empty one to fill."""
    file = settings.baseline
    if not task.write_baseline:
        return Baseline.read(file) if file is not None else None
    file = file or (settings.root or Path()) / FILE
    known = Baseline.read(file).known if file.exists() else {}
    return Baseline(file, known)


def _timed(profile: Profile) -> str:
    """The profile as a table, the dearest rule first."""
    rows = profile.table()
    total = sum(row.seconds for row in rows)
    lines = [f"{'毫秒':>7} {'占':>5} {'次':>3} {'发现':>3}  规则"]
    for row in rows:
        share = 100 * row.seconds / total if total else 0
        lines.append(f"{1000 * row.seconds:9.1f} {share:5.1f}% {row.calls:4} {row.findings:5}  {row.code} {row.name}")
    lines.append(f"{1000 * total:9.1f} 合计（· 为各规则共用的步骤，只算一次）")
    return "".join(f"{line}\n" for line in lines)


def _recorded(done: Run, baseline: Baseline) -> int:
    """Write the baseline; what could not be read is told, and is an error."""
    lament(done)
    if done.problem or not (done.results or done.failures):
        return 2
    save(baseline.file, baseline.updated())
    complain(
        f"已把现有的 {baseline.recorded} 处问题记入基线 {baseline.file}；以后用 --baseline {baseline.file} 只报新的"
    )
    return done.status if done.status == 2 else 0


def _near(file: Path) -> Path:
    """``file`` as seen from here, if it lies below."""
    try:
        return file.resolve().relative_to(Path.cwd())
    except ValueError:
        return file


def _tell(stale: Sequence[Entry], baseline: Baseline | None) -> None:
    """Which entries of the baseline are no longer needed."""
    if not stale or baseline is None:
        return
    total = sum(entry.findings for entry in stale)
    complain(f"基线 {_near(baseline.file)} 里有 {total} 处已经不在了，用 --write-baseline 更新：")
    for entry in stale[:_MOST_STALE]:
        complain(
            f"  {entry.path} {entry.code} {entry.fingerprint}" + (f" ×{entry.findings}" if entry.findings > 1 else "")
        )
    if len(stale) > _MOST_STALE:
        complain(f"  …… 另有 {len(stale) - _MOST_STALE} 条")


def _show(flow: Workflow, settings: Settings) -> None:
    """The changes, and on standard error how many they are."""
    text = "".join(sorted(flow.diffs))
    if settings.output is not None:
        save(settings.output, text.encode("utf-8", "backslashreplace"))
    elif sys.stdout is not None and sys.stdout.isatty():
        put("".join(f"{visible(line)}\n" for line in text.split("\n")[:-1]))
    else:
        put_bytes(text.encode("utf-8", "backslashreplace"))
    if not settings.quiet:
        complain(f"可以修正 {flow.applied} 处（{flow.files} 个文件），没有写文件" if flow.applied else "没有可以修正的")


def _aside(done: Run, settings: Settings) -> None:
    """The findings where they do not mix with the fixed text: in the output file or on standard error."""
    if settings.output is not None:
        report(done, settings)
        return
    style = Style.of(settings, sys.stderr)
    aside("".join(reporter("text")(done, style)), color=style.color)
    lament(done)


def _hint(done: Run, flow: Workflow, settings: Settings) -> None:
    """What more could be fixed, and how."""
    if not (flow.fix or flow.diff) or settings.unsafe_fixes or settings.format != "text":
        return
    more = sum(
        diagnostic.finding.fix is not None and diagnostic.finding.fix.applicability is Applicability.UNSAFE
        for result in done.results
        for diagnostic in result.diagnostics
        if result.document.path not in flow.unwritable
    )
    if more:
        complain(f"另有 {more} 处可以用 --unsafe-fixes 修正，改后请过目（先用 --diff 看）")
