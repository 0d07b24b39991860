#!/usr/bin/env bash
# A million made-up records through the command line: keys, encryption, one conditional sum three times
# with the time that each stage took, and the answer beside the sum in clear.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product cryptally
cryptally="$PWD/.build/release/cryptally"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

awk 'BEGIN {
  srand(1); print "sex,days"
  for (i = 0; i < 1000000; i++) print 1 + int(2 * rand()) "," int(61 * rand())
}' > claims.csv
cat > claims.schema.yaml <<'SCHEMA'
table: claims
capacity: 1000000
depth: 1
minimum_cohort: 11
columns:
  sex:  { type: category, protect: encrypted, values: ["1", "2"], nullable: false }
  days: { type: integer, range: [0, 60], protect: encrypted, use: [sum], nullable: false }
SCHEMA
echo "not a secret: made-up records" > passphrase

"$cryptally" schema check claims.schema.yaml | sed -n '/^lattice/,/^chunk/p'
"$cryptally" keys generate --schema claims.schema.yaml --out keys --passphrase-file passphrase \
  > /dev/null
time "$cryptally" encrypt claims.csv --schema claims.schema.yaml --public-key keys/public.key \
  --table claims.cryptally
for _ in 1 2 3; do
  "$cryptally" query "SELECT sum(days) FROM claims WHERE sex = '1'" --table claims.cryptally \
    --evaluation-key keys/evaluation.key --server-key keys/server.key --out answer.enc --timing
done
"$cryptally" decrypt answer.enc --secret-key keys/secret.key --passphrase-file passphrase \
  --format csv
echo "in clear: $(awk -F, '$1 == 1 { sum += $2 } END { print sum }' claims.csv)"
