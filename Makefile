# `make run` watches the seeds, `make test` runs every test, `make` alone lists the rest.
# Everything is installed into .venv, from requirements/*.txt, whose hashes pip verifies.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# The first Python that is new enough; say `make PYTHON=/path/to/python3.12 run` to choose.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; \
	done)
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input

.PHONY: run
run: $(VENV)/run.stamp ## watch the folder seeds/ as watcher.yaml says, until Ctrl-C
	@exec $(BIN)/watcher run $(ARGS)

.PHONY: test
test: $(VENV)/test.stamp ## run all tests (ARGS="-k name" for some)
	@$(BIN)/python -m pytest -n 2 $(ARGS)

.PHONY: check
check: ## format, lint, types, floors and spelling, as the build server checks them
	@.ci/check

.PHONY: format
format: $(VENV)/lint.stamp ## put the code into the form that check asks for
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

.PHONY: pins
pins: $(VENV)/lint.stamp ## renew requirements/*.txt from pyproject.toml (ARGS=--upgrade for newer versions)
	@requirements/compile $(ARGS)

.PHONY: tools
tools: $(VENV)/lint.stamp ## install everything that run, test and check need
	@:

.PHONY: clean
clean: ## remove what was installed, built or cached; var/ with its database stays
	rm -rf watcher/names/compiled.cpp watcher/names/compiled.*.so *.egg-info
	rm -rf $(VENV) dist build .coverage .coverage.* .*_cache .hypothesis
	find watcher tests -name __pycache__ -type d -exec rm -rf {} +

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# A stamp is newer than what it was installed from, so a second `make run` starts at once.

$(VENV)/made.stamp:
	@test -n "$(PYTHON)" || { echo "watcher needs Python 3.11 or newer, and none was found on the PATH." \
		"Install one, or name it: make PYTHON=/path/to/python3.12 run" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "watcher needs Python 3.11" \
		"or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module." \
		"On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing what watcher needs into $(VENV) (once, a minute or two) …" >&2
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp requirements/run.txt requirements/build.txt pyproject.toml \
		watcher/names/compiled.pyx
	@$(INSTALL) --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements/test.txt
	@$(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/lint.stamp: $(VENV)/test.stamp requirements/lint.txt
	@$(INSTALL) --require-hashes -r requirements/lint.txt
	@touch $@
