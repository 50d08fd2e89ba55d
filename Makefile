# The commands of the house. What they do step by step stands in bin/site.
PORT ?= 8000
export PORT
VENV := .venv/bin
WORKERS ?= $(shell bin/site workers)

.PHONY: help run test install demo serve dev lint bench format lock messages

help:
	@echo "make run      install, load the demo content and serve it on http://127.0.0.1:$(PORT) (PORT=…)"
	@echo "make test     install what the tests need and run them all"
	@echo "Parts: install, demo, serve, lint, bench, format, lock, messages"

run:
	@bin/site run

test: lint
	@CHROMIUM="$$(bin/site browser)" && export CHROMIUM && $(VENV)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS)

install:
	@bin/site install

demo:
	@bin/site demo

serve:
	@bin/site serve

dev:
	@bin/site install requirements-dev

lint: dev
	@$(VENV)/ruff check --output-format concise .
	@$(VENV)/ruff format --check --quiet . || { echo "Unformatted files above: make format"; exit 1; }
	@$(VENV)/djlint --quiet --lint templates
	@$(VENV)/mypy

format: dev
	@$(VENV)/ruff check --fix --quiet . ; $(VENV)/ruff format --quiet .

bench: dev
	@if [ -d tests/benchmarks ]; then $(VENV)/python -m pytest tests/benchmarks -p no:xdist; else echo "No benchmarks yet."; fi

lock:
	@bin/lock

# Needs gettext (Debian: apt install gettext).
messages:
	@$(VENV)/python manage.py makemessages -l zh_Hans --no-location --no-wrap --ignore=.venv --ignore=var
	@$(VENV)/python manage.py compilemessages --ignore=.venv
