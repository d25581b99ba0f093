"""What many reports, and very long ones, cost: time, memory, and how both grow.

    python benchmarks/bulk.py                       # 1,000 reports, 12.4 MB; the table of the documentation
    python benchmarks/bulk.py --files 200 --quick   # a look
    python benchmarks/bulk.py --make drafts/        # only write the reports

The reports are made from ``seeds/``: two or three samples one after the other, cut to the usual length, figures that are no dates
drawn afresh: in every sentence, so that next to nothing agrees any more (45 findings a report, the dearest case), or in one of ten, as in
drafts that are nearly right. The same seed gives the same bytes. Whole processes are measured, with everything that a start costs.
"""

from __future__ import annotations

import argparse
import compileall
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
#: Characters of a report: 1,000 of them are 12.4 MB.
LENGTH = 4716
#: The part of the sentences whose figures are drawn afresh.
WORST, USUAL = 1.0, 0.1
_SENTENCE = re.compile(r"[^。\n]*[。\n]?")
_FIGURE = re.compile(r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?(?![0-9.]*(?:年|月|日|时|号|〕))")


class Cost(NamedTuple):
    """Of one process: seconds by the clock and of the processor, and the most memory it held, in MB."""

    wall: float
    cpu: float
    memory: float


def samples() -> list[str]:
    """The texts that reports are made of."""
    names = sorted(path for path in (ROOT / "seeds").glob("*.txt"))
    return [path.read_text("utf-8").strip() + "\n" for path in names]


def reports(number: int, length: int = LENGTH, share: float = WORST) -> Iterator[str]:
    """``number`` reports of ``length`` characters, ``share`` of whose sentences have other figures."""
    texts = samples()
    dice = random.Random(2024)
    for _ in range(number):
        parts: list[str] = []
        order: list[str] = []
        while sum(map(len, parts)) < length:
            order = order or dice.sample(texts, len(texts))
            parts.append(_shuffled(order.pop(), dice, share))
        yield "\n".join(parts)[: length - 1] + "\n"


def _shuffled(text: str, dice: random.Random, share: float) -> str:
    """``text`` with other figures in some sentences, each as long as before."""

    def other(match: re.Match[str]) -> str:
        digits = [character if character == "." else dice.choice("0123456789") for character in match[0]]
        if digits[0] == "0" and len(digits) > 1 and digits[1] != ".":
            digits[0] = dice.choice("123456789")
        return "".join(digits)

    sentences = (match[0] for match in _SENTENCE.finditer(text))
    return "".join(_FIGURE.sub(other, one) if dice.random() < share else one for one in sentences)


def written(folder: Path, number: int, share: float = WORST) -> Path:
    """``folder`` with ``number`` reports in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for at, text in enumerate(reports(number, share=share)):
        (folder / f"{at:06}.txt").write_text(text, "utf-8")
    return folder


def run(*args: str, cache: Path | None = None) -> Cost:
    """``reportlint check`` in a process of its own; what it prints is thrown away."""
    script = Path(sys.executable).with_name("reportlint")
    command = [sys.executable, str(script), "check", "--quiet", "--format", "json", *args]
    command += ["--no-cache"] if cache is None else ["--cache-dir", str(cache)]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    said = process.stderr.read().decode("utf-8", "replace") if process.stderr else ""
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)}\n{said}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def row(name: str, cost: Cost, characters: int = 0) -> None:
    """A line of the table."""
    speed = f"{characters / cost.cpu / 1e6:7.2f}" if characters else " " * 7
    print(f"{name:<34} {cost.wall:8.2f} {cost.cpu:8.2f} {cost.memory:8.0f} {speed}", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--quick", action="store_true", help="without the slopes")
    parser.add_argument("--make", type=Path, metavar="FOLDER", help="write the reports and stop")
    arguments = parser.parse_args()
    if arguments.make:
        written(arguments.make, arguments.files)
        return
    for package in ("linter", "rules"):
        compileall.compile_dir(ROOT / package, quiet=2)
    with tempfile.TemporaryDirectory() as scratch:
        _measure(Path(scratch), arguments.files, slopes=not arguments.quick)


def _measure(scratch: Path, files: int, *, slopes: bool) -> None:
    folder = written(scratch / "reports", files)
    size = sum(path.stat().st_size for path in folder.iterdir())
    characters = files * LENGTH
    print(f"{files} reports, {size / 1e6:.1f} MB, {characters / 1e6:.2f} M characters\n")
    print(f"{'':<34} {'wall s':>8} {'CPU s':>8} {'MB':>8} {'M ch/s':>7}")
    one = folder / "000000.txt"
    run(str(one))
    row("one report", run(str(one)), LENGTH)
    row("all, one process", run(str(folder), "--jobs", "1"), characters)
    row("all, --jobs auto", run(str(folder), "--jobs", "auto"), characters)
    cache = scratch / "cache"
    row("all, filling the cache", run(str(folder), cache=cache), characters)
    row("again, nothing changed", run(str(folder), cache=cache))
    with one.open("a", encoding="utf-8") as file:
        file.write("共26项，已完成29项。\n")
    row("again, one changed", run(str(folder), cache=cache))
    kept = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file())
    print(f"\ncache: {kept / 1e6:.2f} MB\n")
    if not slopes:
        return
    for number in (files // 8, files // 4, files // 2, files):
        some = written(scratch / f"some{number}", number)
        row(f"{number} reports, one process", run(str(some), "--jobs", "1"), number * LENGTH)
    print()
    for length in (13_500, 50_000, 200_000, 800_000, 1_780_000):
        long = scratch / "long.txt"
        long.write_text(next(reports(1, length)), "utf-8")
        row(f"one of {long.stat().st_size / 1e6:.2f} MB", run(str(long)), length)


if __name__ == "__main__":
    main()
