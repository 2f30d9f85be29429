"""Not a test: makes ``store-v2.fardplan``, a store as version 2 of the format writes it.

Run it only for a version that has not been released: ``python tests/golden/make_store.py``. After a release the file
stays as it is for ever, and the next version adds a file of its own.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.deliveries import Delivery, Direction, RuleOutcome
from fardplan_desktop.domain.records import (
    Activity,
    Answer,
    CheckIn,
    Count,
    CountState,
    Decision,
    Deviation,
    Indicator,
    Inquiry,
    Meeting,
    Outcome,
    Plan,
    Record,
    RuleComment,
    SelfAssessment,
    Unit,
    UnitCount,
)
from fardplan_desktop.store import packages
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store

FILE = Path(__file__).with_name("store-v2.fardplan")
SIGNATURE = Signature(who="Samordnare", at="2026-09-14T08:00:00Z")
DIGEST = "ab" * 32
INDICATOR = Indicator(text="Fler planer görs på rätt sätt", outcomes=(Outcome(period="2026-T1", value="Ökar"),))
RECORDS: tuple[Record, ...] = (
    Plan(id="p1", title="Handlingsplan för Färdplanen", type="handlingsplan", year=2026),
    Activity(
        id="a1", plan="p1", title="Utbilda i SIP", also_methods=("m2", "m3"), start=date(2026, 1, 12), percent=40,
        indicators=(INDICATOR,),
        shareable=True, themes=("egenvard",), answers=(Answer(question="1", text="Färre möten för den enskilde."),),
    ),
    CheckIn(id="c1", activity="a1", date=date(2026, 5, 4), status="pagar", comment="Två av tre kurser är hållna."),
    CheckIn(id="c2", activity="a1", date=date(2026, 9, 21), planned=True),
    SelfAssessment(year=2026, method="A4", score="pagar-i-delar"),
    Unit(id="e1", name="Hemtjänst norr"),
    UnitCount(unit="e1", measure="SIP08", period="2026-05", n=3),
    Inquiry(id="f1", to="Enhetschef hemtjänst norr", period="2026-T2", asked=date(2026, 9, 1), measures=("SIP08",)),
    Count(measure="SIP08", period="2026-05", n=4),
    Count(measure="SIP08", period="2026-06", state=CountState.MISSING, comment="Systembyte i juni."),
    Deviation(
        id="d1", number="2026-001", month="2026-05", registered=date(2026, 5, 7), direction="skickad",
        reporter="kommun", counterpart="sjukhus", category="utskrivning", causes=("rutin", "system"),
    ),
    Meeting(id="m1", forum="delregional", date=date(2026, 9, 21), agenda=("SIP", "Avvikelser")),
    Decision(id="b1", meeting="m1", text="Se över rutinen före årsskiftet.", latest=date(2026, 12, 1)),
    RuleComment(id="R1/SIP08", comment="Siffran är kontrollerad."),
)  # fmt: skip
DELIVERY = Delivery(
    digest=DIGEST, direction=Direction.RECEIVED, kind="period", issuer="1421", audience="fyrbodal", period="2026-T1",
    sequence=1, supersedes=None, active=True, approved_at="2026-05-10T08:00:00Z", approved_by="Socialchef",
    at="2026-05-11T08:00:00Z", key_id="cd" * 32, file_name="1421.fardpaket", file_sha256="ef" * 32, code_book=1,
)  # fmt: skip
RECEIVED = (Count(measure="SIP08", period="2026-T1", n=9),)
OUTCOME = RuleOutcome(id="R1/SIP08", rule="R1", version=1, severity="warning", subject="SIP08", outcome="warning")


def main() -> None:
    FILE.unlink(missing_ok=True)
    store = Store.create(FILE, {"organisation": "1462", "function": "Samordnare"})
    store.write([Edit(None, record) for record in RECORDS], label="Allt på en gång", signature=SIGNATURE)
    store.write([Edit(RECORDS[0], None)], label="Plan borttagen", signature=SIGNATURE)
    store.undo(SIGNATURE)
    rows: dict[type[msgspec.Struct], tuple[msgspec.Struct, ...]] = {Count: RECEIVED, RuleOutcome: (OUTCOME,)}
    packages.add_delivery(store, DELIVERY, b"ett sigillerat paket", rows, label="Mottaget", signature=SIGNATURE)
    store.keep_code_book(1, "ab" * 32, b"[kodbok]\n")
    store.close()


if __name__ == "__main__":
    main()
