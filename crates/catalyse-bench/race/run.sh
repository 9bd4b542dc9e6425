#!/bin/sh
# The race: catalyse against hand-written polars, on the same file, with every place reported. Prints processor and wall time and memory.
#   race/run.sh [ROWS]        needs: python3 with venv, GNU time; the workspace is built in release first
set -eu
rows=${1:-1000000}
here=$(cd "$(dirname "$0")" && pwd)
work=${TMPDIR:-/tmp}/catalyse-race
mkdir -p "$work"
cd "$here/../../.."
cargo build --release -p catalyse-bench -p catalyse
bin=${CARGO_TARGET_DIR:-target}/release
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install polars
"$bin/race-make" "$rows" "$work/clean.csv"
"$bin/race-make" "$rows" "$work/wrong.csv" --every-row-wrong
measure() { /usr/bin/time -f "%U+%S s cpu, %e s wall, %M KB   $1" sh -c "$2" || true; }
for repetition in 1 2 3 4 5; do
    for file in clean wrong; do
        measure "polars $file" "'$work/venv/bin/python' '$here/polars_race.py' '$work/$file.csv' '$work/$file.polars.csv' >/dev/null"
        measure "catalyse $file" "'$bin/catalyse' check --study '$here/schemas/race' --format csv '$work/$file.csv' >'$work/$file.catalyse.csv'"
    done
done
"$bin/check-only" "$rows" 1
"$bin/check-only" "$rows" 2
"$bin/check-only" "$rows" 2 --every-row-wrong
