import django.db.models.deletion
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AreaSetCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("code", models.CharField(max_length=12)),
                ("year", models.PositiveSmallIntegerField()),
                ("members", models.CharField(max_length=64)),
                ("outcome", models.JSONField()),
                ("decisions", models.CharField(max_length=64)),
                ("made_by", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="OwnProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("name", models.CharField(max_length=40)),
                ("rules", models.JSONField()),
                ("reason", models.CharField(max_length=300)),
                ("made_by", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("province", "name"), name="own_profile_once")],
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("title", models.CharField(max_length=120)),
                ("made_up", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("province", "title"), name="survey_title_once")],
            },
        ),
        migrations.CreateModel(
            name="Wave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("period", models.CharField(max_length=8)),
                ("area_year", models.PositiveSmallIntegerField()),
                (
                    "sample",
                    models.CharField(
                        choices=[("probability", "kanssteekproef"), ("nonprobability", "geen kanssteekproef")], max_length=16
                    ),
                ),
                ("assume", models.BooleanField(default=False)),
                ("special", models.BooleanField(default=False)),
                ("assessment", models.CharField(blank=True, max_length=80)),
                ("channels", models.CharField(max_length=160)),
                ("population", models.CharField(max_length=60)),
                ("file_name", models.CharField(max_length=120)),
                ("received", models.CharField(max_length=64)),
                ("answers", models.CharField(max_length=64)),
                ("answers_gone_at", models.DateTimeField(null=True)),
                ("rows", models.PositiveIntegerField()),
                ("code_book", models.JSONField()),
                ("left_out", models.JSONField()),
                ("weight", models.CharField(blank=True, max_length=64)),
                ("strata", models.CharField(blank=True, max_length=64)),
                ("cluster", models.CharField(blank=True, max_length=64)),
                ("nested", models.BooleanField(default=False)),
                ("fpc", models.CharField(blank=True, max_length=64)),
                ("person", models.CharField(blank=True, max_length=64)),
                ("area", models.CharField(blank=True, max_length=64)),
                ("duration", models.CharField(blank=True, max_length=64)),
                ("without_hasty", models.BooleanField(default=False)),
                ("described_at", models.DateTimeField(null=True)),
                ("made_up", models.BooleanField(default=False)),
                ("imported_by", models.CharField(max_length=40)),
                ("imported_at", models.DateTimeField()),
                (
                    "survey",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="waves", to="surveys.survey"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("survey", "period"), name="wave_period_once")],
            },
        ),
        migrations.CreateModel(
            name="SeriesBreak",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=300)),
                ("noted_by", models.CharField(max_length=40)),
                ("noted_at", models.DateTimeField()),
                (
                    "wave",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="breaks", to="surveys.wave"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("wave", "name"), name="series_break_once")],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "wacht"), ("running", "rekent"), ("done", "klaar"), ("failed", "mislukt")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("step", models.PositiveIntegerField(default=0)),
                ("steps", models.PositiveIntegerField(default=0)),
                ("profile", models.JSONField()),
                ("floor", models.CharField(blank=True, max_length=10)),
                ("results", models.CharField(blank=True, max_length=64)),
                ("shown", models.CharField(blank=True, max_length=64)),
                ("cells", models.CharField(blank=True, max_length=64)),
                ("cell_count", models.PositiveIntegerField(default=0)),
                ("hidden_count", models.PositiveIntegerField(default=0)),
                ("receipt", models.JSONField(default=dict)),
                ("failure", models.CharField(blank=True, max_length=600)),
                ("asked_by", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("wave", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="surveys.wave")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(
                                models.Q(("results", ""), _negated=True),
                                models.Q(("shown", ""), _negated=True),
                                models.Q(("cells", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="run_done_has_results",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "running"])), fields=("wave",), name="run_once_at_a_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "wacht op vrijgave"), ("released", "vrijgegeven"), ("sent_back", "teruggestuurd")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_by", models.CharField(max_length=40)),
                ("proposed_at", models.DateTimeField()),
                ("answered_by", models.CharField(blank=True, max_length=40)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("shown", models.CharField(blank=True, max_length=12)),
                ("public_from", models.DateField(null=True)),
                ("release", models.CharField(blank=True, max_length=12)),
                ("model_release", models.CharField(blank=True, max_length=12)),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="surveys.run")),
                (
                    "wave",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="surveys.wave"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "proposed"),
                            models.Q(
                                ("answered_at__isnull", False),
                                models.Q(("answered_by", ""), _negated=True),
                                models.Q(("answered_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="review_by_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "released"), _negated=True),
                            models.Q(("public_from__isnull", False), models.Q(("shown", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="review_shown_before_public",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")), fields=("wave",), name="review_once_at_a_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("column", models.CharField(max_length=64)),
                ("text", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "nog niet bekeken"),
                            ("once", "één keer bekeken"),
                            ("readable", "mag gelezen worden"),
                            ("withheld", "vernietigd"),
                        ],
                        default="new",
                        max_length=8,
                    ),
                ),
                ("first_by", models.CharField(blank=True, max_length=40)),
                ("second_by", models.CharField(blank=True, max_length=40)),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="open_answers", to="surveys.wave"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["wave", "state"], name="open_answer_of_wave")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "readable"), _negated=True),
                            models.Q(
                                models.Q(("first_by", ""), _negated=True),
                                models.Q(("second_by", ""), _negated=True),
                                models.Q(("first_by", models.F("second_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="open_answer_by_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("state", "withheld"), _negated=True), ("text", ""), _connector="OR"),
                        name="open_answer_withheld_is_gone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WaveColumn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=160)),
                ("role", models.CharField(choices=[("score", "cijfer"), ("background", "achtergrond")], max_length=10)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("cut", models.FloatField(null=True)),
                ("theme", models.CharField(blank=True, max_length=40)),
                ("direction", models.CharField(blank=True, max_length=20)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("sdgs", models.JSONField(default=list)),
                (
                    "wave",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="columns", to="surveys.wave"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("wave", "name"), name="wave_column_once")],
            },
        ),
        migrations.CreateModel(
            name="Weighting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("margins", models.JSONField()),
                ("way", models.JSONField()),
                ("diagnostics", models.JSONField()),
                ("made_by", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                (
                    "wave",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="weightings", to="surveys.wave"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="run",
            name="weighting",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="surveys.weighting"
            ),
        ),
        migrations.CreateModel(
            name="AreaModel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("item", models.CharField(max_length=64)),
                ("stat", models.CharField(max_length=8)),
                ("choice", models.JSONField()),
                ("fitted", models.CharField(max_length=64)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("made_by", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                (
                    "wave",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="area_models", to="surveys.wave"),
                ),
                (
                    "weighting",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="surveys.weighting"
                    ),
                ),
            ],
        ),
    ]
