# make demo         set everything up and scan a bundled sample
# make test         set everything up and run the tests
# make check        format, lint and types only
# make system-deps  Debian packages that some tests and runs need (asks for root)
# make accept       the long runs: accuracy, corpus, benchmarks, fuzzing; results go to docs/

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && \
	echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check system-deps accept docs clean

$(READY): requirements.lock setup.cfg pyproject.toml
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 至 3.13 / Python 3.11 to 3.13 is needed"; exit 4; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "正在安装依赖 / installing dependencies …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)
	@scripts/demo

test: $(READY)
	@$(BIN)/python -m pytest

check: $(READY)
	@scripts/check

system-deps:
	@scripts/system-deps

accept: $(READY)
	@scripts/accept

docs: $(READY)
	@$(BIN)/python scripts/reference-docs

clean:
	rm -rf $(VENV) build appadmit-out
