"""How `make run` and `make serve` serve. Behind a reverse proxy, name it in FORWARDED_ALLOW_IPS."""

import os

bind = f"{os.environ.get('LISTEN', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
preload_app = False  # a reload must load new code
control_socket_disable = True  # no socket in somebody's home folder
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a slow disk must not look like a dead worker
timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
limit_request_line = 4094
accesslog = os.environ.get("ACCESS_LOG") or None
