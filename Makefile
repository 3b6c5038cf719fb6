# make setup | chat | test | run. Needs Python 3.11+ and a network for the first time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ARGS ?=

.PHONY: setup chat test run bench clean

setup: $(STAMP)

# Made anew only when what is to be installed changed.
$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt \
		--editable ".[semantic,train,dev]"
	touch $@

chat: setup
	@$(BIN)/wegweiser chat $(ARGS)

run: setup
	@$(BIN)/wegweiser run $(ARGS)

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/wegweiser check
	$(BIN)/wegweiser train --check
	$(BIN)/pytest

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
