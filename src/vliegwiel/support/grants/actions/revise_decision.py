"""A decision after objection: a new one takes the place of the old, with its money, duties and payments (Awb 7:11)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import Beyond, commit, free_then
from vliegwiel.foundation.people.public import known_person
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants import decisions, letters
from vliegwiel.support.grants.actions.make_known import make_known
from vliegwiel.support.grants.actions.propose_decision import named_decision
from vliegwiel.support.grants.duties import DutyIn, usual
from vliegwiel.support.grants.duties import problems as duty_problems
from vliegwiel.support.grants.gates import Intent, gates_of, grounds_for, guards_on_objection, shut
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Decision, Duty, Instalment, Signature
from vliegwiel.support.grants.models.application import ApplicantKind, Purpose
from vliegwiel.support.grants.models.decision import AWARDING, DecisionKind, DutyKind
from vliegwiel.support.grants.regulation import ceiling_for, money_for, rules_for, version_why
from vliegwiel.support.grants.standing import begin, finish, reference
from vliegwiel.support.state_aid.public import book

K = DecisionKind
#: What must be answered before money is given, whatever the first decision rested on (rule 7, Awb 4:35(3)).
_ALWAYS = ("consent", "aid")


@dataclass(frozen=True)
class Award:
    """What is decided after an objection: the whole amount from now on, never less than before. `by` prepared it; `beyond` carries what
    goes past the ceiling (Awb 4:25(3)); `at_once` determines it at once (4:43). `duties` take the place of those of the first decision
    (None: they stay), `grounds` (keys) that of its grounds. `reasons`: the outcome may stay as it was, for better reasons."""

    awarded: Money
    summary: str
    motivation: str
    by: str
    public_title: str = ""
    activity_ends: date | None = None
    consent_weighed: str = ""
    at_once: bool = False
    beyond: Beyond | None = None
    mandate: str = ""
    duties: tuple[DutyIn, ...] | None = None
    grounds: tuple[str, ...] = ()
    reasons: bool = False


def replaceable(decision: str) -> Decision:
    """A taken decision that no other took the place of; raises NotFound or NotNow."""
    found = named_decision(decision)
    if found.taken_at is None:
        raise NotFound(_("Dit besluit kennen we niet."))
    if Decision.objects.filter(replaces=found).exists():
        raise NotNow(_("Voor dit besluit is al een ander in de plaats gekomen."), code="replaced")
    return found


def problems(found: Decision, award: Award) -> list[str]:
    """What stands in the way, one Dutch line each. Who objects does not get worse of it."""
    application, rules = found.application, rules_for(found.application)
    lacks = _content(found, award)
    if application.stands is State.DETERMINED and found.kind != K.AT_ONCE:
        lacks.append(_("De subsidie is al vastgesteld. Beslis op een bezwaar tegen de vaststelling."))
    if not _gives(found, award):
        return lacks
    if award.awarded.cents > application.asked or award.awarded.cents <= 0:
        lacks.append(_("Ken een bedrag toe tot en met {asked}. Dat is gevraagd.").format(asked=application.asked_money.dutch()))
    if award.awarded.cents < found.awarded:
        lacks.append(_("Op een bezwaar krijgt iemand niet minder dan in het eerste besluit (Awb 7:11)."))
    limit = rules.determined_at_once_below
    if award.at_once and found.kind != K.AT_ONCE and (limit is None or award.awarded >= limit):
        lacks.append(_("Meteen vaststellen kan bij dit bedrag niet volgens de regeling."))
    if application.applicant_kind != ApplicantKind.ORGANISATION and not _title(found, award):
        lacks.append(_("Geef het plan een titel voor het openbare register, zonder naam van een inwoner."))
    more = Money(max(award.awarded.cents - found.awarded, 0))
    if award.beyond and application.line:
        lacks.append(_("Deze subsidie valt niet onder een plafond. Neem het geld van haar eigen budgetpost."))
    elif award.beyond and found.taken_at and free_then(ceiling_for(application), found.taken_at, application.received_on) < more:
        lacks.append(
            _("Bij het eerste besluit was er al te weinig over. De plicht om te weigeren gold toen ook (Awb 4:25, derde lid).")
        )
    intent = Intent(_kind(found, award), more, consent_weighed=award.consent_weighed, settled=True)
    for gate in gates_of(application, intent):
        if gate.key in _ALWAYS and not gate.verdict:
            lacks.append(f"{gate.name}: {gate.verdict.reasons[0].text}")
    asked = shut(guards_on_objection(application, award.awarded)) if more.cents else []
    return lacks + [f"{gate.name}: {gate.verdict.reasons[0].text}" for gate in asked]


def _gives(found: Decision, award: Award) -> bool:
    """Whether there is a grant from now on; otherwise a refusal stays one."""
    return found.kind in AWARDING or award.awarded.cents > 0


def _content(found: Decision, award: Award) -> list[str]:
    """What is not right in the grounds and duties, and whether anything changes at all."""
    rules, lacks = rules_for(found.application), []
    if any(key not in grounds_for(found.application) for key in award.grounds):
        lacks.append(_("Kies een grond uit de lijst."))
    if award.grounds and _kind(found, award) not in (K.PARTIAL, K.REFUSAL):
        lacks.append(_("Gronden horen bij een besluit dat iets afwijst."))
    if award.duties is not None:
        lacks += duty_problems(award.duties, rules)
        if not _gives(found, award):
            lacks.append(_("Bij een afwijzing horen geen verplichtingen."))
    same = (award.awarded.cents, award.activity_ends or found.activity_ends) == (found.awarded, found.activity_ends)
    if same and not award.reasons and not award.grounds and award.duties in (None, tuple(decisions.duties_of(found))):
        lacks.append(_("Zo verandert er niets. Wijzig het bedrag, de verplichtingen, de data of de gronden."))
    return lacks


def words(found: Decision, award: Award) -> dict[str, letters.Fact]:
    """Amount, obligations, payment, and by when to ask for the determination, as a letter says them."""
    fresh = _fresh(found, award)
    if not _gives(found, award):
        return {}
    return {
        "amount": award.awarded,
        "obligations": [decisions.duty_line(duty) for duty in _duties(found, award) if duty.kind == DutyKind.OBLIGATION],
        "payment": _payment(found, fresh),
        "account_by": None if fresh.kind == K.AT_ONCE else decisions.account_by(fresh, rules_for(found.application)),
    }


def revise_decision(*, actor: Actor, decision: str, award: Award, letter: str) -> Decision:
    """Take a new decision instead of one that was objected to, in the transaction of the act that decides on the objection: the money
    that comes on top is committed under the ceiling (or past it on `beyond`), aid is booked, duties and payments are laid down, the
    register follows once the letter is sent. That act demands mandate and permission and decides who may.

    Raises NotFound, NotAllowed; NotNow when the state does not allow it, another decision took its place or the money is not there;
    NotValid with one line per thing that lacks.
    """
    found = replaceable(decision)
    application = found.application
    begin(actor, "revise-decision", application)
    lacks = problems(found, award)
    if lacks:
        raise NotValid(_("Zo kan dit besluit niet."), code="not-complete", details=tuple(lacks))
    today, more = clock.today(), Money(award.awarded.cents - found.awarded)
    duties, fresh = _duties(found, award), _fresh(found, award)
    person = known_person(actor.id)
    fresh.taken_at, fresh.taken_by, fresh.letter = clock.now(), actor.id, letter
    fresh.taken_name = person.name[:80] if person else ""
    fresh.save()
    Duty.objects.bulk_create([Duty(decision=fresh, **vars(duty), met_on=_met(found, duty)) for duty in duties])
    fresh.content_hash = decisions.hash_of(fresh)
    fresh.save(update_fields=["content_hash"])
    Signature.objects.create(
        application=application,
        purpose=Purpose.DECISION,
        person=actor.id,
        name=fresh.taken_name,
        content_hash=fresh.content_hash,
        mandate=award.mandate,
    )
    if more.cents:
        _spend(actor, application, fresh, more, award.beyond)
    _plan(found, fresh, today)
    facts: dict[str, str | int | bool | None] = {
        "decision": fresh.public_id,
        "replaces": found.public_id,
        "awarded": fresh.awarded,
        "beyond": bool(fresh.beyond),
        "hash": fresh.content_hash,
    }
    target = State.DETERMINED if fresh.kind == K.AT_ONCE else application.stands
    if found.kind not in AWARDING and fresh.kind in AWARDING and fresh.kind != K.AT_ONCE:
        target = State.GRANTED
    finish(actor, "revise-decision", application, target=target, facts=facts, awarded=fresh.awarded, decided_on=today)
    sent_on = letters.sent_on(application, letter)
    if sent_on is not None:
        make_known(actor=actor, decision=fresh, sent_on=sent_on)
    return fresh


def _kind(found: Decision, award: Award) -> K:
    if not _gives(found, award):
        return K(found.kind)
    if award.at_once or found.kind == K.AT_ONCE:
        return K.AT_ONCE
    if found.kind == K.CONDITIONAL and any(duty.kind == DutyKind.CONDITION for duty in _duties(found, award)):
        return K.CONDITIONAL
    return K.GRANT if award.awarded.cents == found.application.asked else K.PARTIAL


def _title(found: Decision, award: Award) -> str:
    return (award.public_title.strip() or found.public_title)[:120]


def _fresh(found: Decision, award: Award) -> Decision:
    application, kind = found.application, _kind(found, award)
    prepared = known_person(award.by)
    beyond = award.beyond
    return Decision(
        application=application,
        replaces=found,
        kind=kind,
        asked=application.asked,
        advised=application.advised,
        awarded=award.awarded.cents,
        grounds=_grounds(found, award) if kind in (K.PARTIAL, K.REFUSAL) else [],
        summary=award.summary.strip(),
        motivation=award.motivation.strip(),
        consent_weighed=award.consent_weighed.strip(),
        public_title=_title(found, award) or (application.title[:120] if kind in AWARDING else ""),
        activity_ends=award.activity_ends or found.activity_ends,
        version=application.version,
        version_why=version_why(rules_for(application)),
        ledger_ground=beyond.article if beyond else "first",
        beyond={"reason": beyond.reason, "line": beyond.line} if beyond else {},
        proposed_by=award.by,
        proposed_name=prepared.name[:80] if prepared else "",
        two_signatures=beyond is not None,
        came_from=application.state,
    )


def _grounds(found: Decision, award: Award) -> list[dict[str, str]]:
    known = grounds_for(found.application)
    fresh = [{"key": key, "article": known[key][0], "text": known[key][1]} for key in award.grounds if key in known]
    return fresh or found.grounds


def _duties(found: Decision, award: Award) -> list[DutyIn]:
    """What an earlier grant laid down stays unless it is changed; after a refusal the obligations of the regulation."""
    if not _gives(found, award):
        return []
    if award.duties is not None:
        return list(award.duties)
    if found.kind in AWARDING:
        return decisions.duties_of(found)
    return usual(rules_for(found.application), award.activity_ends or found.activity_ends)


def _met(found: Decision, duty: DutyIn) -> date | None:
    """The day on which the same obligation of the first decision was met."""
    same = found.duties.filter(kind=duty.kind, article=duty.article, text=duty.text).exclude(met_on=None).first()
    return same.met_on if same else None


def _plan(found: Decision, fresh: Decision, on: date) -> None:
    """What was planned and not ordered moves along with the obligation it waits for; what comes on top is added."""
    added, place = _instalments(found, fresh, on), 0
    for row in found.instalments.filter(ordered_at=None).select_related("after"):
        place += 1
        row.after = (
            fresh.duties.filter(kind=row.after.kind, article=row.after.article, text=row.after.text).first()
            if row.after
            else None
        )
        row.decision, row.place = fresh, place
        row.save(update_fields=["decision", "place", "after"])
    for cents, due_on in added:
        place += 1
        owed = decisions.owed_earlier(fresh, on, due_on)
        Instalment.objects.create(decision=fresh, place=place, amount=cents, due_on=due_on, **owed)


def _instalments(found: Decision, fresh: Decision, on: date) -> list[tuple[int, date]]:
    """What is paid in advance of the new amount, less what earlier decisions pay already."""
    before = Instalment.objects.filter(decision__application=found.application, decision__taken_at__isnull=False)
    planned = before.aggregate(sum=Sum("amount"))["sum"] or 0
    return [(cents - planned, due_on) for cents, due_on in decisions.instalments_of(fresh, on) if cents > planned]


def _payment(found: Decision, fresh: Decision) -> str:
    rows = _instalments(found, fresh, clock.today())
    if not rows and _stays(found, fresh):
        return _("Wat wij betalen en wanneer, blijft zoals het was.")
    if not rows:
        return _("U krijgt het geld nadat de subsidie is vastgesteld.")
    return _("U krijgt {amount} binnen zes weken.").format(amount=Money(sum(cents for cents, _day in rows)).dutch())


def _stays(found: Decision, fresh: Decision) -> bool:
    """Whether the amount is the one that was given before."""
    return found.kind in AWARDING and found.awarded == fresh.awarded


def _spend(actor: Actor, application: Application, fresh: Decision, more: Money, beyond: Beyond | None) -> None:
    if application.received_on is None:
        raise NotNow(_("Deze aanvraag is nog niet ontvangen."), code="state")
    about, source = reference(application), money_for(application)
    commit(
        actor=actor,
        ceiling=source.get("ceiling", ""),
        line=source.get("line", ""),
        amount=more,
        about=about,
        received_on=application.received_on,
        key=fresh.public_id,
        beyond=beyond,
    )
    authority = letters.close_of(application.province, "").lines[0]
    book(
        actor=actor,
        about=about,
        province=application.province,
        amount=more,
        on=clock.today(),
        key=fresh.public_id,
        authority=authority,
    )
