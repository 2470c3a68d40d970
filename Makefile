# `make` alone prints what there is. HOST, PORT, DATABASE_URL, SECRET_KEY… come from the environment.
PYTHON  ?= python3
WORKERS ?= 2
DEMO    ?= 1
bin     := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run serve test lint check fix bench demo lock clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## set everything up and serve on http://127.0.0.1:8000, with a demo workspace (DEMO=0: empty)
	@$(bin)/banyan run $(if $(filter 0,$(DEMO)),--no-demo)

serve: setup ## serve for a team, behind a proxy: gunicorn with WORKERS=2 on DATABASE_URL
	@$(bin)/banyan migrate
	@exec $(bin)/gunicorn --workers $(WORKERS) --bind "$${HOST:-127.0.0.1}:$${PORT:-8000}" --threads 4 --no-control-socket \
	  --timeout 120 --max-requests 5000 --max-requests-jitter 500 wsgi:app

test: setup-dev ## run every test: SQLite, PostgreSQL, browser
	@$(bin)/python scripts/run_tests.py $(ARGS)

check: lint test ## lint, types, templates, catalogues, then every test

lint: setup-dev ## the quick part of `make check`
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/djlint templates --lint --quiet
	$(bin)/bandit --quiet --configfile pyproject.toml --recursive app
	$(bin)/python scripts/catalogues.py check
	$(bin)/python scripts/drift.py

fix: setup-dev ## mend what can be mended by a machine
	$(bin)/ruff check --fix
	$(bin)/ruff format
	$(bin)/python scripts/catalogues.py update

bench: setup-dev ## measure (SCALE=10 for ten times the data)
	@$(bin)/python -m bench

demo: setup ## build the demo workspace anew (asks before it replaces another)
	@$(bin)/banyan demo

lock: setup-dev ## resolve requirements/*.in again into the locks
	@for name in base dev uv node; do \
	  $(bin)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --upgrade requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## remove what was made: the environment, caches, front-end files (data in instance/ stays)
	rm -rf .venv build static/vendor .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find app tests scripts bench migrations -name __pycache__ -prune -exec rm -rf {} +

setup:
	@$(PYTHON) scripts/setup.py run

setup-dev:
	@$(PYTHON) scripts/setup.py test
