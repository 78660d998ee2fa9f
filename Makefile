# Every target sets up what it needs in .venv; Python 3.11 or newer and make are enough. `make run` installs what the
# bot needs, the other targets add what it is worked on with.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --disable-pip-version-check
PINNED := $(PIP) --no-deps --require-hashes -r
# What pip says, in short: each package that it takes, then that it writes them.
IN_SHORT := while read -r verb what _; do case $$verb in \
	Collecting) echo "     $$what";; Installing) echo "     writing them";; status) exit $$what;; esac; done
PINS := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE)

# Without compiled files, each process of the tests would compile them again, which takes longer than its imports.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: all test slow soak evening lint format types layers knowledge run schemas example docs site screenshots benchmarks bench bench-growth mutants lock audit clean

all: test lint types layers knowledge site slow # all that must hold before a change lands

$(RUNS): pyproject.toml requirements-run.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	@echo "1/3  An environment of Python in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@echo "2/3  The packages that the bot needs: $$(grep -c == requirements-run.lock) of them, usually within a minute"
	@{ $(PINNED) requirements-run.lock; echo status $$?; } | { $(IN_SHORT); }
	@echo "3/3  OnRecord itself"
	@$(PIP) --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(READY): $(RUNS) requirements.lock
	$(PINNED) requirements.lock --quiet
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

run: $(RUNS)
	@$(BIN)/onrecord run

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
	$(PINNED) requirements-docs.lock --quiet
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

screenshots: $(READY)
	$(BIN)/python -m tests.screenshots

benchmarks: $(READY) # DATA=file in CLINC150's format, to measure accuracy too
	$(BIN)/python -m tests.benchmarks scaling
	$(BIN)/python -m tests.benchmarks journal --page docs/scaling.md
	$(if $(DATA),$(BIN)/python -m tests.benchmarks accuracy $(DATA))

bench: $(READY) # latency, CPU and memory beside an echo bot, written into docs/scaling.md; ten minutes on an idle machine
	$(BIN)/python -m tests.benchmarks load --write
	$(BIN)/python -m tests.benchmarks memory --write

bench-growth: $(READY) # writes the table and the picture in docs/scaling.md, about ten minutes
	$(BIN)/python -m tests.benchmarks growth

# ONLY='bot.checking.*' names some; survivors are listed by `mutmut results`, and shown by `mutmut show NAME`.
# SAMPLE=60 ONLY=bot/checking tries sixty of a package, and prints the survivors.
mutants: $(READY)
	$(PINNED) requirements-tools.lock --quiet
	rm -rf mutants
	nice -n 19 $(BIN)/python $(if $(SAMPLE),.ci/mutants.py $(ONLY) $(SAMPLE),-m mutmut run --max-children 2 $(ONLY))

lock: $(READY) # pins of pyproject.toml's packages with the hashes of their files; UPGRADE=--upgrade takes newer ones
	$(PINNED) requirements-tools.lock --quiet
	$(PINS) $(foreach extra,dev benchmarks encoder semantic import desk metrics postgres playground,--extra $(extra)) --group build -o requirements.lock pyproject.toml
	$(PINS) -c requirements.lock $(foreach extra,playground semantic metrics postgres,--extra $(extra)) --group build -o requirements-run.lock pyproject.toml
	$(PINS) -c requirements.lock --group tools -o requirements-tools.lock
	$(PINS) -c requirements.lock --group docs -o requirements-docs.lock

audit: $(READY) # known vulnerabilities of the pins, as far as the advisories can be reached
	$(PINNED) requirements-tools.lock --quiet
	$(BIN)/python .ci/audit.py requirements.lock requirements-tools.lock requirements-docs.lock

clean:
	rm -rf $(VENV) build dist site *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache mutants .hypothesis
