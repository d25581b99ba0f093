"""What a run does with each file beyond looking at it, when it is asked to."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportlint.api import check_document
from reportlint.discovery import Target
from reportlint.document import Document
from reportlint.errors import ReadError, ReportlintError
from reportlint.finding import Applicability
from reportlint.fix import Fixed, fixed
from reportlint.lint import Result
from reportlint.run import content
from reportlint.settings import Settings
from reportlint.sources import rewriter, suffix_of
from reportlint.storage import overwrite


@dataclass
class Workflow:
    """Looks at files one after the other, and keeps what the command line wants to tell at the end.

    ``fix`` writes files over; with ``diff`` they stay, and :attr:`diffs` holds what would change. ``output`` is then the fixed
    text of standard input. :attr:`unwritable` are files with fixes of a format that can only be read.
    """

    fix: bool = False
    unsafe: bool = False
    diff: bool = False
    applied: int = 0
    files: int = 0
    diffs: list[str] = field(default_factory=list)
    output: bytes | None = None
    unwritable: list[str] = field(default_factory=list)

    def __call__(self, target: Target, settings: Settings) -> Result:
        """The result of ``target``, after its fixes if there are to be any."""

        def check(document: Document) -> Result:
            return check_document(document, target.place, settings)

        suffix = suffix_of(target.place.name)
        data = content(target)
        done = fixed(data, target.shown, suffix, check, Applicability.UNSAFE if self.unsafe else Applicability.SAFE)
        self._keep(target, data, done)
        if rewriter(suffix) is None and any(one.finding.fix for one in done.result.diagnostics):
            self.unwritable.append(target.shown)
        return done.result

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
