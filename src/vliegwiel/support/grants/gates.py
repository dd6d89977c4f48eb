"""What stands in the way of a decision: every question that must be answered first, each as a verdict with its reason.

The same list stands on the page, is asked when a decision is proposed, and again in the transaction that signs it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from vliegwiel.catalogue.letters import refusal_grounds
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once
from vliegwiel.kernel.verdict import Answer, Reason, Verdict
from vliegwiel.support.consents.public import gate as consent_gate
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Hearing
from vliegwiel.support.grants.models.decision import AWARDING, DecisionKind, SkipGround
from vliegwiel.support.grants.regulation import rules_for, under_title_4_2
from vliegwiel.support.grants.scores import all_in, needed
from vliegwiel.support.grants.standing import reference
from vliegwiel.support.grants.terms import refusable_until
from vliegwiel.support.grants.turn import money_is_short, turn_of
from vliegwiel.support.state_aid.public import gate as aid_gate

CEILING, CONSENT, CHANGED_VIEW = "ceiling", "consent", "changed-view"


@dataclass(frozen=True)
class Intent:
    """What is to be decided, as far as the gates look at it: kind, amount, keys and articles of the grounds, and whether a refusal rests
    on facts other than the applicant gave; `settled` says that money was set apart already."""

    kind: str
    awarded: Money
    grounds: Sequence[tuple[str, str]] = ()
    facts_differ: bool = False
    consent_weighed: str = ""
    views_answer: str = ""
    settled: bool = False

    @property
    def awards(self) -> bool:
        """Whether money is given."""
        return self.kind in AWARDING

    @property
    def refuses(self) -> bool:
        """Whether something is refused: all, or the rest."""
        return self.kind in (DecisionKind.REFUSAL, DecisionKind.PARTIAL)


@dataclass(frozen=True)
class Gate:
    """One question: its key, what the page calls it, and the answer."""

    key: str
    name: str
    verdict: Verdict


@dataclass(frozen=True)
class DecisionGuard:
    """A question that a room above puts to every decision on an application: its key, what the page calls it, and the answer for an
    application (public id), the amount that is given and the articles that something is refused on; None when it does not concern it.

    `words` is what the letter says about it, for the same three. `grounds` are grounds to refuse (all, or the rest) that it adds: key →
    (article, text). `beyond` says whether this amount may pass the ceiling as the rest of a notice term (Awb 4:51(2)). `on_objection`: it
    is put to a decision on an objection too, for the whole amount from then on."""

    key: str
    name: str
    asked: Callable[[str, Money, Sequence[str]], Verdict | None]
    words: Callable[[str, Money, Sequence[str]], str] | None = None
    grounds: Callable[[str], Mapping[str, tuple[str, str]]] | None = None
    beyond: Callable[[str, Money], bool] | None = None
    on_objection: bool = False


def _rows() -> list[DecisionGuard]:
    """What rooms above ask, as `settings.VLIEGWIEL_DECISION_GUARDS` names them."""
    return [item for path in settings.VLIEGWIEL_DECISION_GUARDS for item in import_string(path)]


def guards_on_objection(application: Application, awarded: Money) -> list[Gate]:
    """What rooms above ask of this whole amount when it is given on an objection."""
    return _asked([item for item in _rows() if item.on_objection], application, awarded, [])


def _guards(application: Application, intent: Intent) -> list[Gate]:
    return _asked(_rows(), application, intent.awarded, [article for _key, article in intent.grounds])


def _asked(rows: Sequence[DecisionGuard], application: Application, awarded: Money, articles: Sequence[str]) -> list[Gate]:
    answers = [(item, item.asked(application.public_id, awarded, articles)) for item in rows]
    return [Gate(item.key, item.name, verdict) for item, verdict in answers if verdict is not None]


def guard_words(application: Application, intent: Intent) -> str:
    """What the letter says on the questions of rooms above, one line each."""
    articles = [article for _key, article in intent.grounds]
    said = [item.words(application.public_id, intent.awarded, articles) for item in _rows() if item.words is not None]
    return "\n".join(filter(None, said))


def rest_of_notice(application: Application, awarded: Money) -> bool:
    """Whether this amount is the rest of a notice term, which may pass the ceiling (Awb 4:51(2))."""
    return any(item.beyond(application.public_id, awarded) for item in _rows() if item.beyond is not None)


def gates_of(application: Application, intent: Intent) -> list[Gate]:
    """Every gate that this decision must pass, in the order in which they are worked at."""
    if intent.kind == DecisionKind.NOT_TREATED:
        return [Gate("completion", "Gelegenheid om aan te vullen", _completion(application))]
    found, guards = [Gate("complete", "Compleet", _complete(application))], _guards(application, intent)
    rules = rules_for(application)
    if needed(rules) and application.stands is not State.PROPOSED:
        found.append(Gate("scores", "Beoordelingen", _scores(application)))
    if rules.consent is not None:
        found.append(Gate("consent", "Instemming van de gemeente", _consent(application, intent)))
    if intent.awards:
        found.append(Gate("aid", "Staatssteun", aid_gate(reference(application), intent.awarded)))
        if not intent.settled:
            found.append(Gate("turn", "Aan de beurt", turn_of(application, intent.awarded)))
    if intent.refuses:
        if any(key == CEILING for key, _article in intent.grounds) and not intent.settled:
            found.append(Gate("ceiling", "Plafond", money_is_short(application)))
        with_notice = any(reason.facts.get("lowers") for gate in guards for reason in gate.verdict.reasons)
        found.append(Gate("views", "Zienswijze", views_of(application, intent, with_notice=with_notice)))
    return found + guards


def shut(gates: Sequence[Gate]) -> list[Gate]:
    """The gates that are not open."""
    return [gate for gate in gates if not gate.verdict]


def hearing_of(application: Application) -> Hearing | None:
    """The views that count: those asked for, or skipped, last."""
    return once(("hearing", application.pk), lambda: application.hearings.order_by("-pk").first())


def rests_on_4_35(grounds: Sequence[tuple[str, str]]) -> bool:
    """Whether a refusal rests on article 4:35 or is made with 4:51: then 4:12 does not let the hearing be skipped."""
    return any("4:35" in article or "4:51" in article for _key, article in grounds)


def views_of(application: Application, intent: Intent, *, with_notice: bool = False) -> Verdict:
    """Whether the applicant was heard as 4:7 asks: when a refusal rests on facts that differ from what they gave, and always before one
    on 4:35 or with 4:51 (`with_notice`), where no other ground lets it be skipped than those of 4:11. Who was asked though it was not
    needed is waited for and answered all the same: a letter told them so (3:2, 3:46)."""
    strict = with_notice or rests_on_4_35(intent.grounds)
    found = hearing_of(application)
    if not strict and not intent.facts_differ and (found is None or found.skip_ground):
        return Verdict.yes(
            Reason("own-facts", "De afwijzing rust op wat de aanvrager zelf gaf. Horen hoeft dan niet.", "4:7 Awb")
        )
    if found is None:
        return Verdict.unknown(Reason("not-heard", "Vraag de aanvrager eerst om een reactie.", "4:7 Awb"))
    if found.skip_ground:
        if found.skip_ground == SkipGround.REVERSIBLE and strict:
            text = "Bij een weigering op 4:35 of met 4:51 kan horen alleen worden overgeslagen op een grond van 4:11."
            return Verdict.no(Reason("skip-not-possible", text, "4:12, tweede lid, Awb"))
        return Verdict.yes(Reason("skipped", f"Niet gehoord: {found.get_skip_ground_display()}.", f"{found.skip_ground} Awb"))
    if found.received_on is not None:
        if not intent.views_answer.strip():
            return Verdict.no(Reason("not-answered", "Schrijf op wat u met de reactie van de aanvrager deed.", "3:46 Awb"))
        return Verdict.yes(Reason("heard", "De aanvrager heeft gereageerd.", "4:7 Awb"))
    if found.until is not None and clock.today() > found.until:
        return Verdict.yes(Reason("no-views", "De aanvrager kreeg de tijd om te reageren en deed dat niet.", "4:7 Awb"))
    return Verdict.unknown(Reason("waiting-for-views", "De aanvrager kan nog reageren.", "4:7 Awb"))


def _complete(application: Application) -> Verdict:
    if application.complete_on is not None:
        return Verdict.yes(Reason("complete", "De aanvraag is compleet.", "4:2 Awb"))
    return Verdict.no(Reason("incomplete", "De aanvraag is nog niet compleet.", "4:5 Awb"))


def _completion(application: Application) -> Verdict:
    """4:5(1): only after a request to complete whose time ran out, and (4:5(4)) within four weeks of that day."""
    until = refusable_until(application)
    if until is None:
        text = "Niet behandelen kan pas als de tijd om aan te vullen voorbij is."
        return Verdict.no(Reason("not-asked", text, "4:5, eerste lid, Awb"))
    if clock.today() > until:
        text = "Niet behandelen moest binnen vier weken na de tijd om aan te vullen. Beslis nu op de aanvraag zelf."
        return Verdict.no(Reason("too-late", text, "4:5, vierde lid, Awb"))
    return Verdict.yes(Reason("unused", "De tijd om aan te vullen ging ongebruikt voorbij.", "4:5 Awb"))


def _scores(application: Application) -> Verdict:
    if all_in(application, rules_for(application)):
        return Verdict.yes(Reason("scored", "Alle beoordelingen zijn binnen."))
    return Verdict.unknown(Reason("not-scored", "Nog niet alle beoordelingen zijn binnen."))


def _consent(application: Application, intent: Intent) -> Verdict:
    """Money is not given without an answer or a recorded silence (rule 7); "does not agree" refuses only where the scheme says so."""
    found = consent_gate(reference(application))
    on_this_ground = any(key == CONSENT for key, _article in intent.grounds)
    if not intent.awards:
        if on_this_ground and found.answer is not Answer.NO:
            text = "Afwijzen om wat de gemeente vindt, kan alleen als de regeling dat een grond noemt."
            return Verdict.no(Reason("no-ground", text))
        return Verdict.yes(Reason("not-needed", "Voor een afwijzing is geen instemming nodig."))
    if found.answer is Answer.FOR_A_PERSON and intent.consent_weighed.strip():
        return Verdict.yes(*found.reasons)
    if found.answer is Answer.FOR_A_PERSON:
        reason = found.reasons[0]
        text = f"{reason.text} Schrijf op hoe u dit weegt."
        return Verdict(Answer.FOR_A_PERSON, (Reason("weigh", text, facts=reason.facts),))
    return found


def grounds_for(application: Application) -> dict[str, tuple[str, str]]:
    """The grounds to refuse that this scheme knows: its own, and those of the Awb where title 4.2 holds. Key → (article, text). What rests
    on no scheme has no ceiling; what came back each year may end because the province sees it differently (4:51)."""
    rules = rules_for(application)
    found = {item.key: (item.article, item.text) for item in rules.grounds}
    if rules.consent is not None and rules.consent.refuses and CONSENT not in found:
        article = rules.consent.article or rules.legal_basis
        found[CONSENT] = (article, "De gemeente stemt niet in met uw plan. Zonder instemming geeft deze regeling geen geld.")
    general = refusal_grounds()
    if under_title_4_2(rules):
        found |= {key: (item.article, item.text) for key, item in general.items() if key not in found}
        found.setdefault("state-aid", ("Awb 4:35, derde lid", "Dit zou staatssteun zijn die niet is toegestaan."))
    elif CEILING not in found:
        found[CEILING] = (rules.legal_basis, general[CEILING].text)
    found.pop(CEILING if application.line else CHANGED_VIEW, None)
    for item in _rows():
        found |= item.grounds(application.public_id) if item.grounds is not None else {}
    return found
