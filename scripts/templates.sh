#!/usr/bin/env bash
# Makes Go of the templates of pages, package by package: what is made names its template relative to where it began.
set -euo pipefail
cd "$(dirname "$0")/.."
find internal/web -name '*.templ' | while read -r template; do
  if ! said=$(cd "$(dirname "$template")" && go tool templ generate -f "$(basename "$template")" 2>&1); then
    printf 'templates: %s\n%s\n' "$template" "$said" >&2
    exit 1
  fi
done
