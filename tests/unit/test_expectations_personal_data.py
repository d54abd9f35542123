"""What points at a person is recognised in every spelling, and never repeated."""

import pytest

from expectations.personal_data import PersonalData, echo, is_bsn, mask_personal_data, personal_data
from expectations.reading import read_delivery
from expectations.rules import Rule, make_finding

HEADER = "Indicator;Periode;Gebiedscode;Teller;Toelichting"
BSN = "111222333"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"cliënt {BSN} klaagde", PersonalData.BSN),
        (f"BSN{BSN}", PersonalData.BSN),
        ("111 222 333", PersonalData.BSN),
        ("111.222.333", PersonalData.BSN),
        ("1112.22.333", PersonalData.BSN),
        ("111-222-333", PersonalData.BSN),
        ("111\u00a0222\u00a0333", PersonalData.BSN),
        ("nr. 123456 111 222 333", PersonalData.BSN),
        ("123456782,987654321", PersonalData.BSN),
        ("bel j.jansen@voorbeeld.nl", PersonalData.CONTACT),
        ("06-12345678", PersonalData.CONTACT),
        ("058 - 234 56 78", PersonalData.CONTACT),
        ("(058) 2345678", PersonalData.CONTACT),
        ("+31 6 12 34 56 78", PersonalData.CONTACT),
        ("0031612345678", PersonalData.CONTACT),
        ("mw. De Vries, geb. 3-5-1941", PersonalData.BIRTH_DATE),
        ("geboren op 3 mei 2021", PersonalData.BIRTH_DATE),
        ("geboortedatum: 1941-05-03", PersonalData.BIRTH_DATE),
        ("3 mei 1941", PersonalData.BIRTH_DATE),
        ("03/05/1941", PersonalData.BIRTH_DATE),
    ],
)
def test_personal_data_is_recognised_and_masked(text: str, kind: PersonalData) -> None:
    assert list(personal_data(text)) == [kind]
    masked = mask_personal_data(text)
    assert masked != text
    assert not personal_data(masked)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "112223334",
        "000000000",
        "1112223330",
        "1.111.222.333",
        "1 1 1 2 2 2 3 3 3",
        "111 22.2333",
        "WK008001, GM0080 en 312 van 2400",
        "gebied 3-5-2025 ontvangen",
        "levering van 1-10-2025 t/m 31-12-2025",
        "0,123456789",
        "0080 123456",
        "pagina 12 @ 3",
        "2025Q4",
    ],
)
def test_plain_figures_are_not_personal(text: str) -> None:
    assert not personal_data(text)
    assert mask_personal_data(text) == text


def test_a_bsn_shows_its_last_two_digits() -> None:
    assert is_bsn(BSN)
    assert mask_personal_data(f"cliënt {BSN}.") == "cliënt •••••••33."


def test_a_long_text_is_cut_without_showing_half_a_number() -> None:
    for before in range(1_880, 2_010):
        shown = echo("x" * before + f" {BSN} " + "y" * 200)
        assert "11122" not in shown
        assert len(shown) <= 2_000


@pytest.mark.parametrize("text", ["1 " * 15_000, "a@" * 15_000, "geb " * 15_000, f"{BSN} " * 5_000, "0" * 100_000])
def test_a_hostile_text_takes_no_time(text: str) -> None:
    assert mask_personal_data(text)


def test_a_finding_repeats_no_bsn() -> None:
    found = make_finding(Rule.HEADER_UNKNOWN, row=1, column=f"Naam {BSN}", value=BSN)
    assert BSN not in found.model_dump_json()
    told = make_finding(Rule.HEADER_ABSENT, first_line=f"PRE02;{BSN}", expected="Indicator")
    assert "•••••••33" in told.message


def test_the_explanation_is_looked_at_and_counts_are_not() -> None:
    rows = [
        f"PRE02;2025Q4;GM0080;{BSN};x",
        f"PRE02;2025Q4;GM0080;5;{BSN}",
        "PRE02;2025Q4;GM0080;5;a@b.nl of 06-12345678",
    ]
    file = read_delivery("\n".join([HEADER, *rows]).encode())
    assert [(found.rule, found.row, found.column) for found in file.findings] == [
        ("privacy.bsn", 3, "Toelichting"),
        ("privacy.contactgegevens", 4, "Toelichting"),
    ]
    assert file.findings[0].value == "•••••••33"
    assert "quarantaine" in file.findings[0].message
    assert "wissen" in file.findings[0].remedy
    assert file.has_personal_data


def test_an_e_mail_address_alone_is_only_a_warning() -> None:
    file = read_delivery(f"{HEADER}\nPRE02;2025Q4;GM0080;5;a@b.nl, geb. 3-5-1941\n".encode())
    assert [found.rule for found in file.findings] == ["privacy.contactgegevens", "privacy.geboortedatum"]
    assert not file.has_personal_data


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER};BSN\nPRE02;2025Q4;GM0080;5;;{BSN}\n",
        f"{HEADER}\nPRE02;2025Q4;GM0080;5;zie mail; cliënt {BSN}\n",
        f"{HEADER};BSN\nPRE02;2025Q4;GM0080;5;'';\"{BSN}\"\n",
        f"{HEADER};\nPRE02;2025Q4;GM0080;5;;{BSN}\n",
        f"Contact: {BSN}\n{HEADER}\nPRE02;2025Q4;GM0080;5;\n",
        f"PRE02;2025Q4;GM0080;5;{BSN}\n",
        f"{HEADER.replace('Teller', 'Tel')}\nPRE02;2025Q4;GM0080;5;{BSN}\n",
    ],
)
def test_a_bsn_is_found_wherever_people_write_and_never_repeated(content: str) -> None:
    file = read_delivery(content.encode())
    assert file.has_personal_data
    assert "privacy.bsn" in [found.rule for found in file.findings]
    told = " ".join([*(found.model_dump_json() for found in file.findings), *file.normalisations])
    assert BSN not in told


def test_a_million_findings_are_counted_and_not_listed() -> None:
    rows = [f"PRE02;2025Q4;GM0080;5;{BSN}"] * 3_000
    file = read_delivery("\n".join([HEADER, *rows]).encode())
    assert len(file.findings) == 1_000
    assert file.unlisted == (("privacy.bsn", "Toelichting", 2_000),)
