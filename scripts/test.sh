#!/usr/bin/env bash
# Runs the tests with what they need beside Python: one throw-away PostgreSQL for all test processes.
# Arguments go to the second pytest (the first runs the examples of the docstrings). Where PostgreSQL cannot be had, the tests that need it say so and are skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d /tmp/manyhands-tests.XXXXXX)
chmod 755 "$folder"
if [ -z "${MANYHANDS_TEST_POSTGRES:-}" ] && dsn=$(sh scripts/postgres.sh start "$folder/postgres" 2>"$folder/postgres.txt" | tail -n 1) && [ -n "$dsn" ]; then
    export MANYHANDS_TEST_POSTGRES="$dsn"
    trap 'sh scripts/postgres.sh stop "$folder/postgres"; rm -rf "$folder"' EXIT
else
    [ -n "${MANYHANDS_TEST_POSTGRES:-}" ] || cat "$folder/postgres.txt" >&2
    trap 'rm -rf "$folder"' EXIT
fi
# A page of the docs stays in one process, see conftest.py.
.venv/bin/python -m pytest -q -n 2 --dist loadgroup --doctest-modules src/manyhands
.venv/bin/python -m pytest -q -n 2 --dist loadgroup "$@"
