"""The tables of the store, SQLite STRICT. The columns of a record table are the fields of its record.

Received rows lie in the same tables as our own: ``delivery`` is NULL for what we wrote ourselves.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.schema import SchemaItem

from fardplan_desktop.domain import records
from fardplan_desktop.domain.deliveries import RuleOutcome

APPLICATION_ID = 0x46504B31
"""``FPK1`` in the file's header: this file is ours."""
VERSION = 3

metadata = MetaData(
    naming_convention={
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _required(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _optional(*names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names]


def _flag(name: str) -> Column[int]:
    return Column(name, Integer, CheckConstraint(f'"{name}" IN (0, 1)', name=f"{name}_is_flag"), nullable=False)


def _record_table(name: str, *columns: SchemaItem) -> Table:
    return Table(
        name,
        metadata,
        Column("row", Integer, primary_key=True),
        _required("organisation"),
        Column("delivery", Text, ForeignKey("deliveries.digest")),
        _required("id"),
        *columns,
        Index(f"uq_{name}_own", "id", unique=True, sqlite_where=text("delivery IS NULL")),
        Index(f"uq_{name}_received", "delivery", "id", unique=True, sqlite_where=text("delivery IS NOT NULL")),
        sqlite_strict=True,
    )


deliveries = Table(
    "deliveries",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("direction", Text, CheckConstraint("direction IN ('own', 'received')", name="direction"), nullable=False),
    *map(_required, ("kind", "issuer", "audience", "period")),
    Column("sequence", Integer, CheckConstraint("sequence >= 1", name="sequence"), nullable=False),
    *_optional("supersedes"),
    _flag("active"),
    *map(_required, ("approved_at", "approved_by", "at", "key_id", "file_name", "file_sha256")),
    Column("code_book", Integer, nullable=False),
    *_optional("reason", "reopened"),
    _required("warnings"),
    Column("file", LargeBinary, nullable=False),
    # By key too: a thief with a key that has since been changed may have given the very number that follows.
    Index("uq_deliveries_sequence", "direction", "issuer", "kind", "audience", "sequence", "key_id", unique=True),
    sqlite_strict=True,
)

plans = _record_table(
    "plans",
    *map(_required, ("title", "type")),
    Column("year", Integer, nullable=False),
    Column("until", Integer),
    *_optional("level", "target_group", "copied_from"),
)
activities = _record_table(
    "activities",
    *map(_required, ("plan", "title", "responsible", "also_methods", "preconditions", "areas", "partners")),
    *map(_required, ("indicators", "themes", "agreements", "answers", "unedited")),
    *_optional("method", "joint", "target_group", "goal", "start", "end", "status", "status_note", "forecast"),
    *_optional("obstacle", "next_step", "lift_to", "forum", "resources", "involvement", "children", "lesson"),
    Column("percent", Integer, CheckConstraint("percent BETWEEN 0 AND 100", name="percent")),
    _flag("shareable"),
)
check_ins = _record_table(
    "check_ins", *map(_required, ("activity", "date", "comment")), *_optional("status", "forecast"), _flag("planned")
)
self_assessments = _record_table(
    "self_assessments", Column("year", Integer, nullable=False), *map(_required, ("method", "score", "comment"))
)


def _count_columns() -> tuple[SchemaItem, ...]:
    return (
        *map(_required, ("measure", "period", "state")),
        *_optional("breakdown", "value", "comment"),
        Column("n", Integer, CheckConstraint("n BETWEEN 0 AND 9999999", name="n")),
        CheckConstraint("(state IN ('reported', 'estimated')) = (n IS NOT NULL)", name="state_and_n"),
    )


counts = _record_table("counts", *_count_columns())
units = _record_table("units", _required("name"), _flag("ended"))
unit_counts = _record_table("unit_counts", _required("unit"), *_count_columns())
inquiries = _record_table(
    "inquiries",
    *map(_required, ("to", "period", "asked", "mail", "measures", "activities", "deviations")),
    *_optional("unit", "latest", "answered"),
)
deviations = _record_table(
    "deviations",
    *map(_required, ("number", "month", "registered", "direction", "reporter", "counterpart", "category", "status")),
    *_optional("counterpart_org", "subcategory", "kind", "document", "document_text", "stage", "target_group"),
    *_optional("age_group", "consequence", "severity", "likelihood", "summary", "action", "action_text", "follow_up"),
    *_optional("effect", "lex", "system", "lift_to", "feedback", "sent_on", "answered_on", "reference"),
    *_optional("description", "status_comment"),
    *map(_required, ("causes", "activities")),
    # All that a list is filtered and sorted by, so that it is answered without reading the texts.
    Index(
        "ix_deviations_list",
        *("number", "status", "category", "direction", "counterpart", "document", "severity", "likelihood"),
        *("month", "registered", "lift_to", "sent_on", "answered_on", "feedback"),
        sqlite_where=text("delivery IS NULL"),
    ),
)
meetings = _record_table("meetings", *map(_required, ("forum", "date", "time", "agenda")))
decisions = _record_table(
    "decisions", *map(_required, ("meeting", "text", "responsible")), *_optional("latest", "lifted_to"), _flag("done")
)
rule_comments = _record_table("rule_comments", _required("comment"))
rule_outcomes = _record_table(
    "rule_outcomes",
    *map(_required, ("rule", "severity", "subject", "outcome")),
    Column("version", Integer, nullable=False),
    *_optional("comment"),
)

correction_notes = _record_table("correction_notes", _required("reason"))
questions = _record_table(
    "questions", *map(_required, ("asked_of", "period", "about", "shown", "text", "asked")), *_optional("closed")
)
replies = _record_table("replies", *map(_required, ("text", "answered")))
joint_plans = _record_table(
    "joint_plans",
    *map(_required, ("title", "type")),
    Column("year", Integer, nullable=False),
    Column("until", Integer),
    *_optional("target_group", "text"),
)
joint_tasks = _record_table(
    "joint_tasks",
    *map(_required, ("plan", "title", "areas", "indicators", "responsible")),
    *_optional("method", "target_group", "goal", "start", "end", "ended", "replaced_by"),
)
joint_answers = _record_table("joint_answers", *map(_required, ("answer", "reason")), *_optional("activity"))
lifted_answers = _record_table("lifted_answers", *map(_required, ("member", "text")), *_optional("forum"))

bundle_contents = Table(
    "bundle_contents",
    metadata,
    Column("bundle", Text, ForeignKey("deliveries.digest"), primary_key=True),
    Column("member", Text, ForeignKey("deliveries.digest"), primary_key=True),
    sqlite_strict=True,
)
"""Which of the members' own packages came inside which bundle."""
refused = Table(
    "refused",
    metadata,
    Column("file_sha256", Text, primary_key=True),
    *map(_required, ("at", "file_name", "issuer", "kind", "period")),
    Column("sequence", Integer, nullable=False),
    *map(_required, ("code", "word", "message")),
    sqlite_strict=True,
)
"""Files with a known sender's seal that were not taken in, and why."""
populations = Table(
    "populations",
    metadata,
    Column("municipality", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("inhabitants", Integer, CheckConstraint("inhabitants >= 0", name="inhabitants"), nullable=False),
    _required("source"),
    sqlite_strict=True,
)
code_books = Table(
    "code_books",
    metadata,
    Column("version", Integer, primary_key=True),
    _required("sha256"),
    _required("content"),
    sqlite_strict=True,
)
settings = Table("settings", metadata, Column("name", Text, primary_key=True), _required("value"), sqlite_strict=True)
signing_keys = Table(
    "signing_keys",
    metadata,
    Column("key_id", Text, primary_key=True),
    _required("private_text"),
    Column("public", LargeBinary, nullable=False),
    _required("created_at"),
    _flag("active"),
    *_optional("age_identity", "age_recipient", "revocation", "ended_at", "ended_why"),
    Index("uq_signing_keys_active", "active", unique=True, sqlite_where=text("active = 1")),
    sqlite_strict=True,
)
trusted_keys = Table(
    "trusted_keys",
    metadata,
    Column("keyid", Text, primary_key=True),
    *map(_required, ("org_level", "org_code", "org_name")),
    Column("public", LargeBinary, nullable=False),
    Column(
        "status", Text, CheckConstraint("status IN ('active', 'replaced', 'revoked')", name="status"), nullable=False
    ),
    *map(_required, ("method", "entered_by", "entered_at", "checked_by", "note")),
    Column("last_sequence", Integer),
    *_optional("age_recipient", "introduced_by", "ended_at"),
    sqlite_strict=True,
)
undo_steps = Table(
    "undo_steps",
    metadata,
    Column("step", Integer, primary_key=True),
    _required("label"),
    Column("state", Text, CheckConstraint("state IN ('done', 'undone', 'dropped')", name="state"), nullable=False),
    sqlite_strict=True,
)
history = Table(
    "history",
    metadata,
    Column("nr", Integer, primary_key=True),
    *map(_required, ("at", "who", "act", "label", "record", "content_sha256")),
    Column("step", Integer),
    *_optional("content"),
    _required("prev"),
    _required("hash"),
    Index("ix_history_record", "record"),
    Index("ix_history_step", "step"),
    sqlite_strict=True,
)

TABLE_OF: dict[type[msgspec.Struct], Table] = {
    records.Plan: plans,
    records.Activity: activities,
    records.CheckIn: check_ins,
    records.SelfAssessment: self_assessments,
    records.Count: counts,
    records.Unit: units,
    records.UnitCount: unit_counts,
    records.Inquiry: inquiries,
    records.Deviation: deviations,
    records.Meeting: meetings,
    records.Decision: decisions,
    records.RuleComment: rule_comments,
    records.CorrectionNote: correction_notes,
    records.Question: questions,
    records.Reply: replies,
    records.JointPlan: joint_plans,
    records.JointTask: joint_tasks,
    records.JointAnswer: joint_answers,
    records.LiftedAnswer: lifted_answers,
    RuleOutcome: rule_outcomes,
}

SQLITE_ONLY = (
    # Erasure sets content to NULL and nothing else; every other change of the past is refused.
    """CREATE TRIGGER history_is_append_only BEFORE UPDATE ON history
    WHEN NOT (NEW.content IS NULL AND NEW.nr = OLD.nr AND NEW.at = OLD.at AND NEW.who = OLD.who AND NEW.act = OLD.act
      AND NEW.label = OLD.label AND NEW.record = OLD.record AND NEW.content_sha256 = OLD.content_sha256
      AND NEW.step IS OLD.step AND NEW.prev = OLD.prev AND NEW.hash = OLD.hash)
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_is_never_shortened BEFORE DELETE ON history
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER deliveries_are_kept BEFORE DELETE ON deliveries
    BEGIN SELECT RAISE(ABORT, 'deliveries are kept'); END""",
    """CREATE TRIGGER sealed_bytes_never_change BEFORE UPDATE OF digest, file, file_sha256, sequence ON deliveries
    BEGIN SELECT RAISE(ABORT, 'sealed bytes never change'); END""",
)
"""Triggers: what SQLAlchemy has no words for. Run after ``metadata.create_all``."""
