"""What a scan of an archive costs: documents a second, processor time for 1,000, and machine-hours for 100 million.

    python benchmarks/scan.py                         # 4,000 reports in a Parquet file, as many workers as cores
    python benchmarks/scan.py --documents 1000 --workers 1 --no-facts

The reports are those of ``bulk.py`` (4,716 characters each, a tenth of the sentences with other figures). Whole processes are measured, the
scheduler's and the workers' with them; the projection takes the difference between all reports and a quarter of them, so that the start of
the cluster, which happens once, is left out of it.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bulk import LENGTH, USUAL, reports

_PROJECTED = 100_000_000


class Cost(NamedTuple):
    """Of a scan: seconds by the clock, and of the processor in all its processes."""

    wall: float
    cpu: float


def table(path: Path, number: int) -> Path:
    """A Parquet file of ``number`` reports."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    texts = list(reports(number, share=USUAL))
    parquet.write_table(pa.table({"text": texts}), path, row_group_size=5_000)
    return path


def run(source: Path, out: Path, workers: int, arguments: list[str]) -> Cost:
    """One scan."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [
        sys.executable,
        "-m",
        "reportlint",
        "scan",
        str(source),
        "--out",
        str(out),
        "--workers",
        str(workers),
        "--batch",
        "100",
    ]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([*command, "--quiet", *arguments], env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"the scan left with {done.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    """Print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--no-facts", action="store_true")
    options = parser.parse_args()
    extra = ["--no-facts"] if options.no_facts else []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few = options.documents // 4
        small = run(table(folder / "few.parquet", few), folder / "few", options.workers, extra)
        large = run(table(folder / "all.parquet", options.documents), folder / "all", options.workers, extra)
        kept = sum(path.stat().st_size for path in (folder / "all").rglob("*") if path.is_file())
    more = options.documents - few
    cpu, wall = (large.cpu - small.cpu) / more, (large.wall - small.wall) / more
    print(
        f"{options.documents} reports of {LENGTH} characters, {options.workers} workers{', without facts' if options.no_facts else ''}"
    )
    print(
        f"wall {large.wall:.1f} s, processor {large.cpu:.1f} s, start of the cluster {max(0.0, small.wall - few * wall):.1f} s"
    )
    print(
        f"{1 / wall:.0f} reports a second; {1000 * cpu:.2f} s of processor time for 1,000; {kept / options.documents / 1000:.1f} kB of results each"
    )
    print(
        f"100 million: {_PROJECTED * cpu / 3600:,.0f} core-hours, {_PROJECTED * wall / 3600:,.0f} hours of a machine like this one, "
        f"{_PROJECTED * kept / options.documents / 1e12:.2f} TB of results"
    )


if __name__ == "__main__":
    main()
