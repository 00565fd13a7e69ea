#!/usr/bin/env bash
# Scores the reader on gold records and the checks on keys of relations: first on those of the project, then on
# those of SHARED where it exists.
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

relations() { # relations KEY DOCUMENT FLAG…
  echo "== $1"
  bin/luoshi eval --relations "$1" --document "$2" --mutations "${@:3}"
}

for key in checking/testdata/relations/*.md; do
  relations "$key" "${key%.md}.txt" "$@"
done
for key in "$SHARED"/checking/*-relations.md; do
  [[ -e $key ]] || break
  name=$(basename "$key" -relations.md)
  documents=("$SHARED/documents/$name"*.txt)
  relations "$key" "${documents[0]}" "$@"
done
