#!/usr/bin/env bash
# Makes Go of the templates of pages, package by package: what is made names its template relative to where it began.
set -euo pipefail
cd "$(dirname "$0")/.."
find internal/web -name '*.templ' | while read -r template; do
  (cd "$(dirname "$template")" && go tool templ generate -f "$(basename "$template")" >/dev/null 2>&1)
done
