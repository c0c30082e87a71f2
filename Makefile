# Two commands on a fresh machine: `make run` and `make test`. Both set up what is missing first, and nothing twice.
#   make run INPUT=reports OUT=outputs OPTIONS="--jobs 2"
#   make bench BENCH_OPTIONS="reports --rounds 3" SCAN_OPTIONS="--jobs 1,2"

VENV    ?= .venv
INPUT   ?= corpus/reports
OUT     ?= outputs
OPTIONS ?=
PYTEST_OPTIONS ?= -n 2 --dist loadfile
BENCH_OPTIONS ?=
TRAIN_OPTIONS ?=
SCAN_OPTIONS ?=
BIN     := $(VENV)/bin
SETUP   := VENV=$(VENV) bash tools/setup.sh

export PYTHONPATH := pipeline
# Small products of matrices, which are all there are, are slower on several threads.
export OPENBLAS_NUM_THREADS := 1

.PHONY: run test check bench train setup pin clean

run: setup
	@$(BIN)/prongsai run $(INPUT) --out $(OUT) $(OPTIONS) || [ $$? -eq 1 ]

test: export BROWSER := 1
test: setup check
	$(BIN)/python -m pytest $(PYTEST_OPTIONS)

check: setup
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Speed, memory and accuracy, as Markdown tables. kreuzberg and ocrmypdf are only held against: without them, their rows say so.
bench: setup
	@$(BIN)/python -c 'import kreuzberg, ocrmypdf' 2>/dev/null || PIP_CONSTRAINT=constraints.txt \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]' || echo 'bench: kreuzberg and ocrmypdf could not be installed' >&2
	@$(BIN)/python -m benchmarks.speed $(BENCH_OPTIONS)
	@$(BIN)/python -m benchmarks.memory
	@$(BIN)/python -m benchmarks.accuracy
	@$(BIN)/python -m benchmarks.codes
	@$(BIN)/python -m benchmarks.agencies
	@$(BIN)/python -m benchmarks.audit
	@$(BIN)/python -m benchmarks.many_agencies
	@$(BIN)/python -m benchmarks.scans $(SCAN_OPTIONS)

# Draws training lines, trains both readers, and writes their models, cards and accuracy reports: two to three hours on one core.
train: setup
	@$(BIN)/python -c 'import torch, onnx' 2>/dev/null || PIP_CONSTRAINT=constraints.txt \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	@bash tools/fonts.sh .training/fonts
	@for reader in numerals letters; do \
	  PRONGSAI_TRAINING_FONTS=.training/fonts $(BIN)/python -m prongsai.training --reader $$reader $(TRAIN_OPTIONS) || exit 1; done

setup:
	@$(SETUP)

# Writes constraints.txt anew from what the virtual environment holds.
pin: setup
	$(BIN)/python tools/pin.py > constraints.new && mv constraints.new constraints.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
