#!/usr/bin/env bash
# Sees that the tests and kinds of vectors that SECURITY.md names are there.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=0
count=0
while read -r suite name; do
  count=$((count + 1))
  if ! grep -rqE "struct $suite\b" Tests --include='*.swift' \
    || ! grep -rlE "(struct|extension) $suite\b" Tests --include='*.swift' \
      | xargs grep -qE "func $name\b"; then
    echo "check-security: SECURITY.md names $suite.$name, and there is no such test" >&2
    missing=1
  fi
done < <(grep -oE '`[A-Z][A-Za-z]*Tests\.[a-z][A-Za-z]*`' SECURITY.md | tr -d '\140' | tr '.' ' ' | sort -u)

while read -r kind; do
  count=$((count + 1))
  if ! ls Vectors/schemas/${kind}.schema.json >/dev/null 2>&1; then
    echo "check-security: SECURITY.md names vectors of kind $kind, and there are none" >&2
    missing=1
  fi
done < <(grep -oE '`(bfv|lattice|paillier|format|query|claims|memory|story)\.[a-z*-]+`' SECURITY.md \
  | tr -d '\140' | sort -u)

[ "$missing" -eq 0 ] || exit 1
[ "$count" -gt 0 ] || { echo "check-security: SECURITY.md names no test" >&2; exit 1; }
echo "check-security: the $count tests and kinds that SECURITY.md names are there"
