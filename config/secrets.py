"""The site's secret: demanded in production, made once and kept on a loopback address."""

import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SHORTEST = 50
FEWEST_DIFFERENT = 10
HOW_TO = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"


def strong_secret(secret: str) -> str:
    """The secret itself, or a refusal that says what is wrong with it."""
    if not secret:
        raise ImproperlyConfigured(f"SITE_URL is https, so SECRET_KEY must be set. {HOW_TO}")
    if len(secret) < SHORTEST:
        raise ImproperlyConfigured(f"SECRET_KEY is shorter than {SHORTEST} characters. {HOW_TO}")
    if len(set(secret)) < FEWEST_DIFFERENT or secret.startswith("django-insecure-"):
        raise ImproperlyConfigured(f"SECRET_KEY is too easy to guess. {HOW_TO}")
    return secret


def kept_secret(path: Path) -> str:
    """Read the secret kept at path; make it first where there is none. Two processes end with the same one."""
    if not path.exists():
        handle, made = tempfile.mkstemp(dir=path.parent)  # mkstemp makes files with mode 0600
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(made, path)
        except FileExistsError:
            pass  # another process was quicker: its secret is the one
        finally:
            os.unlink(made)
    return path.read_text().strip()
