# Every target sets up what it needs in .venv; Python 3.11 or newer and make are enough.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PINS := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE)

.PHONY: all test slow soak evening lint format types layers knowledge run schemas example docs site screenshots benchmarks mutants lock audit clean

all: test lint types layers knowledge site slow # all that must hold before a change lands

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

test: $(READY) # pytest exits with 5, and make with an error, if it collects nothing
	$(BIN)/python -m pytest -m 'not slow and not clock and not soak' -n auto --dist worksteal

slow: $(READY)
	$(BIN)/python -m pytest -m 'slow and not soak' -n auto --dist worksteal
	$(BIN)/python -m pytest -m 'clock and not soak'

soak: $(READY) # the same with twenty thousand texts, about a quarter of an hour
	$(BIN)/python -m pytest -m soak

evening: $(READY) # writes what is seen into tests/surface/evening/*.txt, to be reviewed
	$(BIN)/python -m pytest tests/surface/evening --write-scenes

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports --no-logo

knowledge: $(READY) # ARTICLES=folder with the articles' texts, to verify quotations too
	$(BIN)/onrecord check $(if $(ARTICLES),--articles $(ARTICLES))

run: $(READY)
	$(BIN)/onrecord run

schemas: $(READY)
	$(BIN)/onrecord schema story > knowledge/story.schema.json
	$(BIN)/onrecord schema source > seeds/source.schema.json

example: # what `onrecord init` writes: copies of the story of the bridge and of .env.example
	rm -rf bot/library/example
	cp -r tests/stories/bridge bot/library/example
	cp .env.example bot/library/example/env

docs: $(READY)
	$(BIN)/python -m tests.docs

site: $(READY) # the documentation, in site/; warnings are errors
	$(PIP) --require-hashes -r requirements-docs.lock
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

screenshots: $(READY)
	$(BIN)/python -m tests.screenshots

benchmarks: $(READY) # DATA=file in CLINC150's format, to measure accuracy too
	$(BIN)/python -m tests.benchmarks scaling
	$(if $(DATA),$(BIN)/python -m tests.benchmarks accuracy $(DATA))

mutants: $(READY) # ONLY='bot.checking.*' names some; survivors are listed by `mutmut results`, and shown by `mutmut show NAME`
	$(PIP) --require-hashes -r requirements-tools.lock
	rm -rf mutants
	nice -n 19 $(BIN)/python -m mutmut run --max-children 2 $(ONLY)

lock: $(READY) # pins of pyproject.toml's packages with the hashes of their files; UPGRADE=--upgrade takes newer ones
	$(PIP) --require-hashes -r requirements-tools.lock
	$(PINS) $(foreach extra,dev benchmarks encoder semantic import desk metrics postgres playground,--extra $(extra)) -o requirements.lock pyproject.toml
	$(PINS) -c requirements.lock --group tools -o requirements-tools.lock
	$(PINS) -c requirements.lock --group docs -o requirements-docs.lock

audit: $(READY) # known vulnerabilities of the pins, as far as the advisories can be reached
	$(PIP) --require-hashes -r requirements-tools.lock
	$(BIN)/python .ci/audit.py requirements.lock requirements-tools.lock requirements-docs.lock

clean:
	rm -rf $(VENV) build dist site *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache mutants .hypothesis
