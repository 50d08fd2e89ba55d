"""The site refuses to start where it would be unsafe, and says what to do."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent
STRONG = "k8Zq-3vX7wLp_9RtYb2NcFh5JdMs6GaQe4Ui1OoPzTxWyVrKjB"
OURS = ("DATA_DIR", "SITE_URL", "SECRET_KEY", "DATABASE_URL", "CACHE_URL", "DJANGO_DEBUG", "DJANGO_SETTINGS_MODULE")
OURS += ("DJANGO_ALLOW_ASYNC_UNSAFE",)


def manage(tmp_path, *command, **environment):
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=HOUSE,
        env=clean | {"DATA_DIR": str(tmp_path / "var")} | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SITE_URL": "https://cities.example.org"}, "SECRET_KEY must be set"),
        ({"SITE_URL": "https://cities.example.org", "SECRET_KEY": "short"}, "shorter than 50"),
        ({"SITE_URL": "https://cities.example.org", "SECRET_KEY": "ab" * 40}, "too easy to guess"),
        ({"SITE_URL": "https://cities.example.org", "SECRET_KEY": "django-insecure-" + STRONG}, "too easy to guess"),
        ({"SITE_URL": "https://c.example.org", "SECRET_KEY": STRONG, "DJANGO_DEBUG": "1"}, "DJANGO_DEBUG"),
        ({"SITE_URL": "http://cities.example.org"}, "in the clear"),
        ({"SITE_URL": "http://192.168.1.5:8000"}, "in the clear"),
        ({"SITE_URL": "cities.example.org"}, "must look like https://"),
        ({"SITE_URL": "https://cities.example.org/path", "SECRET_KEY": STRONG}, "without a path"),
        ({"SITE_URL": "http://127.0.0.1:port"}, "is no address"),
        ({"DATA_DIR": "/dev/null/var"}, "cannot be made"),
    ],
)
def test_it_refuses_to_start_and_says_why(tmp_path, environment, sentence):
    done = manage(tmp_path, "check", **environment)
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert sentence in done.stderr


def test_with_nothing_set_it_starts_and_keeps_one_secret_for_its_owner_alone(tmp_path):
    kept = tmp_path / "var" / "secret-key"
    assert manage(tmp_path, "check").returncode == 0
    first = kept.read_text()
    assert manage(tmp_path, "check").returncode == 0
    assert kept.read_text() == first
    assert len(first) >= 50
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert sorted(path.name for path in kept.parent.iterdir()) == ["secret-key"]


def test_the_deployment_check_has_nothing_to_say_in_production(tmp_path):
    done = manage(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING", SITE_URL="https://c.example.org", SECRET_KEY=STRONG
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_no_migration_is_missing(tmp_path):
    done = manage(tmp_path, "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout + done.stderr


def test_production_knows_its_host_and_hardens_its_cookies(tmp_path):
    show = (
        "from django.conf import settings as s; print(s.ALLOWED_HOSTS, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SECURE_HSTS_SECONDS >= 31536000)"
    )
    done = manage(tmp_path, "shell", "--no-imports", "-c", show, SITE_URL="https://c.example.org", SECRET_KEY=STRONG)
    assert done.stdout.strip() == (
        "['c.example.org', '127.0.0.1', 'localhost', '[::1]'] __Host-sid __Host-csrf True True True"
    )
