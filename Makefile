# Sada's doors. `make` lists them. Build folders follow CARGO_TARGET_DIR; the web app is packed into dist/.
.PHONY: help setup demo web desktop test bench format

TARGET = $(or $(CARGO_TARGET_DIR),target)

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 16

setup: ## Installs what building needs and this machine lacks (Debian; as root or with sudo)
	@./setup.sh demo

web: ## The web app, into dist/
	@mobile/bundle/build.sh

demo: setup web ## Builds everything and starts on http://127.0.0.1:8080 with demo data; prints addresses and log-ins
	@printf '\033[1m==> server\033[0m\n'
	@cargo build --release --locked -p server --bin sada-server
	@$(TARGET)/release/sada-server demo --web dist

desktop: ## The app in a window of its own (the server: `make demo`, or a team's)
	@./setup.sh desktop
	@cargo run --release --locked -p mobile --features desktop --bin sada

test: ## Everything the tests need, then all tests
	@tests/run.sh

bench: ## The measurements of docs/performance.md, on this build and this machine
	@./setup.sh test
	@mobile/bundle/build.sh
	@tests/bench.sh

format: ## Formats all Rust
	@cargo fmt --all
