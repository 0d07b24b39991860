SWIFT ?= swift
# What the formatter looks after.
FORMATTED = Sources Tests Package.swift \
  Benchmarks/Package.swift Benchmarks/Sources Benchmarks/Benchmarks
# The modules with documentation of their own.
DOCUMENTED = SecureMemory Wire Lattice BFV BigInteger Paillier ClaimSchema \
  ClaimPreparation ClaimKeys EncryptedTable ClaimQuery CustodianLedger Cryptally

# How long `make fuzz` takes for each target; TARGET limits it to one.
SECONDS ?= 60
TARGET ?=

# How often `make bench-bfv` and `make bench-paillier` run each side.
ROUNDS ?= 3

export SWIFT

# The kernel paths that there are; one that the processor lacks stands for its best.
KERNELS = avx512ifma avx512 avx2 adx neon scalar

.PHONY: help setup demo test test-long test-kernels test-asan test-tsan test-ubsan test-aarch64 constant-time noise-study properties fuzz coverage mutations warnings vectors vectors-check vectors-generate bench bench-bfv bench-paillier bench-threads format format-check docs

help:
	@echo 'make setup         install the system libraries that are missing (other targets call it)'
	@echo 'make demo          encrypt sample claims, query them, decrypt, compare with the plaintext'
	@echo 'make test          build and run all tests'
	@echo 'make test-long     compare 2,000 generated queries with PostgreSQL'
	@echo 'make test-kernels  run the tests of both schemes on each kernel path'
	@echo 'make test-asan     run the tests with the address sanitizer; test-tsan: the thread sanitizer'
	@echo 'make test-ubsan    test the kernels in C; undefined behaviour and stray addresses are errors'
	@echo 'make test-aarch64  test the kernels in C for 64-bit ARM, under qemu'
	@echo 'make constant-time look for branches and table indexes on secrets (by valgrind)'
	@echo 'make coverage      run the tests, print lines and regions covered for each target'
	@echo 'make mutations     change a constant in each of several places: the vectors must notice'
	@echo 'make noise-study   hold measured noise under its bound, 10,000 circuits a parameter set'
	@echo 'make properties    try the laws on other values each time, EFFORT=20 times as many'
	@echo 'make vectors       run the test vectors on every kernel path'
	@echo 'make vectors-check compare the vectors with what their generators say, and with the schemas'
	@echo 'make vectors-generate  write the vectors anew'
	@echo 'make bench         describe the machine and run the benchmarks (Benchmarks/NOTES.md)'
	@echo 'make bench-threads compare one thread with several, and with what memory gives'
	@echo 'make bench-bfv     compare with other BFV libraries, in turn (writes Benchmarks/results)'
	@echo 'make bench-paillier  compare with other Paillier libraries, likewise'
	@echo 'make format        format the sources'
	@echo 'make format-check  check the format, change nothing'
	@echo 'make fuzz          fuzz every decoder and compare the kernels, SECONDS=60 each, TARGET=name for one'
	@echo 'make warnings      compile everything; warnings count as errors'
	@echo 'make docs          write the documentation to .build/docs'

setup:
	@./Tools/setup.sh

demo: setup
	$(SWIFT) build -c release --product cryptally
	.build/release/cryptally demo

# `swift test` alone would build everything again with other flags.
test: setup
	$(SWIFT) build -c release --build-tests
	$(SWIFT) test -c release --skip-build

# PostgreSQL answers the same queries on the plaintext; setup installs it for this.
test-long: export CRYPTALLY_SETUP_EXTRA = postgresql
test-long: setup
	$(SWIFT) build -c release --build-tests
	CRYPTALLY_LONG_TESTS=1 $(SWIFT) test -c release --skip-build --filter DialectComparisonTests

test-kernels: setup
	$(SWIFT) build -c release --build-tests
	for kernel in $(KERNELS); do \
	  echo "CRYPTALLY_KERNEL=$$kernel"; \
	  CRYPTALLY_KERNEL=$$kernel $(SWIFT) test -c release --skip-build \
	    --filter 'LatticeTests|LatticeKernelTests|SchemeTests|BigIntegerTests|PaillierTests' || exit 1; \
	done

test-ubsan: setup
	./Tools/kernel-harness.sh ubsan

# By Debian's cross compiler, which setup installs for it, and by Swift's clang.
test-aarch64: export CRYPTALLY_SETUP_EXTRA = \
  gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user
test-aarch64: setup
	./Tools/kernel-harness.sh aarch64

# Linux only: it needs valgrind, which setup installs for it.
constant-time: export CRYPTALLY_SETUP_EXTRA = valgrind
constant-time: setup
	./Tools/constant-time.sh

test-asan: setup
	./Tools/sanitize.sh address

test-tsan: setup
	./Tools/sanitize.sh thread

coverage: setup
	./Tools/coverage.sh

# Builds once for each change; needs a clean checkout.
mutations: setup
	python3 Tools/mutations.py

# About seventeen minutes, and four and a half gigabytes, most for the largest ring's keys.
noise-study: export CRYPTALLY_NOISE_STUDY = 1
noise-study: setup
	$(SWIFT) build -c release --build-tests
	$(SWIFT) test -c release --skip-build --filter NoiseStudyTests

# A seed that finds something is printed with what it found; CRYPTALLY_PROPERTY_SEED=… repeats it.
EFFORT ?= 20
properties: export CRYPTALLY_PROPERTY_SEED ?= random
properties: export CRYPTALLY_PROPERTY_EFFORT = $(EFFORT)
properties: setup
	$(SWIFT) build -c release --build-tests
	$(SWIFT) test -c release --skip-build \
	  --filter 'LawTests|CircuitTests|CanonicalTextTests|ConditionTests|PlannerTestsClearPredicate'

# It builds everything again, with the sanitizers, in .build-fuzz.
fuzz: setup
	./Tools/fuzz.sh $(SECONDS) $(TARGET)

warnings: setup
	./Tools/check-warnings.sh

vectors: setup
	$(SWIFT) build -c release --product cryptally
	.build/release/cryptally vectors run

# The generators need Python alone; comparing with the schemas needs a package of it.
VECTOR_PYTHON = .build/vector-python
vectors-generate vectors-check: export CRYPTALLY_SETUP_EXTRA = python3-venv

vectors-generate: setup
	python3 Vectors/generators/generate.py

vectors-check: setup $(VECTOR_PYTHON)
	$(VECTOR_PYTHON)/bin/python Vectors/generators/generate.py --check

$(VECTOR_PYTHON): Vectors/generators/requirements.txt
	python3 -m venv $@
	$@/bin/pip install --quiet --requirement Vectors/generators/requirements.txt
	touch $@

bench: setup
	$(SWIFT) run -c release --package-path Benchmarks MachineReport
	$(SWIFT) package --package-path Benchmarks benchmark --no-progress --skip '.*peer .*'

bench-threads: setup
	$(SWIFT) run -c release --package-path Benchmarks ThreadScaling

# Ours and the wheels of other libraries, which it installs in environments of their own.
bench-bfv: setup
	Benchmarks/peers/compare.py --rounds $(ROUNDS)

bench-paillier: setup
	Benchmarks/peers/compare_paillier.py --rounds $(ROUNDS)

format: setup
	$(SWIFT) format format --in-place --parallel --recursive $(FORMATTED)

format-check: setup
	$(SWIFT) format lint --strict --parallel --recursive $(FORMATTED)

# The DocC plugin is a dependency only while this variable is set.
docs: export CRYPTALLY_DOCS = 1
docs: setup
	mkdir -p .build/docs
	for module in $(DOCUMENTED); do \
	  $(SWIFT) package --allow-writing-to-directory .build/docs generate-documentation \
	    --target $$module --output-path .build/docs/$$module || exit 1; \
	done
