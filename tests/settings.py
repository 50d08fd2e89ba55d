"""The site's own settings, with a folder of its own and without what makes tests slow."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "OBSERVATORY_TESTS" not in os.environ:  # the parallel workers inherit the folder of the process that made it
    os.environ["OBSERVATORY_TESTS"] = tempfile.mkdtemp(prefix="observatory-tests-")
    atexit.register(shutil.rmtree, os.environ["OBSERVATORY_TESTS"], ignore_errors=True)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
os.environ["DATA_DIR"] = f"{os.environ['OBSERVATORY_TESTS']}/{WORKER}"
os.environ["SECRET_KEY"] = "for the tests alone"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # a browser's event loop runs beside the tests that use the database
for unwanted in ("SITE_URL", "DJANGO_DEBUG", "REVIEW_REQUIRED", "SECRET_KEY_FALLBACKS", "LOG_LEVEL"):
    os.environ.pop(unwanted, None)

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, PLAIN_STATIC, STATIC_ROOT, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": PLAIN_STATIC}
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
if "redis" in CACHES["default"]["BACKEND"].lower():  # each worker has a Redis database of its own
    CACHES["default"]["LOCATION"] = f"{str(CACHES['default']['LOCATION']).rstrip('/')}/{WORKER}"
