"""What the PDF of a letter tells someone who cannot see it, and where its words stand for someone who folds it."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from vliegwiel.catalogue.letters import letter_texts
from vliegwiel.foundation.papers.drafts import Heading, Items, LetterDraft, Recipient, Table, Text
from vliegwiel.foundation.papers.tests import reading
from vliegwiel.foundation.papers.tests.given import a_grant
from vliegwiel.foundation.papers.typeset import Letterhead, pages_of, render_pdf

HEAD = Letterhead(
    "Provincie Verzonnenland",
    return_line="Postbus 0, 0000 AA Verzonnenstad",
    contact=(("Vragen?", "loketleefbaarheid@provincieverzonnenland.invalid"), ("Telefoon", "000 000 00 00")),
    foot="Provincie Verzonnenland",
    made_up=True,
)
MILLIMETRE = 72 / 25.4


def long_grant(rows: int = 60) -> LetterDraft:
    """A letter of several pages, with a table that goes over the edge of a page, steps and a very long word."""
    table = Table(
        "Alle kosten", ("Post", "Gevraagd", "U krijgt"), tuple((f"Post {n}", "€ 1,00", "€ 0,50") for n in range(rows)), (1, 2)
    )
    more = (Heading("Wat wij bekeken"), Text("Eerst dit.\n\nDaarna dat."), Items(("Eén", "Twee"), numbered=True), table)
    return replace(
        a_grant(), blocks=(*a_grant().blocks, *more), subject="Leefbaarheidsalliantiebijeenkomstvoorbereidingscommissie"
    )


def test_the_pdf_says_its_title_language_and_author_and_is_tagged() -> None:
    reader = PdfReader(BytesIO(render_pdf(a_grant(), HEAD)))
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Besluit: u krijgt subsidie"
    assert reader.metadata.author == "Provincie Verzonnenland"
    assert root["/Lang"] == "nl-NL"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_it_says_by_which_standards_it_was_made_and_keeps_its_typefaces_inside() -> None:
    reader = PdfReader(BytesIO(render_pdf(a_grant(), HEAD)))
    about = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert "<pdfaid:part>2</pdfaid:part>" in about
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    for font in fonts:
        assert {"/FontFile2", "/FontFile3"} & set(font["/DescendantFonts"][0]["/FontDescriptor"])


@pytest.mark.parametrize("draft", [a_grant(), long_grant()], ids=["short", "long"])
def test_everything_on_the_page_is_read_aloud_or_is_decoration(draft: LetterDraft) -> None:
    assert reading.loose_text(render_pdf(draft, HEAD)) == []


@pytest.mark.parametrize("draft", [a_grant(), long_grant()], ids=["short", "long"])
def test_a_screen_reader_hears_the_letter_in_the_order_in_which_one_reads_it(draft: LetterDraft) -> None:
    said = reading.words(render_pdf(draft, HEAD))
    order = [
        "VERZONNEN VOORBEELD",
        "Provincie Verzonnenland",
        "Postbus 0",
        "Stichting Dorpshuis Denkbeeldig t.a.v. V. Zonnen Luchtstraat 12 0000 AB Nergensdam",
        "Datum 16 maart 2026",
        "Ons kenmerk 2026-000123",
        "Telefoon 000 000 00 00",
        "Besluit: u krijgt subsidie",
        "In het kort U krijgt € 24.000",
        "Reageren kan tot en met 28 april 2026",
        "Geachte heer of mevrouw,",
        "Ons besluit Wij geven u",
        "Waarvoor u het geld krijgt Kosten Bedrag Keuken € 10.000,00 Dak € 14.000,00",
        "Wanneer krijgt u het geld?",
        "• Begin binnen een jaar. • Vertel ons",
        "Waarom besluiten wij dit? Uw plan helpt het dorp.",
        "Bent u het er niet mee eens? Bent u het niet eens met dit besluit?",
        "Met vriendelijke groet, Gedeputeerde Staten van Verzonnenland namens dezen V. Zonnen",
    ]
    places = [said.find(part.replace("\u00a0", " ")) for part in order]
    plain = said.replace("\u00a0", " ")
    places = [plain.find(part) for part in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_one_title_and_headings_of_one_level_without_a_gap() -> None:
    kinds = [tag.kind for tag in reading.read_aloud(render_pdf(long_grant(), HEAD))]
    assert kinds.count("Title") == 1
    assert {kind for kind in kinds if kind.startswith("H")} == {"H1"}
    assert kinds.index("Title") < kinds.index("H1") < kinds.index("Table")


def test_a_table_has_a_caption_and_column_heads_that_each_cell_names() -> None:
    tags = reading.read_aloud(render_pdf(long_grant(3), HEAD))
    heads = [tag for tag in tags if tag.kind == "TH"]
    cells = [tag for tag in tags if tag.kind == "TD"]
    assert [tag.kind for tag in tags].count("Caption") == 2
    assert len(heads) == 2 + 3
    assert {tag.attributes["/Scope"] for tag in heads} == {"/Column"}
    assert len(cells) == 2 * 2 + 3 * 3
    assert all(len(tag.attributes["/Headers"]) == 1 for tag in cells)


def test_a_list_is_a_list_and_steps_have_their_numbers() -> None:
    tags = reading.read_aloud(render_pdf(long_grant(), HEAD))
    numbering = [tag.attributes.get("/ListNumbering") for tag in tags if tag.kind == "L"]
    assert numbering[:2] == ["/None", "/None"]
    assert set(numbering[2:]) == {"/Circle", "/Decimal"}


def test_the_head_of_a_table_is_repeated_on_the_next_page() -> None:
    pages = PdfReader(BytesIO(render_pdf(long_grant(), HEAD))).pages
    assert len(pages) > 2
    assert sum("Gevraagd" in page.extract_text() for page in pages) >= 2


def test_a_logo_is_named_for_who_does_not_see_it() -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="teal"/></svg>'
    figures = [tag for tag in reading.read_aloud(render_pdf(a_grant(), replace(HEAD, logo=logo))) if tag.kind == "Figure"]
    assert len(figures) == 1
    root = PdfReader(BytesIO(render_pdf(a_grant(), replace(HEAD, logo=logo)))).trailer["/Root"]["/StructTreeRoot"]
    assert "Provincie Verzonnenland" in str(_alternatives(root["/K"]))


def _alternatives(node: object) -> list[str]:
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        return [text for item in found for text in _alternatives(item)]
    if not isinstance(found, dict):
        return []
    return ([str(found["/Alt"])] if "/Alt" in found else []) + _alternatives(found.get("/K", []))


def _lines(pdf: bytes) -> list[tuple[str, float, float, float, float]]:
    """The pieces of text of the first page: text, left, top, right, bottom in millimetres from the top left corner."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text = page.get_textpage()
    high = page.get_height()
    found = []
    for place in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(place)
        words = text.get_text_bounded(left, bottom, right, top)
        edges = (left, high - top, right, high - bottom)
        found.append((words, *(edge / MILLIMETRE for edge in edges)))
    text.close()
    page.close()
    document.close()
    return found


def test_an_address_of_six_lines_and_nothing_else_stands_behind_the_window() -> None:
    address = (
        "Stichting Dorpshuis Denkbeeldig",
        "t.a.v. mevrouw V. Zonnen",
        "Gebouw 3",
        "Luchtstraat 12",
        "0000 AB Nergensdam",
        "LUCHTLAND",
    )
    draft = replace(
        a_grant(), recipient=Recipient(address), subject="Een lang onderwerp dat over meer regels moet omdat het niet past"
    )
    inside = [
        words for words, left, top, right, bottom in _lines(render_pdf(draft, HEAD)) if top < 95 and bottom > 48 and left < 105
    ]
    assert inside == [HEAD.return_line, *address]
    for words, left, top, right, bottom in _lines(render_pdf(draft, HEAD)):
        if words in address:
            assert left >= 24, words
            assert right <= 105, words
            assert top >= 50, words
            assert bottom <= 90, words


def test_it_is_a4_and_no_word_stands_in_the_margin() -> None:
    document = pypdfium2.PdfDocument(render_pdf(long_grant(), HEAD))
    assert {tuple(round(edge / MILLIMETRE) for edge in document.get_page_size(place)) for place in range(len(document))} == {
        (210, 297)
    }
    picture: Image.Image = document[0].render(scale=1).to_pil().convert("L")
    wide, high = picture.size
    edge = round(9 * MILLIMETRE)
    for strip in ((0, 0, edge, high), (wide - edge, 0, wide, high), (0, 0, wide, edge), (0, high - edge, wide, high)):
        assert picture.crop(strip).getextrema() == (255, 255)
    document.close()


def test_what_one_can_do_and_who_signs_stay_together_on_a_page() -> None:
    for lines in range(0, 30, 3):
        draft = replace(a_grant(), motivation="\n".join(["Dit is een regel van de uitleg."] * (lines + 1)))
        pages = [page.extract_text() for page in PdfReader(BytesIO(render_pdf(draft, HEAD))).pages]
        last = pages[-1]
        assert "niet eens met dit besluit" in last
        assert "voorlopige voorziening" in last
        assert "V. Zonnen" in last


def test_every_kind_of_letter_can_be_set() -> None:
    for kind in letter_texts():
        assert render_pdf(replace(a_grant(), kind=kind)).startswith(b"%PDF-")


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert render_pdf(long_grant(), HEAD) == render_pdf(long_grant(), HEAD)


def test_no_word_of_a_letter_can_act_as_markup() -> None:
    odd = replace(a_grant(), title='#panic("x") $a$ *b* <label> @c', motivation='#import "/etc/passwd" [x] `y`')
    reader = PdfReader(BytesIO(render_pdf(odd)))
    assert reader.metadata is not None
    assert reader.metadata.title == odd.title
    assert "#import" in "".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("rows", [1, 60, 200])
def test_its_pages_are_counted_as_a_reader_counts_them(rows: int) -> None:
    pdf = render_pdf(long_grant(rows), HEAD)
    assert pages_of(pdf) == len(PdfReader(BytesIO(pdf)).pages)


def test_a_letter_without_a_date_is_not_set() -> None:
    with pytest.raises(ValueError, match="date"):
        render_pdf(replace(a_grant(), date=None))


def test_what_is_made_up_says_so_on_each_page() -> None:
    pages = PdfReader(BytesIO(render_pdf(long_grant(), HEAD))).pages
    assert len(pages) > 1
    assert all("VERZONNEN VOORBEELD" in page.extract_text() for page in pages)
