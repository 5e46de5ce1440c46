"""A program of its own: audits the ledger once, and prints what it took, as JSON."""

import json
import time

from chalicelib.services.points import auditing
from chalicelib.store.base import connection
from tests.bench.one_export import most_mb

if __name__ == "__main__":
    connection()
    base, start = most_mb(), time.perf_counter()
    books = auditing.audit()
    seconds = time.perf_counter() - start
    assert books.misfit is None and books.total == 0, books
    print(json.dumps({"seconds": seconds, "peak_mb": most_mb() - base, "entries": books.entries}))
