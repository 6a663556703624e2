#!/bin/sh
# Remakes docs/samples from resolution 28/2: `make samples`. The same data give the same bytes.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
TRACKER_DATABASE=$folder/tracker.sqlite3 TRACKER_TODAY=2016-06-01 TRACKER_TIME_ZONE=UTC TRACKER_ACTOR=officer TRACKER_CONFIG=
export TRACKER_DATABASE TRACKER_TODAY TRACKER_TIME_ZONE TRACKER_ACTOR TRACKER_CONFIG
tracker import examples/hrc-28-2.fr.txt >/dev/null
tracker update 28/2:26 --status implemented --evidence A/HRC/31/81 --on 2016-01-15 >/dev/null
tracker update 28/2:17 --status in_progress --note "Page on the process published; forms in translation" --on 2016-03-01 >/dev/null
mkdir -p docs/samples
for ending in md html docx xlsx pdf csv json; do
    tracker report 28/2 -o "docs/samples/progress.$ending" --force
done
for language in fr ar zh; do
    tracker report 28/2 --language $language -o "docs/samples/progress.$language.html" --force
done
tracker forecast --as-of 2015-06-01 -o docs/samples/forecast.csv --force
tracker calendar -o docs/samples/deadlines.ics --force
