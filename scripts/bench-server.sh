#!/usr/bin/env bash
# Measures the server over a generated district, on SQLite and on PostgreSQL: audited writes in a second; of each kind of
# page and list of the API the p95 while 20 people look at one after another, each for 0.4 s on average, and the same
# without a pause; start and memory. It takes some five minutes on two quiet processors. The district ten times as large
# takes as long again and is left out unless LOAD=10x.
set -euo pipefail
cd "$(dirname "$0")/.."
go test ./internal/load -run '^$' -bench AuditedWrites -benchtime 5000x | grep -vE '^(goos|goarch|pkg|PASS)'
short=-short
[[ ${LOAD:-} == 10x ]] && short=-short=false
go test ./internal/load -run '^$' -bench Server -benchtime 1x "$short" -timeout 60m | grep -vE '^(goos|goarch|pkg|PASS)|^ +(people|bench)_test.go|^---|output truncated'
