"""The cache never changes what is reported, whatever becomes of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from reportlint import cache as caching
from reportlint.api import check_document
from reportlint.cache import COMPARED, FILE, MATTERING, Cache, entries
from reportlint.finding import Diagnostic
from reportlint.kept import packed, unpacked
from reportlint.settings import Settings
from reportlint.sources import from_bytes

SEEDS = Path(__file__).parent.parent / "seeds"
#: Settings that say how results are shown or which files there are, not what is found in one.
SHOWING = {
    *("fail_on", "format", "output", "lang", "color", "stats", "quiet", "no_cache", "cache_dir", "jobs"),
    *("fix", "unsafe_fixes", "tracked", "baseline", "exclude", "ambiguous_width", "docs_url", "root"),
}


_RUN = """
import sys
from reportlint.cli import _status
_status(["check", ".", "--jobs", "2", "--cache-dir", sys.argv[1]])
print(*sys.modules, file=sys.stderr)
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of reports with findings of many kinds."""
    folder = tmp_path / "材料"
    folder.mkdir()
    for name in ("env-annual-and-plan.txt", "env-first-quarter.md", "civil-affairs-annual.txt", "env-annual-clean.txt"):
        shutil.copy(SEEDS / name, folder)
    return folder


def check(folder: Path, *args: str, cache: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    options = ["--no-cache"] if cache is None else ["--cache-dir", str(cache)]
    return subprocess.run(
        [sys.executable, "-m", "reportlint", "check", ".", "--jobs", "1", *options, *args],
        cwd=folder,
        capture_output=True,
        env={**os.environ, **env},
        timeout=120,
        check=False,
    )


def same(folder: Path, cache: Path, *args: str) -> bytes:
    """The output, which is the same without a cache, with one, and with one that knows everything."""
    fresh = check(folder, *args)
    first, second = (check(folder, *args, cache=cache) for _ in range(2))
    assert first.stdout == fresh.stdout == second.stdout
    assert first.stderr == fresh.stderr == second.stderr
    assert first.returncode == fresh.returncode == second.returncode
    return fresh.stdout


@pytest.mark.parametrize("form", ["text", "json", "sarif", "html", "junit"])
def test_output_is_the_same_to_the_byte(reports: Path, tmp_path: Path, form: str) -> None:
    out = same(reports, tmp_path / "cache", "--format", form, "--stats")
    assert len(out) > 1000


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_many_files_are_held_small_and_told_in_full(reports: Path, tmp_path: Path, form: str) -> None:
    from reportlint import run

    few = check(reports, "--format", form, "--stats")
    script = (
        "import sys; from reportlint import run, cli\n"
        "run._MANY = int(sys.argv[1])\n"
        "cli.main(['check', '.', '--jobs', '1', '--no-cache', '--stats', '--format', sys.argv[2]])"
    )
    for most in (0, run._MANY):
        command = [sys.executable, "-c", script, str(most), form]
        assert subprocess.run(command, cwd=reports, capture_output=True, check=False).stdout == few.stdout


def test_a_second_run_reads_from_the_cache(reports: Path, tmp_path: Path) -> None:
    check(reports, cache=tmp_path / "cache")
    known = entries(tmp_path / "cache")
    assert known is not None and known[0] == sum(1 for _ in reports.iterdir())
    # An entry is believed: if it is exchanged for another one, the other one is shown.
    script = (
        "import sys; from reportlint import run, cli\n"
        "run.check_bytes = lambda *_, **__: sys.exit('checked again')\n"
        "cli.main(['check', '.', '--jobs', '1', '--cache-dir', sys.argv[1]])"
    )
    again = subprocess.run([sys.executable, "-c", script, str(tmp_path / "cache")], cwd=reports, capture_output=True)
    assert again.returncode == 1 and b"checked again" not in again.stderr
    (reports / "another.txt").write_text("共26项，已完成29项。\n", "utf-8")
    again = subprocess.run([sys.executable, "-c", script, str(tmp_path / "cache")], cwd=reports, capture_output=True)
    assert b"checked again" in again.stderr


def test_nobody_is_called_where_nothing_changed(reports: Path, tmp_path: Path) -> None:
    first, second = (
        subprocess.run([sys.executable, "-c", _RUN, tmp_path / "cache"], cwd=reports, capture_output=True, check=True)
        for _ in range(2)
    )
    assert first.stdout == second.stdout
    helpers = {"reportlint.workers", "subprocess", "pickle"}
    assert helpers <= set(first.stderr.decode().split())
    assert not {*helpers, "reportlint.lint", "reportlint.analysis"} & set(second.stderr.decode().split())


@pytest.mark.skipif(sys.platform != "linux", reason="where it is worked out here")
@pytest.mark.parametrize("place", ["", " ", "/var/tmp/caches"])
def test_the_usual_place_is_the_one_that_all_programs_use(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    assert caching.folder() == Path(platformdirs.user_cache_dir("reportlint"))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert caching.folder() == Path.home() / ".cache" / "reportlint"


def change(folder: Path) -> Iterator[str]:
    """One after the other, everything by which a result may change."""
    configuration = folder / "reportlint.toml"
    report = folder / "甲.txt"
    report.write_text("省级督察反馈任务26项，已完成整改29项。课后服务率为130%。\n", "utf-8")
    yield "the report"
    configuration.write_text('ignore-codes = ["NM101"]\n', "utf-8")
    yield "configuration"
    configuration.write_text('[[ignore]]\npath = "甲.txt"\ncode = "NM101"\nreason = "上年结转"\n', "utf-8")
    yield "an exemption"
    configuration.write_text('terms = ["公共服务"]\n', "utf-8")
    yield "terms"
    (folder / "词.tsv").write_text("课后服务率\t课后服务覆盖率\n", "utf-8")
    configuration.write_text('confusions-file = "词.tsv"\n', "utf-8")
    yield "confusions"
    (folder / "词.tsv").write_text("督察反馈\t督察指出\n", "utf-8")
    yield "the file of confusions"
    head = "名称,单位,最小值,最大值\n"
    (folder / "指标.csv").write_text(f"{head}课后服务率,%,0,100\n", "utf-8")
    configuration.write_text('[catalogue]\nextend = "指标.csv"\n', "utf-8")
    yield "a catalogue"
    (folder / "指标.csv").write_text(f"{head}课后服务率,%,0,200\n", "utf-8")
    yield "a row of the catalogue"
    configuration.write_text('[[override]]\npath = "甲.txt"\nselect = ["TY"]\n', "utf-8")
    yield "an override"
    configuration.write_text('severity = "error"\n', "utf-8")
    yield "severity"


def test_whatever_changes_is_noticed(tmp_path: Path) -> None:
    folder, cache = tmp_path / "稿", tmp_path / "cache"
    folder.mkdir()
    seen = {}
    for what in change(folder):
        fresh, kept = check(folder, "--format", "json"), check(folder, "--format", "json", cache=cache)
        assert kept.stdout == fresh.stdout, what
        seen[what] = fresh.stdout
    assert len(set(seen.values())) >= 7


def test_suppressions_in_the_text_and_baselines_hold(reports: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    plain = same(reports, cache, "--format", "json")
    check(reports, "--write-baseline", cache=cache)
    assert same(reports, cache, "--format", "json", "--baseline", "reportlint-baseline.json") != plain
    target = reports / "env-first-quarter.md"
    target.write_text("<!-- reportlint: ignore[ALL] 试 -->\n" + target.read_text("utf-8"), "utf-8")
    assert same(reports, cache, "--format", "html") != plain


def test_what_a_report_is_compared_with_counts(reports: Path, tmp_path: Path) -> None:
    cache, ledger = tmp_path / "cache", tmp_path / "台账.csv"
    told = []
    (reports / "乙.txt").write_text("芦汀县2024年工作总结\n2024年，全县共查处案件687件。\n", "utf-8")
    for value in ("687", "678"):
        ledger.write_text(f"指标,范围,时段,数值,单位\n查处案件,,2024年,{value},件\n", "utf-8")
        told.append(same(reports, cache, "--format", "json", "--ledger", str(ledger)))
    assert b"LG001" not in told[0] and b"LG001" in told[1]
    others = tmp_path / "一起报"
    others.mkdir()
    for value in ("687", "678"):
        (others / "丙.txt").write_text(f"芦汀县2024年工作总结\n2024年，全县共查处案件{value}件。\n", "utf-8")
        for form in ("json", "text"):
            told.append(same(reports, cache, "--format", form, "--together", str(others)))
    assert b"elsewhere" in told[-2] and b"elsewhere" not in told[-4]


def test_a_file_under_another_name_is_another_file(tmp_path: Path) -> None:
    folder, cache = tmp_path / "稿", tmp_path / "cache"
    folder.mkdir()
    text = "# 总结\n\n**共26项**，已完成29项。\n"
    (folder / "a.txt").write_text(text, "utf-8")
    (folder / "a.md").write_text(text, "utf-8")
    same(folder, cache, "--format", "json")


def test_a_plug_in_or_its_data_counts(reports: Path, tmp_path: Path) -> None:
    pack = tmp_path / "packs"
    (pack / "own").mkdir(parents=True)
    module = (
        "from pathlib import Path\nfrom reportlint.rule import rule\nfrom reportlint.finding import Finding, Message, Severity\n"
        "from reportlint.span import Span\n"
        "@rule('ZZ001', 'own-thing', severity=Severity.INFO, bad=('甲',), good=('乙',))\n"
        "def own(analysis):\n    '''自己的。'''\n"
        "    yield Finding(Span(0, 1), Message(Path(__file__).with_name('words.txt').read_text('utf-8')))\n"
        "RULES = (own,)\n"
    )
    (pack / "own" / "__init__.py").write_text(module, "utf-8")
    (pack / "own" / "words.txt").write_text("第一版", "utf-8")
    env = {"PYTHONPATH": str(pack)}
    cache = tmp_path / "cache"
    without = check(reports, cache=cache).stdout
    (pack / "own-1.0.dist-info").mkdir()
    (pack / "own-1.0.dist-info" / "entry_points.txt").write_text("[reportlint.rules]\nown = own\n", "utf-8")
    (pack / "own-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: own\nVersion: 1.0\n", "utf-8")
    first = check(reports, cache=cache, **env).stdout
    assert "第一版".encode() in first and first != without
    (pack / "own" / "words.txt").write_text("第二版。", "utf-8")
    second = check(reports, cache=cache, **env).stdout
    assert "第二版".encode() in second and "第一版".encode() not in second
    assert check(reports, cache=cache).stdout == without


def test_another_version_does_not_believe_what_this_one_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings()
    key = Cache(tmp_path).key(b"x", "a.txt", "a.txt", settings)
    monkeypatch.setattr(caching, "stamp", lambda: b"another")
    assert key is not None and Cache(tmp_path).key(b"x", "a.txt", "a.txt", settings) != key


def test_every_setting_is_known_to_matter_or_not() -> None:
    fields = set(Settings._fields)
    assert fields == {*MATTERING, *COMPARED, *SHOWING}, "a new setting: does it change what is found in a file?"


def _damage(file: Path, how: str) -> None:
    data = file.read_bytes()
    if how == "empty":
        file.write_bytes(b"")
    elif how == "noise":
        file.write_bytes(os.urandom(len(data)))
    elif how == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif how == "flipped":
        file.write_bytes(bytes(byte ^ 1 if at > 8192 and at % 97 == 0 else byte for at, byte in enumerate(data)))
    elif how == "other":
        file.unlink()
        store = sqlite3.connect(file)
        store.execute("CREATE TABLE result (x)")
        store.commit()
        store.close()
    elif how == "folder":
        file.unlink()
        file.mkdir()


@pytest.mark.parametrize("how", ["empty", "noise", "cut", "flipped", "other", "folder"])
def test_a_damaged_cache_is_no_cache(reports: Path, tmp_path: Path, how: str) -> None:
    cache = tmp_path / "cache"
    check(reports, cache=cache)
    _damage(cache / FILE, how)
    same(reports, cache, "--format", "json")
    if how in ("empty", "noise"):
        assert entries(cache), "it is made anew"


def test_a_changed_entry_is_not_believed(reports: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    check(reports, cache=cache)
    store = sqlite3.connect(cache / FILE)
    store.execute("UPDATE result SET data = replace(data, '警', '惊')")
    store.execute("UPDATE result SET data = (SELECT max(data) FROM result)")
    store.commit()
    store.close()
    same(reports, cache, "--format", "json")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="may write everywhere")
@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_folder_that_cannot_be_written_is_no_cache(reports: Path, tmp_path: Path, mode: int) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=mode)
    try:
        same(reports, cache)
    finally:
        cache.chmod(0o700)


@pytest.mark.parametrize("place", ["/dev/null/x", "/proc/nothing/here"])
@pytest.mark.skipif(sys.platform != "linux", reason="such places")
def test_a_place_that_cannot_be_is_no_cache(reports: Path, place: str) -> None:
    same(reports, Path(place))


def test_no_home_is_no_problem(reports: Path, tmp_path: Path) -> None:
    fresh = check(reports)
    env = {key: value for key, value in os.environ.items() if key not in ("HOME", "XDG_CACHE_HOME")}
    lacking = (
        {"XDG_CACHE_HOME": str(tmp_path / "x")},
        {"HOME": ""},
        {"HOME": "/nonexistent"},
        {"XDG_CACHE_HOME": "relative"},
    )
    for extra in lacking:
        done = subprocess.run(
            [sys.executable, "-m", "reportlint", "check", ".", "--jobs", "1"],
            cwd=reports,
            capture_output=True,
            env={**env, **extra},
            check=False,
        )
        assert done.stdout == fresh.stdout and done.stderr == fresh.stderr
    assert {path.suffix for path in reports.iterdir()} <= {".txt", ".md"}, "nothing was left in the working folder"


def test_two_runs_at_once_share_a_cache(reports: Path, tmp_path: Path) -> None:
    for number in range(40):
        (reports / f"{number}.txt").write_text(f"共26项，已完成{number + 1}项。\n", "utf-8")
    fresh = check(reports).stdout
    cache = tmp_path / "cache"
    command = [sys.executable, "-m", "reportlint", "check", ".", "--jobs", "1", "--cache-dir", str(cache)]
    for _ in range(2):
        running = [subprocess.Popen(command, cwd=reports, stdout=subprocess.PIPE) for _ in range(4)]
        assert [process.communicate()[0] for process in running] == [fresh] * 4
    known = entries(cache)
    assert known is not None and known[0] == sum(1 for _ in reports.iterdir())


def test_a_locked_cache_is_not_waited_for_long(reports: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    check(reports, cache=cache)
    store = sqlite3.connect(cache / FILE)
    store.execute("BEGIN EXCLUSIVE")
    try:
        assert check(reports, cache=cache).stdout == check(reports).stdout
    finally:
        store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="modes")
def test_the_store_is_for_its_owner_alone_and_holds_no_more_than_findings_say(reports: Path, tmp_path: Path) -> None:
    secret = "本段没有任何问题，只有一件尚未公开的事。"
    (reports / "密.txt").write_text(f"{secret}\n\n共26项，已完成29项。\n", "utf-8")
    cache = tmp_path / "cache"
    for form in ("json", "text", "html"):
        check(reports, "--format", form, cache=cache)
    assert stat.S_IMODE((cache / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    data = b"".join(path.read_bytes() for path in cache.iterdir())
    assert "29项".encode() in data and "尚未公开".encode() not in data


def test_the_store_does_not_grow_beyond_its_limit(tmp_path: Path) -> None:
    limit = 400_000
    for round in range(6):
        store = Cache(tmp_path, limit)
        for number in range(100):
            store.put_packed(b"%020d" % (round * 100 + number), os.urandom(2000))
        store.close()
    known = entries(tmp_path)
    assert known is not None and 50 <= known[0] < 300 and known[1] < 2 * limit
    assert Cache(tmp_path, limit).read(b"%020d" % 599) is not None, "the newest stay"


def test_what_nobody_asks_for_grows_old_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Cache(tmp_path)
    store.put_packed(b"%020d" % 1, b"old")
    store.put_packed(b"%020d" % 2, b"used")
    store.close()
    later = Cache(tmp_path)
    later._day += caching.DAYS - 1
    assert later.read(b"%020d" % 2) == b"used"
    later.close()
    latest = Cache(tmp_path)
    latest._day += caching.DAYS + 1
    latest.put_packed(b"%020d" % 3, b"new")
    latest.close()
    assert entries(tmp_path) == (2, entries(tmp_path)[1])  # type: ignore[index]


def test_the_cache_tells_where_it_is_and_can_be_emptied(reports: Path, tmp_path: Path) -> None:
    def ask(word: str) -> str:
        command = [sys.executable, "-m", "reportlint", "cache", word, "--cache-dir", str(tmp_path / "cache")]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout

    assert "还没有结果" in ask("dir") and "没有缓存" in ask("clear")
    check(reports, cache=tmp_path / "cache")
    assert ask("dir").splitlines()[0] == str(tmp_path / "cache") and "4 个结果" in ask("dir")
    assert "已清空" in ask("clear") and not (tmp_path / "cache" / FILE).exists()
    same(reports, tmp_path / "cache")


def test_a_single_short_file_is_checked_without_a_cache(reports: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "reportlint",
        "check",
        "env-annual-clean.txt",
        "--cache-dir",
        str(tmp_path / "cache"),
    ]
    assert subprocess.run(command, cwd=reports, capture_output=True, check=False).returncode == 0
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("name", sorted(path.name for path in SEEDS.glob("*.*") if path.suffix in (".txt", ".md")))
def test_a_result_survives_packing(name: str) -> None:
    data = (SEEDS / name).read_bytes()
    document = from_bytes(data, name, Path(name).suffix)
    result = check_document(document, Path(name), Settings())
    again = unpacked(packed(result), name, lambda: document)

    def told(one: Diagnostic) -> tuple[object, ...]:
        return one.rule.code, one.rule.title, one.finding, one.severity, one.fingerprint

    assert [*map(told, again.diagnostics)] == [*map(told, result.diagnostics)]
    assert [(rule.code, one) for rule, one in again.looked] == [(rule.code, one) for rule, one in result.looked]
    assert again[2:7] == result[2:7] and again.document.text == document.text
    assert packed(again) == packed(result)
