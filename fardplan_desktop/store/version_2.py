"""From version 1 to 2: plans of several years, several indicators, planned check-ins, units, inquiries, search.

Kept for ever as it is; imports nothing of ours, since what is ours goes on changing.
"""

from __future__ import annotations

import json

from sqlalchemy import Connection

_CHANGED = {
    "plans": """CREATE TABLE plans (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, title TEXT NOT NULL,
        type TEXT NOT NULL, year INTEGER NOT NULL, until INTEGER, level TEXT, target_group TEXT, copied_from TEXT,
        CONSTRAINT pk_plans PRIMARY KEY ("row"), CONSTRAINT fk_plans_delivery FOREIGN KEY(delivery) REFERENCES
        deliveries (digest)
    ) STRICT""",
    "activities": """CREATE TABLE activities (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, "plan" TEXT NOT NULL,
        title TEXT NOT NULL, responsible TEXT NOT NULL, also_methods TEXT NOT NULL, preconditions TEXT NOT NULL,
        areas TEXT NOT NULL, partners TEXT NOT NULL, indicators TEXT NOT NULL, themes TEXT NOT NULL, agreements TEXT
        NOT NULL, answers TEXT NOT NULL, unedited TEXT NOT NULL, method TEXT, joint TEXT, target_group TEXT, goal
        TEXT, start TEXT, "end" TEXT, status TEXT, status_note TEXT, forecast TEXT, obstacle TEXT, next_step TEXT,
        lift_to TEXT, forum TEXT, resources TEXT, involvement TEXT, children TEXT, lesson TEXT, percent INTEGER
        CONSTRAINT ck_activities_percent CHECK (percent BETWEEN 0 AND 100), shareable INTEGER NOT NULL CONSTRAINT
        ck_activities_shareable_is_flag CHECK ("shareable" IN (0, 1)), CONSTRAINT pk_activities PRIMARY KEY ("row"),
        CONSTRAINT fk_activities_delivery FOREIGN KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
    "check_ins": """CREATE TABLE check_ins (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, activity TEXT NOT NULL,
        date TEXT NOT NULL, comment TEXT NOT NULL, status TEXT, forecast TEXT, planned INTEGER NOT NULL CONSTRAINT
        ck_check_ins_planned_is_flag CHECK ("planned" IN (0, 1)), CONSTRAINT pk_check_ins PRIMARY KEY ("row"),
        CONSTRAINT fk_check_ins_delivery FOREIGN KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
    "deviations": """CREATE TABLE deviations (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, number TEXT NOT NULL,
        month TEXT NOT NULL, registered TEXT NOT NULL, direction TEXT NOT NULL, reporter TEXT NOT NULL, counterpart
        TEXT NOT NULL, category TEXT NOT NULL, status TEXT NOT NULL, counterpart_org TEXT, subcategory TEXT, kind
        TEXT, document TEXT, document_text TEXT, stage TEXT, target_group TEXT, age_group TEXT, consequence TEXT,
        severity TEXT, likelihood TEXT, summary TEXT, action TEXT, action_text TEXT, follow_up TEXT, effect TEXT,
        lex TEXT, system TEXT, lift_to TEXT, feedback TEXT, sent_on TEXT, answered_on TEXT, reference TEXT,
        description TEXT, status_comment TEXT, causes TEXT NOT NULL, activities TEXT NOT NULL, CONSTRAINT
        pk_deviations PRIMARY KEY ("row"), CONSTRAINT fk_deviations_delivery FOREIGN KEY(delivery) REFERENCES
        deliveries (digest)
    ) STRICT""",
}
_NEW = {
    "self_assessments": """CREATE TABLE self_assessments (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, year INTEGER NOT NULL,
        method TEXT NOT NULL, score TEXT NOT NULL, comment TEXT NOT NULL, CONSTRAINT pk_self_assessments PRIMARY KEY
        ("row"), CONSTRAINT fk_self_assessments_delivery FOREIGN KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
    "units": """CREATE TABLE units (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, name TEXT NOT NULL,
        ended INTEGER NOT NULL CONSTRAINT ck_units_ended_is_flag CHECK ("ended" IN (0, 1)), CONSTRAINT pk_units
        PRIMARY KEY ("row"), CONSTRAINT fk_units_delivery FOREIGN KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
    "unit_counts": """CREATE TABLE unit_counts (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, unit TEXT NOT NULL,
        measure TEXT NOT NULL, period TEXT NOT NULL, state TEXT NOT NULL, breakdown TEXT, value TEXT, comment TEXT,
        n INTEGER CONSTRAINT ck_unit_counts_n CHECK (n BETWEEN 0 AND 9999999), CONSTRAINT pk_unit_counts PRIMARY KEY
        ("row"), CONSTRAINT ck_unit_counts_state_and_n CHECK ((state IN ('reported', 'estimated')) = (n IS NOT
        NULL)), CONSTRAINT fk_unit_counts_delivery FOREIGN KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
    "inquiries": """CREATE TABLE inquiries (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, "to" TEXT NOT NULL,
        period TEXT NOT NULL, asked TEXT NOT NULL, mail TEXT NOT NULL, measures TEXT NOT NULL, activities TEXT NOT
        NULL, deviations TEXT NOT NULL, unit TEXT, latest TEXT, answered TEXT, CONSTRAINT pk_inquiries PRIMARY KEY
        ("row"), CONSTRAINT fk_inquiries_delivery FOREIGN KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
}
_INDEXES = (
    "CREATE UNIQUE INDEX uq_{0}_own ON {0} (id) WHERE delivery IS NULL",
    "CREATE UNIQUE INDEX uq_{0}_received ON {0} (delivery, id) WHERE delivery IS NOT NULL",
)
_LISTING = """CREATE INDEX ix_deviations_list ON deviations (number, status, category, direction, counterpart, document,
    severity, likelihood, month, registered, lift_to, sent_on, answered_on, feedback) WHERE delivery IS NULL"""
_SEARCH = (
    """CREATE VIRTUAL TABLE activity_search USING fts5(title, goal, responsible, obstacle, next_step, status_note,
        resources, involvement, children, lesson, partners, indicators, answers, content='', prefix='1 2',
        tokenize="unicode61 remove_diacritics 0")""",
    """CREATE VIRTUAL TABLE deviation_search USING fts5(number, reference, summary, description, document_text,
        counterpart_org, action_text, status_comment, content='', prefix='1 2',
        tokenize="unicode61 remove_diacritics 0")""",
)
"""They are filled when all steps are done, as the views then say."""
_FILLED: dict[str, dict[str, str | int]] = {
    "activities": {"indicators": "[]", "themes": "[]", "agreements": "[]", "answers": "[]", "unedited": "[]"},
    "check_ins": {"planned": 0},
    "deviations": {"activities": "[]"},
}
"""What the new columns that must hold something begin with."""


def to_version_2(connection: Connection) -> None:
    indicators = connection.exec_driver_sql(
        'SELECT "row", indicator FROM activities WHERE indicator IS NOT NULL'
    ).fetchall()
    for table, statement in _CHANGED.items():
        _rebuild(connection, table, statement)
    for row, indicator in indicators:
        connection.exec_driver_sql('UPDATE activities SET indicators = ? WHERE "row" = ?', (_several(indicator), row))
    for table, statement in _NEW.items():
        _make(connection, table, statement)
    for statement in (_LISTING, *_SEARCH):
        connection.exec_driver_sql(statement)


def _rebuild(connection: Connection, table: str, statement: str) -> None:
    """Adding columns would leave another text in the schema than a new store has."""
    before = _columns(connection, table)
    connection.exec_driver_sql(f"CREATE TEMP TABLE kept AS SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    _make(connection, table, statement)
    filled = _FILLED.get(table, {})
    same = [f'"{name}"' for name in before if name in _columns(connection, table)]
    targets = ", ".join([*same, *filled])
    values = ", ".join([*same, *("?" for _ in filled)])
    connection.exec_driver_sql(
        f'INSERT INTO {table} ({targets}) SELECT {values} FROM temp.kept ORDER BY "row"', tuple(filled.values())
    )
    connection.exec_driver_sql("DROP TABLE temp.kept")


def _make(connection: Connection, table: str, statement: str) -> None:
    for each in (statement, *_INDEXES):
        connection.exec_driver_sql(each.format(table))


def _columns(connection: Connection, table: str) -> list[str]:
    return [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]


def _several(indicator: str) -> str:
    """One indicator with one outcome becomes a list of one, its outcome in no stated period."""
    old = json.loads(indicator)
    outcome = old.pop("outcome", "")
    new = [{**old, "outcomes": [{"period": "", "value": outcome}] if outcome else []}]
    return json.dumps(new, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
