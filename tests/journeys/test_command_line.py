"""The main job from the command line, on real content: a year entered, a period sealed, taken in by the delregion."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from tests.cli.running import Said, carry_out
from tests.exchange.test_without_us import failing_step
from tests.journeys import year

PERIOD = "2026-T2"
OUTCOMES = {"Ny", "Ersätter tidigare", "Redan inläst"}


class World(NamedTuple):
    """What two municipalities have when they have reported: stores, packages, cards, and the passphrase."""

    folder: Path
    passphrase: Path
    sealed: dict[str, Path]
    answers: dict[str, Said]

    def store(self, code: str) -> Path:
        return self.folder / f"{code}.fardplan"

    def card(self, code: str) -> Path:
        return self.folder / "ut" / f"avsandarkort_{code}.nyckelkort"


def done(*arguments: object) -> Said:
    said = carry_out(*arguments)
    assert said.code == 0, said.err
    return said


def seal(store: Path, out: Path, passphrase: Path, *more: object) -> Said:
    return done("seal", store, "--period", PERIOD, "--out", out, "--passphrase-file", passphrase, "--json", *more)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Lilla Edet with a year by workbook and by CSV, and Mellerud with one period; both sealed."""
    folder = tmp_path_factory.mktemp("Färdplan å")
    made = World(folder, folder / "losenfras.txt", {}, {})
    made.passphrase.write_text("sex grupper att läsa\n", encoding="utf-8")
    edet, mellerud = made.store("1462"), made.store("1461")
    for store in (edet, mellerud):
        done("new", store, "--organisation", store.stem)
    template = folder / "antal.xlsx"
    done("template", "--kind", "counts", "--out", template)
    year.fill_in(template, year.counts(year.MONTHS[:8]))
    tables = (
        (edet, template, "counts"),
        (edet, _text(folder, "maj-aug.csv", year.csv(year.counts(year.LAST_TERTIAL))), "counts"),
        (edet, _text(folder, "plan.csv", year.joint_activities()), "activities"),
        (edet, _text(folder, "avvikelser.csv", year.deviations()), "deviations"),
        (mellerud, _text(folder, "mellerud.csv", year.csv(year.counts(year.LAST_TERTIAL, start=25))), "counts"),
    )
    for store, file, kind in tables:
        dry = done("add-table", store, file, "--kind", kind, "--dry-run", "--json").json
        assert (dry["stored"], dry["new"]) == (False, dry["rows"])
        made.answers[file.name] = done("add-table", store, file, "--kind", kind, "--json")
    for store in (edet, mellerud):
        made.answers[store.stem] = seal(store, folder / "ut", made.passphrase)
        made.sealed[store.stem] = Path(made.answers[store.stem].json["file"])
    return made


def _text(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path


@pytest.fixture
def fyrbodal(world: World, tmp_path: Path) -> Path:
    """The delregion's store, which knows both senders after two calls."""
    store = tmp_path / "fyrbodal.fardplan"
    done("new", store, "--organisation", "fyrbodal")
    for code in ("1461", "1462"):
        heard = done("card", world.store(code), "--out", tmp_path / f"{code}.nyckelkort").out.split()
        said = done("trust", store, world.card(code), "--check", f"{heard[1]} {heard[4]}")
        assert "är nu en känd avsändare" in said.out
    return store


def receive(store: Path, *paths: Path | str) -> Said:
    return carry_out("receive", store, *paths, "--json")


def words(said: Said) -> list[tuple[str, bool]]:
    return [(each["outcome"], each["stored"]) for each in said.json["files"]]


def measures(store: Path) -> dict[str, dict[str, object]]:
    answer = done("figures", store, "--period", PERIOD, "--json").json
    return {each["measure"]: each for each in answer["measures"]}


def test_a_year_a_plan_and_a_dozen_deviations_are_in_the_store(world: World) -> None:
    rows = {name: said.json["rows"] for name, said in world.answers.items() if name.endswith(("csv", "xlsx"))}
    assert rows == {"antal.xlsx": 130, "maj-aug.csv": 65, "plan.csv": 10, "avvikelser.csv": 12, "mellerud.csv": 65}
    assert world.answers["plan.csv"].json["new_plans"] == ["Färdplanens gemensamma 2022"]


def test_the_rules_are_content_and_the_store_is_whole(world: World) -> None:
    answer = done("rules", world.store("1462"), "--period", PERIOD, "--json").json
    assert set(answer) == {"period", "errors", "warnings", "problems"}
    assert answer["errors"] == 0
    assert answer["warnings"] == len(answer["problems"]) <= 5
    assert done("check", world.store("1462"), "--json").json["whole"] is True


def test_a_seal_says_where_it_lies_and_what_was_unusual(world: World) -> None:
    answer = world.answers["1462"].json
    assert set(answer) == {
        "file", "card", "check_code", "period", "sequence", "digest", "encrypted", "repeated", "warnings"
    }  # fmt: skip
    assert Path(answer["file"]).name == "1462_2026-T2_0001.fardpaket"
    assert (answer["period"], answer["sequence"], answer["repeated"]) == (PERIOD, 1, False)


def test_the_package_is_verified_without_our_code(world: World, fyrbodal: Path, tmp_path: Path) -> None:
    shutil.copy(world.sealed["1462"], tmp_path / f"1462_{PERIOD}_0001.fardpaket")
    shutil.copy(world.card("1462"), tmp_path / "1462.nyckelkort")
    done("senders", fyrbodal, "--allowed-signers", tmp_path / "avsandare")
    assert failing_step(tmp_path, "1462") is None, (tmp_path / "said").read_text()
    assert f"1462 till fyrbodal, {PERIOD}, nummer 1" in (tmp_path / "said").read_text()


def test_verify_tries_the_seal_alone_or_against_a_store(world: World, fyrbodal: Path) -> None:
    alone = done("verify", world.sealed["1462"], "--json").json
    assert {"outcome", "code", "message", "trust", "issuer", "period", "sequence", "check_code"} <= set(alone)
    assert (alone["outcome"], alone["code"], alone["trust"]) == ("ok", "OK", "unknown")
    assert (alone["issuer"], alone["period"], alone["sequence"]) == ("1462", PERIOD, 1)
    against = done("verify", world.sealed["1462"], "--store", fyrbodal, "--json").json
    assert (against["trust"], against["issuer_name"]) == ("checked", "Lilla Edets kommun")
    assert "Kontrollkod: " in done("verify", world.sealed["1462"]).out


def test_the_delregion_tries_first_and_then_takes_in_both(world: World, fyrbodal: Path) -> None:
    folder = world.folder / "ut"
    assert words(receive(fyrbodal, folder, "--dry-run")) == [("Ny", False), ("Ny", False)]
    assert done("figures", fyrbodal, "--period", PERIOD, "--json").json["received"] == 0
    taken = receive(fyrbodal, folder)
    assert (taken.code, words(taken)) == (0, [("Ny", True), ("Ny", True)])
    for entry in taken.json["files"]:
        assert {"file", "outcome", "code", "message", "stored"} <= set(entry)
        assert (entry["code"], entry["period"], entry["sequence"]) == ("OK", PERIOD, 1)


def test_sums_are_their_parts_to_the_last_unit_and_thirteen_are_missing(world: World, fyrbodal: Path) -> None:
    receive(fyrbodal, world.folder / "ut")
    answer = done("figures", fyrbodal, "--period", PERIOD, "--json").json
    assert list(answer) == [
        "period", "organisation", "expected", "received", "missing", "totals_only", "measures", "deviations",
        "activities",
    ]  # fmt: skip
    assert (answer["period"], answer["organisation"]) == (PERIOD, "fyrbodal")
    assert (answer["expected"], answer["received"], len(answer["missing"])) == (15, 2, 13)
    assert "1421" in answer["missing"]
    parts = [measures(world.store(code)) for code in ("1461", "1462")]
    for measure, figure in measures(fyrbodal).items():
        known = [part[measure]["value"] for part in parts if part[measure]["value"] is not None]
        assert figure["value"] == (sum(int(str(each)) for each in known) if known else None), measure
    typed = [row for start in (40, 25) for row in year.counts(year.LAST_TERTIAL, start=start) if row[0] == "SIP08"]
    drawn_up = sum(int(row[4]) for row in typed if not row[2])
    assert measures(fyrbodal)["SIP08"] == {
        "measure": "SIP08", "value": drawn_up, "reported": 2, "of": 15, "parts": 4, "parts_of": 4, "estimated": False,
        "unchecked": 0,
    }  # fmt: skip
    assert measures(fyrbodal)["KON01"]["value"] is None
    assert answer["deviations"]["total"] == 12
    assert answer["deviations"]["by_category"]["sip-och-samordning"] == 3
    assert answer["activities"]["total"] == sum(answer["activities"]["by_status"].values()) == 10


def test_coverage_says_who_has_delivered(world: World, fyrbodal: Path) -> None:
    receive(fyrbodal, world.folder / "ut")
    answer = done("coverage", fyrbodal, "--period", PERIOD, "--json").json
    assert list(answer) == [
        "period", "organisation", "expected", "received", "missing", "as_of", "due", "offices", "members"
    ]  # fmt: skip
    assert (answer["expected"], answer["received"], len(answer["missing"])) == (15, 2, 13)
    edet = next(each for each in answer["members"] if each["organisation"] == "1462")
    assert set(edet) == {
        "organisation", "name", "state", "due", "days", "late", "days_late", "corrections", "via", "refused",
        "sequence", "received",
    }  # fmt: skip
    assert (edet["name"], edet["sequence"], edet["due"]) == ("Lilla Edets kommun", 1, "2026-09-25")
    assert "2 av 15 har lämnat in" in done("coverage", fyrbodal, "--period", PERIOD).out


def test_a_correction_needs_a_reason_and_replaces_what_was_there(world: World, fyrbodal: Path, tmp_path: Path) -> None:
    receive(fyrbodal, world.folder / "ut")
    before = measures(fyrbodal)["SIP01"]["value"]
    store = Path(shutil.copy(world.store("1462"), tmp_path / "1462.fardplan"))
    table = _text(tmp_path, "rattelse.csv", "Mått;Period;Antal\nSIP01;2026-08;17\n")
    locked = carry_out("add-table", store, table, "--kind", "counts")
    assert (locked.code, "låst" in locked.err) == (1, True)
    assert carry_out("reopen", store, "--period", PERIOD).code == 2
    done("reopen", store, "--period", PERIOD, "--reason", "Nio erbjudanden saknades.")
    done("add-table", store, table, "--kind", "counts")
    again = ("seal", store, "--period", PERIOD, "--out", tmp_path, "--passphrase-file", world.passphrase)
    assert "behöver en orsak" in carry_out(*again).err
    corrected = seal(store, tmp_path, world.passphrase, "--reason", "Nio erbjudanden saknades.").json
    assert corrected["sequence"] == 2
    assert words(receive(fyrbodal, Path(corrected["file"]))) == [("Ersätter tidigare", True)]
    assert measures(fyrbodal)["SIP01"]["value"] == int(str(before)) + 9
    assert seal(store, tmp_path, world.passphrase).json["repeated"] is True
    old = receive(fyrbodal, world.sealed["1462"])
    assert (old.code, words(old)) == (0, [("Redan inläst", False)])


def test_nothing_changed_seals_the_same_bytes(world: World, tmp_path: Path) -> None:
    store = Path(shutil.copy(world.store("1462"), tmp_path / "1462.fardplan"))
    answer = seal(store, tmp_path / "igen", world.passphrase).json
    assert answer["repeated"] is True
    assert Path(answer["file"]).read_bytes() == world.sealed["1462"].read_bytes()


def test_a_tampered_package_an_unknown_sender_and_a_letter_are_refused_beside_a_good_one(
    world: World, tmp_path: Path
) -> None:
    store = tmp_path / "fyrbodal.fardplan"
    done("new", store, "--organisation", "fyrbodal")
    code = done("card", world.store("1462"), "--out", tmp_path / "kort", "--json").json["check_code"].split()
    assert carry_out("trust", store, tmp_path / "kort", "--check", f"{code[0]} 12345").code == 1
    done("trust", store, tmp_path / "kort", "--check", f"{code[0]} {code[1]}")
    inbox = tmp_path / "inkorg"
    inbox.mkdir()
    good = world.sealed["1462"].read_bytes()
    (inbox / "1.fardpaket").write_bytes(good.replace(b'"n":20', b'"n":90'))
    (inbox / "2.zip").write_bytes(good)
    shutil.copy(world.sealed["1461"], inbox / "3.fardpaket")
    (inbox / "4.txt").write_text("Hej!")
    said = receive(store, inbox)
    assert said.code == 1
    assert words(said) == [
        ("Sigillet stämmer inte", False), ("Ny", True), ("Okänd avsändare", False), ("Fel slags fil", False)
    ]  # fmt: skip
    assert not {each["outcome"] for each in said.json["files"] if not each["stored"]} & OUTCOMES
    plain = carry_out("receive", store, inbox)
    assert "Ring Melleruds kommun" in plain.out
    assert "0 av 4 lästes in." in plain.out


def test_the_history_tells_what_was_done_without_names(world: World, fyrbodal: Path) -> None:
    receive(fyrbodal, world.folder / "ut")
    entries = done("history", fyrbodal, "--json").json["entries"]
    assert [each["act"] for each in entries] == ["receive", "receive", "trust", "trust"]
    assert {each["who"] for each in entries} == {"Samordnare"}
    assert json.dumps(entries, ensure_ascii=False).count("Lilla Edets kommun") == 2


def test_the_meeting_paper_is_made_and_read_back_as_text(world: World, tmp_path: Path) -> None:
    file = tmp_path / "underlag.pdf"
    given = ("report", world.store("1462"), "--kind", "meeting", "--period", PERIOD, "--as-of", "2026-09-14")
    done(*given, "--out", file)
    first = file.read_bytes()
    done(*given, "--out", file)
    assert file.read_bytes() == first
    document = pypdfium2.PdfDocument(first)
    try:
        pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()
    assert len(pages) == 2
    for expected in ("Lilla Edets kommun", "tertial 2 2026 (maj–augusti)", "Läget per"):
        assert expected in pages[0]
    assert "Sida 2 av 2" in pages[1]
