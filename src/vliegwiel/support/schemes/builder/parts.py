"""The parts of a regulation as forms: which values stand in which form, in the order in which an officer goes through them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from vliegwiel.catalogue.reader import themes
from vliegwiel.support.schemes.builder.columns import Column
from vliegwiel.support.schemes.builder.kinds import FACT_KINDS, PHASE_KINDS, QUESTION_KINDS, SHORTAGE_KINDS
from vliegwiel.support.schemes.models import Method


@dataclass(frozen=True)
class Part:
    """A form: `fields` of the document itself, and `columns` of the rows of the list at `rows`. `named` is the column from which a new
    row gets its key in `key` ("" for rows without one), with `dash` between words. `blocks` are parts that go away when their first
    field is empty."""

    slug: str
    title: str | Promise
    intro: str | Promise
    fields: tuple[Column, ...] = ()
    rows: str = ""
    columns: tuple[Column, ...] = ()
    named: str = ""
    key: str = "key"
    dash: str = "-"
    new_rows: int = 1
    row_name: str | Promise = ""
    blocks: tuple[tuple[str, str], ...] = ()
    optional_list: bool = True


PARTS: tuple[Part, ...] = (
    Part(
        "naam",
        _("Naam en doel"),
        _("Dit leest een inwoner het eerst. Schrijf kort en in gewone woorden."),
        fields=(
            Column("title", _("Hoe heet de regeling?"), needed=True),
            Column("summary", _("Waarvoor is het geld?"), "area", _("Een of twee zinnen.")),
            Column("for_whom", _("Wie kan aanvragen?"), hint=_("Bijvoorbeeld: groepen inwoners, verenigingen en stichtingen.")),
            Column(
                "themes", _("Waar gaat het over?"), "many", choices=tuple((item.key, item.name) for item in themes().values())
            ),
            Column("inclusion", _("Vraag ook de korte stap: wie kan meedoen, wie ontbreekt? Zonder punten."), "flag"),
            Column("handled_by.name", _("Wie behandelt de aanvragen, als dat niet de provincie is?")),
            Column("handled_by.note", _("Wat moet een aanvrager dan weten?")),
            Column("handled_by.address", _("Adres waar iemand dan aanvraagt"), hint=_("Begint met https://")),
        ),
        blocks=(("handled_by", "name"),),
    ),
    Part(
        "bedragen",
        _("Bedragen"),
        _("De eerste regel die past, telt. De grenzen horen erbij."),
        fields=(
            Column("amounts.asked", _("Welke vraag is het gevraagde bedrag?"), "choice", needed=True),
            Column("amounts.costs", _("Welke vraag zijn de kosten?"), "choice", needed=True),
            Column("amounts.article", _("Artikel"), needed=True),
        ),
        rows="amounts.tables",
        columns=(
            Column("most", _("Hoogste bedrag in euro’s"), "euros", needed=True),
            Column("least", _("Laagste bedrag in euro’s"), "euros"),
            Column("share", _("Hoogste deel van de kosten, in procenten"), "share"),
            Column("if", _("Alleen als"), "condition"),
        ),
        key="",
        row_name=_("Bedrag"),
        optional_list=False,
    ),
    Part(
        "vragen",
        _("Vragen van de check"),
        _("Met deze vragen ziet iemand zelf of een plan past. Vraag alleen wat een voorwaarde of een bedrag nodig heeft."),
        rows="facts",
        columns=(
            Column("question", _("De vraag"), needed=True),
            Column("type", _("Het antwoord is"), "choice", choices=FACT_KINDS, needed=True),
            Column("options", _("De antwoorden, bij een keuze"), "options", _("Elk antwoord op een eigen regel.")),
            Column("help", _("Uitleg bij de vraag")),
            Column("block", _("Samen op een scherm met"), hint=_("Vragen met dezelfde naam staan bij elkaar.")),
            Column("purpose", _("Waarom vragen we dit?")),
            Column("basis", _("Verplicht op grond van"), hint=_("Leeg: iemand mag het voor zich houden.")),
            Column("show_if", _("Alleen vragen als"), "condition"),
            Column("phases", _("Alleen in deze fasen van een crisis"), "many", choices=PHASE_KINDS),
        ),
        named="question",
        dash="_",
        row_name=_("Vraag"),
    ),
    Part(
        "voorwaarden",
        _("Voorwaarden"),
        _("Elke voorwaarde kijkt naar een vraag. Is niet eraan voldaan, dan leest de aanvrager wat u hier schrijft."),
        rows="rules",
        columns=(
            Column("when", _("Er is aan voldaan als"), "condition", needed=True),
            Column(
                "otherwise",
                _("Wat leest iemand als het niet zo is?"),
                "area",
                _("Schrijf ook wat iemand dan kan doen."),
                needed=True,
            ),
            Column("met", _("Wat leest iemand als het wel zo is?")),
            Column("article", _("Artikel"), needed=True),
            Column("discretion", _("Een mens beslist hierover, nooit de computer"), "flag"),
            Column("only_if", _("Deze voorwaarde geldt alleen als"), "condition"),
            Column("phases", _("Alleen in deze fasen van een crisis"), "many", choices=PHASE_KINDS),
        ),
        named="otherwise",
        key="code",
        row_name=_("Voorwaarde"),
        optional_list=False,
    ),
    Part(
        "aanvraag",
        _("Vragen van de aanvraag"),
        _("Wat u na de check nog wilt weten. Hoe minder, hoe meer mensen het afmaken."),
        rows="questions",
        columns=(
            Column("question", _("De vraag"), needed=True),
            Column("type", _("Het antwoord is"), "choice", choices=QUESTION_KINDS, needed=True),
            Column("options", _("De antwoorden, bij een keuze"), "options", _("Elk antwoord op een eigen regel.")),
            Column("hint", _("Uitleg bij de vraag")),
            Column("block", _("Op het scherm met de naam")),
            Column("required", _("Hier is een antwoord nodig"), "flag", usual=True),
            Column("purpose", _("Waarom vragen we dit?")),
            Column("basis", _("Verplicht op grond van"), hint=_("Leeg: iemand mag het voor zich houden.")),
            Column("show_if", _("Alleen vragen als"), "condition"),
            Column("phases", _("Alleen in deze fasen van een crisis"), "many", choices=PHASE_KINDS),
        ),
        named="question",
        dash="_",
        row_name=_("Vraag"),
    ),
    Part(
        "documenten",
        _("Documenten"),
        _("Wat iemand meestuurt. Onder € 5.000 ten hoogste een."),
        rows="documents",
        columns=(
            Column("name", _("Welk document?"), needed=True),
            Column("hint", _("Uitleg")),
            Column("required", _("Zonder dit document is de aanvraag niet compleet"), "flag", usual=True),
            Column("affects_scores", _("Telt mee voor de punten: aanvullen na de laatste dag mag niet"), "flag"),
            Column("confidential", _("Vertrouwelijk"), "flag"),
        ),
        named="name",
        row_name=_("Document"),
    ),
    Part(
        "punten",
        _("Verdelen en punten"),
        _("Hoe het geld verdeeld mag worden, en waarop een tender punten geeft. De gewichten zijn samen 100."),
        fields=(
            Column("dividing.methods", _("Zo mag het geld verdeeld worden"), "many", choices=tuple(Method.choices)),
            Column("dividing.article", _("Artikel")),
            Column(
                "dividing.shortage",
                _("Als een aanvraag niet meer past onder het plafond"),
                "choice",
                _("Kiest u niets? Dan is het geld op."),
                choices=SHORTAGE_KINDS,
            ),
            Column("dividing.partial", _("De eerste die niet past, krijgt wat er over is"), "flag"),
            Column("dividing.smallest", _("Het kleinste deel dat nog kan, in euro’s"), "euros"),
            Column(
                "dividing.ties", _("Bij een gelijk cijfer beslist eerst"), "many", _("Kies uit de criteria die al zijn bewaard.")
            ),
            Column("minimum_total", _("Laagste gewogen cijfer dat genoeg is"), "score", _("Van 0 tot en met 10.")),
            Column("assessors", _("Hoeveel mensen beoordelen een plan?"), "whole"),
        ),
        rows="criteria",
        columns=(
            Column("name", _("Waar geven we punten voor?"), needed=True),
            Column("weight", _("Gewicht in procenten"), "share", needed=True),
            Column("minimum", _("Laagste cijfer dat genoeg is"), "score"),
            Column("hint", _("Waar let een beoordelaar op?")),
        ),
        named="name",
        row_name=_("Criterium"),
        blocks=(("dividing", "methods"),),
    ),
    Part(
        "verantwoorden",
        _("Verantwoorden"),
        _("Wat de ontvanger later laat zien. Elk bedrag hoort bij precies een regel: van (dat bedrag hoort erbij) tot onder."),
        fields=(
            Column("determined_at_once_below", _("Meteen vaststellen onder dit bedrag, in euro’s"), "euros"),
            Column("two_signatures_from", _("Twee handtekeningen vanaf dit bedrag, in euro’s"), "euros"),
            Column("volunteer_hour", _("Een uur van een vrijwilliger telt voor, in euro’s"), "euros"),
        ),
        rows="arrangements",
        columns=(
            Column(
                "key",
                _("Hoe"),
                "choice",
                choices=(
                    ("nothing_asked", _("niets")),
                    ("completion_note", _("een kort bericht")),
                    ("activity_report", _("een verslag van de activiteiten")),
                    ("cost_report", _("een verslag van de kosten")),
                ),
                needed=True,
            ),
            Column("name", _("Wat leest de ontvanger?"), needed=True),
            Column("from", _("Van, in euro’s"), "euros"),
            Column("below", _("Tot onder, in euro’s"), "euros"),
            Column("article", _("Artikel"), needed=True),
            Column(
                "settled",
                _("Vaststellen"),
                "choice",
                choices=(("at_once", _("meteen")), ("ex_officio", _("zonder aanvraag")), ("on_application", _("op aanvraag"))),
            ),
            Column("report_weeks", _("Binnen hoeveel weken na het einde?"), "whole"),
            Column("decision_weeks", _("Binnen hoeveel weken stellen we vast?"), "whole"),
        ),
        key="",
        row_name=_("Regel"),
    ),
    Part(
        "voorschot",
        _("Voorschot"),
        _("De eerste regel die past, telt. De laatste heeft geen grens."),
        rows="advance",
        columns=(
            Column("share", _("Deel dat we vooraf betalen, in procenten"), "share", needed=True),
            Column("below", _("Voor bedragen onder, in euro’s"), "euros"),
        ),
        key="",
        row_name=_("Regel"),
    ),
    Part(
        "plichten",
        _("Verplichtingen"),
        _("Wat de ontvanger moet doen. Elke verplichting rust op een artikel."),
        rows="obligations",
        columns=(
            Column("text", _("Wat moet de ontvanger doen?"), "area", needed=True),
            Column(
                "basis",
                _("Grond"),
                "choice",
                choices=(
                    ("4:37", _("Awb 4:37, altijd mogelijk")),
                    ("4:38", _("Awb 4:38, voor het doel van de subsidie")),
                    ("4:39", _("Awb 4:39, niet voor het doel")),
                    ("own", _("een eigen artikel")),
                ),
                needed=True,
            ),
            Column("article", _("Artikel")),
            Column("weeks_after_end", _("Binnen hoeveel weken na het einde?"), "whole"),
        ),
        named="text",
        row_name=_("Verplichting"),
    ),
    Part(
        "gronden",
        _("Weigeren"),
        _("Eigen gronden om te weigeren, naast die van de wet."),
        rows="grounds",
        columns=(Column("text", _("De grond"), "area", needed=True), Column("article", _("Artikel"), needed=True)),
        named="text",
        row_name=_("Grond"),
    ),
    Part(
        "termijnen",
        _("Termijnen en wet"),
        _("Binnen welke tijd u beslist, en waarop de regeling rust."),
        fields=(
            Column("in_force", _("Eerste dag dat deze versie geldt"), "day", needed=True),
            Column("lapsed", _("Eerste dag dat zij niet meer geldt"), "day"),
            Column("transitional", _("Wat geldt voor oude aanvragen?"), "area", needed=True),
            Column("changed_because", _("Waarom komt deze versie er?")),
            Column("legal_basis.name", _("Naam van de verordening of regels"), needed=True),
            Column("legal_basis.verified", _("Iemand keek de artikelnummers na"), "flag"),
            Column(
                "awb_title_4_2.applies",
                _("Geldt titel 4.2 van de Awb?"),
                "choice",
                _("Vragen alleen overheden aan, dan geldt zij niet vanzelf (4:21)."),
                (("by_law", _("ja, door de wet")), ("declared_by", _("ja, een artikel zegt dat")), ("no", _("nee"))),
                needed=True,
            ),
            Column("awb_title_4_2.article", _("Artikel dat titel 4.2 laat gelden")),
            Column("term.weeks", _("Binnen hoeveel weken beslist u?"), "whole", _("Leeg: acht weken (Awb 4:13).")),
            Column(
                "term.source",
                _("Waar staat die termijn?"),
                "choice",
                choices=(
                    ("verordening", _("verordening")),
                    ("wet", _("wet")),
                    ("amvb", _("amvb")),
                    ("beschikking", _("beschikking")),
                ),
            ),
            Column(
                "term.from",
                _("Vanaf wanneer?"),
                "choice",
                choices=(("receipt", _("ontvangst")), ("completeness", _("compleet")), ("closing", _("sluiting"))),
            ),
            Column("term.outside_advice_weeks", _("Weken als anderen adviseren"), "whole"),
            Column("term.article", _("Artikel van de termijn")),
            Column("completion.weeks", _("Weken om aan te vullen"), "whole", _("Leeg: twee weken.")),
            Column(
                "consent.silence",
                _("De gemeente antwoordt niet op tijd"),
                "choice",
                _("Leeg: de gemeente wordt niet gevraagd."),
                (
                    ("agrees", _("dan stemt zij in")),
                    ("does_not_agree", _("dan stemt zij niet in")),
                    ("for_a_person", _("dan weegt een medewerker dat")),
                ),
            ),
            Column("consent.term_weeks", _("Weken voor de gemeente"), "whole"),
            Column("consent.refuses", _("“Stemt niet in” is een grond om te weigeren"), "flag"),
            Column("consent.article", _("Artikel over de gemeente")),
            Column(
                "again.effect",
                _("Een tweede aanvraag voor hetzelfde"),
                "choice",
                choices=(("warn", _("waarschuwen")), ("refuse", _("weigeren"))),
            ),
            Column("again.article", _("Artikel over een tweede aanvraag")),
            Column("follow_funder.article", _("Artikel om de vaststelling van een grotere financier te volgen")),
            Column(
                "state_aid.usual",
                _("Staatssteun: wat is gewoon?"),
                "choice",
                choices=(
                    ("no_aid", _("geen steun")),
                    ("de_minimis", _("de-minimis")),
                    ("daeb_de_minimis", _("DAEB-de-minimis")),
                    ("block_exemption", _("groepsvrijstelling")),
                    ("daeb_decision", _("DAEB-besluit")),
                ),
            ),
            Column("state_aid.why", _("Waarom?")),
        ),
        blocks=(
            ("term", "weeks"),
            ("completion", "weeks"),
            ("consent", "silence"),
            ("again", "effect"),
            ("follow_funder", "article"),
            ("state_aid", "usual"),
        ),
    ),
    Part(
        "teksten",
        _("Teksten en kosten"),
        _("Zinnen voor brieven, en welke kosten meetellen."),
        fields=(
            Column("texts.granted", _("Als iemand geld krijgt"), "area"),
            Column("texts.refused", _("Als iemand geen geld krijgt"), "area"),
            Column("cost_kinds.allowed", _("Kosten die meetellen"), "list", _("Met een komma ertussen.")),
            Column("cost_kinds.excluded", _("Kosten die niet meetellen"), "list", _("Met een komma ertussen.")),
            Column("cost_kinds.article", _("Artikel")),
        ),
    ),
    Part(
        "crisis",
        _("Crisis"),
        _("Hoort de regeling bij een crisis? Dan bepaalt de fase wat mensen zien."),
        fields=(
            Column("phases.crisis", _("Welke crisis?"), hint=_("De korte naam, zoals covid-19.")),
            Column("phases.shown_in", _("Te zien in de fasen"), "many", choices=PHASE_KINDS),
            *(
                Column(f"phases.texts.{key}.{name}", format_lazy("{label}: {phase}", label=label, phase=phase), kind)
                for key, phase in PHASE_KINDS
                for name, label, kind in (("title", _("Naam"), "text"), ("summary", _("Waarvoor"), "area"))
            ),
        ),
        blocks=(("phases", "crisis"),),
    ),
)


def part_named(slug: str) -> Part | None:
    """The part with this address."""
    return next((part for part in PARTS if part.slug == slug), None)
