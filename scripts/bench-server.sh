#!/usr/bin/env bash
# Measures the server over a generated district whose units have reported for a year (5,000 commitments, 300 units, some
# 220,000 observations), on SQLite and on PostgreSQL: audited writes in a second; computing all lights, of old days, again
# and after some forms were locked; approved observations in a second, of whole forms from their first row to their lock,
# eight at once; then of each kind of page and list of the API the p95 while 20 people look at one after another, each for
# 0.4 s on average, beside four who save a row of a form each second and send it in after eight rows, and the same without
# a pause; start and memory. Beside what took time stands the work of processors, which does not depend on who else uses
# the machine. It is to take no more than eight minutes on two quiet processors. The district ten times as large takes
# far longer and is left out unless LOAD=10x.
set -euo pipefail
cd "$(dirname "$0")/.."
go test ./internal/load -run '^$' -bench AuditedWrites -benchtime 5000x | grep -vE '^(goos|goarch|pkg|PASS)'
short=-short
[[ ${LOAD:-} == 10x ]] && short=-short=false
go test ./internal/load -run '^$' -bench Server -benchtime 1x "$short" -timeout 60m | grep -vE '^(goos|goarch|pkg|PASS)|^ +(people|bench|prepare)_test.go|^---|output truncated'
