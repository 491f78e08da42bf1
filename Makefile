# make build   install briefsite into .venv and build the site here into _site/
# make test    run the tests
# make lint    check style and types
# make bench   time builds of generated archives; SIZES="100 1000", RUNS=3, HUGO=1 to race with Hugo,
#              SAME_WORK=1 to make what it makes alone
# make pictures     take the README's pictures anew
# make lighthouse   have Lighthouse judge four pages; LIGHTHOUSE="npx lighthouse" is how it is started
# make clean   remove everything that the above made

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin

.PHONY: build test lint bench lighthouse pictures clean

build: .venv/.installed
	$(BIN)/briefsite build

test: .venv/.tools
	$(BIN)/pytest $(PYTEST_ARGS)

lint: .venv/.tools
	$(BIN)/ruff check
	$(BIN)/mypy

bench: .venv/.installed
	$(BIN)/python benchmarks/bench.py $(if $(SIZES),--sizes $(SIZES)) $(if $(RUNS),--runs $(RUNS)) \
		$(if $(SAME_WORK),--same-work) \
		$(if $(HUGO),--hugo $(filter-out 1,$(HUGO)))

pictures: .venv/.tools
	$(BIN)/python docs/pictures.py

lighthouse: .venv/.installed
	$(BIN)/python benchmarks/lighthouse.py $(if $(LIGHTHOUSE),--lighthouse "$(LIGHTHOUSE)") \
		$(if $(RUNS),--runs $(RUNS))

# Both marks are newer than pyproject.toml for as long as nothing has to be installed anew.
.venv/.installed: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/it" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

# Dependency groups need pip 25.1; what comes with Python may be older.
.venv/.tools: .venv/.installed
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --group lint
	@touch $@

clean:
	rm -rf _site .briefsite .venv .artifacts
