#!/usr/bin/env bash
# Reads the example documents in all their formats and leaves an annotated page and a workbook in out/.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p out bin
echo "Building luoshi (the first time takes a minute or two) …"
go build -ldflags "-X main.version=$(git describe --tags --always 2>/dev/null || echo dev)" -o bin/luoshi ./cmd/luoshi

documents=(examples/*.txt examples/*.docx examples/*.xlsx examples/*.pdf)
bin/luoshi read --format html -o out/demo.html "${documents[@]}"
bin/luoshi read --format xlsx -o out/demo.xlsx "${documents[@]}"
# The beginning of one document as a table; all of them are in the page and the workbook.
bin/luoshi read --format table examples/2026-half-year-report.txt | sed -n '1,40p'

cat <<TEXT

The annotated page:  file://$PWD/out/demo.html
The workbook:        $PWD/out/demo.xlsx
Your own documents:  bin/luoshi read PATH…
TEXT
