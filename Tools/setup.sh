#!/usr/bin/env bash
# Sees to it that the system libraries and a Swift toolchain are there. On Debian and its relatives
# it installs the missing packages; elsewhere it says what is needed. Does nothing when all is there.
# CRYPTALLY_SETUP_EXTRA names further packages of Debian's that a target needs.
set -euo pipefail

readonly least_swift=6.2
readonly debian_packages=(
  libgmp-dev libsodium-dev libpg-query-dev libsqlite3-dev zlib1g-dev pkg-config python3
  ${CRYPTALLY_SETUP_EXTRA:-})
readonly brew_packages=(gmp libsodium libpg_query sqlite pkg-config)

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

install_debian_packages() {
  local missing=() package
  for package in "${debian_packages[@]}"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "setup: these packages are missing, and only root may install them:" \
        "${missing[*]}" >&2
      exit 1
    fi
    as_root=(sudo)
  fi
  echo "setup: installing the missing packages ${missing[*]} with apt-get"
  "${as_root[@]}" apt-get update -qq </dev/null
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${missing[@]}" </dev/null
}

check_brew_packages() {
  local missing=() package
  for package in "${brew_packages[@]}"; do
    brew list --formula "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "setup: these packages are missing; install them with: brew install ${missing[*]}" >&2
  exit 1
}

check_swift() {
  local found
  if ! command -v swift >/dev/null; then
    echo "setup: no Swift toolchain found; version $least_swift or later is needed:" \
      "https://www.swift.org/install" >&2
    exit 1
  fi
  found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p')
  if [ "$(printf '%s\n' "$least_swift" "${found:-0}" | sort -V | head -n 1)" != "$least_swift" ]
  then
    echo "setup: Swift ${found:-of an unknown version} found; $least_swift or later is needed:" \
      "https://www.swift.org/install" >&2
    exit 1
  fi
}

case "$(uname -s)" in
Darwin)
  check_brew_packages
  ;;
*)
  if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    install_debian_packages
  else
    echo "setup: no apt-get here; the headers of GMP, libsodium, libpg_query, SQLite and zlib and" \
      "pkg-config must be installed by hand"
  fi
  ;;
esac
check_swift
