#!/usr/bin/env bash
# Runs a fuzzer on its corpus, and on from there.
# Usage: run.sh corpus|fuzz PROGRAM MINUTES   `corpus` only replays; `fuzz` goes on for 5 seconds,
#        or for MINUTES where FRONTDESK_LONG is set. An input that fails is left in the folder that
#        FRONTDESK_FINDINGS names, or beside the program.
set -euo pipefail
dose=$1
program=$2
minutes=$3
name=$(basename "$program")
corpus=$(dirname "$0")/corpus/$name

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
mkdir "$new/seeds" "$new/found"
FRONTDESK_WRITE_SEEDS=$new/seeds "$program"

seconds=5
if [ -n "${FRONTDESK_LONG:-}" ]; then seconds=$((minutes * 60)); fi
findings=${FRONTDESK_FINDINGS:-$(dirname "$program")}
options=(-timeout=30 -rss_limit_mb=4096 -max_len=4096 -artifact_prefix="$findings/$name-")

if [ "$dose" = corpus ]; then
  "$program" "${options[@]}" -runs=0 "$corpus" "$new/seeds"
else
  "$program" "${options[@]}" -seed=20260302 -max_total_time="$seconds" \
    -dict="$corpus.dict" "$new/found" "$corpus" "$new/seeds"
fi
