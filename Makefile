# Two commands: `make graph` (texts in seeds/ -> graph in exports/) and `make test`. `make check` is what CI runs.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq
JOBS   ?= 2
PYTEST  = $(BIN)/python -m pytest -n $(JOBS)

.PHONY: graph test check again lint picture bench accuracy agreement constraints clean help

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

graph: $(VENV)/.runtime ## build the graph of seeds/ into exports/, validate it, say where to look
	@$(BIN)/kg build seeds --out exports
	@$(BIN)/kg validate --graph exports
	@echo
	@echo "Look at the graph:   $(BIN)/kg view          (or open exports/graph.html)"
	@echo "Ask it, for example:"
	@sed 's|^kg |  $(BIN)/kg |' docs/samples.txt

test: $(VENV)/.dev ## every test; what needs Chromium or ../shared is skipped where that is missing
	@$(PYTEST) $(PYTEST_ARGS)

check: lint ## lint, types, imports, then every test; fails on a skip
	@$(MAKE) --no-print-directory test PYTEST_ARGS="--no-skips $(PYTEST_ARGS)" || $(MAKE) --no-print-directory again

# Some tests measure time (limits, kills, frames). Beside others on two cores they can miss it; alone they may not.
again: $(VENV)/.dev ## what failed last time, once more and by itself
	@echo "Once more, alone, what failed beside other tests:"
	@$(BIN)/python -m pytest --last-failed --last-failed-no-failures none --no-skips

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

picture: $(VENV)/.runtime ## docs/graph.svg from the graph in exports/, docs/graph.png from its page (needs Chromium)
	@$(BIN)/kg export --graph exports --format svg --out docs/graph.svg
	@$(BIN)/python bench/picture.py exports/graph.html docs/graph.png

bench: $(VENV)/.dev ## time the extraction against the base recogniser
	@$(BIN)/python bench/extraction.py

# The build backend is installed first and used without isolation, so that its version is pinned like all others.
$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml constraints.txt | $(VENV)/bin/python
	@$(PIP) install -c constraints.txt hatchling editables
	@$(PIP) install -c constraints.txt --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@$(PIP) install -c constraints.txt --no-build-isolation -e '.[dev,formats,spark]'
	@touch $@

accuracy: $(VENV)/.dev ## measure the extraction: docs/accuracy.md and ontology/patterns/precision.tsv (needs ../shared)
	@$(BIN)/python bench/accuracy.py

agreement: $(VENV)/.dev ## how far two annotations of three texts agree: docs/agreement.md
	@$(BIN)/python bench/agreement.py

constraints: ## write constraints.txt anew from the bounds in pyproject.toml
	@bash bench/constraints.sh $(PYTHON) > constraints.new && mv constraints.new constraints.txt

clean: ## remove what was installed and built
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
