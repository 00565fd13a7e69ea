#!/usr/bin/env bash
# Reads the example documents in all their formats and leaves an annotated page and a workbook in out/.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p out bin
echo "正在编译 building luoshi; the first time takes a minute or two …"
go build -ldflags "-X main.version=$(git describe --tags --always 2>/dev/null || echo dev)" -o bin/luoshi ./cmd/luoshi

documents=(examples/*.txt examples/*.docx examples/*.xlsx examples/*.pdf)
bin/luoshi read --format html -o out/demo.html "${documents[@]}"
bin/luoshi read -q --format xlsx -o out/demo.xlsx "${documents[@]}"
# The beginning of one document as a table; all of them are in the page and the workbook.
bin/luoshi read -q --format table -o out/demo.txt examples/2026-half-year-report.txt
head -n 40 out/demo.txt

cat <<TEXT
…（全表 the whole table: out/demo.txt）

标注页面 annotated page:  file://$PWD/out/demo.html
工作簿 workbook:          $PWD/out/demo.xlsx
读自己的文件 your own:    bin/luoshi read PATH…
TEXT
