# Two commands do everything: `make demo` shows the example trust, `make test` runs every check.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
# The example trust is written, not kept; its schools come last.
TRUST  := examples/trust/schools.csv

# For how long an attack goes on.
MINUTES ?= 10

.PHONY: demo test attack lint types bench example schema clean

demo: $(READY) $(TRUST)
	$(BIN)/careerspolicy demo

test: $(READY) $(TRUST)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto -rs --cov --cov-report=term

# Every random law against fresh examples, many more than `make test` tries, until one fails or the
# minutes are over. Each round prints its seed: `make attack SEED=…` tries that round again.
attack: $(READY) $(TRUST)
	@end=$$(( $$(date +%s) + 60 * $(MINUTES) )); \
	while seed=$(or $(SEED),$$(date +%s%N)); echo "seed $$seed"; do \
		CAREERSPOLICY_PROFILE=attack $(BIN)/pytest -n auto -q -m hypothesis --hypothesis-seed=$$seed || exit 1; \
		test -z "$(SEED)" && test $$(date +%s) -lt $$end || exit 0; \
	done

lint: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(READY)
	$(BIN)/mypy

bench: $(READY) $(TRUST)
	$(BIN)/python benchmarks/run.py

# What editors and readers of the repository open, brought into step with the vocabulary.
schema: $(READY)
	$(BIN)/python -m careerspolicy.schemas.editors
	$(BIN)/python -m careerspolicy.readers.dictionary
	$(BIN)/python docs/make_law.py

example: $(TRUST)

$(TRUST): $(wildcard examples/*.py)
	$(PYTHON) examples/make_trust.py

$(READY): pyproject.toml hatch_build.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(READY)

clean:
	rm -rf $(VENV) examples/trust build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
