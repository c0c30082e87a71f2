# Two commands on a fresh machine: `make run` and `make test`. Both set up what is missing first, and nothing twice.
#   make run INPUT=reports OUT=outputs OPTIONS="--jobs 2"

VENV    ?= .venv
INPUT   ?= corpus/reports
OUT     ?= outputs
OPTIONS ?=
PYTEST_OPTIONS ?= -n 2
BIN     := $(VENV)/bin
SETUP   := VENV=$(VENV) bash tools/setup.sh

export PYTHONPATH := pipeline

.PHONY: run test check setup pin clean

run: setup
	@$(BIN)/prongsai run $(INPUT) --out $(OUT) $(OPTIONS) || [ $$? -eq 1 ]

test: setup check
	$(BIN)/python -m pytest $(PYTEST_OPTIONS)

check: setup
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

setup:
	@$(SETUP)

# Writes constraints.txt anew from what the virtual environment holds.
pin: setup
	$(BIN)/python tools/pin.py > constraints.new && mv constraints.new constraints.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
