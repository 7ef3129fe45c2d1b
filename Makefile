# build, demo and fuzz need Go alone; the other targets install what they need with .ci/tools.

GO        ?= go
BIN       := bin
TARGET    ?= targets/default.toml
SPARSEGEN := $(BIN)/sparsegen
LINT      := $(BIN)/golangci-lint
FUZZTIME  ?= 30s

# Folder with published matrices (dlmc/, mtx/); tests that read it are skipped where it is not set.
export SPARSEGEN_DATA

.DEFAULT_GOAL := help
.PHONY: help build demo test sim area lint fmt bench fuzz campaign picture tools clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## bin/sparsegen
	@mkdir -p $(BIN)
	$(GO) build -o $(SPARSEGEN) ./gen/sparsegen

demo: build ## run a pruned layer on the default machine, in process; needs only Go
	$(SPARSEGEN) run --target $(TARGET) --workload gen/sparsegen/examples/demo.toml --engine interp

test: tools lint ## install what the tests need, lint, then every Go test
	$(GO) test -timeout 20m ./...

sim: build tools ## the demo on the emitted SystemVerilog, in Verilator
	$(SPARSEGEN) run --target $(TARGET) --workload gen/sparsegen/examples/demo.toml --engine verilator

area: build tools ## area of the target on the osu018 cells, with its hierarchy
	$(SPARSEGEN) area --target $(TARGET)

lint: $(LINT) ## golangci-lint, formatting included
	$(LINT) run ./...

fmt: $(LINT) ## rewrite the Go files in the project's format
	$(LINT) fmt ./...

bench: build tools ## the measured figures: tables, and build/bench.json
	$(GO) run ./gen/bench -o build/bench.json

campaign: build tools ## every matrix of SPARSEGEN_DATA on every engine; build/campaign.json
	$(GO) run ./gen/bench -campaign -o build/campaign.json

picture: ## the pictures of the README, drawn from the default target and a run on it
	$(GO) run ./gen/picture -target targets/default.toml

fuzz: ## every fuzz target for FUZZTIME each (default 30s)
	@set -e; for dir in $$(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -r -n1 dirname | sort -u); do \
	  for f in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]+' $$dir/*_test.go | sed 's/func //'); do \
	    echo "fuzz $$dir $$f"; $(GO) test $$dir -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME); \
	  done; done

tools:
	@.ci/tools

$(LINT):
	@.ci/tools

clean: ## remove bin and build
	rm -rf $(BIN) build
