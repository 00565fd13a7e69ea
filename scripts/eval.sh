#!/usr/bin/env bash
# Scores the reader: first on the gold records of the examples, then on those of SHARED where it exists.
set -euo pipefail
cd "$(dirname "$0")/.."
SHARED=${SHARED:-../shared}
go build -o bin/luoshi ./cmd/luoshi

echo "== examples/gold"
bin/luoshi eval --gold examples/gold --documents examples "$@"
if [[ -d $SHARED/reading/gold && -d $SHARED/documents ]]; then
  echo "== $SHARED/reading/gold"
  bin/luoshi eval --gold "$SHARED/reading/gold" --documents "$SHARED/documents" "$@"
else
  echo "eval: $SHARED/reading/gold is not here, so its five public documents are not scored."
  echo "eval: put the shared folder beside this repository, or name it: make eval SHARED=…"
fi
