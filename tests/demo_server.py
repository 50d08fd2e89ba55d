"""One demo site for a whole test run: loaded once, served by gunicorn, shared by all workers through a lock."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent


def folder():
    return Path(os.environ["OBSERVATORY_TESTS"]) / "demo-site"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def address():
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = folder() / "address"
        if not kept.exists():
            kept.write_text(start())
        return kept.read_text()


def start():
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(folder()),
        "SITE_URL": url,
        "WEB_CONCURRENCY": "1",
        "PORT": str(port),
    }
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        environment["DATABASE_URL"] = fresh_database(os.environ["DATABASE_URL"])

    def run(*command):
        done = subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"

    for command in (["migrate"], ["collectstatic", "--no-input"], ["load_demo"], ["demo_accounts"]):
        run(sys.executable, "manage.py", *command, "--verbosity=0")
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.conf.py", "--daemon"]
    run(*gunicorn, "--pid", str(folder() / "pid"), "--log-file", str(folder() / "log"), "config.wsgi")
    wait_for(f"{url}/healthz")
    return url


def wait_for(url, seconds=20):
    for _ in range(seconds * 10):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"No answer from {url}:\n{(folder() / 'log').read_text()[-2000:]}")


def fresh_database(url):
    """An empty database beside the one the tests use, on the same PostgreSQL."""
    import psycopg

    server = url.rpartition("/")[0]
    with psycopg.connect(
        f"{server}/postgres".replace("postgres://", "postgresql://", 1), autocommit=True
    ) as connection:
        connection.execute("DROP DATABASE IF EXISTS observatory_demo_site WITH (FORCE)")
        connection.execute("CREATE DATABASE observatory_demo_site TEMPLATE template0 ENCODING 'UTF8'")
    return f"{server}/observatory_demo_site"


def stop():
    pid = folder() / "pid"
    if pid.exists():
        os.kill(int(pid.read_text()), signal.SIGTERM)
