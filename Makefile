# Luoshi (落实). `make help` lists the targets.
SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS   += --no-print-directory
.DEFAULT_GOAL := help

GO       ?= go
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS  := -X main.version=$(VERSION)
PLATFORMS ?= linux/amd64 linux/arm64 linux/loong64
# Where the gold records and their documents are; they are not part of this repository.
SHARED   ?= ../shared
FUZZTIME ?= 30s
# Packages whose work runs in parallel: the race detector watches these.
RACE     ?= ./document/... ./reading/... ./checking/... ./matching/... ./internal/audit/... ./internal/store/... ./internal/web ./internal/web/home ./internal/service/progress

# In CI nothing is optional: a browser or a database server that is missing fails the test that needs it.
ifeq ($(CI),true)
export LUOSHI_REQUIRE_BROWSER := 1
export LUOSHI_REQUIRE_POSTGRES := 1
endif

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

.PHONY: setup
setup: ## install what tests and linters need (Debian: apt-get; Go tools into ./bin)
	@scripts/setup.sh

.PHONY: assets
assets: ## fetch what browsers load, at the versions of package-lock.json (needs npm, once)
	@scripts/assets.sh

.PHONY: generate
generate: ## make Go of the templates of pages (*.templ)
	@scripts/templates.sh

.PHONY: demo
demo: assets ## read and check the examples, then serve a fictional district (DEMO_ONCE=1: see that it answers, and stop)
	@scripts/demo.sh

.PHONY: test
test: assets ## go vet, every test, then the race detector where work runs in parallel
	$(GO) vet ./...
	$(GO) test -timeout 40m $(TESTFLAGS) ./...
	@scripts/race.sh $(RACE)

.PHONY: lint
lint: ## gofmt, go vet, staticcheck, golangci-lint (with the import rules between rooms)
	@scripts/lint.sh

.PHONY: bench
bench: ## speed and memory of opening, reading, checking and matching, and of the server (LOAD=10x: over a large district too)
	@scripts/bench.sh
	@scripts/bench-server.sh

.PHONY: bench-server
bench-server: ## pages, writes, reporting, lights, start and memory of the server alone, in at most eight minutes (LOAD=10x: over a large district too)
	@scripts/bench-server.sh

.PHONY: eval
eval: ## score the reader against gold records
	@SHARED=$(SHARED) scripts/eval.sh

.PHONY: fuzz
fuzz: ## run every fuzz target for FUZZTIME (30s)
	@FUZZTIME=$(FUZZTIME) scripts/fuzz.sh

.PHONY: build
build: assets ## bin/luoshi for this machine
	@mkdir -p bin
	$(GO) build -ldflags '$(LDFLAGS)' -o bin/luoshi ./cmd/luoshi

.PHONY: dist
dist: $(PLATFORMS:%=dist/luoshi-%) ## static binaries in dist/ for amd64, arm64 and loong64

.PHONY: $(PLATFORMS:%=dist/luoshi-%)
$(PLATFORMS:%=dist/luoshi-%): dist/luoshi-%: assets
	@mkdir -p dist
	CGO_ENABLED=0 GOOS=$(firstword $(subst /, ,$*)) GOARCH=$(lastword $(subst /, ,$*)) \
		$(GO) build -trimpath -ldflags '-s -w $(LDFLAGS)' -o dist/luoshi-$(subst /,-,$*) ./cmd/luoshi

.PHONY: examples
examples: ## write examples/ anew in every format from their sources (needs LibreOffice)
	@examples/make.sh

.PHONY: clean
clean: ## remove what the targets leave, except the tools in bin/
	rm -rf dist out bin/luoshi
