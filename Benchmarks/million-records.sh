#!/usr/bin/env bash
# Made-up records through the command line, a million unless RECORDS says another number: keys,
# encryption, a conditional sum, the same by two hidden keys, a conjunction of four hidden conditions; with
# the time and the peak memory of each, and every answer beside the numbers in clear.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product cryptally
cryptally="$PWD/.build/release/cryptally"
records="${RECORDS:-1000000}"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# Runs a command and says how long it took and how much memory it had at most.
measured() {
  python3 - "$@" <<'PYTHON'
import resource, subprocess, sys, time
start = time.monotonic()
code = subprocess.run(sys.argv[1:]).returncode
seconds = time.monotonic() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
peak //= 1024 * 1024 if sys.platform == "darwin" else 1024
print(f"  {seconds:.2f} s, {peak} MB at most", flush=True)
sys.exit(code)
PYTHON
}

awk -v records="$records" 'BEGIN {
  srand(1); print "sex,region,age,diabetes,paid"
  for (i = 0; i < records; i++)
    printf "%d,%c,%d,%d,%d.%02d\n", 1 + int(2 * rand()), 65 + int(5 * rand()), int(100 * rand()),
      int(2 * rand()), int(20000 * rand()), int(100 * rand())
}' > claims.csv
cat > claims.schema.yaml <<SCHEMA
table: claims
capacity: $records
depth: 3
minimum_cohort: 11
columns:
  sex:      { type: category, protect: encrypted, values: ["1", "2"], nullable: false }
  region:   { type: category, protect: encrypted, values: [A, B, C, D, E], nullable: false }
  age:      { type: integer, range: [0, 120], bands: [18, 40, 65, 80], use: [filter],
              protect: encrypted, nullable: false }
  diabetes: { type: category, protect: encrypted, values: ["0", "1"], nullable: false }
  paid:     { type: money, scale: 2, range: [0, 20000.00], protect: encrypted, nullable: false }
SCHEMA
echo "not a secret: made-up records" > passphrase

grep -m 1 "model name" /proc/cpuinfo 2> /dev/null || sysctl -n machdep.cpu.brand_string
echo "$(getconf _NPROCESSORS_ONLN) threads"
"$cryptally" schema check claims.schema.yaml | sed -n '/^lattice/,/^record/p'
"$cryptally" keys generate --schema claims.schema.yaml --out keys --passphrase-file passphrase \
  > /dev/null
echo "encrypt"
measured "$cryptally" encrypt claims.csv --schema claims.schema.yaml \
  --public-key keys/public.key --table claims.cryptally > encrypted
sed -n '/stored/p; $p' encrypted
"$cryptally" table stats claims.cryptally | head -12

ask() {
  echo
  echo "$1"
  measured "$cryptally" query "$1" --table claims.cryptally --evaluation-key keys/evaluation.key \
    --server-key keys/server.key --out answer.enc --timing
  "$cryptally" decrypt answer.enc --secret-key keys/secret.key --passphrase-file passphrase \
    --format csv
}

ask "SELECT sum(paid), count(*) FROM claims WHERE sex = '1'"
echo "in clear: $(awk -F, '$1 == 1 { sum += $5; n++ } END { printf "%.2f,%d", sum, n }' claims.csv)"
ask "SELECT sex, region, sum(paid), count(*) FROM claims GROUP BY sex, region"
echo "in clear:"
awk -F, 'NR > 1 { sum[$1 "," $2] += $5; n[$1 "," $2]++ }
  END { for (key in n) printf "%s,%.2f,%d\n", key, sum[key], n[key] }' claims.csv | sort
ask "SELECT sum(paid), count(*) FROM claims
  WHERE sex = '2' AND region = 'C' AND age >= 65 AND age < 80 AND diabetes = '1'"
echo "in clear: $(awk -F, '$1 == 2 && $2 == "C" && $3 >= 65 && $3 < 80 && $4 == 1 {
  sum += $5; n++ } END { printf "%.2f,%d", sum, n }' claims.csv)"
