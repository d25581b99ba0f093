"""What a run does with each file beyond looking at it, when it is asked to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportlint.api import check_document
from reportlint.baseline import Baseline
from reportlint.changes import Changes
from reportlint.discovery import Target
from reportlint.document import Document
from reportlint.errors import ReadError, ReportlintError
from reportlint.finding import Applicability, Diagnostic
from reportlint.fix import Fixed, fixed
from reportlint.profile import Profile
from reportlint.registry import rules
from reportlint.result import Result
from reportlint.run import Look, content
from reportlint.settings import Settings
from reportlint.sources import from_bytes, rewriter, suffix_of
from reportlint.storage import overwrite


@dataclass
class Workflow(Look):
    """Looks at files one after the other, and keeps what the command line wants to tell at the end.

    ``fix`` writes files over, Word documents with ``tracked`` changes; with ``diff`` they stay, and :attr:`diffs` holds what would change. :attr:`output` is then the fixed
    text of standard input. :attr:`unwritable` are files with fixes of a format that can only be read. Findings that ``baseline``
    knows, and those on lines that are not of ``changes``, are left out. ``profile`` measures the rules besides.
    """

    fix: bool = False
    unsafe: bool = False
    tracked: bool = True
    diff: bool = False
    baseline: Baseline | None = None
    changes: Changes | None = None
    profile: Profile | None = None
    applied: int = 0
    files: int = 0
    diffs: list[str] = field(default_factory=list)
    output: bytes | None = None
    unwritable: list[str] = field(default_factory=list)

    @property
    def forced(self) -> Mapping[str, Any]:
        """Every level: what a baseline knows does not depend on what is shown."""
        return {"severity": "info"}

    @property
    def alone(self) -> bool:
        """Whether files have to be handled here: they are written, or a watch runs."""
        return self.fix or self.diff or self.profile is not None

    def wanted(self, target: Target) -> bool:
        """Whether ``target`` changed, if only changes are wanted."""
        return self.changes is None or self.changes.touched(target.place)

    def handled(self, target: Target, settings: Settings) -> Result:
        """The result of ``target``, measured, or after its fixes if there are to be any."""

        def check(document: Document) -> Result:
            result = check_document(document, target.place, settings.overridden(**self.forced))
            return self.finished(target, settings, result)

        suffix = suffix_of(target.place.name)
        data = content(target, settings.limits)
        if self.profile is not None:
            self.profile.look(settings, from_bytes(data, target.shown, suffix, settings.limits))
        if not (self.fix or self.diff):
            return check(from_bytes(data, target.shown, suffix, settings.limits))
        least = Applicability.UNSAFE if self.unsafe else Applicability.SAFE
        done = fixed(data, target.shown, suffix, check, least, settings.limits, tracked=self.tracked)
        self._keep(target, data, done)
        if rewriter(suffix) is None and any(one.finding.fix for one in done.result.diagnostics):
            self.unwritable.append(target.shown)
        return done.result

    def finished(self, target: Target, settings: Settings, result: Result) -> Result:
        """``result`` without what is known, what lies on lines that did not change, and what is below the least severity."""
        diagnostics = result.diagnostics
        if self.baseline is not None:
            ran = (rule.code for rule in settings.chosen(rules()))
            diagnostics = self.baseline.new(target.place, diagnostics, ran)
        kept = (one for one in diagnostics if one.severity >= settings.severity)
        fresh = tuple(one for one in kept if self._fresh(target, result.document, one))
        return result._replace(diagnostics=fresh, shown=None)

    def _fresh(self, target: Target, document: Document, diagnostic: Diagnostic) -> bool:
        return self.changes is None or self.changes.concerns(target.place, document, diagnostic.finding)

    def _keep(self, target: Target, data: bytes, done: Fixed) -> None:
        """Put the fixes where they belong."""
        if target.path is None and not self.diff:
            self.output = done.data
        if done.data != data:
            if self.diff:
                self.diffs.append("".join(done.diff()))
            elif target.path is not None:
                try:
                    overwrite(target.path, done.data, data)
                except ReportlintError as error:
                    raise ReadError(str(error)) from error
            self.files += 1
            self.applied += done.applied
