"""Surveys, their waves, and what was done with each. The answers themselves lie apart, in files that only researchers open."""

from typing import Any

from django.db import models

from vliegwiel.kernel.ids import public_id


class Survey(models.Model):
    """A survey (*enquête*) that comes back: its waves ask the same questions."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    title = models.CharField(max_length=120)
    made_up = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["province", "title"], name="survey_title_once")]

    def __str__(self) -> str:
        return self.title


class Wave(models.Model):
    """One fielding of a survey (*meting*). `answers` is the SHA-256 of the file with answers, `received` that of what came in.

    `code_book` holds the words of the file (labels, answers as pairs in their order, missing codes), `left_out` the columns that were not
    kept, each with the reason. From `answers_gone_at` on the answers are destroyed, and only what was made of them is there. `assume`:
    margins rest on a model and say so. `special`: an experience survey (*belevingsonderzoek*) of a small group with special-category
    data (AVG 9), whose DPIA (AVG 35) is named in `assessment`; its results are of who took part only. The columns named here say how the
    sample was drawn: `nested` when cluster numbers begin again in each stratum, `fpc` how many clusters the stratum has.
    """

    class Sample(models.TextChoices):
        """How people came into the sample: by chance, or because they wanted to."""

        PROBABILITY = "probability", "kanssteekproef"
        OPT_IN = "nonprobability", "geen kanssteekproef"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    period = models.CharField(max_length=8)
    area_year = models.PositiveSmallIntegerField()
    sample = models.CharField(max_length=16, choices=Sample.choices)
    assume = models.BooleanField(default=False)
    special = models.BooleanField(default=False)
    assessment = models.CharField(max_length=80, blank=True)
    channels = models.CharField(max_length=160)
    population = models.CharField(max_length=60)
    file_name = models.CharField(max_length=120)
    received = models.CharField(max_length=64)
    answers = models.CharField(max_length=64)
    answers_gone_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField()
    code_book = models.JSONField()
    left_out = models.JSONField()
    weight = models.CharField(max_length=64, blank=True)
    strata = models.CharField(max_length=64, blank=True)
    cluster = models.CharField(max_length=64, blank=True)
    nested = models.BooleanField(default=False)
    fpc = models.CharField(max_length=64, blank=True)
    person = models.CharField(max_length=64, blank=True)
    area = models.CharField(max_length=64, blank=True)
    duration = models.CharField(max_length=64, blank=True)
    without_hasty = models.BooleanField(default=False)
    described_at = models.DateTimeField(null=True)
    made_up = models.BooleanField(default=False)
    imported_by = models.CharField(max_length=40)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "period"], name="wave_period_once")]

    def __str__(self) -> str:
        return f"{self.survey} {self.period}"

    @property
    def by_chance(self) -> bool:
        """Whether this is a probability sample (*kanssteekproef*)."""
        return self.sample == self.Sample.PROBABILITY

    @property
    def with_margins(self) -> bool:
        """Whether margins may be shown at all; those of an opt-in sample rest on a model and say so."""
        return self.by_chance or self.assume

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """Per column what each answer code means, in the order of the code book."""
        return {name: dict(pairs) for name, pairs in self.code_book["answers"].items()}


class WaveColumn(models.Model):
    """A column of a wave that is used: a score (`cut`: below it counts as insufficient) or a background to split by.

    `theme`, `direction`, `unit` and `sdgs` are what the figures of a score are published under, as the researcher answered; nothing is
    guessed.
    """

    class Role(models.TextChoices):
        """What the column is for."""

        SCORE = "score", "cijfer"
        BACKGROUND = "background", "achtergrond"

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="columns")
    name = models.CharField(max_length=64)
    title = models.CharField(max_length=160)
    role = models.CharField(max_length=10, choices=Role.choices)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    cut = models.FloatField(null=True)
    theme = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    sdgs = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "name"], name="wave_column_once")]

    def __str__(self) -> str:
        return self.title


class SeriesBreak(models.Model):
    """A break in a series (*trendbreuk*): from this wave on a question is not the same as before, with the reason."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="breaks")
    name = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    noted_by = models.CharField(max_length=40)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "name"], name="series_break_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


class Weighting(models.Model):
    """Weights made to meet population totals (*weging*): the totals, what they are of, and the diagnostics. The newest one counts.

    `margins` says of each its `place`: all add up to the first, and a database keeps no order of names. `way` is how: the method, the
    bounds on the factors, and the replicates that the margins of estimates come from.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="weightings")
    margins = models.JSONField()
    way = models.JSONField()
    diagnostics = models.JSONField()
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.wave}: {', '.join(self.ordered)}"

    @property
    def ordered(self) -> dict[str, Any]:
        """The margins in the order in which they were chosen."""
        return dict(sorted(self.margins.items(), key=lambda item: int(item[1]["place"])))


class AreaModel(models.Model):
    """A model for areas that are too small for their own answers (*kleinegebiedenmodel*), of one score and one statistic of a wave.

    `choice` is what was chosen: method, covariates with their years, and which published total it is made to meet. `fitted` is the
    SHA-256 of the model with what a reader needs to judge it. Made for the weighting that then counted; the newest of a statistic counts.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="area_models")
    weighting = models.ForeignKey(Weighting, on_delete=models.CASCADE, null=True, related_name="+")
    item = models.CharField(max_length=64)
    stat = models.CharField(max_length=8)
    choice = models.JSONField()
    fitted = models.CharField(max_length=64)
    dropped_at = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.wave}: {self.item}"

    @property
    def title(self) -> str:
        """The score as it is called."""
        return next((one.title for one in self.wave.columns.all() if one.name == self.item), self.item)


class OwnProfile(models.Model):
    """A protection profile (*beveiligingsprofiel*) that a province made itself: `rules` as the engine reads them. Never changed."""

    province = models.CharField(max_length=4)
    name = models.CharField(max_length=40)
    rules = models.JSONField()
    reason = models.CharField(max_length=300)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["province", "name"], name="own_profile_once")]

    def __str__(self) -> str:
        return str(self.rules.get("title", self.name))


class AreaSetCheck(models.Model):
    """A check of an area set (*toets van een gebiedsindeling*) against every wave that was released, before it may be used for them.

    `members` is a hash of the municipalities it then had; with others it must be checked again. `outcome` lists per wave and question
    whether the set may be shown, `decisions` is the SHA-256 of all of them with their reasons.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    province = models.CharField(max_length=4)
    code = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    members = models.CharField(max_length=64)
    outcome = models.JSONField()
    decisions = models.CharField(max_length=64)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code} {self.year}"


class OpenAnswer(models.Model):
    """An answer in words (*open antwoord*), kept apart from who gave it. Nobody reads on before two persons said that it names nobody.

    The first person may take words out, the second one reads what is left. What one of them withholds is destroyed: `text` is empty then.
    """

    class State(models.TextChoices):
        """How far it is."""

        NEW = "new", "nog niet bekeken"
        ONCE = "once", "één keer bekeken"
        READABLE = "readable", "mag gelezen worden"
        WITHHELD = "withheld", "vernietigd"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="open_answers")
    column = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    first_by = models.CharField(max_length=40, blank=True)
    second_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="readable")
                | ~models.Q(first_by="") & ~models.Q(second_by="") & ~models.Q(first_by=models.F("second_by")),
                name="open_answer_by_two_persons",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withheld") | models.Q(text=""), name="open_answer_withheld_is_gone"
            ),
        ]
        indexes = [models.Index(fields=["wave", "state"], name="open_answer_of_wave")]

    def __str__(self) -> str:
        return f"{self.column}, {self.get_state_display()}"


class Run(models.Model):
    """One computation of all estimates (*rekenronde*), with what a profile lets be shown of them, down to the level `floor`.

    `results` is the SHA-256 of all estimates, `shown` that of them without what is hidden, `cells` that of every decision about a cell
    with its reason. Nothing is there before all is.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "wacht"
        RUNNING = "running", "rekent"
        DONE = "done", "klaar"
        FAILED = "failed", "mislukt"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="runs")
    weighting = models.ForeignKey(Weighting, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    step = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    profile = models.JSONField()
    floor = models.CharField(max_length=10, blank=True)
    results = models.CharField(max_length=64, blank=True)
    shown = models.CharField(max_length=64, blank=True)
    cells = models.CharField(max_length=64, blank=True)
    cell_count = models.PositiveIntegerField(default=0)
    hidden_count = models.PositiveIntegerField(default=0)
    receipt = models.JSONField(default=dict)
    failure = models.CharField(max_length=600, blank=True)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="done") | ~models.Q(results="") & ~models.Q(shown="") & ~models.Q(cells=""),
                name="run_done_has_results",
            ),
            models.UniqueConstraint(
                fields=["wave"], condition=models.Q(state__in=["waiting", "running"]), name="run_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave}, {self.get_state_display()}"


class Review(models.Model):
    """A disclosure review (*onthullingstoets*): one person proposes to show what a run lets be shown, another one releases it.

    Then municipalities see it (`shown` is the public id of that showing), and everybody from `public_from` on. On that day `release` is
    made, and `model_release` when models of small areas belong to it.
    """

    class State(models.TextChoices):
        """How far it is."""

        PROPOSED = "proposed", "wacht op vrijgave"
        RELEASED = "released", "vrijgegeven"
        SENT_BACK = "sent_back", "teruggestuurd"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="reviews")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    answered_by = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    shown = models.CharField(max_length=12, blank=True)
    public_from = models.DateField(null=True)
    release = models.CharField(max_length=12, blank=True)
    model_release = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="proposed")
                | (
                    models.Q(answered_at__isnull=False)
                    & ~models.Q(answered_by="")
                    & ~models.Q(answered_by=models.F("proposed_by"))
                ),
                name="review_by_two_persons",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="released") | models.Q(public_from__isnull=False) & ~models.Q(shown=""),
                name="review_shown_before_public",
            ),
            models.UniqueConstraint(fields=["wave"], condition=models.Q(state="proposed"), name="review_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.run.wave}, {self.get_state_display()}"
