# Needs make, Python 3.11 or newer and a package index; everything else is installed into .venv from the lock files.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first Python that is new enough; name another one with PYTHON=…
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
RUN := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export PYTHONUNBUFFERED := 1

# What is installed is remembered by the hash of its lock file: an unchanged environment costs nothing.
hash = $(firstword $(shell cksum < $(1)))
UV_INSTALLED := $(VENV)/.installed-uv-$(call hash,requirements-uv.txt)
INSTALLED := $(VENV)/.installed-$(call hash,requirements.lock)
DEV_INSTALLED := $(VENV)/.installed-dev-$(call hash,requirements-dev.lock)

# Both locks share one environment, so neither removes what the other put there. uv is ten times as fast as pip, but it
# is not available everywhere and does not read pip's configuration; then pip does it.
define install_locked
	@echo "installing $(1) …"
	@if [ -x $(VENV)/bin/uv ] && $(VENV)/bin/uv pip install --quiet --python $(RUN) --require-hashes -r $(1); then :; \
	else $(RUN) -m pip install --quiet --require-hashes -r $(1); fi
endef

BODY ?= nx
CASES ?= 5000
SEED ?= 1
LINTS := lint-style lint-format lint-imports lint-types lint-templates lint-migrations
.PHONY: help install install-dev run test test-browser lint $(LINTS) format bench simulate lock clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 15

install: $(INSTALLED)  ## make .venv and install what the portal runs with; nothing is started

install-dev: $(DEV_INSTALLED)  ## the same with the tools of tests and checks

run: $(INSTALLED)  ## start everything on http://127.0.0.1:8000 (HOST PORT DATA_DIR DATABASE_URL REDIS_URL override)
	@exec $(RUN) -m portal.supervisor

test: $(DEV_INSTALLED)  ## all tests but those of the browser (more options: ARGS="-k clock -x")
	$(RUN) -m pytest --ignore=tests/browser --numprocesses auto --maxprocesses 4 $(ARGS)

test-browser: $(DEV_INSTALLED)  ## the journeys in the system's Chromium ($CHROMIUM, or chromium in the PATH)
	@chromium=$${CHROMIUM:-$$(command -v chromium || command -v chromium-browser || command -v google-chrome)}; \
	if [ -z "$$chromium" ] || [ ! -x "$$chromium" ]; then \
		echo "No Chromium found: install it (apt-get install chromium fonts-noto-cjk) or name it with CHROMIUM=…" >&2; exit 1; \
	fi; \
	CHROMIUM=$$chromium $(RUN) -m pytest tests/browser --numprocesses auto --maxprocesses 2 $(ARGS)

# Each check is a target of its own, so that `make --keep-going lint` shows all that is wrong at once.
lint: $(LINTS)  ## style, formatting, imports, types, templates, missing migrations

lint-style: $(DEV_INSTALLED)
	$(RUN) -m ruff check .

lint-format: $(DEV_INSTALLED)
	$(RUN) -m ruff format --check .

lint-imports: $(DEV_INSTALLED)
	$(VENV)/bin/lint-imports --no-cache

lint-types: $(DEV_INSTALLED)
	TESTING=true $(RUN) -m mypy

lint-templates: $(DEV_INSTALLED)
	$(RUN) -m djlint --lint --quiet templates

lint-migrations: $(DEV_INSTALLED)
	$(RUN) -W "ignore:Got an error checking:RuntimeWarning" manage.py makemigrations --check --dry-run

format: $(DEV_INSTALLED)  ## put the code into its usual form
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

bench: $(DEV_INSTALLED)  ## the measurements of docs/benchmarks.md
	$(RUN) -m tests.bench $(ARGS)

simulate: $(INSTALLED)  ## 600 days of an office on a throw-away database (BODY=nx CASES=5000 SEED=1)
	@$(RUN) -m tests.simulate --body $(BODY) --cases $(CASES) --seed $(SEED)

lock: $(UV_INSTALLED)  ## write the lock files anew from requirements*.in
	@for name in requirements requirements-dev; do \
		$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-header --no-emit-index-url --no-annotate $$name.in -o $$name.lock || exit 1; \
	done

clean:  ## remove the environment and what tools left; the data in .data stay
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov screenshots
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed; name it with PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) cannot make environments: on Debian, apt-get install python3-venv" >&2; exit 1; }

# uv is a convenience: without it the stamp is set all the same and pip installs.
$(UV_INSTALLED): requirements-uv.txt | $(VENV)/bin/python
	@$(RUN) -m pip install --quiet --only-binary :all: --require-hashes -r requirements-uv.txt || echo "uv is not to be had; using pip"
	@touch $@

$(INSTALLED): requirements.lock | $(UV_INSTALLED)
	$(call install_locked,requirements.lock)
	@touch $@

$(DEV_INSTALLED): requirements-dev.lock | $(UV_INSTALLED)
	$(call install_locked,requirements-dev.lock)
	@touch $@ $(INSTALLED)
