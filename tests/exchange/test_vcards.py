"""Contact cards of many programs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from app.exchange.reading import open_table
from app.exchange.tables import UnreadableFile
from app.exchange.vcards import COLUMNS
from tests.exchange.shared import refusal, shared, table


def people(text: str | bytes) -> list[dict[str, str]]:
    """The people of a card file, without empty cells."""
    return [
        {field: cell for field, cell in zip(COLUMNS, cells, strict=True) if cell}
        for _, cells in table(text, "made.vcf").rows()
    ]


def card(*lines: str, version: str = "3.0") -> str:
    """A card with these properties."""
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def test_the_properties_that_matter_are_taken():
    text = card(
        "UID:urn:uuid:4fbe8971",
        "FN:Li Wei",
        r"ORG:Acme\, Inc;Finance;Treasury",
        "TITLE:CFO",
        "EMAIL;TYPE=WORK:li@example.com",
        "TEL;TYPE=CELL:+86 138",
        r"NOTE:one\ntwo\; three",
        "BDAY:1980-03-22",
    )

    assert people(text) == [
        {
            "external_id": "4fbe8971",
            "account": "Acme, Inc",
            "name": "Li Wei",
            "title": "CFO",
            "department": "Finance / Treasury",
            "email": "li@example.com",
            "phone": "+86 138",
            "notes": "one\ntwo; three",
        }
    ]


def test_work_comes_before_home_and_a_fax_is_no_telephone():
    text = card(
        "FN:Li Wei",
        "TEL;TYPE=HOME:1",
        "TEL;TYPE=WORK,FAX:2",
        "TEL;TYPE=WORK,VOICE:3",
        "EMAIL;TYPE=HOME;PREF=1:home@example.com",
        "EMAIL;TYPE=WORK:work@example.com",
    )

    assert people(text) == [{"name": "Li Wei", "phone": "3", "email": "work@example.com"}]


def test_a_private_number_serves_for_want_of_another_only():
    assert people(card("FN:Ada", "TEL;TYPE=HOME:1", "TEL:2")) == [{"name": "Ada", "phone": "2"}]
    assert people(card("FN:Ada", "TEL;TYPE=HOME:1")) == [{"name": "Ada", "phone": "1"}]


def test_folded_lines_and_doubled_carriage_returns_are_joined():
    text = "BEGIN:VCARD\r\r\nVERSION:3.0\r\r\nFN:Li\r\r\n  Wei\r\r\nEND:VCARD\r\r\n"

    assert people(text) == [{"name": "Li Wei"}]


def test_quoted_printable_is_read_in_its_character_set():
    text = card(
        "N;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=CD=F5;=CE=B0",
        "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=8D=8F=E5=92=8C=E5=8C=BB=",
        "=E9=99=A2",
        version="2.1",
    )

    assert people(text) == [{"account": "协和医院", "name": "王伟"}]


def test_a_card_in_gb_18030_is_read():
    assert people(card("FN:王伟", "ORG:协和医院").encode("gb18030"))[0]["name"] == "王伟"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (card("TEL:123"), "has no name"),
        (card("ORG:Acme"), "a company"),
        (card("FN:Acme", "ORG:Acme", "X-ABShowAs:COMPANY"), "a company"),
        (card("FN:Team", "KIND:group", version="4.0"), "a group"),
        ("BEGIN:VCARD\nFN:Li Wei\n", "cut off"),
    ],
)
def test_a_card_of_no_person_is_left_out_and_told(text, words):
    opened = table(card("FN:Ada") + text, "cards.vcf")

    assert [number for number, _ in opened.rows()] == [1]
    assert [odd.number for odd in opened.odd_rows] == [2]
    assert words in str(opened.odd_rows[0].reason)
    assert "cards.vcf, line 5" in str(opened.odd_rows[0].reason)


def test_a_card_that_is_cut_off_does_not_swallow_the_next():
    text = "BEGIN:VCARD\nFN:Li Wei\n" + card("FN:Ada")

    assert people(text) == [{"name": "Ada"}]


def test_a_folder_without_cards_is_refused(tmp_path: Path):
    with pytest.raises(UnreadableFile, match="no contact cards"):
        open_table(tmp_path)


def zipped(**members: bytes) -> bytes:
    """A zip of files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in members.items():
            made.writestr(f"contacts/{name}.vcf", content)
    return stream.getvalue()


def test_a_zip_of_cards_is_read_each_in_its_own_encoding():
    content = zipped(
        a=card("FN:王伟").encode("gb18030"), b=card("FN:Zoë").encode(), c=b"", d=card().encode()
    )

    opened = table(content, "contacts.zip")

    assert [cells[2] for _, cells in opened.rows()] == ["王伟", "Zoë"]
    assert "d.vcf, line 1" in str(opened.odd_rows[0].reason)


def test_a_zip_of_cards_that_is_damaged_or_too_large_is_refused(monkeypatch):
    content = zipped(a=card("FN:Ada").encode())
    damaged = content.replace(b"FN:Ada", b"FN:Bob")

    assert "a.vcf in the zip is damaged" in refusal(damaged, filename="contacts.zip")
    monkeypatch.setattr("app.exchange.card_files.MOST_UNPACKED", 10)
    assert "unpacks to too much" in refusal(content, filename="contacts.zip")


def test_noise_between_the_lines_is_borne():
    text = card("FN:Ada", "no colon here", ":", 'X;Y="a:b;c":z', "PHOTO;BASE64:", "  /9j/4AAQ", "")

    assert people(text) == [{"name": "Ada"}]


FILES = {
    "John_Doe_BLACK_BERRY.vcf": ("John Doe", "Acme Solutions", "+96123456789"),
    "John_Doe_EVOLUTION.vcf": ("Mr. John Richter, James Doe Sr.", "IBM", "905-555-1234"),
    "John_Doe_GMAIL.vcf": ("Mr. John Richter, James Doe Sr.", "IBM", "905-555-1234"),
    "John_Doe_IPHONE.vcf": ("Mr. John Richter James Doe Sr.", "IBM", "905-777-1234"),
    "John_Doe_MAC_ADDRESS_BOOK.vcf": ("Mr. John Richter,James Doe Sr.", "IBM", "905-777-1234"),
    "John_Doe_MS_OUTLOOK.vcf": ("Mr. John Richter James Doe Sr.", "IBM", "(905) 555-1234"),
    "fullcontact.vcf": ("Prefix FirstName MiddleName LastName Suffix", "Organization1",
                        "555-555-1112"),
    "gmail-single.vcf": ("Greg Dartmouth", "TheCompany", "555 555 1111"),
    "gmail-single2.vcf": ("VCard Test", "TheCompany", "5555551113"),
    "outlook-2003.vcf": ("John Doe III", "Company, The", ""),
    "rfc2426-example.vcf": ("Frank Dawson", "Lotus Development Corporation", "+1-919-676-9515"),
    "rfc6350-example.vcf": ("Simon Perreault", "Viagenie", "+1-418-656-9254 ext. 102"),
    "thunderbird-MoreFunctionsForAddressBook-extension.vcf": ("John Doe", "TheOrganization",
                                                              "555-555-1111"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_the_cards_of_every_program_are_read(name):
    content = shared("crm_formats", "vcard", name).read_bytes()

    with open_table(io.BytesIO(content), filename=name) as opened:
        first = dict(zip(COLUMNS, next(opened.rows())[1], strict=True))

    assert (first["name"], first["account"], first["phone"]) == FILES[name]


def test_a_folder_of_cards_is_read_whole():
    with open_table(shared("crm_formats", "vcard")) as opened:
        names = [cells[2] for _, cells in opened.rows()]

    assert len(names) == 17  # grep -ci begin:vcard *.vcf
    assert opened.odd_rows == []
