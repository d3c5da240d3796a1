# The project's commands; CI calls the same ones. Nothing but Python, venv and make is needed.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
ARTICLES ?= examples
TESTS ?= tests
BIN := $(VENV)/bin

.PHONY: run up test test-redis check bench evaluate chaos fuzz format clean help

help:  ## Show the commands.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# Plain pip with the exact versions of constraints.txt; no extra tool is needed.
$(BIN)/summarizer: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(BIN)/summarizer pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

run: $(BIN)/summarizer  ## Summarise the examples, or ARTICLES=<files or folders>, on this machine.
	@exec $(BIN)/summarizer run $(ARTICLES)

up: $(BIN)/summarizer  ## Keep server, workers and scheduler up on this machine until Ctrl-C.
	@exec $(BIN)/summarizer up

test: $(VENV)/.dev  ## Install what is needed and run the tests.
	$(BIN)/python -m pytest -n auto --dist loadgroup $(TESTS)

test-redis: $(VENV)/.dev  ## Hold the store's contract against the redis-server on PATH.
	TEST_REDIS_SERVER=redis-server $(BIN)/python -m pytest -n 2 --dist loadgroup \
		tests/service/test_store.py tests/service/test_batch_life.py \
		tests/service/test_processing.py tests/service/test_isolation.py \
		tests/chaos/test_power_cut.py

check: $(VENV)/.dev  ## Lint, format, types and import contracts.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev  ## Measure the engine against sumy on DATA=<JSONL file of articles>.
	$(BIN)/python -m benchmarks.engine --data $(DATA)

evaluate: $(VENV)/.dev  ## Hold the floors of quality on DATA=<folder of development sets>.
	@copy=$$(mktemp) && trap "rm -f $$copy" EXIT && \
	$(BIN)/python -m training.lowered $(DATA)/paragraphs/dev.jsonl > $$copy && \
	for size in 3 2; do \
		$(BIN)/summarizer evaluate $(DATA)/paragraphs/dev.jsonl --sentences $$size \
			--floors training/floors/written_$$size.json || exit 1; \
		$(BIN)/summarizer evaluate $$copy --sentences $$size \
			--floors training/floors/lowered_$$size.json || exit 1; \
		$(BIN)/summarizer evaluate $(DATA)/corpora/vietnamese_docs.jsonl --sentences $$size \
			--floors training/floors/vietnamese_$$size.json || exit 1; \
	done; \
	$(BIN)/summarizer evaluate $(DATA)/headlines/dev.jsonl --headlines \
		--floors training/floors/headlines.json

chaos: $(VENV)/.dev  ## Kill everything at random for MINUTES=<minutes> and count.
	$(BIN)/python -m tests.chaos --minutes $(or $(MINUTES),5)

fuzz: $(VENV)/.dev  ## Look for a text that breaks a promise of the library for MINUTES=<minutes>.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),5)

format: $(VENV)/.dev  ## Bring the code into shape.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:  ## Remove the environment and everything that was made.
	rm -rf $(VENV) .venv-debian .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
