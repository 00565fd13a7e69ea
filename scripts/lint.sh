#!/usr/bin/env bash
# gofmt, go vet, staticcheck and golangci-lint; the last one also holds the import rules between rooms.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/tools.sh
install_tool staticcheck "$STATICCHECK_VERSION" honnef.co/go/tools/cmd/staticcheck
install_tool golangci-lint "$GOLANGCI_LINT_VERSION" github.com/golangci/golangci-lint/v2/cmd/golangci-lint

# Every check runs, so that one run shows everything there is to mend.
failed=()
check() { # check NAME COMMAND…
  local name=$1
  shift
  if "$@"; then
    echo "lint: $name ok"
  else
    failed+=("$name")
  fi
}

formatted() {
  local unformatted
  unformatted=$(git ls-files --cached --others --exclude-standard '*.go' | while read -r f; do
    if [[ -e $f ]]; then echo "$f"; fi
  done | xargs -r gofmt -s -l)
  if [[ -n $unformatted ]]; then
    printf 'gofmt -s would change:\n%s\n' "$unformatted"
    return 1
  fi
}

# The Go of templates is committed, so that the program compiles without a step before.
templates_made() {
  local before after
  before=$(made_of_templates)
  scripts/templates.sh || return 1
  after=$(made_of_templates)
  if [[ $before != "$after" ]]; then
    echo "make generate changes these; commit what it makes:"
    diff <(echo "$before") <(echo "$after") | awk '/^[<>]/ { print $3 }' | sort -u
    return 1
  fi
}
made_of_templates() { find internal/web -name '*_templ.go' -exec sha256sum {} + | sort -k2; }

check gofmt formatted
check templ templates_made
check "go vet" go vet ./...
check staticcheck "$TOOLS/staticcheck" ./...
check golangci-lint "$TOOLS/golangci-lint" run ./...
if ((${#failed[@]})); then
  echo "lint: failed: ${failed[*]}" >&2
  exit 1
fi
