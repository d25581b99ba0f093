"""How output looks: language, colour, width."""

from __future__ import annotations

import os

from reportlint.finding import Message, Severity
from reportlint.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from reportlint.rule import Rule
    from reportlint.settings import Settings

#: Cells of a line where there is no terminal to ask.
COLUMNS = 100
#: The eight basic colours only: they follow the user's own palette.
_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;34"}
#: Terminals known to show links; others may print the sequence.
_LINKING_TERMS = frozenset(("xterm-kitty", "alacritty", "foot", "xterm-ghostty"))
_LINKING_PROGRAMS = frozenset(("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"))
BOLD, DIM, UNDERLINE = "1", "2", "4"


class Style(NamedTuple):
    """Language, colour and measures of an output; ``stats`` and ``quiet`` are what the reader asked to see more or less of.

    ``fail_on`` is the least level that fails a run, for formats that tell failed files from others; ``None`` fails none.
    ``docs_url`` is where the rules' pages are, ``links`` whether the terminal can make a link of one.
    """

    lang: str = "zh"
    color: bool = False
    columns: int = COLUMNS
    ambiguous: int = 1
    stats: bool = False
    quiet: bool = False
    fail_on: Severity | None = Severity.WARNING
    docs_url: str = ""
    links: bool = False

    @classmethod
    def of(cls, settings: Settings, stream: TextIO | None) -> Style:
        """The style for writing to ``stream``; ``None`` is a file."""
        terminal = stream is not None and stream.isatty()
        color = wants_color(settings.color, terminal=terminal)
        return cls(
            settings.lang,
            color,
            _columns(stream) if stream is not None and terminal else COLUMNS,
            settings.ambiguous_width,
            settings.stats,
            settings.quiet,
            settings.fail_on,
            settings.docs_url,
            color and wants_links(terminal=terminal),
        )

    def say(self, message: Message) -> str:
        """``message`` in the language of the output."""
        return message.en if self.lang == "en" and message.en else message.zh

    def label(self, words: str, en: str = "") -> str:
        """What a place, or a reason, is called in the language of the output."""
        if self.lang != "en":
            return words
        from reportlint.reporters.labels import english

        return en or english(words)

    def either(self, zh: str, en: str) -> str:
        """One of two wordings, by the language of the output."""
        return en if self.lang == "en" else zh

    def paint(self, text: str, code: str) -> str:
        """``text`` in a colour or weight, if colours are on."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text

    def page(self, rule: Rule) -> str:
        """The address of a rule's page, or nothing where none is known."""
        return self.docs_url.replace("{code}", rule.code).replace("{name}", rule.name)

    def link(self, text: str, url: str) -> str:
        """``text`` as a link, where the terminal can show one."""
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if self.links and url else text

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


def wants_links(*, terminal: bool) -> bool:
    """Whether the terminal makes links of OSC 8: ``FORCE_HYPERLINK`` decides, then what is known of the terminal."""
    environment = os.environ
    if "FORCE_HYPERLINK" in environment:
        return environment["FORCE_HYPERLINK"] != "0"
    if not terminal or "CI" in environment or "TMUX" in environment or environment.get("TERM") == "dumb":
        return False
    if environment.get("VTE_VERSION", "").isdigit():
        return int(environment["VTE_VERSION"]) >= 5000  # 0.50 showed the sequence itself
    return (
        "WT_SESSION" in environment
        or environment.get("TERM") in _LINKING_TERMS
        or environment.get("TERM_PROGRAM") in _LINKING_PROGRAMS
    )


def _columns(stream: TextIO) -> int:
    """The width of the terminal behind ``stream``, within reason."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return min(max(columns, 40), 200) if columns else COLUMNS
