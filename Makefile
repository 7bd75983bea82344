# Two commands to begin with: `make audit` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REPORT ?= audit-report
FAMILY ?= indent
SECONDS ?= 3600
WORKERS ?= 2
CHECKS ?=

.PHONY: audit test check format bench docs fuzz mutation lab-up lab-down lab-status clean
.DEFAULT_GOAL := help

help:
	@echo "make audit     audit the demo operator and write the report"
	@echo "make test      run all tests (with the container lab where Docker is reachable)"
	@echo "make check     ruff, mypy --strict, import-linter"
	@echo "make bench     measure speed and memory"
	@echo "make docs      write the pages that come from the code"
	@echo "make mutation  break every check in small ways; its cases have to notice (CHECKS='id ...' for some)"
	@echo "make fuzz FAMILY=indent SECONDS=3600   fuzz the readers of a family"
	@echo "make lab-up | lab-down | lab-status"

$(BIN)/auditor: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.txt --editable .
	@touch $@

$(VENV)/.test: $(BIN)/auditor requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.txt --editable '.[test,check,bench,keyring]'
	@touch $@

# Findings are what the demo is for: exit code 1 is its success, 2 and 3 are failures.
audit: $(BIN)/auditor
	@$(BIN)/auditor audit inventories/demo/inventory.yaml --format html,json,sarif,junit -o $(REPORT); \
	status=$$?; test $$status -eq 0 -o $$status -eq 1

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.test
	$(BIN)/python -m benchmarks

docs: $(VENV)/.test
	$(BIN)/python docs/generate.py

fuzz: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.txt --editable '.[fuzz]'
	$(BIN)/python -m tests.fuzz $(FAMILY) --seconds $(SECONDS)

mutation: $(VENV)/.test
	$(BIN)/python -m tests.mutation --workers $(WORKERS) $(CHECKS)

lab-up: $(BIN)/auditor
	$(BIN)/auditor lab up containers

lab-down: $(BIN)/auditor
	$(BIN)/auditor lab down containers

lab-status: $(BIN)/auditor
	$(BIN)/auditor lab status containers

clean:
	rm -rf $(VENV) $(REPORT) .pytest_cache .mypy_cache .ruff_cache .hypothesis
