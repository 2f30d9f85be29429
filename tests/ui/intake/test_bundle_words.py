"""What Ta emot says of a delregion's bundle: its members, who vouches for whom, and how the recomputation went."""

from __future__ import annotations

from pathlib import Path

from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.domain.verdicts import Inside, Verdict, Warning
from fardplan_desktop.services.intake import FileResult
from fardplan_desktop.ui.intake.words import details

CODE = "11111 22222 33333 44444 55555 66666"


def test_a_bundle_unfolds_to_its_members_and_no_unheard_kontrollkod_is_shown() -> None:
    inside = (
        Inside(code="1440", name="Ale kommun", state="included", sequence=3, check_code=CODE, introduced=True),
        Inside(code="1482", name="Kungälvs kommun", state="included", sequence=4, check_code=CODE),
        Inside(code="1419", name="Tjörns kommun", state="missing", reason="Ny samordnare."),
        Inside(code="1415", name="Stenungsunds kommun", state="reported"),
    )
    verdict = Verdict(issuer_code="simba", issuer_name="SIMBA", inside=inside, warnings=(Warning("W08", "99 mot 13."),))
    result = FileResult(Path("x.fardpaket"), verdict, False, notes=("Kommentar: Lugnt.",))
    said = dict(details(result, shipped_codebook(), None, {}))
    assert said["Ale kommun"] == "Paket nummer 3. Introducerad av SIMBA, inte kontrollerad av er"
    assert said["Kungälvs kommun"] == "Paket nummer 4. Kontrollerad av er"
    assert said["Tjörns kommun"] == "Saknas: Ny samordnare."
    assert said["Stenungsunds kommun"] == "Endast summor, kan inte kontrolleras per kommun"
    assert said["Sammanställningen"] == "Kommentar: Lugnt."
    assert said["Att veta (W08)"] == "99 mot 13."
    assert CODE not in " ".join(said.values())
