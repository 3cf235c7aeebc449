# make run   ingest raw/ into warehouse/copydesk.duckdb through the Prefect flow
# make test  all tests but the long ones
# make crash the long ones: a hundred kills
# Both make .venv first. They need Python 3.11 or later and nothing else; uv is used where it is present.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint types check crash clean

run: .venv/installed
	@$(BIN)/copydesk run --prefect raw

test: .venv/installed-dev
	$(BIN)/python -m pytest

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/installed-dev
	$(BIN)/mypy

crash: .venv/installed-dev
	$(BIN)/python -m pytest tests/test_crash.py -m long

check: lint types test

.venv/bin/python:
	@if command -v uv >/dev/null; then uv venv --python $(PYTHON) --seed .venv; else $(PYTHON) -m venv .venv; fi

.venv/installed: pyproject.toml | .venv/bin/python
	@echo "installing copydesk and what it needs (a minute or two, once) ..."
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python -e .; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -e .; fi
	@touch $@

.venv/installed-dev: .venv/installed
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python -e '.[dev]'; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'; fi
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache build dist
