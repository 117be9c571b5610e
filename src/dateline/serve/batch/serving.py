"""What a worker process does: it reads chunks from one pipe and writes their outcomes to another.

Run as a program it is one worker, or, given a socket, the nursery that forks them; see `nursery`.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import replace
from typing import IO

import msgspec

from dateline.errors import DatelineError
from dateline.records import Report
from dateline.serve.batch.chunks import code_chunk, settle
from dateline.serve.batch.messages import receive, send
from dateline.serve.setup import Loaded, Setup

# To a nursery: fork a worker for the socket that comes along, or tell how a worker ended.
ORDER = struct.Struct("<cQ")
FORK, STATUS = b"f", b"s"

_encode = msgspec.msgpack.Encoder().encode
_reports = msgspec.msgpack.Decoder(list[Report])


def serve(questions: IO[bytes], answers: IO[bytes], loaded: Loaded, *, settled: bool) -> None:
    """Answer chunks until the other side closes its pipe."""
    while (message := receive(questions)) is not None:
        send(answers, _encode(code_chunk(_reports.decode(message), loaded)))
        if not settled:
            settle()
            settled = True


def _refusal(error: DatelineError) -> bytes:
    return f"{type(error).__name__} {error}".encode()


def _alone(setup: Setup) -> None:
    # What a library prints must not come between the messages.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        loaded = setup.load()
    except DatelineError as error:
        send(answers, _refusal(error))
        return
    send(answers, b"")
    serve(sys.stdin.buffer, answers, loaded, settled=False)


def _tend(setup: Setup, orders: socket.socket) -> None:
    # Everything is loaded and used once here, so that the workers share its memory.
    from dateline.samples import sample, sample_names

    refusal = b""
    try:
        loaded = setup.load()
        code_chunk([sample(name) for name in sample_names()[:1]], replace(loaded, cache=None))
        settle()
    except DatelineError as error:
        refusal = _refusal(error)
    while True:
        order, handles, _, _ = socket.recv_fds(orders, ORDER.size, 1)
        if len(order) < ORDER.size:
            return
        kind, number = ORDER.unpack(order)
        if kind == STATUS:
            orders.sendall(ORDER.pack(STATUS, os.waitpid(number, 0)[1]))
            continue
        with socket.socket(fileno=handles[0]) as line:
            if refusal:
                with line.makefile("wb") as answers, suppress(OSError):
                    send(answers, refusal)
            elif os.fork() == 0:
                orders.close()
                _forked(line, loaded)


def _forked(line: socket.socket, loaded: Loaded) -> None:
    status = 1
    try:
        with suppress(OSError), line.makefile("rb") as questions, line.makefile("wb") as answers:
            send(answers, str(os.getpid()).encode())
            serve(questions, answers, loaded, settled=True)
        status = 0
    finally:
        os._exit(status)  # nothing of the nursery is to be cleaned up here


def main(setup: str, handle: str | None = None) -> None:
    """Be a worker, or a nursery where the number of its socket is given."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(50_000, 20, 50)  # see `dateline.serve.cli`
    decoded = msgspec.json.decode(setup, type=Setup)
    with suppress(BrokenPipeError):
        if handle is None:
            _alone(decoded)
            return
        with socket.socket(fileno=int(handle)) as orders:
            _tend(decoded, orders)


if __name__ == "__main__":
    main(*sys.argv[1:])
