import django.db.models.deletion
import django.db.models.expressions
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Expert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("person", models.CharField(blank=True, max_length=12)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("employer", models.CharField(blank=True, max_length=120)),
                ("about", models.TextField(blank=True)),
                ("skills", models.JSONField(default=list)),
                ("languages", models.JSONField(default=list)),
                ("place", models.CharField(blank=True, max_length=12)),
                ("place_name", models.CharField(blank=True, max_length=120)),
                ("x", models.IntegerField(null=True)),
                ("y", models.IntegerField(null=True)),
                ("reach", models.PositiveSmallIntegerField(default=20)),
                ("remote", models.BooleanField(default=False)),
                (
                    "paid_by",
                    models.CharField(
                        choices=[("pool", "uren uit de pool"), ("own", "mijn eigen organisatie, of ik help zonder geld")],
                        default="pool",
                        max_length=4,
                    ),
                ),
                ("shows_name", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "concept"),
                            ("asked", "wacht op toelating"),
                            ("admitted", "in de pool"),
                            ("declined", "niet toegelaten"),
                            ("stopped", "gestopt"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("said", models.CharField(blank=True, max_length=300)),
                ("decided_by", models.CharField(blank=True, max_length=12)),
                ("decided_for", models.CharField(blank=True, max_length=120)),
                ("asked_on", models.DateField(null=True)),
                ("admitted_on", models.DateField(null=True)),
                ("stopped_on", models.DateField(null=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("made_up", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [models.Index(fields=["province", "state"], name="expert_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person", ""), _negated=True),
                        fields=("province", "person"),
                        name="one_expert_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "admitted"), _negated=True), ("admitted_on__isnull", False), _connector="OR"
                        ),
                        name="expert_admitted_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("municipality", models.CharField(blank=True, max_length=6)),
                ("about_kind", models.CharField(max_length=30)),
                ("about_id", models.CharField(max_length=12)),
                ("about_title", models.CharField(max_length=120)),
                ("path", models.CharField(max_length=120)),
                ("organisation", models.CharField(max_length=12)),
                ("organisation_name", models.CharField(max_length=120)),
                ("adviser", models.CharField(blank=True, max_length=12)),
                ("adviser_name", models.CharField(blank=True, max_length=80)),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField()),
                ("skills", models.JSONField(default=list)),
                ("language", models.CharField(default="nl", max_length=3)),
                ("place", models.CharField(blank=True, max_length=12)),
                ("place_name", models.CharField(blank=True, max_length=120)),
                ("x", models.IntegerField(null=True)),
                ("y", models.IntegerField(null=True)),
                ("remote", models.BooleanField(default=False)),
                ("hours", models.PositiveSmallIntegerField()),
                ("by", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("wished", "gevraagd door het initiatief"),
                            ("open", "zoekt iemand"),
                            ("assigned", "iemand helpt"),
                            ("finished", "klaar"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("opened_on", models.DateField(null=True)),
                ("matched_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("said", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("made_up", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["province", "state", "by"], name="expert_request_state"),
                    models.Index(fields=["about_kind", "about_id"], name="expert_request_about"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("hours__gt", 0)), name="expert_request_asks_hours"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", False), ("state__in", ["finished", "withdrawn"])),
                            models.Q(models.Q(("state__in", ["finished", "withdrawn"]), _negated=True), ("ended_on", None)),
                            _connector="OR",
                        ),
                        name="expert_request_ended_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("agreed", models.PositiveSmallIntegerField()),
                ("minutes", models.PositiveIntegerField(default=0)),
                (
                    "paid_by",
                    models.CharField(
                        choices=[("pool", "uren uit de pool"), ("own", "mijn eigen organisatie, of ik help zonder geld")],
                        max_length=4,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("despite", models.CharField(blank=True, max_length=300)),
                ("assigned_by", models.CharField(max_length=12)),
                ("since", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("given_back", models.BooleanField(default=False)),
                ("said", models.TextField(blank=True)),
                (
                    "expert",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="experts.expert"),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="experts.expertrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "minutes__lte",
                                django.db.models.expressions.CombinedExpression(models.F("agreed"), "*", models.Value(60)),
                            )
                        ),
                        name="hours_within_the_agreement",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)), fields=("request",), name="one_expert_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("given_back", False), ("ended_on__isnull", False), _connector="OR"),
                        name="given_back_has_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("minutes", models.IntegerField()),
                ("what", models.CharField(max_length=120)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="experts.experthours",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="hours", to="experts.experttask"),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects", None), ("minutes__gt", 0), ("minutes__lte", 1440)),
                            models.Q(("corrects__isnull", False), ("minutes__lt", 0)),
                            _connector="OR",
                        ),
                        name="expert_minutes_within_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FreeTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("hours", models.PositiveSmallIntegerField()),
                ("in_days", models.BooleanField(default=False)),
                (
                    "expert",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="times", to="experts.expert"),
                ),
            ],
            options={
                "ordering": ["first_day", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__gt", 0), ("last_day__gte", models.F("first_day"))),
                        name="free_time_is_some_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(choices=[("initiative", "het initiatief"), ("expert", "de deskundige")], max_length=10),
                ),
                ("helped", models.CharField(choices=[("yes", "ja"), ("partly", "een beetje"), ("no", "nee")], max_length=6)),
                ("again", models.CharField(choices=[("yes", "ja"), ("partly", "een beetje"), ("no", "nee")], max_length=6)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("told_by", models.CharField(choices=[("itself", "zelf"), ("adviser", "de adviseur")], max_length=10)),
                ("on", models.DateField()),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="experts.experttask"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("task", "side"), name="each_side_answers_once")],
            },
        ),
        migrations.CreateModel(
            name="MoreHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("hours", models.PositiveSmallIntegerField()),
                ("why", models.CharField(max_length=300)),
                ("asked_on", models.DateField()),
                ("granted", models.BooleanField(null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("answered_by", models.CharField(blank=True, max_length=12)),
                ("answered_on", models.DateField(null=True)),
                (
                    "task",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="more", to="experts.experttask"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("granted", None)), fields=("task",), name="one_question_for_hours"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("granted", False), _negated=True), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="no_to_hours_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("year", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=20)),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("province", "year", "what"), name="pool_count_once")],
            },
        ),
        migrations.CreateModel(
            name="PoolYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("year", models.PositiveSmallIntegerField()),
                ("hours", models.PositiveIntegerField()),
                ("taken", models.PositiveIntegerField(default=0)),
                ("line", models.CharField(blank=True, max_length=12)),
                ("agreed_by", models.CharField(max_length=12)),
                ("agreed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("province", "year"), name="pool_of_a_year"),
                    models.CheckConstraint(condition=models.Q(("taken__lte", models.F("hours"))), name="pool_never_passed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertInterest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "uitgenodigd"),
                            ("willing", "wil dit doen"),
                            ("unable", "kan niet"),
                            ("chosen", "gekozen"),
                            ("passed", "een ander doet het"),
                        ],
                        max_length=7,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300)),
                ("conflict", models.BooleanField(null=True)),
                ("interest", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "expert",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="interests", to="experts.expert"),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="interests", to="experts.expertrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("request", "expert"), name="one_word_per_expert"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("conflict", True), models.Q(("interest", ""), _negated=True)),
                            models.Q(("conflict", True), _negated=True),
                            ("conflict", None),
                            _connector="OR",
                        ),
                        name="interest_of_expert_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["willing", "chosen"]), _negated=True),
                            ("conflict__isnull", False),
                            _connector="OR",
                        ),
                        name="willing_expert_told_interest",
                    ),
                ],
            },
        ),
    ]
