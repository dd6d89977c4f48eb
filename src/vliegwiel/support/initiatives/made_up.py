"""Texts of initiatives and meeting places that do not exist, put together from a seed."""

from dataclasses import dataclass
from random import Random
from typing import Any


@dataclass(frozen=True)
class _Kind:
    """A kind of initiative: its name, one sentence, a story, themes, for whom, what it seeks and offers."""

    title: str
    short: str
    story: str
    themes: tuple[str, ...]
    groups: tuple[str, ...]
    seeks: tuple[str, ...]
    offers: tuple[str, ...] = ()


_KINDS = (
    _Kind(
        "Samen eten in het dorpshuis",
        "Elke woensdag koken wij voor wie niet alleen wil eten.",
        "Wij begonnen met acht mensen aan één tafel. Nu zijn het er veertig. Wie kan koken, kookt. Wie wil, helpt met afwassen.",
        ("samenleven", "gezondheid"),
        ("everyone", "lonely"),
        ("hands",),
        ("company",),
    ),
    _Kind(
        "Buurttuin voor iedereen",
        "Wij maken van een kaal veld een tuin waar iedereen mag plukken.",
        "De gemeente leent ons het veld. Op zaterdag werken wij samen. Kinderen hebben een eigen hoek met aardbeien.",
        ("omgeving", "samenleven"),
        ("everyone", "children"),
        ("hands", "things"),
    ),
    _Kind(
        "Repareercafé",
        "Neem mee wat stuk is, dan maken wij het samen.",
        "Elke eerste zaterdag van de maand. Van lamp tot fiets: het meeste lukt. De koffie staat klaar.",
        ("omgeving", "samenleven"),
        ("everyone", "little-money"),
        ("knowledge", "hands"),
        ("knowledge",),
    ),
    _Kind(
        "Vervoer door buren",
        "Wie geen auto heeft, rijdt mee met een buur.",
        "U belt niet, u vraagt het via onze lijst in de winkel. Twaalf buren rijden om de beurt, ook naar het ziekenhuis.",
        ("onderweg", "gezondheid"),
        ("older", "disability"),
        ("hands", "money"),
    ),
    _Kind(
        "Taalcafé",
        "Oefenen met Nederlands, met koffie erbij.",
        "Nieuwe bewoners en wie hier al lang woont, praten samen over gewone dingen. Huiswerk is er niet.",
        ("werk-inkomen", "samenleven"),
        ("newcomers",),
        ("hands", "room"),
        ("company",),
    ),
    _Kind(
        "Jongerenplek in de oude school",
        "Een eigen plek voor jongeren, door jongeren zelf gemaakt.",
        "Wij schilderden de lokalen zelf. Op vrijdag is er muziek, op dinsdag hulp bij huiswerk.",
        ("samenleven", "voorzieningen"),
        ("young",),
        ("money", "things"),
    ),
    _Kind(
        "Dorpswinkel van het dorp",
        "De laatste winkel ging dicht, dus wij openden er zelf een.",
        "Zestig bewoners doen mee. De winkel is elke ochtend open. Er is ook een tafel met koffie.",
        ("voorzieningen", "werk-inkomen"),
        ("everyone", "older"),
        ("hands", "knowledge"),
        ("room",),
    ),
    _Kind(
        "Energie van ons eigen dak",
        "Samen leggen wij panelen op het dak van de sporthal.",
        "Wie geen eigen dak heeft, doet ook mee. Van wat het oplevert, gaat een deel naar de speeltuin.",
        ("energie",),
        ("everyone", "little-money"),
        ("knowledge", "money"),
    ),
    _Kind(
        "Wandelen met de buurt",
        "Elke dinsdag lopen wij een rondje van een uur, in rustig tempo.",
        "Wij wachten op elkaar. Rolstoel of kinderwagen kan mee, want wij kiezen paden zonder drempels.",
        ("gezondheid", "samenleven"),
        ("everyone", "older", "disability"),
        ("company",),
    ),
    _Kind(
        "Mantelzorgers onder elkaar",
        "Even op adem komen met mensen die weten hoe het is.",
        "Wij drinken thee en praten, of juist niet. Er is iemand die zolang bij u thuis blijft.",
        ("gezondheid",),
        ("carers",),
        ("hands", "room"),
    ),
    _Kind(
        "Speelbos",
        "Wij maken een bos waar kinderen mogen klimmen en bouwen.",
        "De bomen staan er al. Nu komt er een hut, een vlot en een heuvel. Ouders bouwen mee.",
        ("omgeving", "samenleven"),
        ("children", "families"),
        ("hands", "things", "money"),
    ),
    _Kind(
        "Weggeefkast",
        "Breng wat u niet gebruikt, neem mee wat u nodig hebt.",
        "De kast staat dag en nacht open. Eten, boeken en kleren gaan het hardst. Vragen hoeft niet.",
        ("werk-inkomen", "samenleven"),
        ("little-money", "everyone"),
        ("things",),
        ("things",),
    ),
    _Kind(
        "Wonen met een hofje",
        "Wij willen kleine huizen om een tuin, voor jong en oud.",
        "Er zijn tien huishoudens die meedoen. Wij zoeken een plek en praten met de gemeente.",
        ("wonen",),
        ("older", "young"),
        ("knowledge", "room", "money"),
    ),
    _Kind(
        "Regenboogavond",
        "Een avond per maand voor lhbti+-mensen en wie erbij hoort.",
        "Iedereen is welkom zoals zij is. Wij koken, kijken een film of praten wat.",
        ("samenleven",),
        ("lhbti", "young"),
        ("room", "company"),
    ),
    _Kind(
        "Kijk even bij elkaar",
        "Wij letten op elkaar in onze straten, zonder te gluren.",
        "Elke straat heeft iemand die de nieuwe buren welkom heet en weet wie hulp kan gebruiken.",
        ("veiligheid", "samenleven"),
        ("everyone", "lonely"),
        ("hands",),
    ),
)
_GROUPS = ("Buurtgroep De Verzinners", "Dorpsbelang Bedacht", "Stichting Alsof", "Vereniging Ooit Eens", "Werkgroep Luchtkasteel")
_PHASES = ("idea", "starting", "running", "running", "running", "lasting")
_JOIN = (
    "Kom gewoon langs. Het kost niets.",
    "Stuur ons een bericht via de site. Wij halen u op als dat nodig is.",
    "Iedereen kan meedoen. Er is een helling bij de deur en een rustige hoek.",
)
_ENDS = (
    "Wij deden dit twee jaar. Er kwamen elke week dertig mensen. Nu doet de school het zelf.",
    "Het werd te zwaar voor drie mensen. Wat bleef: veel buren kennen elkaar nu bij naam.",
    "Uit de tuin kwam een echte buurtkeuken voort. Die gaat door.",
)


@dataclass(frozen=True)
class Place:
    """A meeting place that cannot exist: name, kind, what it is, what happens, when it is open, its rooms and who runs it."""

    name: str
    kind: str
    about: str
    activities: str
    opening: str
    rooms: str
    run_by: str


PLACES = (
    Place(
        "De Fabelhof",
        "village-hall",
        "Het dorpshuis met de grote keuken. Iedereen mag binnenlopen, ook zonder iets te kopen.",
        "Woensdag samen eten, vrijdag muziek, zondag biljart.",
        "Elke dag van 9.00 tot 17.00 uur. Op vrijdag tot 22.00 uur.",
        "Een zaal, een keuken en twee kleine kamers.",
        "Stichting Alsof",
    ),
    Place(
        "Huis Zogenaamd",
        "neighbourhood-house",
        "Een gewoon rijtjeshuis waar buren koffie drinken en elkaar helpen met brieven.",
        "Maandag hulp bij formulieren, donderdag taalles.",
        "Maandag tot en met donderdag, van 10.00 tot 15.00 uur.",
        "Een woonkamer en een kamer om rustig te praten.",
        "Buurtgroep De Verzinners",
    ),
    Place(
        "De Bedachte Brink",
        "village-hall",
        "Een oude boerderij met een toneel op de deel.",
        "Toneel, koor en twee keer per jaar een ruilmarkt.",
        "Als er iets te doen is. Vraag de sleutel bij de bakker.",
        "De deel voor honderd mensen, en een opkamer.",
        "Dorpsbelang Bedacht",
    ),
    Place(
        "Leeszaal Sprook",
        "library",
        "Boeken lenen, de krant lezen, of achter een computer zitten.",
        "Voorlezen aan kleuters, en elke maand een leesclub.",
        "Dinsdag en zaterdag, van 13.00 tot 17.00 uur.",
        "Een leeszaal met een lange tafel.",
        "Vereniging Ooit Eens",
    ),
    Place(
        "Kantine De Droomgoal",
        "club",
        "De kantine van de voetbalclub. Door de week is hij van iedereen.",
        "Wandelclub voor ouderen, en huiswerk maken na school.",
        "Dinsdag en donderdag, van 14.00 tot 17.00 uur.",
        "Een kantine met uitzicht op het veld.",
        "Voetbalclub Nergens",
    ),
    Place(
        "Tuin van Niemand",
        "garden",
        "Een moestuin achter de kerk, met een kas en een vuurplek.",
        "Samen wieden op zaterdag. De oogst is voor wie hem nodig heeft.",
        "Altijd. Het hek is nooit op slot.",
        "Een kas, een schuur en banken onder de appelboom.",
        "Werkgroep Luchtkasteel",
    ),
    Place(
        "Café Het Misschien",
        "cafe",
        "De laatste winkel van het dorp, met een tafel om aan te schuiven.",
        "Pakjes halen, soep om twaalf uur, en elke maand een quiz.",
        "Elke dag behalve maandag, van 8.00 tot 18.00 uur.",
        "Een winkel met een stamtafel.",
        "Coöperatie Dorpswinkel Alsof",
    ),
    Place(
        "Kerk van Alsof",
        "church",
        "Een kerk die op gewone dagen stil is, en open.",
        "Repaircafé, en een kaars voor wie iemand mist.",
        "Van april tot november, overdag.",
        "De kerkzaal en een kamer met een kleine keuken.",
        "Stichting Oude Toren Nergens",
    ),
    Place(
        "School Stelvoor",
        "school",
        "Na schooltijd is het lokaal van de jeugd en hun ouders.",
        "Techniekles, koken voor kinderen, en ouders die thee drinken.",
        "Op schooldagen, van 15.00 tot 18.00 uur.",
        "Twee lokalen en een gymzaal.",
        "Jongerenwerk Misschien",
    ),
    Place(
        "Het Luchthuis",
        "village-hall",
        "Een gezondheidshuis waar de wijkzorg en de ontmoetingsruimte naast elkaar zitten.",
        "Bewegen op muziek, en een spreekuur van de wijkverpleegkundige.",
        "Elke werkdag, van 8.30 tot 12.30 uur.",
        "Een beweegzaal en drie spreekkamers.",
        "Zorgkring Zogenaamd",
    ),
)


def initiative(chance: Random) -> dict[str, Any]:
    """Answers to the whole form, and a title."""
    kind = chance.choice(_KINDS)
    return {
        "titel": kind.title,
        "kort": kind.short,
        "themas": list(kind.themes),
        "fase": chance.choice(_PHASES),
        "doelgroepen": list(kind.groups),
        "vrijwilligers": chance.randint(3, 40),
        "zoekt": list(kind.seeks),
        "biedt": list(kind.offers) or None,
        "verhaal": kind.story,
        "meedoen": chance.choice(_JOIN),
        "groep": chance.choice(_GROUPS),
        "contact": chance.random() < 0.85,
        "toon-vrijwilligers": chance.random() < 0.8,
    }


def ending(chance: Random) -> tuple[str, str, int]:
    """How it ended, what it brought, and how many took part."""
    text = chance.choice(_ENDS)
    return ("became" if "kwam een echte" in text else "stopped", text, chance.randint(12, 300))
