# Everything here runs from a fresh clone; `make` alone says what there is.

ADDRESS ?= 127.0.0.1:8000
BIN := .venv/bin
PYTHON := $(BIN)/python
INSTALLED := .venv/installed
CANDIDATES := python3.13 python3.14 python3.12 python3 $(wildcard $(HOME)/.pyenv/versions/3.1[234]*/bin/python)
PINNED := --quiet --no-header --universal --python-version 3.12 --generate-hashes
PINNED += --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench bench-search bench-pages evaluate requirements clean

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: $(INSTALLED) ## Install, read the minutes in fixtures/, and serve the archive at http://127.0.0.1:8000
	@$(PYTHON) manage.py demo fixtures
	@echo && echo "Arkivet: http://$(ADDRESS)/    (stop: Ctrl-C)"
	@DJANGO_RUNSERVER_HIDE_WARNING=true $(PYTHON) manage.py runserver $(ADDRESS)

test: $(INSTALLED) ## Install, and run all tests; ARGS="-k word" goes to pytest
	@$(PYTHON) -m pytest $(ARGS)

lint: $(INSTALLED) ## Check style, types, templates, import contracts and missing migrations
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	find templates -name '*.html' -exec $(BIN)/djade --check --target-version 6.1 {} +
	$(BIN)/lint-imports --no-cache
	$(PYTHON) manage.py makemigrations --check --dry-run

format: $(INSTALLED) ## Format code and templates
	$(PYTHON) -m ruff check --fix --quiet || true
	$(PYTHON) -m ruff format
	find templates -name '*.html' -exec $(BIN)/djade --target-version 6.1 {} +

bench: $(INSTALLED) ## Measure reading, images of pages, memory, ingest and the analyser of words
	@$(PYTHON) -m bench.reading
	@$(PYTHON) -m bench.page_images
	@$(PYTHON) -m bench.ingesting
	@$(PYTHON) -m bench.words

bench-search: $(INSTALLED) ## Measure search on made-up archives of 20,000 and 300,000 items; builds them the first time
	@$(PYTHON) -m bench.searching

bench-pages: $(INSTALLED) ## Measure pages under gunicorn with 20,000 made-up items; ARGS="meeting --rounds 1" is quick
	@$(PYTHON) -m bench.pages $(ARGS)

evaluate: $(INSTALLED) ## Score search on judged queries, beside other systems; ARGS="--ours --verbose" is quick
	@$(PYTHON) -m bench.evaluating $(ARGS)

requirements: $(INSTALLED) ## Pin what pyproject.toml asks for, with hashes and without addresses
	$(PYTHON) -m uv pip compile $(PINNED) pyproject.toml --output-file requirements.txt
	$(PYTHON) -m uv pip compile $(PINNED) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## Remove the environment and what tools left; keeps the archive in var/
	rm -rf .venv staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(INSTALLED): requirements-dev.txt
	@for candidate in $(CANDIDATES); do \
	  if "$$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; \
	  then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.12 or newer with venv is needed: install python3.13 (Debian: apt install python3 python3-venv)." >&2; \
	  exit 1; \
	fi; \
	echo "Installing into .venv with $$found …"; \
	"$$found" -m venv .venv
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@
