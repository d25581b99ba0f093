"""The examples of docs/scan.md for Spark and Ray Data, run as they stand there: what an engine finds is what ``check`` finds."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT

parquet = pytest.importorskip("pyarrow.parquet")

import pyarrow as pa  # noqa: E402

from test_cli import call, out  # noqa: E402

pytestmark = pytest.mark.slow


def example(engine: str) -> str:
    """The Python code for ``engine`` in the docs."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "scan.md").read_text("utf-8"), re.DOTALL)
    (found,) = (block for block in blocks if block.startswith(f"# {engine}"))
    return str(found)


@pytest.mark.parametrize("engine", ["Spark", "Ray"])
def test_the_example_finds_what_check_finds(engine: str, tmp_path: Path) -> None:
    module = {"Spark": "pyspark", "Ray": "ray"}[engine]
    if importlib.util.find_spec(module) is None or (engine == "Spark" and not shutil.which("java")):
        pytest.skip(f"{engine} is not installed")
    reports = sorted((ROOT / "seeds").glob("*.txt"))
    texts = [path.read_text("utf-8") for path in reports]
    # Several files: an engine gives each to a task of its own.
    (tmp_path / "texts.parquet").mkdir()
    for number in range(0, len(reports), 5):
        names = [path.stem for path in reports[number : number + 5]]
        part = pa.table({"name": names, "text": texts[number : number + 5]})
        parquet.write_table(part, tmp_path / "texts.parquet" / f"{number}.parquet")
    (tmp_path / "example.py").write_text(example(engine), "utf-8")
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "RAY_USAGE_STATS_ENABLED": "0"}
    done = subprocess.run(
        [sys.executable, "example.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = parquet.read_table(tmp_path / "findings.parquet").to_pylist()
    (tmp_path / "reports").mkdir()
    for path, text in zip(reports, texts, strict=True):
        (tmp_path / "reports" / path.name).write_text(text, "utf-8")
    said = json.loads(out(call("check", "reports", "--format", "json", cwd=tmp_path)))["findings"]
    assert len(said) > 50
    assert Counter((row["document"], row["line"], row["column"], row["code"], row["text"]) for row in found) == Counter(
        (Path(one["path"]).stem, one["line"], one["column"], one["code"], one["text"]) for one in said
    )
