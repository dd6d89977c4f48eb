import django.db.models.deletion
import vliegwiel.kernel.ids
import vliegwiel.see.fieldwork.guard
import vliegwiel.see.fieldwork.models
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Fielding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("title", models.CharField(max_length=120)),
                ("period", models.CharField(max_length=4)),
                ("area_year", models.PositiveSmallIntegerField()),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("letter", "brief met een code, aan een steekproef"),
                            ("panel", "brief met een code, aan leden van een panel"),
                            ("open", "open link, voor iedereen"),
                        ],
                        max_length=6,
                    ),
                ),
                ("by_chance", models.BooleanField(default=False)),
                ("population", models.CharField(max_length=60)),
                ("special", models.BooleanField(default=False)),
                ("assessment", models.CharField(blank=True, max_length=80)),
                ("themes", models.JSONField(default=list)),
                ("returns_after", models.PositiveSmallIntegerField(default=0)),
                ("closes_on", models.DateField()),
                ("phone", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "in voorbereiding"),
                            ("open", "in het veld"),
                            ("closed", "gesloten"),
                            ("handed", "overgedragen aan de enquêtes"),
                        ],
                        default="planned",
                        max_length=8,
                    ),
                ),
                ("salt", models.CharField(blank=True, default=vliegwiel.see.fieldwork.models.new_salt, max_length=64)),
                ("invited", models.PositiveIntegerField(default=0)),
                ("unmixed", models.PositiveIntegerField(default=0)),
                ("response", models.JSONField(default=dict)),
                ("wave", models.CharField(blank=True, max_length=12)),
                ("made_up", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("province", "title", "period"), name="fielding_period_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["closed", "handed"]), _negated=True), ("salt", ""), _connector="OR"
                        ),
                        name="fielding_closed_has_no_salt",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Door",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("facts", models.JSONField(default=dict)),
                ("pseudonym", models.CharField(blank=True, max_length=20)),
                ("spent", models.BooleanField(default=False)),
                (
                    "fielding",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="doors", to="fieldwork.fielding"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Panel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("title", models.CharField(max_length=120)),
                ("about", models.CharField(max_length=400)),
                ("most_per_year", models.PositiveSmallIntegerField(default=4)),
                ("salt", models.CharField(default=vliegwiel.see.fieldwork.models.new_salt, max_length=64)),
                ("joined", models.PositiveIntegerField(default=0)),
                ("left", models.PositiveIntegerField(default=0)),
                ("made_up", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("province", "title"), name="panel_title_once")],
            },
        ),
        migrations.AddField(
            model_name="fielding",
            name="panel",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="fieldings", to="fieldwork.panel"
            ),
        ),
        migrations.CreateModel(
            name="PanelMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=80)),
                ("street", models.CharField(max_length=80)),
                ("place", models.CharField(max_length=80)),
                ("municipality", models.CharField(max_length=6)),
                ("age_group", models.CharField(max_length=20)),
                ("wants_results", models.BooleanField(default=False)),
                ("agreed_on", models.DateField()),
                ("asked_year", models.PositiveSmallIntegerField(default=0)),
                ("asked_times", models.PositiveSmallIntegerField(default=0)),
                ("until", models.DateField()),
                (
                    "panel",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="members", to="fieldwork.panel"),
                ),
            ],
            options={
                "ordering": ["name", "public_id"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(default=vliegwiel.see.fieldwork.models.random_key, max_length=32, unique=True)),
                ("lines", models.JSONField()),
                (
                    "fielding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="fieldwork.fielding"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invitations",
                        to="fieldwork.panelmember",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("title", models.CharField(max_length=120)),
                ("draft", models.JSONField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("made_up", models.BooleanField(default=False)),
                ("changed_by", models.CharField(max_length=40)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("province", "title"), name="questionnaire_title_once")],
            },
        ),
        migrations.AddField(
            model_name="fielding",
            name="questionnaire",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="fieldings", to="fieldwork.questionnaire"
            ),
        ),
        migrations.CreateModel(
            name="QuestionnaireVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("record", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("fixed_by", models.CharField(max_length=40)),
                ("fixed_at", models.DateTimeField()),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="fieldwork.questionnaire"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("questionnaire", "number"), name="questionnaire_version_once")],
            },
        ),
        migrations.AddField(
            model_name="fielding",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fieldings",
                to="fieldwork.questionnaireversion",
            ),
        ),
        migrations.CreateModel(
            name="SentAnswers",
            fields=[
                (
                    "key",
                    models.CharField(
                        default=vliegwiel.see.fieldwork.models.random_key, max_length=32, primary_key=True, serialize=False
                    ),
                ),
                ("values", models.JSONField()),
                ("mode", models.CharField(choices=[("web", "zelf ingevuld"), ("phone", "per telefoon")], max_length=6)),
                ("seconds", models.PositiveIntegerField()),
                ("facts", models.JSONField(default=dict)),
                ("pseudonym", models.CharField(blank=True, max_length=20)),
                (
                    "fielding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="fieldwork.fielding"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnsentAnswers",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("box", models.TextField()),
                (
                    "fielding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="unsent", to="fieldwork.fielding"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WrittenAnswer",
            fields=[
                (
                    "key",
                    models.CharField(
                        default=vliegwiel.see.fieldwork.models.random_key, max_length=32, primary_key=True, serialize=False
                    ),
                ),
                ("item", models.CharField(max_length=40)),
                ("text", models.TextField()),
                (
                    "fielding",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="fieldwork.fielding"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="fielding",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "planned"), ("version__isnull", False), _connector="OR"),
                name="fielding_asks_one_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="fielding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("special", False), models.Q(("by_chance", False), ("panel", None), ("route", "open")), _connector="OR"
                ),
                name="fielding_special_is_open",
            ),
        ),
        migrations.RunPython(
            code=vliegwiel.see.fieldwork.guard.put,
            reverse_code=vliegwiel.see.fieldwork.guard.take,
        ),
    ]
