#!/usr/bin/env bash
# Measures the server over a generated district: audited writes in a second, and with 20 people at once the p95 of every
# page and list, start and memory, on SQLite and PostgreSQL. The district ten times as large takes minutes more; it is
# left out unless LOAD=10x.
set -euo pipefail
cd "$(dirname "$0")/.."
go test ./internal/load -run '^$' -bench AuditedWrites -benchtime 5000x
short=-short
[[ ${LOAD:-} == 10x ]] && short=-short=false
go test ./internal/load -run '^$' -bench Server -benchtime 1x "$short" -timeout 60m | grep -vE '^(goos|goarch|pkg|PASS)|^ +(people|bench)_test.go|^---|output truncated'
