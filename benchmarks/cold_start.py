"""How long one cold ``reportlint check`` of a report takes, as a ratio to ``python -c pass``.

    python benchmarks/cold_start.py            # 15 runs of each, in turn
    python benchmarks/cold_start.py --runs 30 --file drafts/report.txt
    python benchmarks/cold_start.py --wheel    # as a user has it: a wheel in a fresh environment

Whole processes, byte-compiled beforehand, the two commands in turn so that a drift of the machine's speed cancels out; the figure to
quote is the median of the ratios pair by pair.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = 15_000


def sample(folder: Path) -> Path:
    """A report of about 15 kB: the clean sample, repeated to size."""
    text = (ROOT / "seeds" / "env-annual-clean.txt").read_text("utf-8")
    while len(text.encode()) < SIZE:
        text += "\n" + text
    target = folder / "report.txt"
    target.write_text(text.encode()[:SIZE].decode("utf-8", "ignore"), "utf-8")
    return target


def wall(command: list[str]) -> float:
    """Seconds of one run; what it prints is thrown away."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=False)
    return time.perf_counter() - start


def wheel_python(folder: Path) -> str:
    """The interpreter of a fresh environment with a wheel of this tree, byte-compiled as pip leaves it."""
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    subprocess.run([python, "-m", "pip", "install", "-q", str(ROOT)], check=True, env=environment, cwd=folder)
    return str(python)


def main() -> None:
    """Print both medians and the median of the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--extend-select", help="optional rules to run as well: TY004")
    parser.add_argument("--wheel", action="store_true", help="measure a wheel in a fresh environment")
    arguments = parser.parse_args()
    for package in ("linter", "rules"):
        compileall.compile_dir(ROOT / package, quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        report = arguments.file or sample(Path(folder))
        size = report.stat().st_size
        python = wheel_python(Path(folder)) if arguments.wheel else sys.executable
        script = Path(python).with_name("reportlint")
        check = [python, str(script), "check", "--no-cache", "--quiet", str(report)]
        if arguments.extend_select:
            check += ["--extend-select", arguments.extend_select]
        bare = [python, "-c", "pass"]
        wall(check), wall(check), wall(bare)  # the first run keeps patterns, tables and the list of rules
        pairs = [(wall(check), wall(bare)) for _ in range(arguments.runs)]
    ratios = [one / other for one, other in pairs]
    print(f"python -c pass      {statistics.median(other for _, other in pairs) * 1000:7.1f} ms")
    print(f"reportlint check    {statistics.median(one for one, _ in pairs) * 1000:7.1f} ms  ({size} bytes)")
    print(
        f"ratio               {statistics.median(ratios):7.2f}  (min {min(ratios):.2f}, max {max(ratios):.2f}, {len(pairs)} pairs)"
    )


if __name__ == "__main__":
    main()
