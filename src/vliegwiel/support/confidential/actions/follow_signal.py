"""A signal is noted, goes to the right party with purpose and legal basis, and we hear what was done with it."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.confidential import rules_on, shareable
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.confidential.models import CaseSignal, SignalHandover
from vliegwiel.support.confidential.rules import checked
from vliegwiel.support.confidential.standing import KIND, begin, finish, named


@trail.recorded("note-signal", kind=KIND, about=named())
@transaction.atomic
def note_signal(*, actor: Actor, case: str, what: str, seen_by: str, seen_on: date, looked_again: bool = False) -> CaseSignal:
    """Note what was seen, by what kind of person (a key of the catalogue) and on which day. Raises NotFound, NotNow, NotValid."""
    found = begin(actor, "note-signal", case)
    if not what.strip():
        raise NotValid(_("Schrijf op wat er is gezien."), code="no-text")
    if seen_by not in rules_on(clock.today()).seen_by:
        raise NotValid(_("Kies wat voor iemand het zag."), code="no-seen-by")
    if seen_on > clock.today():
        raise NotValid(_("Die dag moet nog komen. Kies de dag waarop het is gezien."), code="future")
    checked(what, looked_again=looked_again)
    signal = CaseSignal.objects.create(case=found, what=what.strip(), seen_by=seen_by, seen_on=seen_on, noted_by=actor.id)
    finish(actor, "note-signal", found, facts={"looked-again": looked_again})
    return signal


@trail.recorded("hand-signal-over", kind=KIND, about=named())
@transaction.atomic
def hand_signal_over(
    *, actor: Actor, case: str, signal: str, party: str, shared: Sequence[str], text: str, agreed: bool = False
) -> SignalHandover:
    """Hand a signal over to a party of the catalogue as it holds today; what was shared is kept and never changed.

    Only what the party may have for its purpose goes along; where the basis is permission (GDPR article 6(1)(a)), the person concerned has
    to have agreed. Words about health never go along. Raises NotFound, NotNow when it went there before, NotValid.
    """
    found = begin(actor, "hand-signal-over", case)
    one = found.signals.filter(public_id=signal).first()
    if one is None:
        raise NotFound(_("Dit signaal kennen we niet."))
    rules = rules_on(clock.today())
    to = rules.party(party)
    if to is None or not to.fits(found.about):
        raise NotValid(_("Kies een partij die hiervoor bedoeld is."), code="no-party")
    chosen = list(dict.fromkeys(shared))
    if not chosen or not text.strip():
        raise NotValid(_("Kies wat u deelt en schrijf op wat de partij krijgt."), code="nothing-shared")
    if any(key not in to.may_share for key in chosen):
        names = ", ".join(shareable()[key] for key in to.may_share)
        raise NotValid(_("Met deze partij mag u alleen delen: {names}.").format(names=names), code="may-not-share")
    if to.consent and not agreed:
        raise NotValid(_("Dit mag alleen als de persoon het zelf goed vindt. Vraag dat eerst."), code="no-agreement")
    checked(text)
    today = clock.today()
    try:
        with transaction.atomic():
            handed = SignalHandover.objects.create(
                signal=one,
                party=to.key,
                party_name=to.name,
                purpose=to.purpose,
                basis=to.basis,
                rules_from=rules.starts,
                shared=chosen,
                text=text.strip(),
                agreed=agreed and to.consent,
                by=actor.id,
                on=today,
                answer_due=today + timedelta(days=to.answer_days),
            )
    except IntegrityError:
        raise NotNow(_("Dit signaal ging al naar deze partij."), code="known-handover") from None
    finish(actor, "hand-signal-over", found, facts={"party": to.key, "signal": one.public_id})
    return handed


@trail.recorded("note-party-answer", kind=KIND, about=named())
@transaction.atomic
def note_party_answer(*, actor: Actor, case: str, handover: str, answer: str) -> SignalHandover:
    """Note what the party did with it, once. Raises NotFound, NotNow when an answer is there, NotValid."""
    found = begin(actor, "note-party-answer", case)
    handed = SignalHandover.objects.filter(public_id=handover, signal__case=found).first()
    if handed is None:
        raise NotFound(_("Dit signaal kennen we niet."))
    if not answer.strip():
        raise NotValid(_("Schrijf op wat de partij deed."), code="no-text")
    checked(answer)
    unanswered = SignalHandover.objects.filter(pk=handed.pk, answered_on=None)
    if not unanswered.update(answer=answer.strip(), answered_on=clock.today()):
        raise NotNow(_("Het antwoord van deze partij staat er al."), code="answered")
    finish(actor, "note-party-answer", found, facts={"party": handed.party})
    handed.refresh_from_db()
    return handed
