#!/usr/bin/env bash
# Runs the tests of the given packages under the race detector. -short leaves out the long ones, which
# have run without it already.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=()
for pattern in "$@"; do
  while read -r package; do packages+=("$package"); done < <(go list "$pattern" 2>/dev/null)
done
if ((${#packages[@]} == 0)); then
  echo "race: no package matches $*" >&2
  exit 1
fi
if ! command -v "$(go env CC)" >/dev/null; then
  if [[ ${CI:-} == true ]]; then
    echo "race: the race detector needs a C compiler; run make setup" >&2
    exit 1
  fi
  echo "race: left out, it needs a C compiler (make setup installs one)"
  exit 0
fi
set -x
CGO_ENABLED=1 go test -timeout 40m -race -short "${packages[@]}"
