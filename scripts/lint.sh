#!/usr/bin/env bash
# gofmt, go vet, staticcheck and golangci-lint; the last one also holds the import rules between rooms.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/tools.sh
install_tool staticcheck "$STATICCHECK_VERSION" honnef.co/go/tools/cmd/staticcheck
install_tool golangci-lint "$GOLANGCI_LINT_VERSION" github.com/golangci/golangci-lint/v2/cmd/golangci-lint

unformatted=$(git ls-files --cached --others --exclude-standard '*.go' | while read -r f; do
  if [[ -e $f ]]; then echo "$f"; fi
done | xargs -r gofmt -s -l)
if [[ -n $unformatted ]]; then
  printf 'lint: gofmt -s would change:\n%s\n' "$unformatted" >&2
  exit 1
fi
echo "lint: gofmt ok"
go vet ./...
echo "lint: go vet ok"
"$TOOLS/staticcheck" ./...
echo "lint: staticcheck ok"
"$TOOLS/golangci-lint" run ./...
echo "lint: golangci-lint ok"
