import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("number", models.CharField(max_length=12, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "ontvangen"),
                            ("repairing", "aanvulling gevraagd"),
                            ("invited", "uitgenodigd om te vertellen"),
                            ("ready", "gehoord, of horen is niet nodig"),
                            ("advised", "advies van de commissie binnen"),
                            ("proposed", "wacht op ondertekening"),
                            ("decided", "besloten"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("province", models.CharField(max_length=4)),
                ("municipality", models.CharField(blank=True, max_length=6)),
                ("application", models.CharField(max_length=12)),
                ("application_number", models.CharField(max_length=11)),
                ("title", models.CharField(max_length=120)),
                ("scheme", models.CharField(max_length=60)),
                ("scheme_title", models.CharField(max_length=120)),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            ("award", "besluit op de aanvraag"),
                            ("settle", "vaststelling"),
                            ("withdraw", "intrekking of verlaging"),
                            ("revise", "wijziging van de vaststelling"),
                            ("recover", "terugvordering"),
                            ("change", "weigering van een wijziging"),
                            ("penalty", "dwangsom"),
                            ("interest", "rente die wij betalen"),
                        ],
                        default="award",
                        max_length=8,
                    ),
                ),
                ("decision", models.CharField(max_length=12)),
                ("decision_name", models.CharField(max_length=120)),
                ("involved", models.JSONField(default=list)),
                ("announced_on", models.DateField()),
                ("until", models.DateField()),
                ("objector", models.CharField(blank=True, max_length=12)),
                ("objector_name", models.CharField(max_length=120)),
                (
                    "channel",
                    models.CharField(
                        choices=[("web", "digitaal"), ("paper", "op papier"), ("phone", "telefonisch of aan de balie")],
                        default="web",
                        max_length=5,
                    ),
                ),
                ("received_on", models.DateField()),
                ("posted_on", models.DateField(null=True)),
                ("entered_by", models.CharField(blank=True, max_length=20)),
                ("grounds", models.TextField(blank=True)),
                ("signed", models.BooleanField(default=True)),
                (
                    "in_time",
                    models.CharField(choices=[("yes", "op tijd"), ("unknown", "niet bekend"), ("no", "te laat")], max_length=7),
                ),
                ("late_reason", models.TextField(blank=True)),
                ("excused", models.BooleanField(null=True)),
                ("excused_why", models.TextField(blank=True)),
                ("excused_on", models.DateField(null=True)),
                ("wants_costs", models.BooleanField(default=False)),
                ("costs_asked", models.TextField(blank=True)),
                ("committee", models.BooleanField(default=False)),
                ("handler", models.CharField(blank=True, max_length=12)),
                ("handler_name", models.CharField(blank=True, max_length=80)),
                ("due_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("made_up", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["province", "state", "due_on"], name="objection_inbox"),
                    models.Index(fields=["application"], name="objection_of_file"),
                    models.Index(fields=["scheme", "outcome"], name="objection_counts"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["withdrawn", "decided"]), _negated=True),
                            models.Q(("objector", ""), _negated=True),
                        ),
                        fields=("decision", "objector"),
                        name="one_open_objection",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("state__in", ["decided", "withdrawn"])),
                            models.Q(
                                models.Q(("state__in", ["decided", "withdrawn"]), _negated=True),
                                ("closed_on", None),
                                ("outcome", ""),
                            ),
                            _connector="OR",
                        ),
                        name="objection_closed_with_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("excused", None), models.Q(("excused_why", ""), _negated=True), _connector="OR"),
                        name="late_objection_judged_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DefaultNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("number", models.CharField(max_length=12, unique=True)),
                ("province", models.CharField(max_length=4)),
                ("municipality", models.CharField(blank=True, max_length=6)),
                ("application", models.CharField(max_length=12)),
                ("application_number", models.CharField(max_length=11)),
                ("title", models.CharField(max_length=120)),
                ("person", models.CharField(blank=True, max_length=12)),
                (
                    "channel",
                    models.CharField(
                        choices=[("web", "digitaal"), ("paper", "op papier"), ("phone", "telefonisch of aan de balie")],
                        default="web",
                        max_length=5,
                    ),
                ),
                ("received_on", models.DateField()),
                ("due_on", models.DateField()),
                ("text", models.TextField(blank=True)),
                ("entered_by", models.CharField(blank=True, max_length=20)),
                ("determined_on", models.DateField(null=True)),
                ("made_up", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "objection",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="objections.objection"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["province", "determined_on"], name="notice_inbox")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("received_on__gt", models.F("due_on"))), name="notice_after_the_term"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("objection", None)), fields=("application",), name="one_notice_on_an_application"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("objection__isnull", False)), fields=("objection",), name="one_notice_on_an_objection"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("court", models.CharField(max_length=120)),
                ("case_number", models.CharField(blank=True, max_length=40)),
                ("lodged_on", models.DateField()),
                ("outcome", models.TextField(blank=True)),
                ("ruled_on", models.DateField(null=True)),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="objections.objection"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("ruled_on", None)),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("ruled_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_ruling_has_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectionAdvice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("committee", models.CharField(max_length=120)),
                ("chair", models.CharField(max_length=80)),
                ("members", models.CharField(max_length=240)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("inadmissible", "niet-ontvankelijk"),
                            ("dismissed", "ongegrond"),
                            ("partly", "deels gegrond"),
                            ("upheld", "gegrond"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField()),
                ("given_on", models.DateField()),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="advices", to="objections.objection"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ObjectionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("inadmissible", "niet-ontvankelijk"),
                            ("dismissed", "ongegrond"),
                            ("partly", "deels gegrond"),
                            ("upheld", "gegrond"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("late", "te laat en niet verschoonbaar (6:7, 6:11)"),
                            ("not-repaired", "niet hersteld binnen de tijd die wij gaven (6:6)"),
                            ("no-interest", "geen belanghebbende of geen belang meer (1:2, 7:1)"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "remedy",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("money", "een ander bedrag"),
                            ("terms", "andere verplichtingen of andere data"),
                            ("reasons", "dezelfde uitkomst, op andere gronden of met betere redenen"),
                        ],
                        max_length=7,
                    ),
                ),
                ("awarded", models.BigIntegerField(null=True)),
                ("duties", models.JSONField(null=True)),
                ("grounds", models.JSONField(default=list)),
                ("pay_by", models.DateField(null=True)),
                ("line", models.CharField(blank=True, max_length=12)),
                ("at_once", models.BooleanField(default=False)),
                ("summary", models.TextField()),
                ("motivation", models.TextField()),
                ("deviates", models.TextField(blank=True)),
                ("consent_weighed", models.TextField(blank=True)),
                ("public_title", models.CharField(blank=True, max_length=120)),
                ("activity_ends", models.DateField(null=True)),
                ("costs", models.BigIntegerField(default=0)),
                ("costs_ours", models.BooleanField(null=True)),
                ("costs_lines", models.JSONField(default=list)),
                ("costs_provider", models.CharField(blank=True, max_length=120)),
                ("costs_why", models.TextField(blank=True)),
                ("costs_ordered_at", models.DateTimeField(null=True)),
                ("beyond", models.JSONField(default=dict)),
                ("content_hash", models.CharField(max_length=64)),
                ("proposed_by", models.CharField(max_length=20)),
                ("proposed_name", models.CharField(blank=True, max_length=80)),
                ("proposed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("taken_by", models.CharField(blank=True, max_length=20)),
                ("taken_name", models.CharField(blank=True, max_length=80)),
                ("taken_at", models.DateTimeField(null=True)),
                ("mandate", models.CharField(blank=True, max_length=12)),
                ("returned_at", models.DateTimeField(null=True)),
                ("returned_why", models.TextField(blank=True)),
                ("letter", models.CharField(blank=True, max_length=12)),
                ("decision", models.CharField(blank=True, max_length=12)),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="objections.objection"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("motivation", ""), _negated=True), name="objection_decision_is_motivated"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("awarded", None),
                            models.Q(("awarded__gte", 0), ("outcome__in", ["partly", "upheld"])),
                            _connector="OR",
                        ),
                        name="only_a_revised_decision_awards",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("costs", 0),
                            models.Q(
                                ("costs__gt", 0),
                                ("costs_ours", True),
                                ("outcome__in", ["partly", "upheld"]),
                                ("remedy__in", ["money", "terms"]),
                            ),
                            _connector="OR",
                        ),
                        name="costs_only_of_what_was_revoked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["inadmissible", "dismissed"]), ("remedy", "")),
                            models.Q(models.Q(("remedy", ""), _negated=True), ("outcome__in", ["partly", "upheld"])),
                            _connector="OR",
                        ),
                        name="upheld_changes_something",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("returned_at", None), ("taken_at", None)),
                        fields=("objection",),
                        name="one_outcome_waits",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_at__isnull", False)), fields=("objection",), name="one_outcome_is_taken"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectionEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("committee", "adviescommissie ingesteld"),
                            ("asked", "gevraagd om te herstellen"),
                            ("repaired", "hersteld"),
                            ("lapsed", "tijd om te herstellen voorbij"),
                            ("adjourned", "verdaagd"),
                            ("postponed", "uitgesteld met instemming"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("until", models.DateField(null=True)),
                ("article", models.CharField(max_length=40)),
                ("reason", models.TextField(blank=True)),
                ("items", models.JSONField(default=list)),
                ("letter", models.CharField(blank=True, max_length=12)),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clock", to="objections.objection"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ObjectionHearing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("planned_on", models.DateField(null=True)),
                ("time", models.CharField(blank=True, max_length=5)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("papers_from", models.DateField(null=True)),
                ("letter", models.CharField(blank=True, max_length=12)),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("7:3a", "het bezwaar is kennelijk niet-ontvankelijk (7:3, onder a)"),
                            ("7:3b", "het bezwaar is kennelijk ongegrond (7:3, onder b)"),
                            ("7:3c", "wie bezwaar maakt, wil niet worden gehoord (7:3, onder c)"),
                            ("7:3d", "wie bezwaar maakt, vroeg niet op tijd om te worden gehoord (7:3, onder d)"),
                            ("7:3e", "het bezwaar krijgt helemaal gelijk en niemand heeft daar last van (7:3, onder e)"),
                        ],
                        max_length=5,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("held_on", models.DateField(null=True)),
                ("hearers", models.JSONField(default=list)),
                ("chair", models.CharField(blank=True, max_length=80)),
                ("present", models.CharField(blank=True, max_length=240)),
                ("report", models.TextField(blank=True)),
                ("by", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hearings", to="objections.objection"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", ""), ("papers_from__isnull", False), ("planned_on__isnull", False)),
                            models.Q(
                                ("held_on", None),
                                ("planned_on", None),
                                models.Q(("ground", ""), _negated=True),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="heard_or_not_on_a_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held_on", None), models.Q(("report", ""), _negated=True), _connector="OR"),
                        name="a_hearing_has_a_report",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectionSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=2)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "year"), name="objection_series_once")],
            },
        ),
        migrations.CreateModel(
            name="PenaltyDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("amount", models.BigIntegerField()),
                ("days", models.PositiveSmallIntegerField()),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("4:17-6a", "de ingebrekestelling kwam onredelijk laat (4:17, zesde lid, onder a)"),
                            ("4:17-6b", "wie schreef, is geen belanghebbende (4:17, zesde lid, onder b)"),
                            ("4:17-6c", "de aanvraag was kennelijk niet-ontvankelijk of ongegrond (4:17, zesde lid, onder c)"),
                        ],
                        max_length=8,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("letter", models.CharField(max_length=12)),
                ("taken_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("taken_by", models.CharField(max_length=20)),
                ("prepared_by", models.CharField(blank=True, max_length=20)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="objections.defaultnotice"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="objections.penaltydecision",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="penalty_is_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground", ""), models.Q(("amount", 0), models.Q(("why", ""), _negated=True)), _connector="OR"
                        ),
                        name="no_penalty_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaces", None)), fields=("notice",), name="one_first_penalty_decision"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PenaltyShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("person", models.CharField(blank=True, max_length=12)),
                ("name", models.CharField(max_length=120)),
                ("amount", models.BigIntegerField()),
                ("account", models.CharField(blank=True, max_length=34)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="objections.penaltydecision"
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "place"), name="one_share_at_a_place"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="share_is_not_negative"),
                ],
            },
        ),
    ]
