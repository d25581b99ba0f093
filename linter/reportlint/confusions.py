"""The user's own wrong forms: words, or patterns between slashes, with what should stand there.

A file of them has a line each: wrong, tab, right, and if wished a tab and a reason. Patterns come from a stranger and meet any text, so
they are matched by ``regex``, which can be stopped; it is imported only where a file has patterns.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportlint.errors import SettingsError
from reportlint.reading import folded
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint.wordlist import lines

#: What the columns are called where somebody gives them headings.
_HEADINGS = frozenset("错误 错误写法 错误形式 错 误 错词 wrong 正确 正确写法 正确形式 对 正 正词 right".split())  # noqa: SIM905
#: How long one pattern may search one document, in seconds.
PATIENCE = 1.0
#: What the counts of a pattern's repetitions, ``{9}`` and ``{1,99}``, may come to when multiplied: each copy takes memory, and copies of copies all of it.
_MOST_COPIES = 100_000


class Confusion(NamedTuple):
    """A wrong form, what is right, and why; ``pattern`` is the compiled pattern where the wrong form is one.

    ``read`` is the wrong form as it stands in a reading.
    """

    wrong: str
    right: str
    reason: str = ""
    pattern: Any = None
    origin: str = ""
    read: str = ""

    def places(self, text: str) -> Iterator[Span]:
        """Where the wrong form stands in ``text``; raises :class:`SettingsError` for a pattern that does not come to an end."""
        if self.pattern is None:
            at = text.find(self.read)
            while at >= 0:
                yield Span(at, at + len(self.read))
                at = text.find(self.read, at + len(self.read))
            return
        spent, since = 0.0, time.monotonic()
        try:
            for match in self.pattern.finditer(text, timeout=PATIENCE):  # for one match; many come to more
                spent += time.monotonic() - since
                if spent > PATIENCE:
                    raise TimeoutError
                if match.end() > match.start():
                    yield Span(*match.span())
                since = time.monotonic()
        except TimeoutError:
            raise SettingsError(f"{self.origin}：模式 {self.wrong} 匹配太慢（超过 {PATIENCE:g} 秒），请改写") from None
        except MemoryError:  # a pattern that calls itself before it takes a character: regex gives up at a gigabyte
            raise SettingsError(f"{self.origin}：模式 {self.wrong} 匹配太费内存（没有尽头的递归），请改写") from None


def read(path: Path) -> tuple[Confusion, ...]:
    """The confusions of the file at ``path``.

    Raises :class:`SettingsError`, naming file and line, for a line without a right form, for lines that contradict each other and for a
    pattern that makes no sense.
    """
    found: dict[str, Confusion] = {}
    for number, line in enumerate(lines(path, "confusions-file"), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or line.lstrip().startswith("#") or (not found and _HEADINGS.issuperset(cells[:2])):
            continue
        wrong, right, reason = [*cells, "", ""][:3]
        origin = f"{path} 第 {number} 行"
        if len(cells) == 1:
            raise SettingsError(f"{origin}“{_shown(line)}”里没有制表符：应为“错误写法、制表符、正确写法”")
        if not wrong or not right:
            raise SettingsError(f"{origin}：应为“错误写法、制表符、正确写法”，缺了{'后' if wrong else '前'}一项")
        if wrong == right:
            raise SettingsError(f"{origin}：错误写法与正确写法相同")
        before = found.setdefault(
            wrong, Confusion(wrong, right, reason, _pattern(wrong, origin), origin, folded(wrong))
        )
        if before.right != right:
            raise SettingsError(f"{origin}：“{wrong}”前面已经列过，正确写法是“{before.right}”（{before.origin}）")
    for confusion in found.values():
        if confusion.right in found:
            other = found[confusion.right].origin
            raise SettingsError(f"{confusion.origin}：正确写法“{confusion.right}”又列作了错误写法（{other}）")
    return tuple(found.values())


def _shown(line: str) -> str:
    return line.strip()[:20]


def _pattern(wrong: str, origin: str) -> Any:
    """The compiled pattern of ``/…/``, ``None`` for a word."""
    if len(wrong) < 3 or not (wrong.startswith("/") and wrong.endswith("/")):
        return None
    import regex

    copies = 1
    for count in re.findall(r"\{(?:[0-9]*,)?([0-9]+),?\}", wrong):
        copies *= max(1, int(count[:9]))
    if copies > _MOST_COPIES:
        raise SettingsError(f"{origin}：模式 {wrong[:40]} 里的重复次数太多，请改写")
    try:
        return regex.compile(wrong[1:-1])
    except regex.error as error:
        raise SettingsError(f"{origin}：模式 {wrong} 写得不对：{error}") from error
