import shutil
from collections import namedtuple

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from config.views import health

Usage = namedtuple("Usage", "total used free")


def test_healthz_answers_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_is_ready(client):
    assert client.get("/readyz").content == b"ready\n"


@pytest.mark.django_db
def test_readyz_counts_the_migrations_to_run(client):
    MigrationRecorder(connection).migration_qs.filter(app="sessions").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"database: 1 migrations to run\n"


@pytest.mark.django_db
def test_readyz_names_a_full_disk(client, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(1, 1, health.LEAST_FREE_BYTES - 1))
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"disk: less than 100 MB free\n")
