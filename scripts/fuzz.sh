#!/usr/bin/env bash
# Runs every fuzz target of the module for FUZZTIME each; the targets are found, not listed here.
set -euo pipefail
cd "$(dirname "$0")/.."
count=0
while read -r dir; do
  compgen -G "$dir/*_test.go" >/dev/null || continue
  grep -lqE '^func Fuzz' "$dir"/*_test.go || continue
  for target in $(go test -list '^Fuzz' "$dir" | grep '^Fuzz' || true); do
    echo "== $target in ${dir#"$PWD"/}"
    # Left to itself, go test spends most of the time making interesting inputs smaller.
    go test -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZTIME:-30s}" -fuzzminimizetime 5x "$dir"
    count=$((count + 1))
  done
done < <(go list -f '{{.Dir}}' ./...)
if ((count == 0)); then
  echo "fuzz: no fuzz target found" >&2
  exit 1
fi
echo "fuzz: $count targets, ${FUZZTIME:-30s} each, no failure"
