"""Is the process up, and can it serve?"""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache

LEAST_FREE_BYTES = 100 * 1024 * 1024
PLAIN = "text/plain; charset=utf-8"


@never_cache
def healthz(request):
    return HttpResponse("ok\n", content_type=PLAIN)


@never_cache
def readyz(request):
    """503 with the reasons while the database, its migrations or the disk are not fit to serve."""
    reasons = [*database_reasons(), *disk_reasons()]
    return HttpResponse("\n".join(reasons or ["ready"]) + "\n", status=503 if reasons else 200, content_type=PLAIN)


def database_reasons():
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return ["database: no answer"]
    return [f"database: {len(pending)} migrations to run"] if pending else []


def disk_reasons():
    free = shutil.disk_usage(settings.DATA_DIR).free
    return ["disk: less than 100 MB free"] if free < LEAST_FREE_BYTES else []
