#!/usr/bin/env bash
# Reads the example documents in all their formats, checks the account of the year and matches the plan with it; leaves
# the pages and a workbook in out/. Then it serves a fictional district until Ctrl-C; with DEMO_ONCE=1 it only looks
# whether the server's pages answer, and stops.
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
head -n 20 out/demo.txt

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

if [[ ${DEMO_ONCE:-} != 1 ]]; then
  exec bin/luoshi demo
fi

bin/luoshi demo >out/demo-server.txt 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
for _ in {1..120}; do
  address=$(grep -oE 'http://[0-9.]+:[0-9]+' out/demo-server.txt | head -n 1) && break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.5
done
cat out/demo-server.txt
for page in /readyz /about /sign-in; do
  curl --fail --silent --show-error --output /dev/null --write-out "$page %{http_code} %{time_total}s\n" "${address:?the server did not start}$page"
done
kill "$server"
wait "$server"
trap - EXIT
