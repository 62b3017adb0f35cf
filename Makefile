# POS Sync. `make` lists what can be made.

GO     ?= go
# Without the checkout's own path in it, what was built and tested in one checkout serves in every other.
export GOFLAGS := $(strip $(GOFLAGS) $(if $(findstring -trimpath,$(GOFLAGS)),,-trimpath))
# Runs a command with PostgreSQL at hand: a server of its own, or the one that POSSYNC_TEST_POSTGRES names.
WITHPG := $(GO) run ./internal/database/databasetest/withpostgres --
# The race detector needs cgo and a C compiler; nothing else here does.
RACE   := $(shell [ "$$($(GO) env CGO_ENABLED)" = 1 ] && command -v "$$($(GO) env CC)" >/dev/null 2>&1 && echo -race)

# The folders with Go written by hand. In ent itself that is the generator's own settings alone.
BYHAND  = $(shell git ls-files --cached --others --exclude-standard '*.go' | xargs grep -L '^// Code generated .* DO NOT EDIT' | \
            xargs -n1 dirname | sort -u | grep -vxE '\.|ent' | sed 's|^|./|')

# The linter, with the modules that it was released with: in go.mod they would weigh on everything else. Go keeps the program
# that it built.
GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

# Tests at a time in each package: twice as many as the usual two on a small machine, because they wait for databases and for time.
ATONCE := -parallel 4
# Collecting garbage less often takes a tenth less time. With the race detector a program sleeps a second before it ends, unless
# GORACE says otherwise; the tests have waited for their goroutines by then.
THRIFTY := GOGC=400 GOMEMLIMIT=2GiB GORACE="atexit_sleep_ms=50 $$GORACE"

# The race pass: what runs concurrently or on a database, with the race detector. It leaves out what is there for its volume (-short), and
# SQLite, whose driver the race detector slows 40 times, unless there is no other database. What it runs on PostgreSQL, and does no less of
# than the pass before it, runs there this once: see databasetest.Volume. Linting vets the same code.
CONCURRENT := ./ent/migrate/... ./graph/... ./jobs/... ./server/... ./internal/clock ./internal/database/... ./internal/event ./internal/fairshare ./internal/graphqlhttp/... ./internal/heap \
              ./internal/lightspeed/... ./internal/mail/... ./internal/records/... ./internal/secret
RACEPASS   := $(if $(RACE),POSSYNC_TEST_DATABASES=$${POSSYNC_TEST_POSTGRES:+postgres} $(GO) test $(TESTFLAGS) $(ATONCE) -timeout 15m -vet=off -race -short $(CONCURRENT),:)

.DEFAULT_GOAL := help
.PHONY: help run test races build pages pages-dev pages-test bench-pages generate lint verify bench scale fair attack soak baddays migration

BENCH ?= ./...
# The tests that count what has a bar, or take it by a virtual clock: they add their rows to the table of the benchmarks.
COUNTED := ^(TestStatementsOfPages|TestStatementsOfACheck|TestStatementsOfAFullSync|TestStatementsOfAnExport|TestOrdersBehindALongOne|TestPacerReadsBesideUrgentRequests)$$

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Run the demo: server on 127.0.0.1:8080, a local Lightspeed on 127.0.0.1:8090
	$(GO) run ./server demo

test: ## Run all tests on both databases, then those of what runs concurrently with the race detector
	@$(MAKE) --no-print-directory note
	$(THRIFTY) $(WITHPG) sh -c '$(if $(RACE),POSSYNC_TEST_RACED=1) $(GO) test $(TESTFLAGS) $(ATONCE) -timeout 30m ./... && $(RACEPASS)'
	@$(MAKE) --no-print-directory note

races: note ## Run the tests of what runs concurrently with the race detector
	$(THRIFTY) $(WITHPG) sh -c '$(RACEPASS)'

.PHONY: note
note:
	@[ -n "$(RACE)" ] || printf '%s\n' \
	  '*************************************************************************' \
	  '*  No C compiler here: the tests run WITHOUT the race detector.         *' \
	  '*  Install one (apt-get install gcc libc6-dev) to have it.              *' \
	  '*************************************************************************'

build: ## Build bin/possync, static and without cgo
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o bin/possync ./server

generate: ## Write the generated code of ent and gqlgen again, and docs/schema.graphql
	$(GO) generate ./ent
	$(GO) run ./graph/internal/generate
	$(GO) run ./graph/internal/publish

# The pages' tools: npm runs them with the Node that package.json names.
UI := server/web/pages/ui

# What npm installed, by the lock.
UITOOLS := $(UI)/node_modules/.package-lock.json

$(UITOOLS): $(UI)/package-lock.json
	npm ci --prefix $(UI) --no-audit --no-fund

pages: $(UITOOLS) ## Build the Site Manager pages (needs npm): types, checks, tests, server/web/pages/dist
	npm run --prefix $(UI) all

pages-dev: $(UITOOLS) ## Serve the pages with hot reload on 127.0.0.1:5173, for the demo that runs on 127.0.0.1:8080
	npm run --prefix $(UI) dev

pages-test: build $(UITOOLS) ## Try the pages in a browser, each file of tests on a demo of its own (needs npm and Chromium)
	npm run --prefix $(UI) e2e

bench-pages: build $(UITOOLS) ## Measure the pages in a browser on 100,000 items and 100,000 orders, and print a table (an hour; needs npm and Chromium)
	cd $(UI) && npx playwright test --config bench.config.ts

lint: ## Check format, vet, golangci-lint and the rules of the repository
	@unformatted=$$(gofmt -l $$(git ls-files --cached --others --exclude-standard '*.go')); \
	  [ -z "$$unformatted" ] || { echo "not formatted by gofmt:"; echo "$$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) run $(GOLANGCI) run $(BYHAND)
	$(GO) test -count=1 -run '^(TestRepository|TestDocs|TestREADME)' ./server

verify: generate ## Check that generated code and go.mod are what they should be, then lint
	$(GO) mod tidy
	@$(MAKE) --no-print-directory lint
	git diff --exit-code

bench: ## Run the benchmarks, and print those that have a bar as a table
	@rows=$$(mktemp) && GOGC=400 POSSYNC_BENCH_ROWS=$$rows $(WITHPG) $(GO) test -run '$(COUNTED)' -bench . -benchmem -timeout 120m $(BENCH); status=$$?; \
	  $(GO) run ./internal/yardstick/table <$$rows; rm -f $$rows; exit $$status

scale: ## Run ten thousand sites on real processes, and kill one of two (half an hour, Linux)
	$(WITHPG) $(GO) test -timeout 60m -v ./server/scale -run TestScale -scale-sites 10000

fair: ## Measure what one site's attacks cost another site (ten minutes, Linux)
	$(WITHPG) $(GO) test -timeout 30m -v ./server/scale -run TestFair -fair

attack: ## Ask 100,000 things about other sites, with both locks on tenancy and without either (ten minutes)
	$(WITHPG) $(GO) test -timeout 60m -v ./server/app -run TestAttack -attack 100000

baddays: ## Run the whole program through each of its bad days, by the machine's clock (minutes)
	$(GO) test -timeout 15m -v ./server/demo -run TestBadDays -baddays

soak: ## Run everything under the race detector, then export thousands of orders through faults and kills, and 500 histories (hours)
	$(WITHPG) $(GO) test -timeout 120m $(RACE) ./...
	$(WITHPG) $(GO) test -timeout 180m -v ./jobs/export -run 'TestSoak|TestTwoFaults' -soak-orders 5000 -soak-kills 50 -soak-restore -all-pairs
	$(WITHPG) $(GO) test -timeout 60m ./jobs/inventory -run TestHistories -histories 500
	$(WITHPG) $(GO) test -timeout 60m ./jobs/export -run TestOpenOrderHistories -order-histories 200
	$(WITHPG) $(GO) test -timeout 60m -v ./internal/records/sealing -run TestRotation -sealed-rows 100000

migration: ## Write the migration files for a changed schema: make migration name=add_something
	@[ -n "$(name)" ] || { echo 'usage: make migration name=add_something'; exit 2; }
	$(WITHPG) $(GO) run ./ent/migrate/diff -name $(name)
