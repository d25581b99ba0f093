"""Dask does the units: on this machine, or on a cluster that is already there."""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reportlint.errors import ReportlintError, ScanError
from reportlint.record import NamedTuple
from reportlint.scan.child import isolated
from reportlint.scan.examine import Item, Job, Rows, examine, together
from reportlint.scan.source import Source, Unit
from reportlint.scan.store import Store

if TYPE_CHECKING:
    from distributed import Client

#: Units that are under way or wait for a worker, for every worker: enough that none is idle, few enough that memory stays flat.
_AHEAD = 2
#: How often a unit may take its worker with it before its documents are checked each in a process of its own.
_DEATHS = 1


class Done(NamedTuple):
    """What came of a unit, as far as the one who drives has to know."""

    key: str
    documents: int
    failed: int
    characters: int
    findings: int


def work(unit: Unit, source: Source, job: Job, store: Store, careful: bool = False) -> Done:
    """Check a unit and write its part. Runs on a worker; only what makes the scan senseless is raised."""
    items = source.items(unit)
    rows = together(isolated(items, job) if careful else _watched(items, job))
    store.write(unit.key, rows)
    documents = rows["documents"]
    return Done(
        unit.key,
        len(documents),
        sum(one["status"] != "ok" for one in documents),
        sum(one.get("characters", 0) for one in documents),
        len(rows["findings"]),
    )


def _watched(items: Iterator[Item], job: Job) -> Iterator[Rows]:
    """What came of each of ``items``; where one takes too long the process ends, as no thread could be stopped otherwise."""
    watch = job.timeout > 0 and _alone()
    with open(os.devnull, "w") as nowhere:  # not a path of anybody's
        try:
            for item in items:
                if watch:
                    faulthandler.dump_traceback_later(job.timeout, exit=True, file=nowhere)
                yield examine(item, job)
        finally:
            if watch:
                faulthandler.cancel_dump_traceback_later()


def _alone() -> bool:
    """Whether this process is a worker's, with one thread for work: then a document that hangs may end it."""
    from distributed import get_worker

    try:
        worker = get_worker()
    except ValueError:
        return False
    return bool(worker.state.nthreads == 1) and worker.nanny is not None


@contextmanager
def cluster(scheduler: str | None, workers: int, dashboard: str | None) -> Iterator[Client]:
    """A client of the cluster at ``scheduler``; without an address one is made here, that nobody else can reach."""
    import dask
    from distributed import Client, LocalCluster

    quiet = {"distributed.logging.distributed": "critical", "distributed.scheduler.allowed-failures": _DEATHS}
    with dask.config.set({**quiet, "distributed.admin.large-graph-warning-threshold": "1GB"}):
        if scheduler:
            try:
                client = Client(scheduler, timeout="20s", set_as_default=False)
            except (OSError, ValueError, TimeoutError) as error:
                raise ScanError(f"连不上调度器 {scheduler}：{error}") from error
            with client:
                yield client
            return
        local = LocalCluster(
            n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=dashboard, silence_logs=50,
            security=_private(), memory_limit=0,
        )  # fmt: skip
        with local, Client(local, set_as_default=False) as client:
            yield client


def _private() -> bool:
    """Whether what the processes say to each other can be encrypted: on a shared machine others could listen, and send work."""
    from importlib.util import find_spec

    return find_spec("cryptography") is not None


def drive(
    client: Client, source: Source, job: Job, store: Store, done: set[str], told: Callable[[Done], None]
) -> set[str]:
    """Have every unit done that is not yet in ``done``; the keys of all that there are.

    Units are listed only as fast as they are worked off. Raises :class:`ScanError` where the cluster or the folder of results is gone.
    """
    from distributed import as_completed

    keys: set[str] = set()
    waiting = _left(source, done, keys)
    running: dict[Any, tuple[Unit, bool]] = {}
    finished = as_completed([], loop=client.loop)
    ahead = _AHEAD * max(1, sum(client.nthreads().values()))

    def send(unit: Unit, careful: bool = False) -> None:
        name = f"unit-{unit.key}{'-careful' if careful else ''}"
        future = client.submit(work, unit, source, job, store, careful, key=name, pure=False)
        running[future] = (unit, careful)
        finished.add(future)

    for unit in waiting:
        send(unit)
        if len(running) < ahead:
            continue
        _next(finished, running, send, told)
    while running:
        _next(finished, running, send, told)
    return keys


def _left(source: Source, done: set[str], keys: set[str]) -> Iterator[Unit]:
    """The units that are not in ``done``; all of them go into ``keys``."""
    for unit in source.units():
        keys.add(unit.key)
        if unit.key not in done:
            yield unit


def _next(
    finished: Any, running: dict[Any, tuple[Unit, bool]], send: Callable[..., None], told: Callable[[Done], None]
) -> None:
    """Wait for one unit; one that took its workers with it is sent again, to be checked with care."""
    from distributed import KilledWorker

    future = next(finished)
    unit, careful = running.pop(future)
    if future.status == "finished":
        told(future.result())
    elif isinstance(error := _error(future), KilledWorker) and not careful:
        send(unit, careful=True)
    elif isinstance(error, ReportlintError):
        raise error
    else:
        raise ScanError(f"有一批文件没能做完：{type(error).__name__}: {error}。已完成的都在，再运行一次会接着做")
    future.release()


def _error(future: Any) -> BaseException:
    try:
        return future.exception() or ScanError("任务被取消")
    except Exception as error:  # a cancelled future raises instead
        return error
