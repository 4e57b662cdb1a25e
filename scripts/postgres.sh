#!/bin/sh
# A throw-away PostgreSQL on loopback, for tests.
#
#   scripts/postgres.sh start [folder]   starts a server in a folder (a new temporary one by default), installing the
#                                        Debian package first where that is possible; prints the dsn as the last line
#   scripts/postgres.sh stop folder      stops that server and removes the folder
#
# The dsn is also written to <folder>/dsn.
set -eu

say() { echo "postgres.sh: $*" >&2; }

find_binaries() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr) $(dirname "$(command -v pg_ctl || echo /none/x)"); do
        if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then
            echo "$folder"
            return
        fi
    done
}

install_if_missing() {
    [ -n "$(find_binaries)" ] && return
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        say "no PostgreSQL here, and only root on Debian can install it; run: apt-get install postgresql"
        exit 1
    fi
    say "installing the Debian package postgresql"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >&2
}

# PostgreSQL refuses to run as root.
as_owner() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

start() {
    install_if_missing
    bin=$(find_binaries)
    folder=${1:-$(mktemp -d /tmp/manyhands-postgres.XXXXXX)}
    mkdir -p "$folder"
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    as_owner "$bin/initdb" -D "$folder/cluster" -U manyhands -A trust --no-sync -E UTF8 --locale=C >/dev/null
    # Durability costs time and the data is thrown away.
    as_owner "$bin/pg_ctl" -D "$folder/cluster" -l "$folder/log" -w -o \
        "-c listen_addresses=127.0.0.1 -p $port -c unix_socket_directories='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off" \
        start >/dev/null
    echo "postgresql://manyhands@127.0.0.1:$port/postgres" | tee "$folder/dsn"
}

stop() {
    bin=$(find_binaries)
    as_owner "$bin/pg_ctl" -D "$1/cluster" -m immediate stop >/dev/null || say "it was not running"
    rm -rf "$1"
}

case "${1:-}" in
start) start "${2:-}" ;;
stop) stop "${2:?name the folder that start printed}" ;;
*) say "usage: postgres.sh start [folder] | stop folder"; exit 2 ;;
esac
