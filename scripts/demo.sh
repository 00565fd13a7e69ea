#!/usr/bin/env bash
# Reads the example documents in all their formats, checks the account of the year and matches the plan with it;
# leaves the pages and a workbook in out/.
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

bin/luoshi check -q -o out/check.html examples/2026-account.txt
bin/luoshi match -q -o out/match.html examples/2026-plan.txt examples/2026-account.txt

cat <<TEXT
…（全表 the whole table: out/demo.txt）

标注页面 annotated page:  file://$PWD/out/demo.html
工作簿 workbook:          $PWD/out/demo.xlsx
校核页面 findings:        file://$PWD/out/check.html
对照页面 plan to account: file://$PWD/out/match.html
读自己的文件 your own:    bin/luoshi read PATH…
TEXT
