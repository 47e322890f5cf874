# The few commands one needs to build, try and check Sluice. `make demo` and `make test` are the two to know.

PREFIX ?= /usr/local
BUILD := .build/release
VENV := .venv
DEMO := .build/demo
# The binary carries Swift's runtime along, where the toolchain has it: it starts faster, and runs where Swift is not
# installed.
TOOLCHAIN := $(patsubst %/bin/,%,$(dir $(realpath $(shell command -v swift))))
STATIC := $(if $(wildcard $(TOOLCHAIN)/lib/swift_static/linux/libswiftCore.a),--static-swift-stdlib)

# What Swift links against: pkg-config names, and the Debian packages that bring them.
MODULES := yaml-0.1 libgit2 libpcre2-8 libarchive
PACKAGES := pkg-config patch libyaml-dev libgit2-dev libpcre2-dev libarchive-dev
# What some tests read our reports with.
TEST_PACKAGES := libxml2-utils

SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: deps
deps: ## Install the system libraries that are missing (Debian, Ubuntu)
	@pkg-config --exists $(MODULES) 2>/dev/null && command -v patch >/dev/null || { \
	  command -v apt-get >/dev/null || { echo "Install patch and the libraries $(MODULES), then run make again." >&2; exit 1; }; \
	  $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q --no-install-recommends $(PACKAGES); }

.PHONY: build
build: deps ## Build the release binary, .build/release/sluice
	swift build -c release $(STATIC) --product sluice

.PHONY: build-dev
build-dev: deps ## Build the tools for developers, .build/release/sluice-dev
	swift build -c release $(STATIC) --product sluice-dev

.PHONY: demo
demo: build ## Check the example platform, first as it is, then with a fault planted
	@echo "== The platform as it is"
	$(BUILD)/sluice check testdata/platform
	@echo
	@echo "== The same platform after a change that goes wrong: testdata/faults/dependency-cycle"
	@rm -rf $(DEMO) && mkdir -p $(DEMO) && cp -R testdata/platform/. $(DEMO)
	@patch -s -p1 -d $(DEMO) < testdata/faults/dependency-cycle/fault.patch
	$(BUILD)/sluice check $(DEMO) || test $$? -eq 1

.PHONY: test-deps
test-deps: deps $(VENV)/installed
	@command -v xmllint >/dev/null || { \
	  command -v apt-get >/dev/null || { echo "Install xmllint, then run make again." >&2; exit 1; }; \
	  $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q --no-install-recommends $(TEST_PACKAGES); }

$(VENV)/installed: .ci/requirements.txt
	python3 -m venv $(VENV) || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q python3-venv && python3 -m venv $(VENV); }
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r .ci/requirements.txt
	@touch $@

.PHONY: test
test: test-deps ## Run the tests
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" swift test

.PHONY: lint
lint: ## Check the formatting
	swift format lint --strict -r Sources Tests Package.swift

.PHONY: install
install: build ## Install sluice below PREFIX (/usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BUILD)/sluice $(DESTDIR)$(PREFIX)/bin/sluice
