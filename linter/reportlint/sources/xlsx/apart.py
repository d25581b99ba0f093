"""The script of a process that reads one old workbook: bytes on standard input, what its sheets hold as JSON on standard output."""

from __future__ import annotations

import json
import sys

from reportlint.errors import ReadError
from reportlint.sources.xlsx import sheets_here


def main() -> None:
    """Read, tell, and let nothing but a crash of the reader itself go unsaid."""
    try:
        found, notes = sheets_here(sys.stdin.buffer.read())
    except ReadError as error:
        told: dict[str, object] = {"error": str(error)}
    else:
        told = {"sheets": found, "notes": notes}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
