"""Reads of the pool: experts beside requests with reasons, what is open, and the year in figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from vliegwiel.catalogue.experts import experts
from vliegwiel.foundation.people.public import Fields, Subject, colleagues, may, may_filter
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.experts.lifecycle import LIVING, ExpertState, RequestState
from vliegwiel.support.experts.models import (
    Expert,
    ExpertHours,
    ExpertInterest,
    ExpertRequest,
    ExpertTask,
    FreeTime,
    HelpAnswer,
    PoolCount,
    PoolYear,
)
from vliegwiel.support.experts.rules import Candidate, Match, Need, free_minutes, match
from vliegwiel.support.experts.standing import ASKS, COORDINATES

_PLACE = Fields(province="province", municipality="municipality")
#: Verbs of who judges or decides on plans: an expert who may do so is shown as such.
JUDGES = ("score-applications", "assess-applications", "decide-applications")
REQUESTED, MATCHED, IN_TIME, FINISHED, MINUTES, ASKED, HELPED = (
    "requested",
    "matched",
    "in-time",
    "finished",
    "minutes",
    "answered",
    "helped",
)


def requests_of(actor: Actor, province: str) -> QuerySet[ExpertRequest]:
    """Every request that this person works on: the twin of `standing.may_ask_for`."""
    everything = ExpertRequest.objects.filter(province=province)
    if actor.kind == "system" or may(actor, COORDINATES, Subject(province=province)):
        return everything
    return may_filter(actor, ASKS, everything, _PLACE).filter(organisation=actor.organisation)


def pool(province: str) -> QuerySet[Expert]:
    """Everyone who is in the pool."""
    return Expert.objects.filter(province=province, state=ExpertState.ADMITTED.value).order_by("pk")


def candidates_for(request: ExpertRequest) -> list[tuple[Expert, Match]]:
    """Everyone in the pool beside this request, in the order of the match; who can do none of it is left out."""
    found = list(pool(request.province))
    seen = _as_candidates(found, clock.today(), request.by)
    need = _need(request)
    laid = [(expert, _match(seen[expert.pk], need)) for expert in found]
    return sorted(((expert, one) for expert, one in laid if one.matched), key=lambda pair: pair[1].order)


def requests_for(expert: Expert) -> list[tuple[ExpertRequest, Match]]:
    """Every open request beside this expert: what fits first, then what nearly fits; a request is left out when they can do none of it, or
    said or were asked something about it already."""
    spoken = ExpertInterest.objects.filter(request=OuterRef("pk"), expert=expert)
    still = ExpertRequest.objects.filter(province=expert.province, state=RequestState.OPEN.value, by__gte=clock.today())
    found = [
        request for request in still.filter(~Exists(spoken)).order_by("by", "pk") if set(request.skills) & set(expert.skills)
    ]
    times = _times([expert.pk])
    held, running = _held([expert.pk])
    laid = []
    for request in found:
        seen = _candidate(expert, times.get(expert.pk, []), held.get(expert.pk, 0), running.get(expert.pk, 0), request.by)
        laid.append((request, _match(seen, _need(request))))
    return sorted(laid, key=lambda pair: (not pair[1].fits, -pair[1].matched, pair[0].by, pair[0].pk))


def match_of(expert: Expert, request: ExpertRequest) -> Match:
    """This expert beside this request."""
    return _match(_as_candidates([expert], clock.today(), request.by)[expert.pk], _need(request))


def _match(seen: Candidate, need: Need) -> Match:
    rules = experts()
    return match(seen, need, skills={key: one.name for key, one in rules.skills.items()}, languages=dict(rules.languages))


def _need(request: ExpertRequest) -> Need:
    return Need(
        tuple(request.skills),
        request.language,
        request.place_name,
        request.point,
        request.remote,
        request.hours,
        request.by,
    )


def _as_candidates(found: list[Expert], today: date, by: date) -> dict[int, Candidate]:
    keys = [expert.pk for expert in found]
    times = _times(keys)
    held, running = _held(keys)
    return {
        expert.pk: _candidate(expert, times.get(expert.pk, []), held.get(expert.pk, 0), running.get(expert.pk, 0), by)
        for expert in found
    }


def _candidate(expert: Expert, times: list[tuple[date, date, int]], held: int, running: int, by: date) -> Candidate:
    return Candidate(
        expert.public_id,
        frozenset(expert.skills),
        frozenset(expert.languages),
        expert.place_name,
        expert.point,
        expert.reach,
        expert.remote,
        free_minutes(times, held, clock.today(), by),
        running,
    )


def _times(keys: list[int]) -> dict[int, list[tuple[date, date, int]]]:
    found: dict[int, list[tuple[date, date, int]]] = {}
    rows = FreeTime.objects.filter(expert__in=keys, last_day__gte=clock.today())
    for key, first, last, hours in rows.values_list("expert", "first_day", "last_day", "hours"):
        found.setdefault(key, []).append((first, last, hours))
    return found


def _held(keys: list[int]) -> tuple[dict[int, int], Counter[int]]:
    """Minutes that requests still ask of each expert, and how many requests they have."""
    held: Counter[int] = Counter()
    running: Counter[int] = Counter()
    for key, agreed, minutes in ExpertTask.objects.filter(expert__in=keys, ended_on=None).values_list(
        "expert", "agreed", "minutes"
    ):
        held[key] += agreed * 60 - minutes
        running[key] += 1
    return held, running


def judges_in(province: str) -> frozenset[str]:
    """The public ids of who judges or decides on applications in a province."""
    return frozenset(item.id for item in colleagues(JUDGES, Subject(province=province)))


def skills_on_offer(province: str) -> list[tuple[str, str, int]]:
    """Each skill (name, example) with how many experts in the pool have it."""
    counts: Counter[str] = Counter()
    for skills in pool(province).values_list("skills", flat=True):
        counts.update(skills)
    return [(skill.name, skill.about, counts[key]) for key, skill in experts().skills.items()]


def shown_experts(province: str) -> list[Expert]:
    """Experts who let the public read their name, by name."""
    return list(pool(province).filter(shows_name=True).exclude(name="").order_by("name", "pk"))


@dataclass(frozen=True)
class RequestFacts:
    """A request as other rooms show it: public id, title, its state in words, who helps, what came of it, and whether the initiative can
    say now whether it helped."""

    id: str
    title: str
    state: str
    state_name: str
    expert_name: str
    said: str
    asks_answer: bool
    helped: str


def requests_about(kind: str, name: str) -> list[RequestFacts]:
    """The requests of one record (a support case), the newest first."""
    found = ExpertRequest.objects.filter(about_kind=kind, about_id=name).order_by("-pk")
    tasks = {
        task.request_id: task for task in ExpertTask.objects.filter(request__in=found, given_back=False).select_related("expert")
    }
    answers = HelpAnswer.objects.filter(task__request__in=found, side="initiative").select_related("task")
    helped = {answer.task.request_id: str(answer.get_helped_display()) for answer in answers}
    return [
        RequestFacts(
            request.public_id,
            request.title,
            request.state,
            str(request.get_state_display()),
            tasks[request.pk].expert.name if request.pk in tasks else "",
            request.said,
            request.stands is RequestState.FINISHED and request.pk not in helped,
            helped.get(request.pk, ""),
        )
        for request in found
    ]


@dataclass(frozen=True)
class Year:
    """The pool in a year. `in_time`: of the requests opened in it, how many had an expert within `within` days. `hours` and `left` are
    None while nothing was agreed."""

    year: int
    within: int
    requested: int
    matched: int
    in_time: int
    finished: int
    minutes: int
    answered: int
    helped: int
    hours: int | None
    left: int | None
    line: str

    @property
    def worked(self) -> float:
        """Hours worked."""
        return self.minutes / 60


def year_of(province: str, year: int) -> Year:
    """The year in figures, with what is kept of requests that are destroyed."""
    counts = counted(ExpertRequest.objects.filter(province=province), year)
    for row in PoolCount.objects.filter(province=province, year=year):
        counts[row.what] += row.count
    agreed = PoolYear.objects.filter(province=province, year=year).first()
    return Year(
        year=year,
        within=experts().matched_within_days,
        requested=counts[REQUESTED],
        matched=counts[MATCHED],
        in_time=counts[IN_TIME],
        finished=counts[FINISHED],
        minutes=counts[MINUTES],
        answered=counts[ASKED],
        helped=counts[HELPED],
        hours=agreed.hours if agreed else None,
        left=agreed.left if agreed else None,
        line=agreed.line if agreed else "",
    )


def counted(found: QuerySet[ExpertRequest], year: int) -> Counter[str]:
    """What happened in a year with these requests, by word. A request that was matched and came back counts by its first expert."""
    counts: Counter[str] = Counter()
    within = timedelta(days=experts().matched_within_days)
    first: dict[int, date] = {}
    tasks = ExpertTask.objects.filter(request__in=found)
    for request, since in tasks.order_by("pk").values_list("request", "since"):
        first.setdefault(request, since)
    for key, opened in found.filter(opened_on__year=year).values_list("pk", "opened_on"):
        counts[REQUESTED] += 1
        counts[MATCHED] += key in first
        counts[IN_TIME] += key in first and opened is not None and first[key] <= opened + within
    counts[FINISHED] = found.filter(state=RequestState.FINISHED.value, ended_on__year=year).count()
    worked = ExpertHours.objects.filter(task__in=tasks, on__year=year).aggregate(total=Sum("minutes"))["total"]
    counts[MINUTES] = int(worked or 0)
    answers = HelpAnswer.objects.filter(task__in=tasks, side="initiative", on__year=year)
    counts[ASKED], counts[HELPED] = answers.count(), answers.filter(helped="yes").count()
    return counts


def waiting_more(found: QuerySet[ExpertRequest]) -> QuerySet[ExpertRequest]:
    """Of these the ones whose expert waits for a yes to more hours."""
    return found.filter(tasks__more__granted=None, tasks__more__isnull=False, tasks__ended_on=None).distinct()


def with_word(found: QuerySet[ExpertRequest]) -> QuerySet[ExpertRequest]:
    """Of these the open ones for which an expert is willing."""
    return found.filter(state=RequestState.OPEN.value, interests__state="willing").distinct()


def heaps(found: QuerySet[ExpertRequest]) -> dict[str, QuerySet[ExpertRequest]]:
    """The heaps of the list at work, the first last day on top."""
    ordered = found.order_by("by", "pk")
    return {
        "lopend": ordered.filter(state__in=[state.value for state in LIVING]),
        "wensen": ordered.filter(state=RequestState.WISHED.value),
        "zoekt": ordered.filter(state=RequestState.OPEN.value),
        "kiezen": with_word(ordered),
        "uren": waiting_more(ordered),
        "helpt": ordered.filter(state=RequestState.ASSIGNED.value),
        "klaar": found.filter(Q(state=RequestState.FINISHED.value) | Q(state=RequestState.WITHDRAWN.value)).order_by(
            F("ended_on").desc(nulls_last=True), "-pk"
        ),
    }


def names_of(keys: Iterable[str]) -> list[str]:
    """The names of skills by key."""
    return [experts().skills[key].name for key in keys if key in experts().skills]
