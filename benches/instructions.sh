#!/usr/bin/env bash
# Counts the instructions that parsing takes for each byte of source, and fails above the limit. Unlike wall time the number is
# the same on a busy machine. Needs valgrind; where it is missing, says so and passes.
#
# usage: benches/instructions.sh [--grammar]     (--grammar: the grammar alone, for comparison; no limit)
set -euo pipefail
cd "$(dirname "$0")/.."

# Instructions per byte on description-rich source (release profile). Raise it only with the reason in the commit.
limit=${GRADUS_INSTRUCTIONS_LIMIT:-240}
skills=500
what=${1:-}

if ! command -v valgrind >/dev/null; then
  echo "!! NOT RUN: valgrind is absent; instructions per byte of the parser were not counted"
  exit 0
fi

cargo build --quiet --release --locked --example parse-bytes
program=${CARGO_TARGET_DIR:-target}/release/examples/parse-bytes
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

count() { # times -> instructions
  RAYON_NUM_THREADS=1 valgrind --tool=callgrind --callgrind-out-file="$scratch/out.$1" \
    "$program" "$skills" "$1" $what >"$scratch/bytes" 2>"$scratch/log"
  sed -n 's/^.*Collected *: *\([0-9]*\).*$/\1/p' "$scratch/log"
}

once=$(count 1)
twice=$(count 2)
bytes=$(cat "$scratch/bytes")
per_byte=$(((twice - once) / bytes))
echo "$per_byte instructions per byte (limit $limit): $((twice - once)) for $bytes bytes"
if [ "$what" != "--grammar" ] && [ "$per_byte" -gt "$limit" ]; then
  echo "FAIL: parsing takes more instructions per byte than it may"
  exit 1
fi
