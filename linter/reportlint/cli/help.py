"""Help pages in Chinese: click's own few words around ours."""

from __future__ import annotations

from collections.abc import Iterable

import click

_WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "Arguments": "参数",
    "Show this message and exit.": "显示这份说明。",
}


class Formatter(click.HelpFormatter):
    """Writes what click writes, in our words."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how a command is called."""
        for word, ours in (("[OPTIONS]", "[选项]"), ("COMMAND", "命令"), ("[ARGS]", "[参数]")):
            args = args.replace(word, ours)
        super().write_usage(prog, args, "用法：" if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """A heading."""
        super().write_heading(_WORDS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands, each with what it does."""
        super().write_dl([(term, _WORDS.get(text, text)) for term, text in rows], col_max, col_spacing)
