#!/usr/bin/env bash
# Speed and memory of opening, reading, checking and matching, set beside what is demanded. Speeds are the best of ROUNDS rounds, so
# that other work on the machine weighs little; what is said of two processors holds only where both are free.
# Everything together takes about a minute.
set -euo pipefail
cd "$(dirname "$0")/.."
ROUNDS=${ROUNDS:-60}
out=$(mktemp)
trap 'rm -f "$out"' EXIT

bench() { # bench PACKAGE PATTERN TIME
  if ! go test -run '^$' -bench "^Benchmark($2)\$" -benchtime "$3" "$1" >>"$out" 2>&1; then
    cat "$out" >&2
    exit 1
  fi
}
load=$(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)
bench ./reading 'Corpus|Workers' "${ROUNDS}x"
bench ./reading Length "$(((ROUNDS + 5) / 6))x"
bench ./reading Heap 1x
bench ./document Formats 300ms
bench ./checking Check "$(((ROUNDS + 2) / 3))x"
bench ./matching 'Match|Trace' "$(((ROUNDS + 2) / 3))x"

awk -v processors="$(getconf _NPROCESSORS_ONLN)" -v load="$load" '
# Every value of a line of results stands before its unit.
/^Benchmark.*ns\/op/ {
  name = $1
  sub(/^Benchmark/, "", name)
  sub(/-[0-9]+$/, "", name)
  for (i = 3; i < NF; i += 2) value[name, $(i + 1)] = $i
  seen[name] = 1
  if (name ~ /^Formats\//) formats[++count] = name
}
/^cpu:/ { cpu = substr($0, 6) }

function verdict(good) { return good ? "met" : "NOT MET" }

END {
  printf "%s, %d processors, load before the start %s\n\n", cpu, processors, load
  if (!seen["Corpus"]) {
    print "Plain text: not measured, as the corpus is not beside the project (../shared/corpus).\n"
  } else {
    printf "Plain text on one processor: %d documents, %.1f MB\n", value["Corpus", "documents"], value["Corpus", "MB"]
    printf "  walk over the characters  %7.1f MB/s\n", value["Corpus", "walk-MB/s"]
    printf "  opening                   %7.1f MB/s\n", value["Corpus", "open-MB/s"]
    printf "  opening and reading       %7.1f MB/s   at least 40: %s\n", value["Corpus", "read-MB/s"], verdict(value["Corpus", "read-MB/s"] >= 40)
    printf "  as a share of the walk    %7.1f %%      at least 10: %s\n", value["Corpus", "%-of-walk"], verdict(value["Corpus", "%-of-walk"] >= 10)
    one = value["Length", "x1-ns/byte"]
    hundred = value["Length", "x100-ns/byte"]
    print "\nCost with length, ns a byte"
    printf "  one report of %.2f MB      %7.1f\n", value["Length", "MB"], one
    printf "  ten times as long         %7.1f\n", value["Length", "x10-ns/byte"]
    printf "  a hundred times           %7.1f        at most 1.5 times the first: %s\n", hundred, verdict(hundred <= 1.5 * one)
    print "\nMemory as a multiple of the size of the document   mean   worst"
    printf "  live while the reading is kept                %7.1f %7.1f   at most 6: %s\n", value["Heap", "live-x"], value["Heap", "worst-live-x"], verdict(value["Heap", "worst-live-x"] <= 6)
    printf "  allocated in all, which bounds the peak       %7.1f %7.1f\n", value["Heap", "allocated-x"], value["Heap", "worst-allocated-x"]
    if (seen["Workers"]) {
      print "\nTwo processors"
      printf "  one worker                %7.1f MB/s\n", value["Workers", "one-MB/s"]
      printf "  two workers               %7.1f MB/s\n", value["Workers", "two-MB/s"]
      printf "  efficiency                %7.1f %%      at least 85: %s\n", value["Workers", "%-efficiency"], verdict(value["Workers", "%-efficiency"] >= 85)
    } else {
      print "\nTwo processors: not measured, there is one only."
    }
  }
  if (seen["Check"]) {
    print "\nChecking, with opening and reading, on one processor"
    printf "  opening and reading alone %7.1f MB/s\n", value["Check", "read-MB/s"]
    printf "  checking                  %7.1f MB/s   at least 20: %s\n", value["Check", "check-MB/s"], verdict(value["Check", "check-MB/s"] >= 20)
    printf "  time beside reading alone %7.1f times\n", value["Check", "x-reading"]
  }
  if (seen["Match"] && seen["Corpus"]) {
    print "\nMatching of what is read"
    printf "  two national reports      %7.1f ms     under 10: %s\n", value["Match", "ns/op"] / 1e6, verdict(value["Match", "ns/op"] < 1e7)
    printf "  a series of 46 reports    %7.1f ms     under 1000: %s\n", value["Trace", "ns/op"] / 1e6, verdict(value["Trace", "ns/op"] < 1e9)
  }
  print "\nOpening by format          file MB    MB/s of the file    MB/s of its text"
  for (i = 1; i <= count; i++) {
    name = formats[i]
    label = substr(name, 9)
    sub(/\//, ", ", label)
    printf "  %-22s %10.2f %19.1f %19.1f\n", label, value[name, "MB"], value[name, "file-MB/s"], value[name, "text-MB/s"]
  }
}' "$out"
