"""GitLab Code Quality: what a merge request makes better or worse."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlint.finding import Severity
from reportlint.location import WITH_LINES
from reportlint.reporters.style import Style
from reportlint.reporters.words import described

if TYPE_CHECKING:
    from reportlint.run import Run

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab(run: Run, style: Style) -> Iterator[str]:
    """An array of issues. The fingerprint is that of the finding with an ordinal: GitLab drops all but one of those that are equal."""
    issues: list[dict[str, Any]] = []
    repeats = Counter[str]()
    for result in run.results:
        document = result.document
        for one in result.diagnostics:
            repeats[one.fingerprint] += 1
            lines = {"begin": 1}
            if document.format in WITH_LINES:
                lines["begin"] = document.place(one.span.start).line
                lines["end"] = document.place(one.span.end).line
            issues.append(
                {
                    "description": described(document, one, style),
                    "check_name": f"{one.rule.code} {one.rule.name}",
                    "fingerprint": _hash(one.fingerprint, str(repeats[one.fingerprint])),
                    "severity": _SEVERITIES[one.severity],
                    "location": {"path": _relative(document.path), "lines": lines},
                }
            )
    issues.extend(_failure(failure.path, failure.error) for failure in run.failures)
    if run.problem:
        issues.append(_failure(".", run.problem))
    yield json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _failure(path: str, error: str) -> dict[str, Any]:
    """A file that could not be checked blocks: unreadable is never clean."""
    return {
        "description": error,
        "check_name": "unreadable",
        "fingerprint": _hash("unreadable", path, error),
        "severity": "blocker",
        "location": {"path": _relative(path or "."), "lines": {"begin": 1}},
    }


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _relative(path: str) -> str:
    """``path`` seen from the root of the project (``CI_PROJECT_DIR``, else the current folder), without ``./``."""
    root = Path(os.environ.get("CI_PROJECT_DIR") or ".").absolute()
    try:
        return Path(os.path.normpath(Path(path).absolute())).relative_to(os.path.normpath(root)).as_posix()
    except ValueError:
        return path
