"""What `make` says where it cannot go on."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent


def site(*arguments, folder=HOUSE, **environment):
    return subprocess.run(
        ["bin/site", *arguments], cwd=folder, env=os.environ | environment, capture_output=True, text=True
    )


@pytest.fixture
def clone(tmp_path):
    """A checkout that nothing was installed in."""
    (tmp_path / "bin").mkdir()
    for name in ("bin/site", "requirements.txt"):
        shutil.copy(HOUSE / name, tmp_path / name)
    return tmp_path


def python(tmp_path, body):
    """A Python of our own making, put before the real one."""
    path = tmp_path / "python"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_taken_port_is_named_with_a_way_out_before_any_slow_work(command, clone):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = site(command, folder=clone, PORT=str(port))
    assert done.returncode != 0
    assert f"Port {port} cannot be used" in done.stderr
    assert f"PORT={port + 1}" in done.stderr
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_refused(port, clone):
    done = site("run", folder=clone, PORT=port)
    assert done.returncode != 0
    assert "is no port" in done.stderr


def test_a_missing_venv_module_is_named_with_the_package_that_brings_it(clone, tmp_path):
    lacking = python(tmp_path, 'case "$*" in *ensurepip*) exit 1;; *print*) echo 3.11;; esac')
    done = site("install", folder=clone, PYTHON=lacking)
    assert done.returncode != 0
    assert "apt install python3.11-venv" in done.stderr


def test_serving_before_installing_says_what_to_run(clone):
    done = site("serve", folder=clone, PORT="65431")
    assert done.returncode != 0
    assert "make install demo" in done.stderr


def test_a_browser_that_cannot_be_run_is_refused():
    done = site("browser", CHROMIUM="/no/such/browser")
    assert done.returncode != 0
    assert "CHROMIUM=/no/such/browser" in done.stderr


def test_installing_twice_installs_once():
    before = (HOUSE / ".venv" / "requirements-dev.stamp").stat().st_mtime_ns
    done = site("install", "requirements-dev")
    assert (done.returncode, done.stderr) == (0, "")
    assert (HOUSE / ".venv" / "requirements-dev.stamp").stat().st_mtime_ns == before
