# `make demo` and `make test` are all a newcomer needs: each sets up .venv when it is missing or out of date.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
READY := $(VENV)/.ready
# More than cores: many tests wait for a server or a terminal.
WORKERS ?= 4
# Each worker would compile every test anew: bytecode is kept here, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=
ACTIONS ?= 20000

.PHONY: help demo test check format lint types layers bench soak properties screenshots build wheel-check pythons lock clean

help: ## show this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 22

demo: $(READY) ## browse the built-in project: no account, no network
	@$(BIN)/clarifeye-tui --demo

test: $(READY) ## run the tests, but for those that make check adds
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal -m 'not long' $(ARGS)

check: $(READY) ## everything that must hold: format, lint, types, layers, guards, tests, packages, Pythons
	$(BIN)/ruff format --check tui tests
	$(MAKE) --no-print-directory lint types layers
	$(PY) -m pytest -n $(WORKERS) --dist worksteal
	$(MAKE) --no-print-directory wheel-check pythons

properties: $(READY) ## look for new examples that break a property: make properties SEED=1
	$(PY) -m pytest -n $(WORKERS) --dist worksteal -m hypothesis --hypothesis-seed=$(or $(SEED),random) $(ARGS)

format: $(READY) ## format the code
	$(BIN)/ruff check --fix --exit-zero --quiet tui tests
	$(BIN)/ruff format tui tests

lint: $(READY) ## look for mistakes
	$(BIN)/ruff check tui tests

types: $(READY) ## check the types
	$(BIN)/mypy

layers: $(READY) ## check that imports go one way
	$(BIN)/lint-imports --no-cache

bench: $(READY) ## measure what a person feels
	@$(PY) -m tests.bench $(ARGS)

soak: $(READY) ## let a monkey loose for a long time: make soak SEED=1 ACTIONS=20000
	@$(PY) -m tests.soak --actions $(ACTIONS) $(if $(SEED),--seed $(SEED))

screenshots: $(READY) ## make the pictures of the README
	@$(PY) -m tests.make_screenshots $(ARGS)

build: $(READY) ## build the wheel and the source archive into dist/
	$(PY) -m build --no-isolation --outdir dist

wheel-check: $(READY) ## build, install into a fresh environment, and run what was installed
	@$(PY) -m tests.packaging.check_wheel

pythons: $(READY) ## types, the start and one sitting on each other Python that is here
	@$(PY) -m tests.packaging.check_pythons

lock: $(READY) ## refresh requirements-dev.lock from pyproject.toml
	@$(PY) -m tests.packaging.lock

clean: ## remove everything that can be made again
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache snapshot_report.html
	find tui tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is written last, so that an interrupted set-up is begun again.
$(READY): pyproject.toml requirements-dev.lock
	@for python in python3 python3.13 python3.12 python3.11; do \
	    if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo 'Python 3.11 or newer (with its venv module) is needed: no python3, python3.13, python3.12 or python3.11 here is.' >&2; \
	    exit 1; \
	fi; \
	if ! $(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "Setting up $(VENV) with $$found ..."; \
	    $$found -m venv --clear $(VENV) || exit 1; \
	else \
	    echo "Bringing $(VENV) up to date ..."; \
	fi
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(PY) -m compileall -q -j 0 tui $(VENV)/lib >/dev/null 2>&1 || true
	@touch $@
