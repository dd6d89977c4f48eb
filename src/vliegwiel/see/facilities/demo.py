"""The facilities of the demo: made-up roads and buildings, a norm, a report with its answer, a school that closes, and nine buildings."""

from pathlib import Path

from django.conf import settings

from vliegwiel.catalogue.reader import provinces
from vliegwiel.foundation.people import demo as people
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.see.facilities import homes, made_up
from vliegwiel.see.facilities.actions.ask_keep import ask_keep
from vliegwiel.see.facilities.actions.import_facilities import import_facilities
from vliegwiel.see.facilities.actions.import_roads import make_up_roads
from vliegwiel.see.facilities.actions.release_distances import release_distances
from vliegwiel.see.facilities.actions.report_mistake import answer_report, report_mistake
from vliegwiel.see.facilities.actions.save_scenario import save_scenario
from vliegwiel.see.facilities.actions.set_norm import set_norm
from vliegwiel.see.facilities.actions.share_outcome import plan_next_use, send_outcome, share_outcome
from vliegwiel.see.facilities.models import ClosureScenario, Facility, KeepQuestion, RoadNetwork
from vliegwiel.see.facilities.where import grounds_of

SOURCE = "Verzonnen lijst van voorzieningen"
_MOST_BUILDINGS, _KEPT = 9, 3


def build(province: str) -> int:
    """Make what is not there yet; returns how many facilities there are. Only in the demo, and only with borders and residents."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen voorzieningen horen alleen in een voorbeeld.", code="no-demo")
    grounds = grounds_of(province)
    if grounds is None or not homes.residents(grounds).any():
        return 0
    system = Actor.system("demo")
    if not RoadNetwork.objects.filter(province=province).exists():
        make_up_roads(actor=system, province=province)
    if not Facility.objects.filter(province=province).exists():
        path = Path(settings.VLIEGWIEL_HOME) / "demo" / "verzonnen_voorzieningen.csv"
        made_up.write(path, grounds, homes.residents(grounds), real=province in provinces())
        import_facilities(actor=system, province=province, path=path, source=SOURCE, made_up=True)
        _use(province)
        if province not in provinces():  # beside the real distances of a real province these would look real
            release_distances(actor=system, province=province)
    return Facility.objects.filter(province=province).count()


def _not_far_from(province: str, school: Facility) -> list[tuple[float, float]]:
    """The meeting place that lies nearest to a school: it could move in there."""
    halls = Facility.objects.filter(province=province, kind="ontmoetingsplek", municipality=school.municipality)
    nearest = min(halls, key=lambda hall: ((hall.x - school.x) ** 2 + (hall.y - school.y) ** 2, hall.pk), default=school)
    return [(float(nearest.x), float(nearest.y))]


def _use(province: str) -> None:
    """What people did with it."""
    officer = people.acting("programma", province)
    set_norm(
        actor=officer, province=province, kind="basisschool", profile="bike", minutes=15, source="Verzonnen besluit van Provinciale Staten",
        status="streven", valid_from=clock.today().replace(month=1, day=1),
    )  # fmt: skip
    schools = list(Facility.objects.filter(province=province, kind="basisschool").order_by("municipality", "pk"))
    if schools and not ClosureScenario.objects.filter(province=province).exists():
        school = schools[0]
        saved = save_scenario(
            actor=officer, province=province, title=f"{school.name} sluit", kind="basisschool", profile="bike", close=[school.public_id],
            note="Gemaakt voor het gesprek met de gemeente en de ouders.",
        )  # fmt: skip
        plan_next_use(
            actor=officer,
            kind="closure-scenario",
            saved=saved.public_id,
            facility=school.public_id,
            use="woningen",
            owner=f"Gemeente {school.municipality_name}",
        )
        share_outcome(actor=officer, kind="closure-scenario", saved=saved.public_id)
        send_outcome(actor=officer, kind="closure-scenario", saved=saved.public_id, municipalities=[school.municipality])
    moving = next((school for school in schools if school.municipality != schools[0].municipality), None)
    if moving is not None and ClosureScenario.objects.filter(province=province).count() == 1:
        save_scenario(
            actor=officer, province=province, title=f"{moving.name} verhuist", kind="basisschool", profile="foot",
            close=[moving.public_id], opens=_not_far_from(province, moving),
            note="Om te zien of een plek aan de rand beter is.",
        )  # fmt: skip
    buildings = Facility.objects.filter(province=province, kind="ontmoetingsplek", name__icontains="activiteitengebouw").order_by(
        "pk"
    )
    names = list(buildings.values_list("public_id", flat=True)[:_MOST_BUILDINGS])
    if len(names) > _KEPT and not KeepQuestion.objects.filter(province=province).exists():
        village = buildings[0]
        question = ask_keep(
            actor=officer, province=province, area=village.municipality,
            title=f"Welke {_KEPT} gebouwen houden we in {village.municipality_name}?",
            profile="bike", candidates=names, number=_KEPT,
        )  # fmt: skip
        share_outcome(actor=officer, kind="keep-question", saved=question.public_id)
    meeting = Facility.objects.filter(province=province, kind="ontmoetingsplek").order_by("pk").first()
    if meeting is not None:
        first = report_mistake(
            actor=people.acting(people.RESIDENT, province),
            facility=meeting.public_id,
            about="opening",
            text="Op zondag is het ook open, van 14.00 tot 17.00 uur.",
        )
        answer_report(actor=officer, report=first.public_id, state="mended", answer="Dank u. Wij hebben de zondag erbij gezet.")
        report_mistake(
            actor=Actor("visitor"), facility=meeting.public_id, about="access", text="De drempel is te hoog voor een rolstoel."
        )
