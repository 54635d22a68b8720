# Everything a person types. The work is done by the scripts in dev/, which say what they do.
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test test-fast lint format bench requirements

export VENV ?= .venv
PY := $(VENV)/bin/python
FAST := not postgres and not elasticsearch and not browser and not verapdf and not stripe

help: ## This list
	@printf 'ASH Job. Two commands to begin with: make demo, make test.\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: ## The site with demonstration data, worker and schedule in this terminal (PORT=8000)
	@trap : INT; dev/demo.sh run || [ $$? -eq 130 ]

demo-reset: ## Throws the demonstration data away
	@dev/demo.sh reset

test: ## The whole suite; installs and starts Elasticsearch, PostgreSQL, stripe-mock and Chromium
	@exec dev/test.sh $(ARGS)

test-fast: ## The part of the suite that needs SQLite alone (ARGS="tests/billing -x")
	@dev/venv.sh dev
	@dev/services/system.sh pdf
	@DATABASE_URL=sqlite://:memory: ELASTICSEARCH_URL= $(PY) -m pytest -n $${WORKERS:-2} -m "$(FAST)" $(ARGS)

lint: ## Style, types, layers, migrations, deployment, shell, Docker files, known vulnerabilities
	@exec dev/lint.sh

format: ## Lets ruff rewrite what it can
	@dev/venv.sh dev
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format --quiet .

bench: ## Measures (NAME=one of dev/bench/*.py)
	@dev/venv.sh dev
	@dev/bench.sh $(NAME)

requirements: ## Compiles requirements*.in to the pinned requirements*.txt (ARGS=--upgrade)
	@[ -x $(VENV)/bin/pip-compile ] || dev/venv.sh dev
	@for name in requirements requirements-demo requirements-dev; do \
		CUSTOM_COMPILE_COMMAND="make requirements" $(VENV)/bin/pip-compile --quiet --strip-extras --no-emit-index-url \
			--no-emit-find-links --no-emit-trusted-host $(ARGS) --output-file $$name.txt $$name.in || exit 1; \
	done
