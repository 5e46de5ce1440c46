# Every target calls one command; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run demo test check bench package deploy first rotate-keys replay recount audit-ledger retention calendar lock clean

STAGE ?= dev
SINCE ?=
DRY ?=
LEAKED ?=
ADMIN_NAME ?=
ADMIN_PHONE ?=
AREAS ?=
FENJIAN_PORT ?= 8000
export FENJIAN_PORT

PY := .venv/bin/python
UNIT ?= tests/domain tests/infra
SETUP := .venv/.installed .venv-cloud/.installed

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: $(SETUP)  ## the whole product on this machine, until Ctrl-C (FENJIAN_PORT=8000)
	@$(PY) -m infra.local.up

demo: $(SETUP)  ## a day in the pilot, played against `make run`
	@$(PY) -m demo

test: $(SETUP)  ## every test
	@$(PY) -m pytest -n 2

check: $(SETUP)  ## format, lint, types, imports, template, unit tests: what proves a change
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy .
	.venv/bin/lint-imports
	$(PY) -m infra.lint
	$(PY) -m pytest -n 2 $(UNIT)

bench: $(SETUP)  ## how fast, in ratios to the bare floor
	@$(PY) -m tests.bench

package: $(SETUP)  ## what CloudFormation deploys, in build/STAGE/
	@$(PY) -m infra.package --stage $(STAGE)

deploy: package  ## onto AWS: STAGE=dev BUCKET=<for the code> [PARAMETERS=<json file>]
	@infra/deploy.sh $(STAGE) "$(BUCKET)" "$(PARAMETERS)"
	@$(PY) -m infra.operate.keys --stage $(STAGE) --first
	@$(PY) -m infra.operate.certificate_keys --stage $(STAGE) --first

rotate-keys: $(SETUP)  ## a new key to sign access tokens with; LEAKED=1 if the old one is known to others: STAGE=local|dev|prod
	@$(PY) -m infra.operate.keys --stage $(STAGE) $(if $(LEAKED),--leaked)

first: $(SETUP)  ## fills a new stage and enrols its first admin: STAGE=dev ADMIN_NAME=… ADMIN_PHONE=… [AREAS=<geojson>]
	@$(PY) -m infra.operate.first --stage $(STAGE) --name "$(ADMIN_NAME)" --phone "$(ADMIN_PHONE)" $(if $(AREAS),--areas "$(AREAS)")

replay: $(SETUP)  ## sends the events since SINCE=<ISO time> once more: STAGE=local|dev|prod
	@$(PY) -m infra.operate.replay --stage $(STAGE) --since "$(SINCE)"

recount: $(SETUP)  ## counts all figures anew, of reports since SINCE=<ISO time>: STAGE=local|dev|prod
	@$(PY) -m infra.operate.recount --stage $(STAGE) --since "$(SINCE)"

audit-ledger: $(SETUP)  ## proves from its entries that the points ledger adds up to zero: STAGE=local|dev|prod
	@$(PY) -m infra.operate.audit_ledger --stage $(STAGE)

retention: $(SETUP)  ## erases what is kept too long, DRY=1: only tells what: STAGE=local|dev|prod
	@$(PY) -m infra.operate.retention --stage $(STAGE) $(if $(DRY),--dry-run)

calendar: $(SETUP)  ## writes chalicelib/data/calendar.csv anew, after chinesecalendar knows another year
	@$(PY) -m infra.calendar

lock: $(SETUP)  ## resolves the dependencies of pyproject.toml anew, hashed
	@infra/lock.sh

clean:  ## forgets the local cloud's data and all builds
	@if kill -0 "$$(cat .local/run.pid 2>/dev/null)" 2>/dev/null; then echo "make run is still up: stop it first"; exit 1; fi
	rm -rf .local build .chalice/deployments

.venv/.installed: requirements-dev.txt
	@infra/install.sh .venv requirements-dev.txt

.venv-cloud/.installed: infra/local/requirements.txt
	@infra/install.sh .venv-cloud infra/local/requirements.txt
