"""How output looks: language, colour, width."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TextIO

from reportlint.finding import Message, Severity

if TYPE_CHECKING:
    from reportlint.settings import Settings

#: Cells of a line where there is no terminal to ask.
COLUMNS = 100
#: The eight basic colours only: they follow the user's own palette.
_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;34"}
BOLD, DIM, UNDERLINE = "1", "2", "4"


class Style(NamedTuple):
    """Language, colour and measures of an output; ``stats`` and ``quiet`` are what the reader asked to see more or less of.

    ``fail_on`` is the least level that fails a run, for formats that tell failed files from others; ``None`` fails none.
    """

    lang: str = "zh"
    color: bool = False
    columns: int = COLUMNS
    ambiguous: int = 1
    stats: bool = False
    quiet: bool = False
    fail_on: Severity | None = Severity.WARNING

    @classmethod
    def of(cls, settings: Settings, stream: TextIO | None) -> Style:
        """The style for writing to ``stream``; ``None`` is a file."""
        terminal = stream is not None and stream.isatty()
        return cls(
            settings.lang,
            wants_color(settings.color, terminal=terminal),
            _columns(stream) if stream is not None and terminal else COLUMNS,
            settings.ambiguous_width,
            settings.stats,
            settings.quiet,
            settings.fail_on,
        )

    def say(self, message: Message) -> str:
        """``message`` in the language of the output."""
        return message.en if self.lang == "en" and message.en else message.zh

    def either(self, zh: str, en: str) -> str:
        """One of two wordings, by the language of the output."""
        return en if self.lang == "en" else zh

    def paint(self, text: str, code: str) -> str:
        """``text`` in a colour or weight, if colours are on."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text

    def severity(self, severity: Severity) -> str:
        """The colour of a severity."""
        return _COLORS[severity]


def wants_color(choice: str, *, terminal: bool) -> bool:
    """Whether to colour: the option decides, then ``NO_COLOR``, then ``FORCE_COLOR``, then whether a terminal reads."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"


def _columns(stream: TextIO) -> int:
    """The width of the terminal behind ``stream``, within reason."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return min(max(columns, 40), 200) if columns else COLUMNS
