#!/usr/bin/env python3
"""Counts key figure 2 again from the words of domain.md §8.2: `closure_check.py FOLDER` holds worlds as N.csv, ours as N.json.

Shares no code with the Rust it checks. Exits with 1 and names the worlds that differ, or if there is none.
"""
import calendar
import csv
import datetime
import json
import pathlib
import sys

TYPES = {"info_request", "assistance_request", "suggestion", "complaint", "allegation"}


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def six_months_before(at):
    year, month = (at.year, at.month - 6) if at.month > 6 else (at.year - 1, at.month + 6)
    return datetime.date(year, month, min(at.day, calendar.monthrange(year, month)[1]))


def figure(cases, at, limit):
    begin, end = six_months_before(at), at - datetime.timedelta(days=limit)
    out = {"all": [0, 0], "ordinary": [0, 0], "sealed": [0, 0], "of_closed": [0, 0], "not_yet_due": 0, "errors": 0, "late": 0, "handed": 0}
    for case in cases:
        sensitive = int(case["level"]) >= 4
        kind = case["entry_type"]
        if case["status"] in ("merged", "void", "draft") or not (kind in TYPES or (sensitive and not kind)):
            continue
        received, closed = day(case["received_on"]), day(case["closed_on"])
        if closed and closed > at:
            closed = None
        timely = closed is not None and (closed - received).days <= limit
        if not sensitive and closed and closed > begin:
            out["of_closed"][1] += 1
            out["of_closed"][0] += timely
        if received > at:
            out["errors"] += 1
        elif received > end:
            out["not_yet_due"] += not sensitive
        elif received > begin:
            handed = case["close_reason"] == "iu_handover" and closed is not None
            group = out["sealed"] if sensitive else out["ordinary"]
            group[1] += 1
            group[0] += timely and not (sensitive and handed)
            out["all"][1] += 1
            out["all"][0] += timely
            out["handed"] += timely and handed
            out["late"] += not timely
    if 0 < out["sealed"][1] < 3:
        out["all"] = out["sealed"] = None
        out["handed"] = 0
    return out


def pair(share):
    return None if share is None else [share["part"], share["whole"]]


def main(folder):
    worlds = sorted(pathlib.Path(folder).glob("*.csv"))
    wrong = []
    for world in worlds:
        told_of = json.loads(world.with_suffix(".json").read_text())
        ours = told_of["figure"]
        with world.open(newline="") as lines:
            theirs = figure(csv.DictReader(lines), day(ours["at"]), ours["limit_days"])
        told = {
            "all": pair(ours["all"]), "ordinary": pair(ours["ordinary"]), "sealed": pair(ours["sealed"]), "of_closed": pair(ours["of_closed"]),
            "not_yet_due": ours["not_yet_due"], "errors": ours["data_errors"], "late": told_of["late"], "handed": ours["handed_over"],
        }
        if told != theirs:
            wrong.append(f"{world.name}: ours {told}, counted again {theirs}")
    print(f"{len(worlds)} worlds counted again, {len(wrong)} differ", *wrong, sep="\n")
    return 1 if wrong or not worlds else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
