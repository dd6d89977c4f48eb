import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("number", models.CharField(max_length=12, null=True, unique=True)),
                ("province", models.CharField(max_length=4)),
                ("organisation", models.CharField(max_length=12)),
                ("organisation_name", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=120)),
                ("task", models.TextField()),
                ("better", models.TextField(blank=True)),
                ("behind", models.TextField(blank=True)),
                ("people", models.PositiveIntegerField(null=True)),
                ("cents", models.BigIntegerField(null=True)),
                ("cents_from", models.CharField(blank=True, max_length=160)),
                ("person", models.CharField(blank=True, max_length=12)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("shows_name", models.BooleanField(default=False)),
                ("enquiry", models.CharField(blank=True, max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "concept"),
                            ("sent", "wordt bekeken"),
                            ("waiting", "wacht op de indieners"),
                            ("admitted", "in gesprek"),
                            ("inadmissible", "niet in behandeling"),
                            ("trial", "proef"),
                            ("agreed", "afgesproken"),
                            ("refused", "afgewezen"),
                            ("withdrawn", "ingetrokken"),
                            ("ended", "gestopt"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("sent_on", models.DateField(null=True)),
                ("received_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("shown_on", models.DateField(null=True)),
                ("admitted_on", models.DateField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("reasons", models.TextField(blank=True)),
                ("way_back", models.TextField(blank=True)),
                ("paper", models.CharField(blank=True, max_length=12)),
                ("agreed_on", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("ended_why", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("made_up", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["province", "state", "due_on"], name="challenge_state"),
                    models.Index(fields=["organisation", "state"], name="challenge_of_authority"),
                    models.Index(fields=["person"], name="challenge_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", None), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("number__isnull", False),
                                ("received_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="challenge_sent_with_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["agreed", "ended", "inadmissible", "refused", "trial"]), _negated=True),
                            models.Q(("decided_on__isnull", False), models.Q(("reasons", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="challenge_answered_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "agreed"), _negated=True),
                            models.Q(("agreed_on__isnull", False), models.Q(("paper", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="challenge_agreed_on_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "trial"), _negated=True), ("until__isnull", False), _connector="OR"
                        ),
                        name="challenge_trial_has_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cents", None), ("cents__gte", 0), _connector="OR"),
                        name="challenge_cost_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChallengeSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ChallengeEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "binnengekomen"),
                            ("forwarded", "doorgestuurd"),
                            ("asked", "iets gevraagd"),
                            ("told", "antwoord op een vraag"),
                            ("later", "later beslissen"),
                            ("admitted", "in behandeling"),
                            ("answered", "beantwoord"),
                            ("ended", "gestopt"),
                        ],
                        max_length=9,
                    ),
                ),
                ("on", models.DateField()),
                ("until", models.DateField(null=True)),
                ("text", models.TextField(blank=True)),
                ("organisation_name", models.CharField(blank=True, max_length=120)),
                ("by", models.CharField(blank=True, max_length=12)),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="challenges.challenge"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ChallengeRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("organisation", models.CharField(max_length=12)),
                ("organisation_name", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=160)),
                ("article", models.CharField(max_length=40)),
                ("first_day", models.DateField()),
                ("weeks", models.PositiveSmallIntegerField()),
                ("later", models.PositiveSmallIntegerField(default=0)),
                ("stands_still", models.BooleanField(default=False)),
                ("like_act", models.BooleanField(default=False)),
                ("grounds", models.JSONField(default=list)),
                ("least", models.PositiveSmallIntegerField(default=0)),
                ("kept_by", models.CharField(max_length=12)),
                ("kept_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "ordering": ["-first_day", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "first_day"), name="challenge_rules_of_a_day"),
                    models.CheckConstraint(condition=models.Q(("weeks__gt", 0)), name="challenge_rules_name_weeks"),
                ],
            },
        ),
        migrations.AddField(
            model_name="challenge",
            name="rules",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="challenges", to="challenges.challengerules"
            ),
        ),
        migrations.CreateModel(
            name="ChallengeTalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("kind", models.CharField(max_length=20)),
                ("planned_on", models.DateField()),
                ("about", models.CharField(max_length=200)),
                ("held_on", models.DateField(null=True)),
                ("outcome", models.TextField(blank=True)),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="talks", to="challenges.challenge"
                    ),
                ),
            ],
            options={
                "ordering": ["planned_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("held_on", None), models.Q(("outcome", ""), _negated=True), _connector="OR"),
                        name="talk_held_says_what_came",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChallengeWeighing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("on", models.DateField()),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="weighings", to="challenges.challenge"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("challenge", "what"), name="weighed_once")],
            },
        ),
        migrations.CreateModel(
            name="ChallengeGround",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ground", models.CharField(max_length=20)),
                ("met", models.BooleanField()),
                ("reason", models.TextField(blank=True)),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grounds", to="challenges.challenge"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("challenge", "ground"), name="each_ground_once"),
                    models.CheckConstraint(
                        condition=models.Q(("met", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="ground_not_met_says_why",
                    ),
                ],
            },
        ),
    ]
