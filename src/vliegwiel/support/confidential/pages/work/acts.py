"""What a member of the team can do on a file, from a form: each reads its fields and calls the one action behind it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.http import QueryDict

from vliegwiel.foundation.questions.public import day_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.confidential.actions.answer_access import (
    answer_access_request,
    extend_access_request,
    receive_access_request,
)
from vliegwiel.support.confidential.actions.follow_signal import hand_signal_over, note_party_answer, note_signal
from vliegwiel.support.confidential.actions.judge_retention import destroy_confidential, keep_confidential, propose_end
from vliegwiel.support.confidential.actions.open_confidential import pass_confidential, take_confidential, write_case
from vliegwiel.support.confidential.actions.take_steps import close_confidential, finish_step, plan_step
from vliegwiel.support.confidential.models import ConfidentialCase

Act = Callable[[Actor, ConfidentialCase, QueryDict], object]


def _again(form: QueryDict) -> bool:
    return form.get("nagekeken") == "ja"


def _write(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return write_case(
        actor=actor, case=found.public_id, wish=form.get("wens", ""), summary=form.get("bekend", ""), looked_again=_again(form)
    )


def _signal(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return note_signal(
        actor=actor,
        case=found.public_id,
        what=form.get("wat", ""),
        seen_by=form.get("door", ""),
        seen_on=day_in(form, "dag"),
        looked_again=_again(form),
    )


def _hand_over(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return hand_signal_over(
        actor=actor,
        case=found.public_id,
        signal=form.get("signaal", ""),
        party=form.get("partij", ""),
        shared=form.getlist("delen"),
        text=form.get("tekst", ""),
        agreed=form.get("akkoord") == "ja",
    )


def _answer(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return note_party_answer(
        actor=actor, case=found.public_id, handover=form.get("doorgifte", ""), answer=form.get("antwoord", "")
    )


def _step(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return plan_step(actor=actor, case=found.public_id, what=form.get("wat", ""), due_on=day_in(form, "dag"))


def _done(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return finish_step(actor=actor, case=found.public_id, step=form.get("stap", ""))


def _take(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return take_confidential(actor=actor, case=found.public_id)


def _pass(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return pass_confidential(actor=actor, case=found.public_id, person=form.get("aan", ""))


def _close(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return close_confidential(
        actor=actor,
        case=found.public_id,
        outcome=form.get("uitkomst", ""),
        reason=form.get("reden", ""),
        lasting=form.get("blijft", ""),
        lasting_by=form.get("zorgt", ""),
    )


def _asked(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return receive_access_request(
        actor=actor, case=found.public_id, received_on=day_in(form, "dag"), checked_how=form.get("hoe", "")
    )


def _later(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return extend_access_request(
        actor=actor, case=found.public_id, request=form.get("verzoek", ""), why=form.get("waarom-later", "")
    )


def _given(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return answer_access_request(
        actor=actor,
        case=found.public_id,
        request=form.get("verzoek", ""),
        signals=form.getlist("signalen"),
        withheld=form.get("grond", ""),
        why=form.get("waarom", ""),
    )


def _propose(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return propose_end(actor=actor, case=found.public_id)


def _keep(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return keep_confidential(actor=actor, case=found.public_id, until=day_in(form, "dag"), why=form.get("waarom", ""))


def _destroy(actor: Actor, found: ConfidentialCase, form: QueryDict) -> object:
    return destroy_confidential(actor=actor, case=found.public_id)


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "schrijven": _write,
        "signaal": _signal,
        "doorgeven": _hand_over,
        "antwoord": _answer,
        "stap": _step,
        "klaar": _done,
        "nemen": _take,
        "overdragen": _pass,
        "sluiten": _close,
        "verzoek": _asked,
        "later": _later,
        "inzage": _given,
        "voorstellen": _propose,
        "bewaren": _keep,
        "vernietigen": _destroy,
    }
)
