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
# What the half-year report says was done, as a table; all of it is in the page and the workbook.
bin/luoshi read --format table --kind result examples/2026-half-year-report.txt | head -n 40

cat <<TEXT

The annotated page:  file://$PWD/out/demo.html
The workbook:        $PWD/out/demo.xlsx
Your own documents:  bin/luoshi read PATH…
TEXT
