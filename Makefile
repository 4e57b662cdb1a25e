# Every task of the project, once. CI and people call the same targets.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help demo test unit check bench serve pages format setup clean
help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(STAMP): pyproject.toml constraints.txt
	@echo "Setting up .venv (about a minute, once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[notebook,parquet,plots,postgres,server,toloka]' --group dev
	@touch $@

setup: $(STAMP)  ## make the virtual environment

demo: $(STAMP)  ## three baskets of real data, labeled side by side by replayed people
	@$(BIN)/manyhands demo

unit: $(STAMP)  ## the unit tests alone, without the slowest
	@$(BIN)/pytest -q -n 3 -m "not slow" tests/unit

test: $(STAMP)  ## all tests
	@bash scripts/test.sh tests

check: $(STAMP)  ## format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(STAMP)  ## put the code in order
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(STAMP)  ## the benchmarks, as tables with ratios
	@$(BIN)/python bench/run.py

serve: $(STAMP) pages  ## the server with its pages, on this machine only; what is kept stands in manyhands.db
	@$(BIN)/manyhands serve

pages: $(STAMP)  ## build the web pages, if something changed
	@test -z "$$(find web/src web/package-lock.json -newer src/manyhands/server/pages/dist -print -quit 2>/dev/null || echo missing)" || bash scripts/web.sh

clean:  ## remove what was built
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
