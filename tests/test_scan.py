"""``reportlint scan``: a real scheduler, real workers, some of which die; and the door for other engines."""

from __future__ import annotations

import os
import pickle
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reportlint.api import check_text
from reportlint.errors import ReadError
from reportlint.settings import Settings

pytest.importorskip("distributed")
pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

from reportlint.scan import tables  # noqa: E402
from reportlint.scan.child import isolated  # noqa: E402
from reportlint.scan.examine import Item, Job, examine  # noqa: E402
from reportlint.scan.frames import Frames  # noqa: E402
from reportlint.scan.source import Source, Unit  # noqa: E402
from reportlint.scan.store import Store  # noqa: E402

WRONG = "全县2024年工作总结\n\n省级督察反馈任务26项，已完成整改29项。\n第{}号\n"
RIGHT = "全县2024年工作总结\n\n省级督察反馈任务26项，已完成整改21项。\n第{}号\n"

# A rule of somebody else's, which does to a worker what a fault in a C library would.
POISON = '''
import os, signal, time
from reportlint.finding import Severity
from reportlint.rule import rule

@rule("XX001", "poison", severity=Severity.ERROR, bad=("",), good=("",))
def poison(analysis):
    """毒"""
    text = analysis.document.text
    if "毒死" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "挂起" in text:
        time.sleep(600)
    if "出错" in text:
        raise ValueError("thrown on purpose")
    return
    yield

RULES = (poison,)
'''


@pytest.fixture
def poisoned(tmp_path: Path) -> dict[str, str]:
    """An environment in which that rule is installed."""
    folder = tmp_path / "plugin"
    (folder / "poisonous-1.0.dist-info").mkdir(parents=True)
    (folder / "poisonous.py").write_text(POISON, "utf-8")
    (folder / "poisonous-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: poisonous\nVersion: 1.0\n"
    )
    (folder / "poisonous-1.0.dist-info" / "entry_points.txt").write_text("[reportlint.rules]\npoison = poisonous\n")
    return {**os.environ, "PYTHONPATH": str(folder), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def scan(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reportlint", "scan", *arguments],
        capture_output=True, text=True, encoding="utf-8", env=environment, timeout=240, check=False,
    )  # fmt: skip


def rows(out: Path, name: str) -> list[dict[str, Any]]:
    return [row for path in sorted((out / name).glob("part-*.parquet")) for row in parquet.read_table(path).to_pylist()]


def table(path: Path, texts: list[str | None], *, groups: int = 1_000_000) -> Path:
    names = [f"D{number:05}" for number in range(len(texts))]
    parquet.write_table(pa.table({"id": names, "body": pa.array(texts, pa.string())}), path, row_group_size=groups)
    return path


@pytest.mark.slow
def test_one_that_kills_or_hangs_its_worker_takes_no_other_with_it(tmp_path: Path, poisoned: dict[str, str]) -> None:
    texts: list[str | None] = [(WRONG if number % 3 == 0 else RIGHT).format(number) for number in range(30)]
    texts[4], texts[11], texts[17], texts[23] = "毒死\n", "挂起\n", "出错\n", None
    source = table(tmp_path / "in.parquet", texts)
    out = tmp_path / "out"
    done = scan(
        str(source), "--out", str(out), "--text-column", "body", "--id-column", "id", "--batch", "10", "--workers", "2",
        "--timeout", "4", environment=poisoned,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    documents = {row["document"]: row for row in rows(out, "documents")}
    assert len(rows(out, "documents")) == len(documents) == 30
    errors = {name: row["error"] for name, row in documents.items() if row["status"] != "ok"}
    assert sorted(errors) == ["D00004", "D00011", "D00017", "D00023"]
    assert "进程异常退出（信号 9）" in errors["D00004"]
    assert "超过 4 秒" in errors["D00011"]
    assert "ValueError" in errors["D00017"]
    assert "body" in errors["D00023"]
    wrong = [f"D{number:05}" for number in range(0, 30, 3)]
    found = [row["document"] for row in rows(out, "findings") if row["code"] == "NM101"]
    assert sorted(found) == [name for name in wrong if name not in errors]
    for name in errors:
        assert name in done.stderr
    assert "Traceback" not in done.stderr


@contextmanager
def processes(count: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and ``count`` workers, each a process of its own as on a cluster."""
    from distributed.utils import open_port

    address = f"tcp://127.0.0.1:{open_port()}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    started: list[subprocess.Popen[bytes]] = []
    try:
        command = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
        started.append(
            subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--port", address.rsplit(":")[-1], "--no-dashboard"], **quiet
            )
        )  # type: ignore[call-overload]
        for _ in range(count):
            command = [
                sys.executable,
                "-m",
                "distributed.cli.dask_worker",
                address,
                "--nthreads",
                "1",
                "--no-dashboard",
            ]
            started.append(subprocess.Popen(command, **quiet))  # type: ignore[call-overload]
        yield address, started
    finally:
        for one in started:
            kill(one)


def kill(one: subprocess.Popen[bytes]) -> None:
    if one.poll() is None:
        os.killpg(one.pid, signal.SIGKILL)
        one.wait()


def wait_for(what: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.mark.slow
def test_a_worker_killed_midway_loses_and_doubles_nothing(tmp_path: Path) -> None:
    texts: list[str | None] = [(WRONG if number % 2 else RIGHT).format(number) * 8 for number in range(1200)]
    source = table(tmp_path / "in.parquet", texts, groups=170)
    out = tmp_path / "out"
    with processes(2) as (address, started):
        running = subprocess.Popen(
            [sys.executable, "-m", "reportlint", "scan", str(source), "--out", str(out), "--scheduler", address,
             "--text-column", "body", "--id-column", "id", "--batch", "20", "--no-facts"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        wait_for(lambda: len(list((out / "documents").glob("part-*.parquet"))) >= 3)
        kill(started[1])
        assert running.poll() is None, "it was done before the worker died: the test would show nothing"
        said = running.communicate(timeout=240)[1].decode()
    assert running.returncode == 0, said
    names = Counter(row["document"] for row in rows(out, "documents"))
    assert names == Counter(f"D{number:05}" for number in range(1200))
    found = Counter(row["document"] for row in rows(out, "findings") if row["code"] == "NM101")
    assert found == {f"D{number:05}": 8 for number in range(1, 1200, 2)}


@pytest.mark.slow
def test_a_scan_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.txt").write_text((WRONG if number % 2 else RIGHT).format(number) * 8, "utf-8")
    (folder / "~$lock.docx").write_bytes(b"x")
    (folder / "picture.png").write_bytes(b"x")
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "reportlint",
        "scan",
        str(folder),
        "--out",
        str(out),
        "--batch",
        "4",
        "--workers",
        "1",
        "--no-facts",
    ]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    wait_for(lambda: len(list((out / "documents").glob("part-*.parquet"))) >= 2)
    kill(first)
    before = {path: path.stat().st_mtime_ns for path in (out / "documents").glob("part-*.parquet")}
    units = list(Source(str(folder), batch=4).units())
    assert 2 <= len(before) < len(units), "it was done before it was killed: the test would show nothing"
    done = scan(str(folder), "--out", str(out), "--batch", "4", "--workers", "2", "--no-facts")
    assert done.returncode == 0, done.stderr
    assert "接着做" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in before} == before, "what was done was done again"
    assert Counter(Path(row["document"]).name for row in rows(out, "documents")) == Counter(
        f"{n:03}.txt" for n in range(120)
    )

    # One file changes, one goes, one comes: their old rows must not stay beside the new ones.
    (folder / "001.txt").write_text(RIGHT.format("一"), "utf-8")
    (folder / "002.txt").unlink()
    (folder / "zzz.txt").write_text(WRONG.format("末"), "utf-8")
    done = scan(str(folder), "--out", str(out), "--batch", "4", "--workers", "2", "--no-facts")
    assert done.returncode == 0, done.stderr
    names = Counter(Path(row["document"]).name for row in rows(out, "documents"))
    assert names == Counter([*(f"{n:03}.txt" for n in range(120) if n != 2), "zzz.txt"])
    found = {Path(row["document"]).name for row in rows(out, "findings")}
    assert "001.txt" not in found
    assert "zzz.txt" in found

    other = scan(str(folder), "--out", str(out), "--batch", "4", "--no-facts", "--ignore", "NM101")
    assert other.returncode == 2
    assert "--restart" in other.stderr


def test_what_a_scan_says_is_what_check_says(tmp_path: Path) -> None:
    texts = [WRONG.format(1), RIGHT.format(2), "今年2月30日召开会议。\n"]
    job = Job(Settings(), facts=True)
    for number, text in enumerate(texts):
        got = examine(Item(f"{number}.txt", "", text=text), job)
        result = check_text(text, f"{number}.txt")
        assert [
            (row["code"], row["start"], row["end"], row["message"], row["fingerprint"]) for row in got["findings"]
        ] == [
            (one.rule.code, one.span.start, one.span.end, one.finding.message.zh, one.fingerprint)
            for one in result.diagnostics
        ]
        assert got["documents"][0]["quantities"] == result.quantities
        for name, columns in tables.TABLES.items():
            known = {column.name for column in columns}
            assert all(set(row) <= known for row in got[name])


def test_units_are_stable_and_hold_every_document_once(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number:04}.txt").write_text("一", "utf-8")
    source = Source(str(tmp_path), batch=20)
    units = list(source.units())
    files = [path for unit in units for path in unit.files]
    assert len(files) == len(set(files)) == 300
    assert list(source.units()) == units
    (tmp_path / "0150a.txt").write_text("二", "utf-8")
    after = {unit.key for unit in source.units()}
    assert len({unit.key for unit in units} - after) <= 1, "one new file must not send all others round again"


def test_rows_of_a_table_come_once_each_whatever_its_groups(tmp_path: Path) -> None:
    texts: list[str | None] = [f"第{number}份" for number in range(137)]
    for groups in (7, 50, 1000):
        path = table(tmp_path / f"{groups}.parquet", texts, groups=groups)
        source = Source(str(path), "body", "id", batch=20)
        items = [item for unit in source.units() for item in source.items(unit)]
        assert [item.text for item in items] == texts
        assert [item.row for item in items] == list(range(137))
        assert [item.name for item in items] == [f"D{number:05}" for number in range(137)]


def test_a_table_that_cannot_be_used_is_a_row_that_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and nothing else")
    named = table(tmp_path / "named.parquet", ["一"])
    numbers = tmp_path / "numbers.parquet"
    parquet.write_table(pa.table({"text": [1, 2]}), numbers)
    for path, words in ((broken, "读不了"), (named, "没有“text”列，有的是：id、body"), (numbers, "不是文字")):
        (unit,) = Source(str(path)).units()
        (item,) = Source(str(path)).items(unit)
        assert words in item.error
    with pytest.raises(ReadError, match="没有这个文件"):
        list(Source(str(tmp_path / "nowhere")).units())
    with pytest.raises(ReadError, match="不能读写这种地址"):
        list(Source("nonsense://x/y").units())


def test_an_object_store_is_read_and_written() -> None:
    import fsspec

    system = fsspec.filesystem("memory")
    system.pipe("/drafts/a/one.txt", WRONG.format(1).encode())
    system.pipe("/drafts/b/two.md", RIGHT.format(2).encode("gb18030"))
    source, store, job = Source("memory://drafts"), Store("memory://results"), Job()
    assert store.begin(source, job, restart=False) == set()
    (unit,) = source.units()
    from reportlint.scan.cluster import work

    done = work(unit, source, job, store)
    assert (done.documents, done.failed) == (2, 0)
    assert store.begin(source, job, restart=False) == {unit.key}
    total = store.total()
    assert total.documents == 2
    assert total.findings["NM101", "error"] == 1
    first = system.cat_file(f"/results/findings/part-{unit.key}.parquet")
    work(unit, source, job, store)
    assert system.cat_file(f"/results/findings/part-{unit.key}.parquet") == first, "done again, it must write the same"
    assert store.prune(set()) == 1
    assert store.total().documents == 0


def test_careful_children_answer_as_the_worker_does() -> None:
    items = [
        Item("a.txt", "", text=WRONG.format(1)),
        Item("b.txt", "", data=b"\x00\x01\x02\x03"),
        Item("c.txt", "", error="没有"),
    ]
    job = Job(Settings(), timeout=60)
    assert list(isolated(items, job)) == [examine(item, job) for item in items]


def test_frames_for_other_engines() -> None:
    import pandas as pd

    frame = pd.DataFrame({"name": ["甲.txt", "乙.txt", "丙.txt"], "body": [WRONG.format(1), RIGHT.format(2), None]})
    checker = pickle.loads(pickle.dumps(Frames("findings", "body", "name")))
    (found,) = checker.map([frame])
    assert list(found.columns) == [column.name for column in tables.FINDINGS]
    assert [(row.document, row.code) for row in found.itertuples()] == [("甲.txt", "NM101")]
    documents = Frames("documents", "body", "name").frame(frame)
    assert list(documents.status) == ["ok", "ok", "failed"]
    facts = Frames("facts", "body").frame(frame)
    assert {"26", "29", "21"} <= set(facts.value)
    schema = pa.Schema.from_pandas(documents, preserve_index=False)
    assert schema.field("characters").type == pa.int64()
    assert re.fullmatch(r"(`\w+` (string|bigint|double|boolean)(, )?)+", checker.schema)
    empty = checker.frame(frame.iloc[:0])
    assert list(empty.columns) == list(found.columns)
    with pytest.raises(ReadError, match="没有“body”列"):
        checker.frame(frame.rename(columns={"body": "正文"}))
    with pytest.raises(ReadError, match="不能用：7"):
        checker.frame(frame.assign(body=[7, 8.5, "一"]))


def test_an_unknown_scheduler_and_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一", "utf-8")
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    done = scan(str(tmp_path), "--out", str(blocked / "out"))
    assert done.returncode == 2
    assert "写不了" in done.stderr
    assert "Traceback" not in done.stderr
    done = scan(str(tmp_path), "--out", str(tmp_path / "out"), "--scheduler", "nonsense")
    assert done.returncode == 2
    assert "调度器" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_unit_knows_its_size() -> None:
    assert Unit("k", ("a", "b")).size == 2
    assert Unit("k", ("t.parquet",), group=0, rows=7).size == 7
