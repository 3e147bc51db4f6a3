# Everything a newcomer needs: `make run` and `make test` do all their own set-up in .venv.

PYTHON ?= python3
BIN := .venv/bin
# The floor of what is asked of pip; it prints only what goes wrong.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# What pytest compiles of the tests is kept, whatever the environment says: each process would take
# ten seconds to compile all of them again.
unexport PYTHONDONTWRITEBYTECODE

# What makes parts of the documentation.
PAGES := PYTHONPATH=tests:. $(BIN)/python -m pages

.PHONY: run test slow quality check benchmark peers mutation pages transcript pictures look lock clean help

help:  ## show what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/.installed  ## the bot if TELEGRAM_BOT_TOKEN is set, otherwise a chat in the terminal
	@$(BIN)/onrecord

# Three processes, as many tests wait for another: on two cores that is sooner than two.
test: .venv/.installed-dev check  ## style, types and tests, in three minutes on two cores
	$(BIN)/python -m pytest -n 3 --dist loadfile

slow: .venv/.installed-dev  ## what `make test` leaves out: forks, failing disks, the stand-in's own tests, kept indexes
	$(BIN)/python -m pytest -n 2 --dist loadfile -m slow
	$(BIN)/python -m pytest -n 2 --dist loadfile --kept $(KEPT)

# What must hold of an index that is kept as of one that is built.
KEPT := tests/index/test_[a-z]*.py tests/index/question tests/index/ranking tests/index/references

quality: .venv/.installed-dev  ## the floors on all real questions, where ../shared has them
	$(BIN)/python -m pytest -n 2 -m quality -rP

check: .venv/.installed-dev  ## style and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

benchmark: .venv/.installed-dev  ## print speed, quality and refusal figures
	$(BIN)/python -m benchmarks.cold_start
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.worst
	$(BIN)/python -m benchmarks.event_loop
	$(BIN)/python -m benchmarks.live
	$(BIN)/python -m benchmarks.messages
	$(BIN)/python -m benchmarks.burst
	$(BIN)/python -m benchmarks.quality
	$(BIN)/python -m benchmarks.refusal
	$(BIN)/python -m benchmarks.asking
	$(BIN)/python -m benchmarks.quotations --number 300 --no-peers
	$(BIN)/python -m benchmarks.importing
	$(BIN)/python -m benchmarks.trace

peers: .venv/.installed-peers  ## print the table beside other search engines: some fifteen minutes
	$(BIN)/python -m benchmarks.peers
	$(BIN)/python -m benchmarks.scale 2000 100000
	$(BIN)/python -m benchmarks.both_ways
	$(BIN)/python -m benchmarks.quotations --no-time

pages: .venv/.installed-dev  ## write the tables of docs/command-line.md, from the code
	$(PAGES).command_line


mutation: .venv/.installed-mutation  ## print how many small mistakes in the code the tests notice
	$(BIN)/python -m benchmarks.mutation --mutants '$(MUTANTS)' --minutes '$(MINUTES)'

# The last digits of the mutants that are tried, and for how long in each part.
MUTANTS ?= 7
MINUTES ?= 30

transcript: .venv/.installed-dev  ## write docs/transcript.md and checked-story.md, from the tests that hold them
	ONRECORD_WRITE_TRANSCRIPT=1 $(BIN)/python -m pytest -q tests/bot/test_walkthrough.py tests/bot/test_checked_stories.py

pictures: .venv/.installed-dev  ## take the pictures of replies in docs/pictures; needs Chromium
	@$(PAGES).pictures

look: .venv/.installed-dev  ## picture one reply of each sort in build/look, light and dark; needs Chromium
	@$(PAGES).pictures --into '$(INTO)' --data '$(DATA)'

# Where the pictures go, and the folder of statements that is asked.
INTO ?= build/look
DATA ?= data

lock: .venv/.installed-dev  ## renew the lock files: hashes, no addresses
	$(PIP) uv
	echo 'setuptools>=77' | $(BIN)/uv pip compile pyproject.toml - $(LOCK) -o requirements.lock
	echo 'setuptools>=77' | $(BIN)/uv pip compile pyproject.toml - --extra dev $(LOCK) -o requirements-dev.lock

LOCK := --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header --no-annotate

clean:  ## remove what was installed and cached
	rm -rf .venv build index/postings/_kernel.*.so *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Compiled where there is a compiler, and again when it changes.
C := index/postings/_kernel.c

.venv/bin/python:
	@$(PYTHON) -m venv .venv

.venv/.installed: requirements.lock pyproject.toml $(C) | .venv/bin/python
	@echo "Installing into .venv (only when the dependencies change; about half a minute) ..."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.installed-dev: requirements-dev.lock pyproject.toml $(C) | .venv/bin/python
	@echo "Installing into .venv, with what the tests need (about half a minute) ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.installed

.venv/.installed-peers: pyproject.toml | .venv/.installed-dev
	$(PIP) --no-build-isolation --editable '.[peers]'
	@touch $@

.venv/.installed-mutation: pyproject.toml | .venv/.installed-dev
	$(PIP) --no-build-isolation --editable '.[mutation]'
	@touch $@
