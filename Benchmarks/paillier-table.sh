#!/usr/bin/env bash
# Two hundred thousand made-up records with a Paillier column through the command line: keys, encryption,
# a sum for each clear group, and the answer beside the sums in clear.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product cryptally
cryptally="$PWD/.build/release/cryptally"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

awk 'BEGIN {
  srand(1); print "region,paid"
  for (i = 0; i < 200000; i++) printf "R%d,%.2f\n", 1 + int(9 * rand()), 57000 * rand() - 1000
}' > claims.csv
cat > claims.schema.yaml <<'SCHEMA'
table: claims
capacity: 1000000
minimum_cohort: 11
columns:
  region: { type: category, protect: clear, nullable: false }
  paid:   { type: money, scale: 2, range: [-1000.00, 57000.00], protect: paillier, nullable: false }
SCHEMA
echo "not a secret: made-up records" > passphrase
sql="SELECT region, sum(paid), count(*) FROM claims GROUP BY region ORDER BY region"

"$cryptally" keys generate --schema claims.schema.yaml --out keys --passphrase-file passphrase \
  > /dev/null
echo "encrypt"
time "$cryptally" encrypt claims.csv --schema claims.schema.yaml --public-key keys/public.key \
  --table claims.cryptally
echo "query"
time "$cryptally" query "$sql" --table claims.cryptally \
  --evaluation-key keys/evaluation.key --server-key keys/server.key --out answer.enc
echo "decrypt"
time "$cryptally" decrypt answer.enc --secret-key keys/secret.key --passphrase-file passphrase \
  --format csv | tail -n +2 | tr -d '\r' > decrypted.csv
cat decrypted.csv
# In cents: awk's numbers hold these exactly.
awk -F, 'NR > 1 { sub(/\./, "", $2); sum[$1] += $2; count[$1]++ }
  END { for (group in sum) printf "%s,%d.%02d,%d\n", group, int(sum[group] / 100), sum[group] % 100, count[group] }' \
  claims.csv | sort > clear.csv
if diff decrypted.csv clear.csv; then echo "equal to the sums in clear"; else exit 1; fi
