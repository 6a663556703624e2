#!/bin/sh
# Remakes docs/samples from resolution 28/2: `make samples`. The same data give the same bytes; PDF and the charts of Word
# files also depend on the fonts of the machine (Debian: fonts-noto-core, fonts-noto-cjk).
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
target=${1:-docs/samples}
TRACKER_DATABASE=$folder/tracker.sqlite3 TRACKER_TODAY=2016-06-01 TRACKER_TIME_ZONE=UTC TRACKER_ACTOR=officer TRACKER_CONFIG=
export TRACKER_DATABASE TRACKER_TODAY TRACKER_TIME_ZONE TRACKER_ACTOR TRACKER_CONFIG
tracker import examples/hrc-28-2.fr.txt >/dev/null
tracker update 28/2:26 --office "Research" --assignee Ana --on 2015-04-15 >/dev/null
tracker update 28/2:26 --status implemented --evidence A/HRC/31/81 --on 2016-01-15 >/dev/null
tracker update 28/2:17 --status in_progress --note "Page on the process published; forms in translation" --on 2016-03-01 >/dev/null
mkdir -p "$target"
rm -f "$target"/*
for language in fr en ar zh; do
    for ending in html docx xlsx pdf; do
        tracker report 28/2 --language $language --since 2015-12-31 -o "$target/progress.$language.$ending"
    done
done
for ending in md txt csv json; do
    tracker report 28/2 --since 2015-12-31 -o "$target/progress.en.$ending"
done
tracker report 28/2 --only overdue --language fr --as-of 2015-10-01 -o "$target/overdue.fr.md"
tracker forecast --as-of 2015-06-01 -o "$target/forecast.csv"
tracker forecast --as-of 2015-06-01 -o "$target/forecast.xlsx"
tracker calendar -o "$target/deadlines.ics"
tracker digest --as-of 2015-07-01 --days 90 >"$target/digest.txt"
tracker digest --as-of 2015-07-01 --days 90 --html >"$target/digest.html"
