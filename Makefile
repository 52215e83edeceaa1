# Everything sets itself up in .venv on first use; PYTHON=/path/to/python3.12 names the interpreter.
PYTHON ?= python3.12 python3.13 python3 python
LOCK := requirements/locked.txt
BIN := .venv/bin
READY := .venv/.ready
PYTEST := $(BIN)/python -m pytest
# As many modules of tests at once as there are cores.
AT_ONCE := -n auto --dist loadfile
# What plays for minutes and covers few lines that nothing else does: `make test` has it, `make check` not.
LONG := patterns phenomena theory test_readme.py scenarios/test_questions.py \
	simulate/test_reconciliation.py simulate/test_identities.py simulate/consumers/test_engines.py \
	simulate/consumers/test_exactness.py optimise/test_brute_force.py \
	optimise/test_limits_brute_force.py optimise/test_frontier.py optimise/test_augmecon.py
SCENARIO := scenarios/yangtze_delta
NOTEBOOKS := $(wildcard notebooks/*.ipynb)

.PHONY: setup demo test without-numba validation check static coverage bench strip lock clean

setup: $(READY)

$(READY): $(LOCK) pyproject.toml
	@sh requirements/venv.sh .venv $(PYTHON)
	@echo "Installing the locked packages into .venv (a minute or two, once) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r $(LOCK)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

demo: $(READY)
	$(BIN)/channelsim plan $(SCENARIO) --out out/yangtze_delta --replications 5

test: $(READY)
	$(PYTEST) $(AT_ONCE)

without-numba: $(READY)
	$(PYTEST) $(AT_ONCE) tests/simulate tests/study --ignore=tests/study/calibrate --without-numba

validation: $(READY)
	$(PYTEST) $(AT_ONCE) --junitxml=out/tests.xml
	$(BIN)/python -m tests.validation out/tests.xml

check: static coverage

static: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict channelsim
	$(BIN)/lint-imports
	$(if $(NOTEBOOKS),$(BIN)/nbstripout --verify $(NOTEBOOKS))

coverage: $(READY)
	$(PYTEST) $(AT_ONCE) $(LONG:%=--ignore=tests/%) --cov --cov-report=term

bench: $(READY)
	@failed=; for file in benchmarks/*.py; do \
		echo "== $$file"; $(BIN)/python "$$file" || failed="$$failed $$file"; \
	done; \
	if [ -n "$$failed" ]; then echo "Claims that do not hold:$$failed"; exit 1; fi

strip: $(READY)
	$(if $(NOTEBOOKS),$(BIN)/nbstripout $(NOTEBOOKS))

lock: $(READY)
	$(BIN)/python -m pip install -qq --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra zh --universal --python-version 3.12 \
		--generate-hashes --no-strip-extras --no-header --no-annotate --upgrade --quiet -o $(LOCK)

clean:
	rm -rf .venv out build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
