#!/bin/sh
# The main job on a real resolution: what it asks becomes items, an overdue list and a progress report.
# Run it with `make demo`. All of it happens in a temporary database, deleted at the end.
set -eu
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
TRACKER_DATABASE=$folder/tracker.sqlite3
export TRACKER_DATABASE

# Prints a command as one would type it, then what it answers.
tell() {
    printf '\n$ %s\n' "$*"
    "$@"
}

tell tracker import examples/hrc-28-2.fr.txt
tell tracker list
tell tracker overdue --as-of 2015-09-14
tell tracker show 28/2:26
tell tracker update 28/2:26 --status implemented --evidence A/HRC/31/81 --on 2016-01-15
tell tracker overdue --as-of 2017-01-01
tell tracker report 28/2
