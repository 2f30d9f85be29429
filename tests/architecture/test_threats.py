"""Every attack that the package and the store are made to withstand, and the tests that mount it.

The rows are those of the threat table of the package's specification, in its order. A row whose test is renamed or
taken away fails here, so that the claim and its proof cannot part.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from fardplan_desktop.exchange import messages

TESTS = Path(__file__).parents[1]

THREATS: dict[str, tuple[str, ...]] = {
    "content changed in transit": (
        "exchange/test_refusals.py::test_an_edited_member_is_refused_as_E20",
        "exchange/test_refusals.py::test_a_signature_over_other_bytes_is_refused_as_E11",
        "exchange/test_properties.py::test_a_changed_byte_is_refused",
    ),
    "signature removed, alg:none, another algorithm": (
        "exchange/test_refusals.py::test_a_package_without_a_seal_is_refused_as_E09",
        "exchange/test_refusals.py::test_an_envelope_of_another_form_is_refused_as_E08",
    ),
    "attacker seals again with a key of their own": (
        "exchange/test_refusals.py::test_an_unknown_key_is_refused_as_E10_and_names_whom_to_call",
        "exchange/test_refusals.py::test_an_unknown_key_whose_seal_is_broken_names_nobody",
    ),
    "a known key seals for another organisation or level": (
        "exchange/test_refusals.py::test_a_key_that_seals_for_another_sender_is_refused_as_E15",
        "services/test_intake.py::test_a_package_under_another_organisations_name_or_for_another_office_is_not_taken",
    ),
    "replay, rollback, equivocation, fast-forward": (
        "exchange/test_replay.py::test_the_same_package_again_is_refused_as_E18_REPLAY",
        "exchange/test_replay.py::test_an_older_package_is_refused_as_E18_ROLLBACK",
        "services/test_intake.py::test_a_second_package_with_the_same_number_is_an_alarm",
        "services/test_intake.py::test_a_leap_of_more_than_fifty_needs_a_yes",
    ),
    "parts of different packages mixed": (
        "exchange/test_refusals.py::test_a_member_added_or_left_out_is_refused_as_E19",
        "exchange/test_properties.py::test_a_member_twice_or_not_at_all_or_with_anothers_content_is_refused",
    ),
    "a delregion drops or edits a municipality": (
        "exchange/test_bundles.py::test_an_edited_row_inside_is_found_though_the_bundle_is_sealed_over_it",
        "exchange/test_bundles.py::test_a_municipality_that_is_silently_left_out_is_missed",
    ),
    "passed on to somebody it was not meant for": (
        "exchange/test_refusals.py::test_a_package_to_somebody_else_is_refused_as_E16",
        "exchange/test_bundles.py::test_a_package_for_another_delregion_is_refused",
    ),
    "names that lead elsewhere, look otherwise or are twins": (
        "exchange/test_container.py::test_a_name_outside_the_allowed_forms_is_refused_as_E06",
        "exchange/test_zip_ambiguities.py::test_no_file_that_two_unpackers_read_differently_is_read",
        "services/test_hostile_files.py::test_what_is_no_file",
    ),
    "two unpackers see different files (ZipDiff A1–C5)": (
        "exchange/test_zip_ambiguities.py::test_no_file_that_two_unpackers_read_differently_is_read",
        "exchange/test_zip_ambiguities.py::test_an_ordinary_unpacker_lists_files_of_each_class",
    ),
    "bombs": (
        "services/test_hostile_files.py::test_large_files_of_a_believed_sender",
        "tables/test_hostile_tables.py::test_a_text_far_over_the_limits_is_not_read_to_its_end",
        "tables/test_workbook.py::test_a_zip_bomb_is_refused_before_it_is_unpacked",
    ),
    "huge, deep, doubled, NaN JSON": (
        "exchange/test_evil_content.py::test_a_float_an_exponent_and_nan_are_no_numbers",
        "exchange/test_evil_content.py::test_every_field_of_the_statement_is_read_as_what_it_must_be",
        "exchange/test_refusals.py::test_a_statement_in_another_spelling_is_refused_as_E12",
    ),
    "a second spelling of a signature, keys of small order": (
        "exchange/test_refusals.py::test_a_signature_with_a_second_spelling_is_refused_as_E11",
        "exchange/test_wycheproof.py::test_a_signature_is_taken_exactly_when_wycheproof_says_that_it_is_valid",
        "exchange/test_wycheproof.py::test_a_weak_key_reaches_us_by_no_road",
    ),
    "a signature made for something else": (
        "exchange/test_refusals.py::test_a_second_signature_that_is_wrong_is_refused_as_E11_SSHSIG",
        "exchange/test_without_us.py::test_ssh_keygen_refuses_another_sender_and_another_purpose",
    ),
    "age files that cost too much, or for another receiver": (
        "exchange/test_age.py::test_what_would_cost_too_much_or_be_read_in_two_ways_is_refused_unopened",
        "exchange/test_age.py::test_the_receiver_and_nobody_else_reads_what_is_encrypted",
    ),
    "SQL, HTML, formulas, direction controls and formats in texts": (
        "exchange/test_evil_content.py::test_every_field_of_a_row_is_read_as_what_it_must_be",
        "services/test_evil_texts.py::test_a_text_that_steers_the_eye_is_warned_of_and_shown_with_boxes",
        "services/test_texts_out.py::test_a_question_workbook_computes_nothing",
        "ui/test_plain_text.py::test_a_tooltip_shows_markup_as_it_is_written",
        "ui/test_plain_text.py::test_pages_show_texts_as_they_are_written",
    ),
    "a malicious PDF, a renamed program": (
        "exchange/test_refusals.py::test_an_attachment_that_is_no_pdf_is_refused_as_E14",
        "services/test_attachments.py::test_windows_is_told_that_it_came_from_outside",
    ),
    "pipes, folders, devices, sparse files": (
        "exchange/test_files.py::test_a_pipe_a_device_and_a_link_are_refused_as_E01_without_being_opened",
        "exchange/test_files.py::test_a_huge_file_is_refused_as_E04_before_it_is_read",
        "services/test_hostile_files.py::test_what_is_no_file",
    ),
    "a hostile store": (
        "store/test_bad_files.py::test_a_bad_file_gives_a_sentence_and_stays_as_it_was",
        "store/test_backup.py::test_a_copy_that_is_not_wholly_ours_is_refused_and_everything_stays",
    ),
    "a newer format": (
        "exchange/test_refusals.py::test_another_type_version_or_kind_is_refused_as_E13",
        "exchange/test_refusals.py::test_a_field_of_a_newer_minor_version_is_a_warning",
    ),
    "a stolen computer": (
        "exchange/test_keys.py::test_a_key_opens_with_its_passphrase_only",
        "exchange/test_refusals.py::test_a_revoked_key_is_refused_as_E10_REVOKED",
    ),
    "somebody edits their own history": (
        "store/test_history.py::test_what_is_changed_past_the_triggers_is_found_at_its_number",
        "store/test_history.py::test_an_entry_is_neither_changed_removed_nor_replaced",
    ),
}


@pytest.mark.parametrize("threat", THREATS)
def test_every_threat_has_tests_that_mount_it(threat: str) -> None:
    for named in THREATS[threat]:
        path, _, test = named.partition("::")
        tree = ast.parse((TESTS / path).read_bytes())
        assert test in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, named


def test_every_code_that_a_file_can_be_refused_with_is_asserted_by_a_test() -> None:
    source = Path(messages.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'^    "([EW]\d\d[A-Z0-9-]*)": Sentence\(', source, re.MULTILINE))
    assert len(codes) > 30
    asserted = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("exchange", "services")
        for path in (TESTS / folder).glob("test_*.py")
        if path.name != "test_messages.py"
    )
    assert {code for code in codes if f'"{code}"' not in asserted} == set()
