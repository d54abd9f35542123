# The two commands of this project are `make run` and `make test`.
# They need Python 3.11-3.13, pip and make; everything else goes into .uv/ and .venv/ here. Nothing outside
# this folder is changed, except that `make test` as root installs a browser, PostgreSQL and Java (.ci/system-packages).

PYTHON ?= python3
UV_VERSION := >=0.13,<0.14

UV := .uv/bin/uv
BIN := .venv/bin
INSTALLED := .venv/.installed
BENCH_DBT := .cache/bench-dbt/.installed

export UV_PYTHON := $(PYTHON)
export UV_PYTHON_DOWNLOADS := never
export UV_COMPILE_BYTECODE := 1
export UV_PROJECT_ENVIRONMENT := .venv
unexport VIRTUAL_ENV

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run install test test-fast check format bench hooks system-packages clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(INSTALLED) ## install what is needed and start the monitor with the fictitious demo
	@$(BIN)/jzojp up --demo

install: $(INSTALLED) ## install everything, locked, into .venv/

test: $(INSTALLED) system-packages check ## install everything and run every check and test
	@$(UV) sync --locked --all-extras --group engines --no-progress --quiet
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

test-fast: $(INSTALLED) ## style and unit tests, in seconds
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/pytest -q tests/unit

check: $(INSTALLED) ## style, types and layers; runs no test
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(INSTALLED) ## bring Python in the shape that `make check` wants
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: $(INSTALLED) $(BENCH_DBT) ## compare the speed with other tools, simulate the signals; BENCH="--quick" is short, BENCH="--write" writes the page
	@$(UV) sync --locked --all-extras --group bench --no-progress --quiet
	@$(BIN)/python -m bench $(BENCH)

$(BENCH_DBT): bench/compute/dbt-requirements.txt $(UV)
	@$(UV) venv --clear --quiet .cache/bench-dbt
	@$(UV) pip sync --python .cache/bench-dbt --require-hashes --only-binary :all: --quiet bench/compute/dbt-requirements.txt
	@touch $@

hooks: $(INSTALLED) ## have git run the checks before each commit
	$(BIN)/pre-commit install

system-packages:
	@.ci/system-packages

clean: ## remove what was installed and cached; the data directory stays
	rm -rf .uv .venv .cache .ruff_cache .hypothesis .import_linter_cache logs
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

$(INSTALLED): uv.lock pyproject.toml | $(UV)
	@echo "Installing into .venv/ (the first time takes a minute or two)"
	@$(UV) sync --locked --all-extras --no-progress --quiet
	@touch $@

# `pip --target` needs neither the venv module (absent on a bare Debian) nor leave to change the system's Python.
$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	  echo "This needs Python 3.11, 3.12 or 3.13, and $(PYTHON) is another or absent. Name one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null || { \
	  echo "This needs pip for $(PYTHON). On Debian or Ubuntu: apt-get install python3-pip"; exit 1; }
	@echo "Fetching uv into .uv/"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --upgrade --target .uv "uv$(UV_VERSION)"
