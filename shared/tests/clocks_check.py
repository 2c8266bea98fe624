#!/usr/bin/env python3
"""Recomputes every line of clocks.csv from the words of domain.md §2.1, §8.2 and §12 and of design.md §3.

Shares no code with the Rust it checks. Exits with 1 and names the lines that differ.
"""
import csv
import datetime
import pathlib
import sys


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def nights(first, last):
    return last.toordinal() - first.toordinal()


def due(received, limit, soon, ended, today):
    """Day `limit` after the day received is still in time."""
    last_day = datetime.date.fromordinal(received.toordinal() + limit)
    if ended is not None:
        return f"ended {nights(received, ended)} {'in' if ended <= last_day else 'late'}"
    if today > last_day:
        return f"overdue {nights(last_day, today)}"
    left = nights(today, last_day)
    return f"{'soon' if left <= soon else 'ok'} {left}"


def check(received, today, asks_after):
    if received > today:
        return "future"
    ago = nights(received, today)
    if ago > 5 * 365:
        return "ancient"
    return "old" if ago > asks_after else "fine"


def stated(said, earliest, receipt, slack):
    too_early = earliest is not None and said < earliest
    if receipt is None:
        return f"{earliest} replaced" if too_early else str(said)
    if too_early or said > receipt or nights(said, receipt) > slack:
        return f"{receipt} replaced"
    return str(said)


def civil(seconds, offset_min):
    instant = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds, minutes=offset_min)
    return str(instant.date())


def answer(kind, a, b, c, d, e):
    if kind == "due":
        return due(day(a), int(b), int(c), day(d), day(e))
    if kind == "open":
        return str(max(0, nights(day(a), day(b) or day(c))))
    if kind == "unsynced":
        return str(max(0, nights(day(a), day(b) or day(c))))
    if kind == "check":
        return check(day(a), day(b), int(c))
    if kind == "ruling":
        return str(day(b)) if day(a) > day(b) else "none"
    if kind == "stated":
        return stated(day(a), day(b), day(c), int(d))
    if kind == "day":
        return civil(int(a), int(b))
    if kind == "hold":
        return str(max(0, nights(day(a), day(b) or day(c))))
    raise ValueError(f"unknown kind {kind}")


def main():
    path = pathlib.Path(__file__).with_name("clocks.csv")
    wrong = 0
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for number, row in enumerate(rows, start=2):
        got = answer(row["kind"], row["a"], row["b"], row["c"], row["d"], row["e"])
        if got != row["expected"] or not row["reason"].strip():
            wrong += 1
            print(f"line {number}: {row['kind']}: expected {row['expected']!r}, computed {got!r} ({row['reason']})")
    if len(rows) < 60:
        wrong += 1
        print(f"only {len(rows)} cases, 60 are required")
    print(f"{len(rows)} clock cases, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
