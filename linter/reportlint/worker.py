"""A process that checks files for another one: :mod:`reportlint.workers` speaks to it through its standard input and output."""

from __future__ import annotations

import gc
import os
import pickle
import sys
from contextlib import suppress

from reportlint.configuration import Configuration
from reportlint.kept import packed
from reportlint.run import check_bytes, failure
from reportlint.workers import read, write


def main() -> None:
    """Check what comes in until nothing does."""
    gc.set_threshold(50_000, 20, 100)  # as in the command line
    heard = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    file, options = pickle.loads(read(heard))
    configuration = Configuration(file)
    with suppress(EOFError, BrokenPipeError):
        while True:
            target = pickle.loads(read(heard))
            data = read(heard)
            try:
                settings = configuration.for_file(target.place).overridden(**options)
                said = (b"result", packed(check_bytes(data, target, settings)))
            except Exception as error:
                said = (b"failure", failure(error).encode("utf-8", "surrogatepass"))
            for message in said:
                write(answers, message)
    gc.freeze()
