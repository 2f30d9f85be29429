"""Any sequence of writes, undos, redos and restarts, compared with a model that is a list of snapshots."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.records import Count, Plan, Record
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store

_SIGNATURE = Signature("Samordnare", "2026-09-14T08:00:00Z")
_RECORDS = st.one_of(
    st.builds(Plan, id=st.sampled_from("abc"), title=st.text("xyå", max_size=2), type=st.just("t"), year=st.just(2026)),
    st.builds(Count, measure=st.just("SIP08"), period=st.sampled_from(("2026-05", "2026-T2")), n=st.integers(0, 3)),
)


class UndoModel(RuleBasedStateMachine):
    """``snapshots[position]`` is what the store shall hold; undo and redo only move the position."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "modell.fardplan"
        self.snapshots: list[dict[str, Record]] = [{}]
        self.position = 0

    @initialize()
    def make(self) -> None:
        self.store = Store.create(self.path, {"organisation": "1462"})

    @rule(records=st.lists(_RECORDS, min_size=1, max_size=4), remove=st.booleans())
    def write(self, records: list[Record], remove: bool) -> None:
        now = dict(self.snapshots[self.position])
        edits = []
        for record in records:
            before, after = now.get(record.id), None if remove else record
            edits.append(Edit(before, after))
            if after is None:
                now.pop(record.id, None)
            else:
                now[record.id] = after
        self.store.write([edit for edit in edits if edit != Edit(None, None)], label="Steg", signature=_SIGNATURE)
        if any(edit.before != edit.after for edit in edits):
            self.snapshots[self.position + 1 :] = [now]
            self.position += 1

    @rule()
    def undo(self) -> None:
        assert (self.store.undo(_SIGNATURE) is not None) == (self.position > 0)
        self.position = max(0, self.position - 1)

    @rule()
    def redo(self) -> None:
        last = len(self.snapshots) - 1
        assert (self.store.redo(_SIGNATURE) is not None) == (self.position < last)
        self.position = min(last, self.position + 1)

    @precondition(lambda self: self.position)
    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store.open(self.path)

    @invariant()
    def the_store_holds_what_the_model_holds(self) -> None:
        held = {record.id: record for kind in (Plan, Count) for record in self.store.own(kind)}
        assert held == self.snapshots[self.position]
        back, forth = self.store.undo_labels()
        assert (back is not None, forth is not None) == (self.position > 0, self.position < len(self.snapshots) - 1)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert self.store.check() is None
            self.store.close()
        shutil.rmtree(self.folder)


TestUndoModel = UndoModel.TestCase
TestUndoModel.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
