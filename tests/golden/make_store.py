"""Not a test: makes ``store-v3.fardplan``, a store as version 3 of the format writes it.

Run it only for a version that has not been released: ``python tests/golden/make_store.py``. After a release the file
stays as it is for ever, and the next version adds a file of its own.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.deliveries import Delivery, Direction, RuleOutcome, SigningKeyRecord
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.records import (
    Activity,
    Answer,
    CheckIn,
    CorrectionNote,
    Count,
    CountState,
    Decision,
    Deviation,
    Indicator,
    Inquiry,
    JointAnswer,
    JointPlan,
    JointTask,
    LiftedAnswer,
    Meeting,
    Outcome,
    Plan,
    Question,
    Record,
    Reply,
    RuleComment,
    SelfAssessment,
    Unit,
    UnitCount,
)
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.store import packages
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store

FILE = Path(__file__).with_name("store-v3.fardplan")
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
    CorrectionNote(id="2026-T1:antal/SIP08/2026-03/n", reason="Felräknat"),
    Question(
        id="q1", asked_of="1421", period="2026-T1", about="antal/SIP08/2026-T1", shown="9", text="Stämmer det?",
        asked=date(2026, 9, 14),
    ),
    Reply(id="q2", text="Ja.", answered=date(2026, 9, 15)),
    JointPlan(id="g1", title="Gemensam plan", type="delregional", year=2027),
    JointTask(id="g2", plan="g1", title="Utbilda i SIP", method="A4", indicators=(INDICATOR,)),
    JointAnswer(id="g3", answer="prioriterar-inte", reason="Görs av grannen."),
    LiftedAnswer(id="a9", member="1421", text="Tas upp i oktober."),
)  # fmt: skip
DELIVERY = Delivery(
    digest=DIGEST, direction=Direction.RECEIVED, kind="period", issuer="1421", audience="fyrbodal", period="2026-T1",
    sequence=1, supersedes=None, active=True, approved_at="2026-05-10T08:00:00Z", approved_by="Socialchef",
    at="2026-05-11T08:00:00Z", key_id="cd" * 32, file_name="1421.fardpaket", file_sha256="ef" * 32, code_book=1,
)  # fmt: skip
KEY = SigningKeyRecord(
    key_id="12" * 32, private_text="låst", public=b"\1" * 32, created_at="2026-05-01T08:00:00Z",
    age_identity="bGFzdA==", age_recipient="age1qqq",
)  # fmt: skip
SENDER = TrustedKey(
    keyid="34" * 32, org_level=Level.MUNICIPALITY, org_code="1421", org_name="Orusts kommun", public=b"\2" * 32,
    status="active", method="telefon", entered_by="Samordnare", entered_at="2026-05-01T08:00:00Z",
    age_recipient="age1ppp",
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
    packages.add_signing_key(store, KEY, label="Sigill skapat", signature=SIGNATURE)
    packages.trust(store, SENDER, label="Känd avsändare", signature=SIGNATURE)
    store.keep_code_book(1, "ab" * 32, b"[kodbok]\n")
    store.close()


if __name__ == "__main__":
    main()
