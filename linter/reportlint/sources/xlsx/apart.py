"""The script of a process that reads one old workbook: bytes on standard input, what its sheets hold as JSON on standard output.

Its arguments are the bytes of memory that it may take, and the limits of the workbook.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress

from reportlint.errors import ReadError
from reportlint.limits import Limits
from reportlint.sources.xlsx import sheets_here


def main() -> None:
    """Read, tell, and let nothing but a crash of the reader itself go unsaid."""
    memory, *limits = map(int, sys.argv[1:])
    with suppress(ImportError, OSError, ValueError):  # Windows has no such limit, a container may have a lower one
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        found, notes = sheets_here(sys.stdin.buffer.read(), Limits(*limits))
    except ReadError as error:
        told: dict[str, object] = {"error": str(error)}
    else:
        told = {"sheets": found, "notes": notes}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
