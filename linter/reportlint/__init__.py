"""The engine of reportlint: reads a report, lets rules look at it, says what cannot be right.

The engine knows nothing about any one rule; rules come in through entry points of the group ``reportlint.rules``.
"""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False  # as the one of typing is; importing that takes as long as checking a page
if TYPE_CHECKING:
    from reportlint.api import check_file, check_text, facts
    from reportlint.document import Document
    from reportlint.finding import Diagnostic, Finding

__all__ = ["Diagnostic", "Document", "Finding", "__version__", "check_file", "check_text", "facts"]

_HOMES = {
    "check_text": "reportlint.api",
    "check_file": "reportlint.api",
    "facts": "reportlint.api",
    "Document": "reportlint.document",
    "Finding": "reportlint.finding",
    "Diagnostic": "reportlint.finding",
}


def __getattr__(name: str) -> object:
    # The command line imports this package on every start: load the library's face only when somebody asks for it.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
