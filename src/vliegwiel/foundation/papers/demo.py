"""Letters of the demo, to practise with: one batch to proof-read, and a few that wait for the post. Made by the real actions."""

from pathlib import Path

import yaml
from django.conf import settings

from vliegwiel.foundation.papers.actions.issue_letter import issue_letter
from vliegwiel.foundation.papers.actions.prepare_batch import prepare_batch
from vliegwiel.foundation.papers.batches import BatchRow
from vliegwiel.foundation.papers.compose import Fact, draft_letter, refusal_facts
from vliegwiel.foundation.papers.contributes import PRACTICE
from vliegwiel.foundation.papers.drafts import LetterDraft, Recipient, Signature
from vliegwiel.foundation.papers.queries import letters_of
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.money import Money

_HEAD = {
    "name": "Provincie Verzonnenland",
    "return_line": "Postbus 0, 0000 AA Verzonnenstad",
    "contact": {"Vragen?": "loket@verzonnenland.invalid", "Telefoon": "000 000 00 00"},
    "foot": "Provincie Verzonnenland · verzonnenland.invalid",
}
_SIGNED = Signature(lines=("Gedeputeerde Staten van Verzonnenland,", "namens dezen,", "V. Zonnen, hoofd Nergens"))
_SCHEME = "de Regeling Verzonnen Dorpen"
_PLANS = (
    ("Dorpsbelang Denkbeeldig", "een keuken in het dorpshuis", 24_000),
    ("Stichting Luchtbrug", "een brug over de sloot", 12_500),
    ("Bewonersgroep Het Mispunt", "een buurtmoestuin", 3_200),
    ("Vereniging Wolkenveld", "een speelplek bij de molen", 8_750),
    ("Stichting Buiten Kijf", "een leeskring voor ouderen", 1_980),
    ("Dorpsraad Nergensdam", "verlichting op het ijsbaantje", 6_400),
    ("Coöperatie Zonder Zon", "een deelauto voor het dorp", 18_000),
    ("Stichting De Ronde Tafel", "een huiskamer in de oude school", 22_300),
)


def build(province: str) -> int:
    """The letterhead, a batch, and two letters for the post, unless they are there; returns how many letters were made ready."""
    actor = Actor.system("demo")
    _letterhead()
    rows = [BatchRow(_about(number), _decision(number)) for number in range(1, len(_PLANS) + 1)]
    prepare_batch(actor=actor, province=province, title="Oefenstapel: besluiten over dorpsplannen", rows=rows, key="practice")
    for number in (101, 102):
        if not letters_of(_about(number)):
            issue_letter(actor=actor, province=province, about=_about(number), draft=_decision(number - 100), on_paper=True)
    return len(rows) + 2


def _letterhead() -> None:
    path = Path(settings.VLIEGWIEL_HOME) / "brand" / "letterhead.yml"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(_HEAD, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _about(number: int) -> Reference:
    return Reference(PRACTICE, f"oefening-{number:03d}", "Oefenbrief", "")


def _decision(number: int) -> LetterDraft:
    """A grant, and for every fourth plan a refusal; one motivation is missing, so that there is something to mend."""
    name, activity, euros = _PLANS[number - 1]
    refused = number % 4 == 0
    facts: dict[str, Fact] = {"activity": activity, "scheme": _SCHEME}
    if refused:
        kind = "refusal"
        facts |= {"asked": Money.euros(euros), **refusal_facts("ceiling")}
        why = "Wij verdeelden het geld op volgorde van binnenkomst. Toen uw aanvraag compleet was, was het op."
    else:
        kind = "grant"
        facts |= {
            "amount": Money.euros(euros),
            "basis": "artikel 3",
            "costs": [["Materiaal", Money.euros(euros * 3 // 4)], ["Werk door een bedrijf", Money.euros(euros - euros * 3 // 4)]],
            "obligations": ["Begin binnen een jaar.", "Vertel het ons als er iets verandert."],
            "payment": "U krijgt het hele bedrag binnen zes weken op uw rekening.",
        }
        why = "Uw plan helpt het dorp om elkaar te ontmoeten. U betrok de buurt erbij. De kosten zijn redelijk."
    return draft_letter(
        kind,
        facts=facts,
        recipient=Recipient((name, f"Luchtstraat {number}", "0000 AB Nergensdam")),
        reference=f"OEFENING-{number:03d}",
        motivation="" if number == 5 else why,
        signature=_SIGNED,
    )
