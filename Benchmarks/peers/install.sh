#!/usr/bin/env bash
# install.sh PEER...: installs the wheels of the named peers from PyPI, each in a virtual environment
# of its own beside this file, at the versions in `PEER.txt`. Says what it does; does nothing for a
# peer that is installed. A peer that cannot be had here is left out with a message: that is no
# failure.
set -uo pipefail
cd "$(dirname "$0")" || exit 1

say() { echo "peers: $*" >&2; }

# Tells whether the program is a CPython of the version that can make virtual environments.
is_python() {
  "$1" -c "import sys, venv, ensurepip
sys.exit(sys.implementation.name != 'cpython' or '%d.%d' % sys.version_info[:2] != '$2')" \
    >/dev/null 2>&1
}

# Prints the path of a CPython of the version that is here already.
existing_python() {
  local version=$1 candidate
  for candidate in "python$version" python3 \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version".*/bin/"python$version"; do
    if is_python "$candidate" "$version"; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

# Installs a CPython of the version with apt-get, where that is possible, and prints its path.
installed_python() {
  local version=$1
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
  apt-get update -qq </dev/null >&2 || return 1
  apt-cache policy "python$version-venv" 2>/dev/null | grep -q 'Candidate: [0-9]' || return 1
  say "installing CPython $version with apt-get"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    "python$version-venv" </dev/null >&2 || return 1
  existing_python "$version"
}

# install NAME MODULE VERSIONS: what NAME.txt lists into .venv-NAME, with a CPython of VERSIONS.
install() {
  local name=$1 module=$2 versions=$3 environment=.venv-$1 find version python=
  if cmp -s "$name.txt" "$environment/installed.txt"; then return; fi
  rm -rf "$environment"
  for find in existing_python installed_python; do
    for version in $versions; do
      python=$($find "$version") && break 2
    done
  done
  if [ -z "$python" ]; then
    say "$name is left out: it wants CPython $versions, and none was found"
    return
  fi
  say "installing $name into Benchmarks/peers/$environment with CPython $version:" \
    "$(grep -v '^#' "$name.txt" | xargs)"
  if "$python" -m venv "$environment" &&
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --retries 1 \
      --only-binary :all: --requirement "$name.txt" </dev/null &&
    "$environment/bin/python" -c "import $module"; then
    cp "$name.txt" "$environment/installed.txt"
  else
    rm -rf "$environment"
    say "$name is left out: the wheel could not be installed or does not load on this system"
  fi
}

for peer in "$@"; do
  case $peer in
    tenseal) install tenseal tenseal.sealapi '3.11 3.12 3.13 3.14' ;;
    openfhe) install openfhe openfhe '3.10' ;;
    phe) install phe phe.util,gmpy2 '3.11 3.12 3.13 3.14 3.10' ;;
    heu) install heu heu.phe '3.11 3.10' ;;
    *) say "there is no peer $peer" ;;
  esac
done
exit 0
