"""A grant that rests on no scheme: its ground, four eyes, the ledger without a ceiling, the register, and the days of the law."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from vliegwiel.catalogue.roles import given_roles
from vliegwiel.foundation.budgets import verification
from vliegwiel.foundation.budgets.public import position
from vliegwiel.foundation.budgets.tests.given import a_ceiling, a_line
from vliegwiel.foundation.papers.actions.decide_sending import mark_printed
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Verdict
from vliegwiel.support.direct_grants.actions.keep_terms import give_notice, settle_proviso
from vliegwiel.support.direct_grants.actions.make_direct_grant import make_direct_grant, propose_direct_grant
from vliegwiel.support.direct_grants.actions.publish_report import publish_year_report, record_effect_report
from vliegwiel.support.direct_grants.models import DirectGrant, Series, YearReport
from vliegwiel.support.direct_grants.queries import todos_of
from vliegwiel.support.direct_grants.tests.given import a_direct_grant, a_recipient, granted, intended, proposed, the_rules
from vliegwiel.support.grants.actions.make_known import make_known_what_was_posted
from vliegwiel.support.grants.actions.propose_decision import propose_decision
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.decisions import Proposal
from vliegwiel.support.grants.gates import Intent, gates_of
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.public import decisions_of, duties_of, grant_of
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests import snapshot as snapshots
from vliegwiel.support.grants.tests.officers import PROVINCE, a_signer, an_officer, no_state_aid
from vliegwiel.support.register.public import counted

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday() -> Iterator[None]:
    with clock.at(MONDAY):
        yield


def everything() -> dict[str, str]:
    """Also what this room holds."""
    own = {model.__name__: str(list(model.objects.order_by("pk").values())) for model in (DirectGrant, Series, YearReport)}
    return {**snapshots.snapshot(), **own}


def test_a_direct_grant_is_a_file_that_nobody_applied_for() -> None:
    made = a_direct_grant()
    file = grant_of(made.application)
    assert (file.state, file.call, file.applicant, file.asked) == (State.COMPLETE, "", "", Money.euros(40_000))
    assert file.number == made.number
    assert Application.objects.get(number=made.number).channel == "own"


def test_it_is_decided_by_four_eyes_on_a_line_without_a_ceiling() -> None:
    line = a_line(Money.euros(100_000), kind="jaarsubsidie")
    waiting = proposed(a_direct_grant(line))
    assert position(line, clock.today()).reserved == Money.euros(40_000)
    with pytest.raises(NotAllowed) as refusal:
        sign_decision(actor=an_officer(most=None), decision=waiting.public_id, seen=waiting.content_hash)
    assert refusal.value.code == "second-signature"
    sign_decision(actor=a_signer(), decision=waiting.public_id, seen=waiting.content_hash)
    assert position(line, clock.today()).committed == Money.euros(40_000)
    assert verification.verify(PROVINCE).holds


def test_the_letter_names_the_ground_of_the_law() -> None:
    made = granted(a_direct_grant())
    said = decisions_of(made.application)[0].motivation
    assert "Verzonnen begroting 2026, post 12" in said
    assert "artikel 4:23, derde lid, onder c, Awb" in said


def test_it_enters_the_register_once_the_letter_was_posted() -> None:
    made = granted(a_direct_grant())
    assert decisions_of(made.application)[0].sent_on is None
    _posted(made)
    with clock.at(MONDAY + timedelta(days=2)):
        assert [(row.granted, row.amount) for row in counted(PROVINCE)] == [(1, 40_000_00)]


def test_a_line_with_too_little_credit_gives_nothing() -> None:
    line = a_line(Money.euros(39_999), kind="jaarsubsidie")
    made = a_direct_grant(line)
    with pytest.raises(NotNow) as refusal:
        proposed(made)
    assert refusal.value.code == "credit"


def test_a_line_that_spends_under_a_ceiling_only_is_no_way_round_it() -> None:
    made = a_direct_grant(a_ceiling(Money.euros(100_000)).line)
    with pytest.raises(Refusal):
        proposed(made)
    assert grant_of(made.application).state is State.COMPLETE


def test_without_rules_in_force_there_is_no_direct_grant() -> None:
    with pytest.raises(NotNow) as refusal:
        make_direct_grant(actor=an_officer(), province=PROVINCE, recipient=a_recipient(), intended=intended())
    assert refusal.value.code == "no-rules"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"most": Money.euros(39_999)}, "above-most"),
        ({"most": None}, "no-most"),
        ({"proof": ""}, "no-proof"),
        ({"ground": "incidental", "ends": date(2030, 1, 1)}, "too-long"),
        ({"ground": "awaiting", "ends": date(2027, 1, 1)}, "too-long"),
        ({"ground": "zomaar"}, "not-complete"),
        ({"ends": date(2025, 12, 31)}, "not-complete"),
        ({"amount": Money(0)}, "not-complete"),
        ({"title": " "}, "not-complete"),
    ],
)
def test_what_no_ground_carries_is_refused_and_changes_nothing(changes: dict[str, Any], code: str) -> None:
    the_rules()
    line, officer = a_line(Money.euros(200_000), kind="jaarsubsidie"), an_officer()
    before = everything()
    with pytest.raises(NotValid) as refusal:
        make_direct_grant(actor=officer, province=PROVINCE, recipient=a_recipient(), intended=intended(line, **changes))
    assert refusal.value.code == code
    assert everything() == before


def test_a_line_that_does_not_exist_and_a_wrong_account_are_refused() -> None:
    the_rules()
    with pytest.raises(NotFound):
        a_direct_grant("bestaatniet1")
    recipient = a_recipient()
    wrong = type(recipient)(**{**vars(recipient), "account": "NL91ABNA0417164301"})
    with pytest.raises(NotValid):
        make_direct_grant(actor=an_officer(), province=PROVINCE, recipient=wrong, intended=intended())
    assert not DirectGrant.objects.exists()


def test_an_incidental_grant_is_counted_per_recipient() -> None:
    line = a_line(Money.euros(900_000), kind="jaarsubsidie")
    for year in (2022, 2023, 2024, 2025):
        a_direct_grant(line, ground="incidental", most=None, starts=date(year, 1, 1), ends=date(year, 12, 31))
    with pytest.raises(NotValid) as refusal:
        a_direct_grant(line, ground="incidental", most=None)
    assert refusal.value.code == "too-long"
    a_direct_grant(line, ground="incidental", most=None, to="Een ander die niet bestaat")


def test_who_took_another_name_is_known_by_the_number_in_the_trade_register() -> None:
    line, number = a_line(Money.euros(900_000), kind="jaarsubsidie"), "90000001"
    series = _three_years(line, kvk=number)
    renamed = {"to": "Kledingbank Nieuwe Naam", "kvk": number}
    with pytest.raises(NotValid) as refusal:
        a_direct_grant(line, amount=Money.euros(1_000), **renamed)
    assert refusal.value.code == "no-notice"
    assert a_direct_grant(line, recurring=True, **renamed).series == series
    assert a_direct_grant(line, amount=Money.euros(1_000), to="Iemand die niet bestaat", kvk="90000002").series is None
    a_direct_grant(line, ground="incidental", most=None, ends=date(2029, 12, 31), title="Verhuizing", kvk=number)
    with pytest.raises(NotValid) as refusal:
        period = {"starts": date(2030, 1, 1), "ends": date(2030, 12, 31), "title": "Verhuizing"}
        a_direct_grant(line, ground="incidental", most=None, **period, **renamed)
    assert refusal.value.code == "too-long"


def _three_years(line: str, **changes: Any) -> Series:
    for year in (2023, 2024, 2025):
        period = {"starts": date(year, 1, 1), "ends": date(year, 12, 31), "recurring": True, **changes}
        granted(a_direct_grant(line, **period))
    return Series.objects.get()


def test_after_three_years_a_lower_amount_needs_a_notice_and_the_rest_of_its_term() -> None:
    line = a_line(Money.euros(900_000), kind="jaarsubsidie")
    series = _three_years(line)
    with pytest.raises(NotValid) as refusal:
        a_direct_grant(line, amount=Money.euros(1_000))
    assert refusal.value.code == "no-notice"
    give_notice(
        actor=an_officer(), series=series.public_id, told_on=clock.today(), until=date(2026, 6, 30), reason="Er is minder geld."
    )
    with pytest.raises(NotValid) as refusal:
        a_direct_grant(line, amount=Money.euros(19_000))
    assert refusal.value.code == "rest-of-term"
    made = a_direct_grant(line, amount=Money.euros(20_000))
    assert made.series == series


def test_who_counts_on_it_is_not_refused_on_the_file_itself_without_a_notice_either() -> None:
    line = a_line(Money.euros(900_000), kind="jaarsubsidie")
    series = _three_years(line)
    file = a_direct_grant(line)
    no_state_aid(find(file.application))
    give: dict[str, Any] = {"actor": an_officer(), "application": file.application}
    less = Proposal(
        "partial",
        Money.euros(10_000),
        "U krijgt minder.",
        "Er is minder geld.",
        grounds=("changed-view",),
        public_title="Kleding",
    )
    for proposal in (less, replace(less, kind="refusal", awarded=Money(0), public_title="")):
        before = everything()
        with pytest.raises(NotNow) as refusal:
            propose_decision(**give, proposal=proposal)
        assert any("Redelijke termijn (4:51)" in line for line in refusal.value.details)
        assert everything() == before
    give_notice(
        actor=an_officer(), series=series.public_id, told_on=clock.today(), until=date(2026, 3, 31), reason="Minder geld."
    )
    assert _notice_gate(file.application, Money.euros(9_000)).reasons[0].code == "rest-of-term"
    assert _notice_gate(file.application, Money.euros(10_000))
    refused = Intent("refusal", Money(0), (("wrong-data", "Awb 4:35, tweede lid, onder a"),))
    assert not [gate for gate in gates_of(find(file.application), refused) if gate.key == "notice-term"]


def _notice_gate(application: str, amount: Money) -> Verdict:
    return next(gate.verdict for gate in gates_of(find(application), Intent("partial", amount)) if gate.key == "notice-term")


def test_in_the_third_year_the_officer_is_warned_before_it_ends() -> None:
    with clock.at(datetime(2025, 6, 2, 9, tzinfo=UTC)):
        _three_years(a_line(Money.euros(900_000), kind="jaarsubsidie"))
        found = [item for item in todos_of(PROVINCE) if "4:51" in item.article]
        assert [item.due for item in found] == [date(2025, 12, 31)]
        series = Series.objects.get()
        give_notice(
            actor=an_officer(),
            series=series.public_id,
            told_on=clock.today(),
            until=date(2026, 3, 31),
            reason="Er is minder geld.",
        )
        assert not [item for item in todos_of(PROVINCE) if "4:51" in item.article]


@pytest.mark.parametrize(
    ("told", "until", "reason"),
    [
        (date(2026, 1, 6), date(2026, 6, 30), "Minder geld."),
        (date(2026, 1, 5), date(2026, 1, 5), "Minder geld."),
        (date(2026, 1, 5), date(2026, 6, 30), " "),
    ],
)
def test_a_notice_that_cannot_be_is_refused(told: date, until: date, reason: str) -> None:
    series = Series.objects.create(province=PROVINCE, recipient="Niemand", title="Niets")
    with pytest.raises(NotValid):
        give_notice(actor=an_officer(), series=series.public_id, told_on=told, until=until, reason=reason)
    assert not series.notices.exists()


def test_a_notice_that_is_typed_in_twice_is_recorded_once() -> None:
    series = Series.objects.create(province=PROVINCE, recipient="Niemand", title="Niets")
    told = {"series": series.public_id, "told_on": date(2026, 1, 5), "until": date(2026, 6, 30), "reason": "Minder geld."}
    give_notice(actor=an_officer(), **told)
    with pytest.raises(NotNow):
        give_notice(actor=an_officer(), **{**told, "reason": "Nog eens."})
    assert [item.reason for item in series.notices.all()] == ["Minder geld."]


def test_a_grant_before_the_budget_stands_under_a_proviso_with_a_day() -> None:
    made = granted(a_direct_grant(adopted_on=date(2026, 2, 2)))
    decision = decisions_of(made.application)[0]
    assert decision.kind == "conditional"
    assert "4:34" in {duty.article for duty in duties_of(decision.id)}
    assert [item.due for item in todos_of(PROVINCE) if "4:34" in item.article] == [date(2026, 3, 2)]
    with pytest.raises(NotNow) as refusal:
        settle_proviso(actor=an_officer(), grant=made.public_id, invoke=False)
    assert refusal.value.code == "not-adopted"
    with clock.at(datetime(2026, 3, 3, 9, tzinfo=UTC)):
        with pytest.raises(NotNow) as refusal:
            settle_proviso(actor=an_officer(), grant=made.public_id, invoke=True)
        assert refusal.value.code == "lapsed"
    with clock.at(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        settle_proviso(actor=an_officer(), grant=made.public_id, invoke=True)
        with pytest.raises(NotNow):
            settle_proviso(actor=an_officer(), grant=made.public_id, invoke=False)
        assert not [item for item in todos_of(PROVINCE) if "4:34" in item.article]


def test_the_yearly_report_names_incidental_grants_and_stays_as_it_is() -> None:
    line = a_line(Money.euros(900_000), kind="jaarsubsidie")
    _posted(granted(a_direct_grant(line, ground="incidental", most=None, to="Stichting Eenmalig Niets")))
    _posted(granted(a_direct_grant(line)))
    with pytest.raises(NotNow):
        publish_year_report(actor=an_officer(), province=PROVINCE, year=2026)
    with clock.at(datetime(2027, 2, 1, 9, tzinfo=UTC)):
        assert [item.due for item in todos_of(PROVINCE) if "4:23" in item.article] == [date(2027, 12, 31)]
        made = publish_year_report(actor=an_officer(), province=PROVINCE, year=2026)
        assert [(row["recipient"], row["cents"]) for row in made.rows] == [("Stichting Eenmalig Niets", 40_000_00)]
        assert not [item for item in todos_of(PROVINCE) if "4:23" in item.article]
        with pytest.raises(NotNow) as refusal:
            publish_year_report(actor=an_officer(), province=PROVINCE, year=2026)
        assert refusal.value.code == "published"


def test_each_scheme_has_its_report_on_effects_after_five_years() -> None:
    key = the_rules().scheme.key
    with clock.at(datetime(2030, 6, 3, 9, tzinfo=UTC)):
        assert [item.due for item in todos_of(PROVINCE) if "4:24" in item.article] == [date(2031, 1, 5)]
        with pytest.raises(NotValid):
            record_effect_report(
                actor=an_officer(), province=PROVINCE, scheme="nergens/niets", published_on=clock.today(), place="x"
            )
        record_effect_report(actor=an_officer(), province=PROVINCE, scheme=key, published_on=clock.today(), place="Statenstuk 12")
        assert not [item for item in todos_of(PROVINCE) if "4:24" in item.article]


#: Who may prepare a direct grant; everybody else is refused, and nothing changes.
MAY = {"programma"}
ROLES = tuple(role.key for role in given_roles())


def _acts(grant: DirectGrant, series: Series) -> dict[str, Any]:
    return {
        "make": lambda actor: make_direct_grant(
            actor=actor, province=PROVINCE, recipient=a_recipient("Nog een die niet bestaat"), intended=intended(grant.line)
        ),
        "propose": lambda actor: propose_direct_grant(
            actor=actor, grant=grant.public_id, summary="U krijgt geld.", motivation="Goed."
        ),
        "notice": lambda actor: give_notice(
            actor=actor, series=series.public_id, told_on=clock.today(), until=date(2026, 6, 30), reason="Minder geld."
        ),
        "proviso": lambda actor: settle_proviso(actor=actor, grant=grant.public_id, invoke=False),
        "report": lambda actor: publish_year_report(actor=actor, province=PROVINCE, year=2025),
        "effect": lambda actor: record_effect_report(
            actor=actor, province=PROVINCE, scheme=the_rules().scheme.key, published_on=clock.today(), place="Statenstuk 1"
        ),
    }


@pytest.mark.parametrize("act", ["make", "propose", "notice", "proviso", "report", "effect"])
def test_only_a_programme_officer_of_the_province_prepares_direct_grants(act: str) -> None:
    made = a_direct_grant(recurring=True, adopted_on=date(2026, 1, 5))
    series = Series.objects.get()
    elsewhere = acting(a_role("programma", province="PV98", email="elders@voorbeeld.invalid"))
    people = {kind: acting(a_role(kind, email=f"{kind}.matrix@voorbeeld.invalid")) for kind in ROLES if kind not in MAY}
    before = everything()
    for actor in (*people.values(), elsewhere, Actor("visitor")):
        with pytest.raises(NotAllowed):
            _acts(made, series)[act](actor)
    assert everything() == before
    if act == "propose":
        with pytest.raises(NotNow):  # state aid is not assessed yet
            _acts(made, series)[act](an_officer())
    else:
        _acts(made, series)[act](an_officer())


def _posted(made: DirectGrant) -> None:
    file = grant_of(made.application)
    mark_printed(actor=an_officer(), letters=[letter.id for letter in letters_of(file.about)], province=PROVINCE)
    make_known_what_was_posted(actor=Actor.system("job"))
