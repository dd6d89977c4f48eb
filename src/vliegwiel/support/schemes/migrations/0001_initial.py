import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
import vliegwiel.support.schemes.guard
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Scheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("key", models.CharField(max_length=120, unique=True)),
                ("province", models.CharField(max_length=4)),
                ("title", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "in de maak"), ("in_force", "geldt"), ("closed", "gestopt")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("made_up", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Crisis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("key", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=120)),
                (
                    "phase",
                    models.CharField(
                        choices=[("acute", "acute hulp"), ("bridging", "overbrugging"), ("recovery", "herstel")],
                        default="acute",
                        max_length=10,
                    ),
                ),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("province", "key"), name="crisis_once_per_province")],
            },
        ),
        migrations.CreateModel(
            name="PhaseChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "phase",
                    models.CharField(
                        choices=[("acute", "acute hulp"), ("bridging", "overbrugging"), ("recovery", "herstel")], max_length=10
                    ),
                ),
                ("on", models.DateField()),
                ("reason", models.TextField()),
                (
                    "crisis",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="schemes.crisis"),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SchemeDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.JSONField()),
                ("cases", models.JSONField(default=list)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("checked", models.CharField(blank=True, max_length=64)),
                ("proposed_by", models.CharField(blank=True, max_length=12)),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "scheme",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="draft", to="schemes.scheme"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SchemeVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("number", models.PositiveIntegerField()),
                ("in_force", models.DateField()),
                ("document", models.JSONField()),
                ("cases", models.JSONField(default=list)),
                ("hash", models.CharField(max_length=64)),
                ("proposed_by", models.CharField(max_length=12)),
                ("put_in_force_by", models.CharField(max_length=12)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "scheme",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="schemes.scheme"),
                ),
            ],
            options={
                "ordering": ["-in_force", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "number"), name="version_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("proposed_by", models.F("put_in_force_by")), _negated=True),
                        name="version_takes_two_persons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("name", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "gepland"),
                            ("announced", "komt eraan"),
                            ("open", "open"),
                            ("closed", "gesloten"),
                            ("divided", "verdeeld"),
                            ("decided", "beslist"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("first-come", "op volgorde van binnenkomst"),
                            ("tender", "de beste plannen eerst (tender)"),
                            ("lottery", "door loting"),
                            ("proportional", "naar verhouding"),
                            ("direct", "rechtstreeks"),
                        ],
                        max_length=12,
                    ),
                ),
                ("ceiling", models.CharField(blank=True, max_length=12)),
                ("parts", models.JSONField(default=list)),
                ("decision_number", models.CharField(blank=True, max_length=60)),
                ("decision_date", models.DateField(blank=True, null=True)),
                ("publication", models.CharField(blank=True, max_length=200)),
                ("published_on", models.DateField(blank=True, null=True)),
                ("made_up", models.BooleanField(default=False)),
                ("planned_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("announced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "scheme",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="schemes.scheme"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="schemes.schemeversion"
                    ),
                ),
            ],
            options={
                "ordering": ["opens_at", "pk"],
                "indexes": [
                    models.Index(fields=["state", "opens_at"], name="call_by_clock"),
                    models.Index(fields=["province", "state", "closes_at"], name="call_of_province"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="call_closes_after_opening"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "planned"),
                            models.Q(
                                models.Q(("decision_number", ""), _negated=True),
                                models.Q(("publication", ""), _negated=True),
                                models.Q(("ceiling", ""), _negated=True),
                                ("announced_at__isnull", False),
                                ("decision_date__isnull", False),
                                ("published_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="call_announced_as_the_law_asks",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=12)),
                ("step", models.CharField(max_length=60)),
                ("on", models.DateField()),
                ("reached", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
                (
                    "scheme",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="schemes.scheme"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("scheme", "part", "step", "on"), name="step_counted_per_day")],
            },
        ),
        migrations.CreateModel(
            name="OutcomeCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=12)),
                ("verdict", models.CharField(max_length=16)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                ("times", models.PositiveIntegerField(default=0)),
                (
                    "scheme",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="outcomes", to="schemes.scheme"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "part", "verdict", "minutes", "on"), name="outcome_counted_per_day")
                ],
            },
        ),
        migrations.RunPython(
            code=vliegwiel.support.schemes.guard.put,
            reverse_code=vliegwiel.support.schemes.guard.take,
        ),
    ]
