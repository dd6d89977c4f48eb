"""Reports and saved outcomes go when their term is over, with the messages about them, and not a day before."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.facilities.actions.forget_outcomes import forget_outcomes
from vliegwiel.see.facilities.actions.report_mistake import answer_report, report_mistake
from vliegwiel.see.facilities.actions.save_scenario import save_scenario
from vliegwiel.see.facilities.actions.share_outcome import send_outcome, share_outcome
from vliegwiel.see.facilities.models import ClosureScenario, Facility, MistakeReport
from vliegwiel.see.facilities.retention import HOLDINGS
from vliegwiel.see.facilities.tests.given import PROVINCE, a_village, named, someone

pytestmark = pytest.mark.django_db
JOB, DAY = Actor.system("job"), timedelta(days=1)


@pytest.fixture(autouse=True)
def the_village(own_home: Path, settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    a_village(own_home)


def test_a_report_goes_a_year_after_its_answer_and_what_was_mended_stays() -> None:
    officer, school = someone("programma"), named("Basisschool West")
    resident = someone("adviseur")
    first = report_mistake(actor=resident, facility=school.public_id, about="opening", text="Ook op zaterdag.")
    report_mistake(actor=Actor("visitor"), facility=school.public_id, about="closed", text="")
    with clock.at(clock.now() + 30 * DAY):
        answer_report(actor=officer, report=first.public_id, state="mended", answer="Dank u.")
    term, now = kept_for("mistake-report"), clock.now()
    with clock.at(now + term - DAY):
        assert forget_outcomes(actor=JOB) == 0 and MistakeReport.objects.count() == 2
    with clock.at(now + term + DAY):
        assert forget_outcomes(actor=JOB) == 1, "who got no answer counts from the day of the report"
        assert Notice.objects.filter(about_id=first.public_id).exists()
    with clock.at(now + term + 31 * DAY):
        assert forget_outcomes(actor=JOB) == 1 and forget_outcomes(actor=JOB) == 0
    assert not Notice.objects.filter(about_kind="mistake-report").exists()
    assert Facility.objects.filter(pk=school.pk).exists()
    assert Entry.objects.filter(action="forget-outcomes").count() == 2


def test_a_saved_outcome_goes_five_years_after_it_was_last_sent() -> None:
    officer, now = someone("programma"), clock.now()
    about: dict[str, Any] = {"actor": officer, "province": PROVINCE, "kind": "basisschool", "profile": "bike"}
    old = save_scenario(**about, title="Alleen bewaard", close=[named("Basisschool West").public_id])
    sent = save_scenario(**about, title="Later gestuurd", close=[named("Basisschool Oost").public_id])
    someone("gemeente", municipality="GM1876")
    with clock.at(now + 100 * DAY):
        share_outcome(actor=officer, kind="closure-scenario", saved=sent.public_id)
        send_outcome(actor=officer, kind="closure-scenario", saved=sent.public_id, municipalities=["GM1876"])
    with clock.at(now + kept_for("saved-outcome") + 2 * DAY):
        assert forget_outcomes(actor=JOB) == 1
        assert list(ClosureScenario.objects.values_list("title", flat=True)) == ["Later gestuurd"]
        gone = Client().get(old.path)
        assert gone.status_code == 404 and "halen wij een berekening weg" in gone.content.decode()
    with clock.at(now + kept_for("saved-outcome") + 102 * DAY):
        assert forget_outcomes(actor=JOB) == 1 and not ClosureScenario.objects.exists()
    assert not Notice.objects.filter(about_id=sent.public_id).exists()


def test_who_leaves_is_no_longer_named_and_who_made_an_outcome_still_is() -> None:
    (holding,) = HOLDINGS
    officer, resident = someone("programma"), someone("adviseur")
    report_mistake(actor=resident, facility=named("Basisschool West").public_id, about="closed", text="")
    save_scenario(
        actor=officer,
        province=PROVINCE,
        title="Bewaard",
        kind="basisschool",
        profile="bike",
        close=[named("Basisschool West").public_id],
    )
    assert holding.needs([officer.id, resident.id]) == {officer.id}
    holding.leave(actor=JOB, person=resident.id, email="x@voorbeeld.invalid")
    assert MistakeReport.objects.get().person == ""
