"""The demo content on SQLite: loaded once for a whole test run, then copied page by page, which takes milliseconds."""

import fcntl
import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection


@contextmanager
def in_place():
    """The worker's own database holds the content inside the block, and what it held before after it."""
    connection.ensure_connection()
    own = connection.connection
    with closing(sqlite3.connect(":memory:")) as before:
        own.backup(before)
        try:
            _fill(own)
            yield
        finally:
            before.backup(connection.connection)


def _fill(own):
    kept = Path(os.environ["OBSERVATORY_TESTS"]) / "demo-content.sqlite3"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            call_command("load_demo", verbosity=0)
            with closing(sqlite3.connect(kept)) as copy:
                own.backup(copy)
            return
    with closing(sqlite3.connect(kept)) as copy:
        copy.backup(own)
