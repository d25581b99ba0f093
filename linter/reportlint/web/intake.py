"""Bodies of requests: read piece by piece into memory, within a size and a time, never onto a disk."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from reportlint.errors import ReportlintError

if TYPE_CHECKING:
    from starlette.requests import Request

_LARGEST_ORDER = 64 * 1024


class RefusalError(ReportlintError):
    """A request that is not met: with the status to answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def body(request: Request, most: int, seconds: float) -> bytes:
    """The body of ``request``, of at most ``most`` bytes, if it is all here after ``seconds``. Raises :class:`RefusalError`."""
    too_large = RefusalError(413, f"文件超过 {most // 1024 // 1024} MB，不会是一份报告")
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > most:
        raise too_large
    end = time.monotonic() + seconds
    data = bytearray()
    pieces = request.stream().__aiter__()
    while True:
        try:
            piece = await asyncio.wait_for(pieces.__anext__(), max(0.0, end - time.monotonic()))
        except StopAsyncIteration:
            return bytes(data)
        except asyncio.TimeoutError as error:
            raise RefusalError(408, "文件传得太慢，没有收完，请再试一次") from error
        data += piece
        if len(data) > most:
            raise too_large


async def order(request: Request, seconds: float = 10) -> dict[str, Any]:
    """The JSON object in the body of ``request``. Raises :class:`RefusalError`."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise RefusalError(415, "请求应为 JSON")
    try:
        found = json.loads(await body(request, _LARGEST_ORDER, seconds))
    except (ValueError, RecursionError) as error:
        raise RefusalError(400, "请求不是合法的 JSON") from error
    if not isinstance(found, dict):
        raise RefusalError(400, "请求应为一个 JSON 对象")
    return found


def word(found: dict[str, Any], name: str, longest: int = 500) -> str:
    """The string called ``name`` in ``found``, empty where there is none. Raises :class:`RefusalError`."""
    value = found.get(name, "")
    if not isinstance(value, str) or len(value) > longest:
        raise RefusalError(400, f"{name} 应为不超过 {longest} 字的字符串")
    return value
