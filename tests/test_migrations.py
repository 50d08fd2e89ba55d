"""Every migration can be taken back and made again, and the models hold nothing the migrations do not."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command

STEPS = """
import django
from django.core.management import call_command
django.setup()
for step in ([], ["indicators", "zero"], []):  # what depends on indicators goes back with them
    call_command("migrate", *step, verbosity=0)
    if step:
        from django.db import connection
        tables = connection.introspection.table_names()
        left = [name for name in tables if name.startswith(("indicators_", "policies_"))]
        assert not left, left
"""


def test_migrations_go_back_to_nothing_and_forward_again(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")}
    environment |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run([sys.executable, "-c", STEPS], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
