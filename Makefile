# Needs make and Python >= 3.11, nothing else. All that is installed goes to .venv.
BIN = .venv/bin
# One process a core; each that needs a database server starts its own.
PYTEST = -n auto --dist worksteal
TEXTS = ../shared

help:
	@echo "make demo      the main job on a real resolution, in a temporary database"
	@echo "make test      all tests (PYTEST='-x tests/test_errors.py' for some of them)"
	@echo "make check     lint, types, layers and tests"
	@echo "make format    rewrite the source as the linter wants it"
	@echo "make accuracy  compare with the labelled texts, which must lie in $(TEXTS)"
	@echo "make samples   remake docs/samples, reports on resolution 28/2 in all formats"
	@echo "make bench     speed and size, with their bars"
	@echo "make compiled  the program with its reader in C, in build/compiled/bin"
	@echo "make lock      renew requirements/*.txt (UPGRADE=1 make lock for the newest versions)"
	@echo "make clean     remove .venv and all that was built"

demo: .venv/.project
	@PATH="$$PWD/$(BIN):$$PATH" sh examples/demo.sh

test: .venv/.dev
	$(BIN)/pytest $(PYTEST)

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: .venv/.dev
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

types: .venv/.dev
	$(BIN)/mypy

layers: .venv/.dev
	$(BIN)/lint-imports

samples: .venv/.dev
	@PATH="$$PWD/$(BIN):$$PATH" sh examples/samples.sh

readme: .venv/.dev
	$(BIN)/python -m tests.readme

check: lint types layers test

accuracy: .venv/.project
	$(BIN)/python .ci/accuracy.py --texts $(TEXTS)

# What a wheel for this machine gives its users (hatch_build.py); the source in .venv stays as it is.
compiled: .venv/.dev
	rm -rf build/compiled
	$(BIN)/python -m venv build/compiled
	HATCH_BUILD_HOOKS_ENABLE=1 $(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir build/compiled/wheel .
	build/compiled/bin/pip install --quiet --require-hashes -r requirements/run.txt
	build/compiled/bin/pip install --quiet --no-deps build/compiled/wheel/*.whl

bench: .venv/.project compiled
	$(BIN)/python -m benchmarks.run --compiled build/compiled/bin/tracker
	$(BIN)/python -m benchmarks.lists
	$(BIN)/python -m benchmarks.documents

lock: $(BIN)/python
	.ci/lock

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What is installed is stamped, so that the second run of a command installs nothing.
$(BIN)/python:
	sh .ci/venv

.venv/.run: requirements/run.txt requirements/build.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements/run.txt -r requirements/build.txt
	@touch $@

.venv/.project: pyproject.toml tracker/__init__.py .venv/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@# Start-up is quick also where Python is told not to write bytecode.
	@$(BIN)/python -m compileall -q tracker
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.project
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: help demo test lint format types layers check accuracy bench lock clean samples readme
