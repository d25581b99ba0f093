"""What one cold ``reportlint check`` carries: counted, not timed, so that it says the same on every machine.

    python benchmarks/start_weight.py                       # a sample of seeds/
    python benchmarks/start_weight.py drafts/report.txt     # your own

Modules imported and the byte code of those that are the program's own, regular expressions put to use, tables read; where ``valgrind`` is
installed also the instructions of the whole process, and how many times those of ``python -c pass`` that is. What a new rule adds to the
start shows here at once; ``tests/test_start.py`` holds the figures to a budget.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "seeds" / "env-annual-clean.txt"

_CHECK = """
import json, os, sys
from reportlint import files, patterns, tables
from reportlint.cli import _status
read, table, lines = [], tables.table, files.lines
def weighed(source, *rest):
    read.append(source)
    return table(source, *rest)
def counted(path):
    read.append(path)
    return lines(path)
tables.table, files.lines = weighed, counted
status = _status(["check", "--no-cache", "--quiet", "--jobs", "1", sys.argv[1]])
own = [one for name, one in sys.modules.items() if name.partition(".")[0] in ("reportlint", "reportlint_rules")]
places = [one.__spec__.cached for one in own if one.__spec__ is not None and one.__spec__.cached]
print(json.dumps({
    "status": status,
    "modules": len(sys.modules),
    "own": len(own),
    "code": sum(os.path.getsize(place) for place in places if os.path.exists(place)),
    "expressions": len(patterns._STORE.used) + len(patterns._STORE.fresh),
    "tables": len(read),
}), file=sys.stderr)
"""


class Weight(NamedTuple):
    """What a check carried: modules, those that are the program's own and their byte code in bytes, expressions, tables."""

    modules: int
    own: int
    code: int
    expressions: int
    tables: int


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def weight(report: Path) -> Weight:
    """What a check of ``report`` carries once the first run has kept what it made."""
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", _CHECK, report], env=_environment(), cwd=ROOT, capture_output=True, check=True
        )
    found = json.loads(done.stderr.splitlines()[-1])
    return Weight(*(found[name] for name in Weight._fields))


def instructions(command: list[str]) -> int | None:
    """The instructions of a process, or ``None`` where nothing counts them."""
    counter = shutil.which("valgrind")
    if counter is None:
        return None
    done = subprocess.run(
        [counter, "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
        env={**_environment(), "PYTHONHASHSEED": "0"},
        capture_output=True,
        check=False,
    )
    counted = re.search(rb"Collected : (\d+)", done.stderr)
    return int(counted[1]) if counted else None


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path, nargs="?", default=SAMPLE)
    report = parser.parse_args().report.resolve()
    carried = weight(report)
    print(f"modules       {carried.modules:9,}  ({carried.own} of reportlint and its rules)")
    print(f"byte code     {carried.code:9,}  bytes")
    print(f"expressions   {carried.expressions:9,}")
    print(f"tables        {carried.tables:9,}")
    script = str(Path(sys.executable).with_name("reportlint"))
    check = [sys.executable, script, "check", "--no-cache", "--quiet", "--jobs", "1", str(report)]
    subprocess.run(check, env=_environment(), capture_output=True, check=False)  # keeps what it makes, as any first run
    ours = instructions(check)
    bare = instructions([sys.executable, "-c", "pass"])
    if ours and bare:
        print(f"instructions  {ours / 1e6:9,.0f}  million, {ours / bare:.1f} times those of python -c pass")


if __name__ == "__main__":
    main()
