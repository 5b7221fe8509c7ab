"""Writes the databases of dooit and checklist-tui: databases.py FOLDER, which holds items.tsv (depth, text)."""

import sqlite3
import sys
from pathlib import Path

folder = Path(sys.argv[1])
items = [line.split("\t") for line in (folder / "items.tsv").read_text().splitlines()]


def database(name):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    for old in path.parent.glob(path.name + "*"):
        old.unlink()
    return sqlite3.connect(path)


# A chapter is a workspace, a measure a todo, a clause a todo below it.
with database("dooit.db") as dooit:
    dooit.executescript("""
        CREATE TABLE workspace (id INTEGER PRIMARY KEY, order_index INTEGER NOT NULL, description VARCHAR NOT NULL,
            is_root BOOLEAN NOT NULL, parent_workspace_id INTEGER);
        CREATE TABLE todo (id INTEGER PRIMARY KEY, order_index INTEGER NOT NULL, description VARCHAR NOT NULL,
            due DATETIME, effort INTEGER NOT NULL, recurrence DATETIME, urgency INTEGER NOT NULL,
            pending BOOLEAN NOT NULL, parent_workspace_id INTEGER, parent_todo_id INTEGER);
        INSERT INTO workspace VALUES (1, 0, '', 1, NULL);""")
    workspace, measure = 1, 0
    for n, (depth, text) in enumerate(items):
        if depth == "0":
            workspace += 1
            dooit.execute("INSERT INTO workspace VALUES (?, ?, ?, 0, 1)", (workspace, n, text))
        else:
            below = (workspace, None) if depth == "1" else (None, measure)
            row = dooit.execute("INSERT INTO todo VALUES (NULL, ?, ?, NULL, 0, NULL, 1, 1, ?, ?)", (n, text, *below))
            measure = row.lastrowid if depth == "1" else measure

with database("checklist/checklist.sqlite") as checklist:
    checklist.executescript("""
        CREATE TABLE task (id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT, latest TEXT, urgency TEXT,
            status TEXT NOT NULL, date_added DATE NOT NULL, completed_on DATE);
        CREATE TABLE tag (task_id TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (task_id, tag),
            FOREIGN KEY (task_id) REFERENCES task(id) ON DELETE CASCADE);
        PRAGMA user_version = 1;""")
    clauses = (text for depth, text in items if depth == "2")
    rows = ((n.to_bytes(16, "big"), text, "Low", "Open", "2026-11-23 10:00:00+08:00") for n, text in enumerate(clauses))
    checklist.executemany("INSERT INTO task VALUES (?, ?, NULL, NULL, ?, ?, ?, NULL)", rows)
