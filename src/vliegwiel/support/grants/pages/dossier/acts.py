"""What an officer can do on a file, from a form: each reads its fields and calls the one action behind it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.http import QueryDict

from vliegwiel.catalogue.state_aid import aid_questions, daeb_file
from vliegwiel.foundation.questions.public import date_of, day_in, money_in, revision_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.actions.advise_application import advise_application, ask_advice, record_advice
from vliegwiel.support.grants.actions.ask_completion import ask_completion
from vliegwiel.support.grants.actions.assess_state_aid import assess_state_aid
from vliegwiel.support.grants.actions.assign_application import assign_application, declare_free, declare_interest
from vliegwiel.support.grants.actions.come_back_on_refusal import come_back_on_refusal
from vliegwiel.support.grants.actions.confirm_complete import ask_municipality, choose_ceiling, confirm_complete
from vliegwiel.support.grants.actions.exchange_messages import answer_message
from vliegwiel.support.grants.actions.extend_term import extend_term
from vliegwiel.support.grants.actions.hear_views import ask_views, record_views, skip_views
from vliegwiel.support.grants.actions.propose_decision import propose_decision, return_decision
from vliegwiel.support.grants.actions.score_application import start_assessment
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.actions.wait_in_line import leave_line, rejoin_line
from vliegwiel.support.grants.completion import OTHER, Item
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.pages.dossier.proposal import proposal_of
from vliegwiel.support.state_aid.public import Answered

Act = Callable[[Actor, Application, QueryDict], object]


def _ask_completion(actor: Actor, found: Application, form: QueryDict) -> object:
    own = [Item(OTHER, form.get("anders", ""), affects_scores=form.get("telt-mee") == "1")]
    return ask_completion(
        actor=actor, application=found.public_id, items=form.getlist("stuk"), own=own, revision=revision_in(form)
    )


def _extend(actor: Actor, found: Application, form: QueryDict) -> object:
    return extend_term(
        actor=actor,
        application=found.public_id,
        until=day_in(form, "dag"),
        reason=form.get("reden", ""),
        article=form.get("artikel", "").strip() or "4:14 Awb",
        revision=revision_in(form),
    )


def _assign(actor: Actor, found: Application, form: QueryDict) -> object:
    task = form.get("taak", "handler")
    return assign_application(
        actor=actor,
        application=found.public_id,
        task=task,
        person=form.get("wie", "") or actor.id,
        instead_of=form.get("in-plaats-van", ""),
    )


def _aid(actor: Actor, found: Application, form: QueryDict) -> object:
    answers = {
        key: Answered(form[f"vraag-{key}"] == "ja", form.get(f"waarom-{key}", ""))
        for key in aid_questions()
        if form.get(f"vraag-{key}") in ("ja", "nee")
    }
    return assess_state_aid(
        actor=actor,
        application=found.public_id,
        answers=answers,
        route=form.get("weg", ""),
        why=form.get("waarom", ""),
        article=form.get("artikel", ""),
        undertaking=form.get("onderneming", "").strip(),
        declared_on=date_of(form.get("verklaring", "")),
        file={key: form.get(f"daeb-{key}", "") for key in daeb_file()},
    )


def _advise(actor: Actor, found: Application, form: QueryDict) -> object:
    return advise_application(
        actor=actor,
        application=found.public_id,
        outcome=form.get("uitkomst", ""),
        amount=money_in(form, "bedrag"),
        motivation=form.get("motivering", ""),
        source=form.get("bron", "handler"),
        revision=revision_in(form),
    )


def _record_advice(actor: Actor, found: Application, form: QueryDict) -> object:
    return record_advice(
        actor=actor,
        application=found.public_id,
        request=form.get("verzoek", ""),
        outcome=form.get("uitkomst", ""),
        amount=money_in(form, "bedrag"),
        motivation=form.get("motivering", ""),
    )


def _ask_views(actor: Actor, found: Application, form: QueryDict) -> object:
    return ask_views(
        actor=actor,
        application=found.public_id,
        intention=form.get("voornemen", ""),
        reason=form.get("reden", ""),
        until=day_in(form, "dag"),
        revision=revision_in(form),
    )


def _sign(actor: Actor, found: Application, form: QueryDict) -> object:
    return sign_decision(actor=actor, decision=form.get("besluit", ""), seen=form.get("gelezen", ""))


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "aanvulling": _ask_completion,
        "compleet": lambda actor, found, form: confirm_complete(
            actor=actor, application=found.public_id, revision=revision_in(form)
        ),
        "plafond": lambda actor, found, form: choose_ceiling(
            actor=actor, application=found.public_id, ceiling=form.get("plafond", "")
        ),
        "verdagen": _extend,
        "toewijzen": _assign,
        "gemeente": lambda actor, found, form: ask_municipality(actor=actor, application=found.public_id),
        "belang": lambda actor, found, form: declare_interest(
            actor=actor, application=found.public_id, kind=form.get("soort", "")
        ),
        "geen-belang": lambda actor, found, form: declare_free(actor=actor, application=found.public_id),
        "beoordelen": lambda actor, found, form: start_assessment(
            actor=actor, application=found.public_id, revision=revision_in(form)
        ),
        "steun": _aid,
        "advies": _advise,
        "advies-vragen": lambda actor, found, form: ask_advice(
            actor=actor,
            application=found.public_id,
            adviser=form.get("adviseur", ""),
            question=form.get("vraag", ""),
            due_on=day_in(form, "dag"),
        ),
        "advies-binnen": _record_advice,
        "horen": _ask_views,
        "gehoord": lambda actor, found, form: record_views(
            actor=actor,
            application=found.public_id,
            views=form.get("reactie", ""),
            form=form.get("hoe", ""),
            received_on=day_in(form, "dag"),
        ),
        "niet-horen": lambda actor, found, form: skip_views(
            actor=actor, application=found.public_id, ground=form.get("grond", ""), why=form.get("waarom", "")
        ),
        "antwoord": lambda actor, found, form: answer_message(
            actor=actor, application=found.public_id, text=form.get("tekst", "")
        ),
        "voorstellen": lambda actor, found, form: propose_decision(
            actor=actor, application=found.public_id, proposal=proposal_of(found, form), revision=revision_in(form)
        ),
        "terugkomen": lambda actor, found, form: come_back_on_refusal(
            actor=actor,
            application=found.public_id,
            proposal=proposal_of(found, form),
            seen=form.get("gezien", ""),
            revision=revision_in(form),
        ),
        "van-de-lijst": lambda actor, found, form: leave_line(
            actor=actor, application=found.public_id, on=day_in(form, "dag"), revision=revision_in(form)
        ),
        "op-de-lijst": lambda actor, found, form: rejoin_line(
            actor=actor, application=found.public_id, revision=revision_in(form)
        ),
        "teruggeven": lambda actor, found, form: return_decision(
            actor=actor, decision=form.get("besluit", ""), why=form.get("waarom", "")
        ),
        "ondertekenen": _sign,
    }
)
