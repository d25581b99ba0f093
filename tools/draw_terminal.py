"""Draw what ``reportlint check`` prints, as an SVG for the README: real output of the sample reports, nothing drawn by hand.

python tools/draw_terminal.py > docs/terminal.svg
python tools/draw_terminal.py --lang en > docs/terminal.en.svg
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from reportlint.width import width

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = 100
CELL, LINE, MARGIN = 7.6, 20, 16
COLORS = {"31": "#ff7b72", "33": "#e3b341", "34": "#79c0ff"}
INK, DIM = "#e6edf3", "#9198a1"
_STYLED = re.compile(r"\x1b\[([0-9;]*)m")
#: Words of one width: Latin, then characters that fonts draw wide and terminals narrow, then the rest.
_PIECES = re.compile(r" +|[!-~]+|[“”‘’—…×÷]|[^ -~“”‘’—…×÷]+")


def output(lang: str, findings: int, paths: list[str]) -> list[str]:
    """The first ``findings`` of a run and the line that sums up."""
    command = [sys.executable, "-m", "reportlint", "check", "--color", "always", "--lang", lang, *paths]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    blocks = done.stdout.rstrip("\n").split("\n\n")
    if done.returncode != 1 or len(blocks) <= findings:
        sys.exit(f"expected findings, got exit status {done.returncode}: {done.stderr}")
    shown = "\n\n".join([*blocks[:findings], *(["…"] if len(blocks) - 1 > findings else []), blocks[-1]])
    return [f"$ reportlint check {' '.join(paths)}", *shown.split("\n")]


def runs(line: str) -> Iterator[tuple[str, str]]:
    """The pieces of a line with the codes that hold for them."""
    codes, at = "", 0
    for match in _STYLED.finditer(line):
        if match.start() > at:
            yield line[at : match.start()], codes
        codes, at = ("" if match[1] in ("", "0") else match[1]), match.end()
    if at < len(line):
        yield line[at:], codes


def wrapped(line: str) -> Iterator[list[tuple[str, str]]]:
    """A line as the terminal breaks it."""
    row: list[tuple[str, str]] = []
    used = 0
    for text, codes in runs(line):
        kept = ""
        for character in text:
            if used + width(character) > COLUMNS:
                yield [*row, (kept, codes)]
                row, kept, used = [], "", 0
            kept += character
            used += width(character)
        row.append((kept, codes))
    yield row


def drawn(row: list[tuple[str, str]], y: float) -> Iterator[str]:
    """A row as SVG; every piece has its length fixed, so that any font stands in its cells."""
    at = 0
    for text, codes in row:
        parts = codes.split(";")
        color = next((COLORS[part] for part in parts if part in COLORS), DIM if "2" in parts else INK)
        look = f' fill="{color}"' + (' font-weight="bold"' if "1" in parts else "")
        start = at
        for piece in _PIECES.findall(text):
            size = width(piece)
            if piece.strip():
                x = MARGIN + at * CELL
                squeeze = ' lengthAdjust="spacingAndGlyphs"' if size == 1 and not piece.isascii() else ""
                yield f'<text x="{x:.1f}" y="{y:.1f}" textLength="{size * CELL:.1f}"{squeeze}{look}>{escape(piece)}</text>'
            at += size
        if "4" in parts:
            yield f'<rect x="{MARGIN + start * CELL:.1f}" y="{y + 3:.1f}" width="{(at - start) * CELL:.1f}" height="1.5" fill="{color}"/>'


def svg(lines: list[str]) -> Iterator[str]:
    """The picture."""
    rows = [row for line in lines for row in wrapped(line)]
    across, down = 2 * MARGIN + COLUMNS * CELL, 2 * MARGIN + len(rows) * LINE
    words = escape(_STYLED.sub("", "\n".join(lines)))
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:.0f} {down:.0f}" width="{across:.0f}" height="{down:.0f}" role="img">'
    )
    yield f"<title>reportlint check</title><desc>{words}</desc>"
    yield f'<rect width="{across:.0f}" height="{down:.0f}" rx="8" fill="#0d1117"/>'
    yield (
        "<g font-size=\"14\" font-family=\"ui-monospace, 'SFMono-Regular', Consolas, 'Noto Sans Mono CJK SC', "
        "'Sarasa Mono SC', 'Microsoft YaHei', monospace\">"
    )
    for number, row in enumerate(rows):
        yield from drawn(row, MARGIN + number * LINE + 14)
    yield "</g>\n</svg>"


def main() -> None:
    """Print the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="zh", choices=["zh", "en"])
    parser.add_argument("--findings", type=int, default=5)
    parser.add_argument("paths", nargs="*", default=["seeds/"])
    arguments = parser.parse_args()
    print("\n".join(svg(output(arguments.lang, arguments.findings, arguments.paths))))


if __name__ == "__main__":
    main()
