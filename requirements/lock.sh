#!/bin/sh
# Locks the dependencies again: sh requirements/lock.sh (needs uv). No registry address is written.
set -e
cd "$(dirname "$0")"
for name in run postgres test mutants; do
  uv pip compile --python-version 3.11 --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet "$@" "$name.in" -o "$name.txt"
done
