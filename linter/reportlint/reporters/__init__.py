"""How results are written: one function per format, found by name and imported when asked for."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from reportlint.reporters.style import Style
    from reportlint.run import Run

    class Reporter(Protocol):
        """A run as text, piece by piece; the pieces joined are the output."""

        def __call__(self, run: Run, style: Style) -> Iterator[str]:
            """The pieces of the output."""


#: Format name → module and function.
REPORTERS: dict[str, tuple[str, str]] = {
    "text": ("reportlint.reporters.text", "text"),
    "json": ("reportlint.reporters.json", "json"),
    "sarif": ("reportlint.reporters.sarif", "sarif"),
    "junit": ("reportlint.reporters.junit", "junit"),
    "github": ("reportlint.reporters.github", "github"),
    "gitlab": ("reportlint.reporters.gitlab", "gitlab"),
    "rdjson": ("reportlint.reporters.rdjson", "rdjson"),
    "markdown": ("reportlint.reporters.markdown", "markdown"),
    "html": ("reportlint.reporters.html", "html"),
}


def reporter(name: str) -> Reporter:
    """The reporter called ``name``; raises ``KeyError`` for other words."""
    module, function = REPORTERS[name]
    __import__(module)
    found: Reporter = getattr(sys.modules[module], function)
    return found
