"""From version 2 to 3: encryption, change and revocation of keys, bundles, questions, joint plans, refused files.

Kept for ever as it is; imports nothing of ours, since what is ours goes on changing.
"""

from __future__ import annotations

from sqlalchemy import Connection

_CHANGED = {
    "signing_keys": """CREATE TABLE signing_keys (
        key_id TEXT NOT NULL, private_text TEXT NOT NULL, public BLOB NOT NULL, created_at TEXT NOT NULL,
        active INTEGER NOT NULL CONSTRAINT ck_signing_keys_active_is_flag CHECK ("active" IN (0, 1)),
        age_identity TEXT, age_recipient TEXT, revocation TEXT, ended_at TEXT, ended_why TEXT, CONSTRAINT
        pk_signing_keys PRIMARY KEY (key_id)
    ) STRICT""",
    "trusted_keys": """CREATE TABLE trusted_keys (
        keyid TEXT NOT NULL, org_level TEXT NOT NULL, org_code TEXT NOT NULL, org_name TEXT NOT NULL, public
        BLOB NOT NULL, status TEXT NOT NULL CONSTRAINT ck_trusted_keys_status CHECK (status IN ('active',
        'replaced', 'revoked')), method TEXT NOT NULL, entered_by TEXT NOT NULL, entered_at TEXT NOT NULL,
        checked_by TEXT NOT NULL, note TEXT NOT NULL, last_sequence INTEGER, age_recipient TEXT,
        introduced_by TEXT, ended_at TEXT, CONSTRAINT pk_trusted_keys PRIMARY KEY (keyid)
    ) STRICT""",
}
_NEW = {
    "correction_notes": """CREATE TABLE correction_notes (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, reason TEXT NOT
        NULL, CONSTRAINT pk_correction_notes PRIMARY KEY ("row"), CONSTRAINT fk_correction_notes_delivery
        FOREIGN KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
    "questions": """CREATE TABLE questions (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, asked_of TEXT NOT
        NULL, period TEXT NOT NULL, about TEXT NOT NULL, shown TEXT NOT NULL, text TEXT NOT NULL, asked TEXT
        NOT NULL, closed TEXT, CONSTRAINT pk_questions PRIMARY KEY ("row"), CONSTRAINT fk_questions_delivery
        FOREIGN KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
    "replies": """CREATE TABLE replies (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, text TEXT NOT
        NULL, answered TEXT NOT NULL, CONSTRAINT pk_replies PRIMARY KEY ("row"), CONSTRAINT
        fk_replies_delivery FOREIGN KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
    "joint_plans": """CREATE TABLE joint_plans (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, title TEXT NOT
        NULL, type TEXT NOT NULL, year INTEGER NOT NULL, until INTEGER, target_group TEXT, text TEXT,
        CONSTRAINT pk_joint_plans PRIMARY KEY ("row"), CONSTRAINT fk_joint_plans_delivery FOREIGN
        KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
    "joint_tasks": """CREATE TABLE joint_tasks (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, "plan" TEXT NOT
        NULL, title TEXT NOT NULL, areas TEXT NOT NULL, indicators TEXT NOT NULL, responsible TEXT NOT NULL,
        method TEXT, target_group TEXT, goal TEXT, start TEXT, "end" TEXT, ended TEXT, replaced_by TEXT,
        CONSTRAINT pk_joint_tasks PRIMARY KEY ("row"), CONSTRAINT fk_joint_tasks_delivery FOREIGN
        KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
    "joint_answers": """CREATE TABLE joint_answers (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, answer TEXT NOT
        NULL, reason TEXT NOT NULL, activity TEXT, CONSTRAINT pk_joint_answers PRIMARY KEY ("row"),
        CONSTRAINT fk_joint_answers_delivery FOREIGN KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
    "lifted_answers": """CREATE TABLE lifted_answers (
        "row" INTEGER NOT NULL, organisation TEXT NOT NULL, delivery TEXT, id TEXT NOT NULL, member TEXT NOT
        NULL, text TEXT NOT NULL, forum TEXT, CONSTRAINT pk_lifted_answers PRIMARY KEY ("row"), CONSTRAINT
        fk_lifted_answers_delivery FOREIGN KEY(delivery) REFERENCES deliveries (digest)
    ) STRICT""",
}
_PLAIN = {
    "bundle_contents": """CREATE TABLE bundle_contents (
        bundle TEXT NOT NULL, member TEXT NOT NULL, CONSTRAINT pk_bundle_contents PRIMARY KEY (bundle,
        member), CONSTRAINT fk_bundle_contents_bundle FOREIGN KEY(bundle) REFERENCES deliveries (digest),
        CONSTRAINT fk_bundle_contents_member FOREIGN KEY(member) REFERENCES deliveries (digest)
    ) STRICT""",
    "refused": """CREATE TABLE refused (
        file_sha256 TEXT NOT NULL, at TEXT NOT NULL, file_name TEXT NOT NULL, issuer TEXT NOT NULL, kind
        TEXT NOT NULL, period TEXT NOT NULL, sequence INTEGER NOT NULL, code TEXT NOT NULL, word TEXT NOT
        NULL, message TEXT NOT NULL, CONSTRAINT pk_refused PRIMARY KEY (file_sha256)
    ) STRICT""",
}
_RECORD_INDEXES = (
    "CREATE UNIQUE INDEX uq_{0}_own ON {0} (id) WHERE delivery IS NULL",
    "CREATE UNIQUE INDEX uq_{0}_received ON {0} (delivery, id) WHERE delivery IS NOT NULL",
)
_INDEXES = (
    "CREATE UNIQUE INDEX uq_signing_keys_active ON signing_keys (active) WHERE active = 1",
    # By key too: a thief with a key that has since been changed may have given the very number that follows.
    "DROP INDEX uq_deliveries_sequence",
    "CREATE UNIQUE INDEX uq_deliveries_sequence ON deliveries (direction, issuer, kind, audience, sequence, key_id)",
)


def to_version_3(connection: Connection) -> None:
    for table, statement in _CHANGED.items():
        _rebuild(connection, table, statement)
    for each in _INDEXES:
        connection.exec_driver_sql(each)
    for table, statement in _NEW.items():
        for each in (statement, *_RECORD_INDEXES):
            connection.exec_driver_sql(each.format(table))
    for statement in _PLAIN.values():
        connection.exec_driver_sql(statement)


def _rebuild(connection: Connection, table: str, statement: str) -> None:
    """Adding columns would leave another text in the schema than a new store has."""
    columns = ", ".join(f'"{row[1]}"' for row in connection.exec_driver_sql(f"PRAGMA table_info({table})"))
    connection.exec_driver_sql(f"CREATE TEMP TABLE kept AS SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM temp.kept")
    connection.exec_driver_sql("DROP TABLE temp.kept")
