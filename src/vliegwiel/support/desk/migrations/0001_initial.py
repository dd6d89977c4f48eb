import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="EnquirySeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Enquiry",
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
                            ("received", "wacht op antwoord"),
                            ("waiting", "wij vroegen u iets"),
                            ("answered", "beantwoord"),
                            ("supported", "een adviseur helpt"),
                            ("closed", "afgerond"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("province", models.CharField(max_length=4)),
                ("kind", models.CharField(max_length=20)),
                ("theme", models.CharField(blank=True, max_length=20)),
                ("place", models.CharField(blank=True, max_length=12)),
                ("place_name", models.CharField(blank=True, max_length=120)),
                ("municipality", models.CharField(blank=True, max_length=6)),
                ("municipality_name", models.CharField(blank=True, max_length=120)),
                ("text", models.TextField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "via de website"),
                            ("phone", "per telefoon"),
                            ("paper", "op papier"),
                            ("desk", "aan het loket"),
                        ],
                        default="web",
                        max_length=5,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=80)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("post", models.CharField(blank=True, max_length=200)),
                ("person", models.CharField(blank=True, max_length=12)),
                ("organisation", models.CharField(blank=True, max_length=12)),
                ("organisation_name", models.CharField(blank=True, max_length=120)),
                ("adviser", models.CharField(blank=True, max_length=12)),
                ("adviser_name", models.CharField(blank=True, max_length=80)),
                ("routed_why", models.TextField(blank=True)),
                ("language", models.CharField(blank=True, max_length=2)),
                ("flagged", models.BooleanField(default=False)),
                ("inclusion", models.JSONField(default=dict)),
                ("entered_by", models.CharField(blank=True, max_length=12)),
                ("form", models.CharField(max_length=40, null=True, unique=True)),
                ("link_number", models.PositiveIntegerField(default=1)),
                ("received_on", models.DateField()),
                ("promised_on", models.DateField()),
                ("answered_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("made_up", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "state", "promised_on"], name="enquiry_inbox"),
                    models.Index(fields=["province", "state", "promised_on"], name="enquiry_on_time"),
                    models.Index(fields=["adviser", "state"], name="enquiry_of_adviser"),
                    models.Index(fields=["organisation", "state", "adviser"], name="enquiry_load"),
                    models.Index(fields=["person"], name="enquiry_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on", None)),
                            _connector="OR",
                        ),
                        name="enquiry_closed_with_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("adviser", ""), ("organisation", "")),
                            models.Q(("organisation", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="adviser_of_an_organisation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnquiryMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "voice",
                    models.CharField(
                        choices=[("resident", "wie vraagt"), ("adviser", "adviseur"), ("note", "notitie")], max_length=8
                    ),
                ),
                ("text", models.TextField()),
                ("person", models.CharField(blank=True, max_length=12)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("organisation_name", models.CharField(blank=True, max_length=120)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "enquiry",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="desk.enquiry"),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="KeptCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("organisation", models.CharField(blank=True, max_length=12)),
                ("organisation_name", models.CharField(blank=True, max_length=120)),
                ("year", models.PositiveSmallIntegerField()),
                ("quarter", models.PositiveSmallIntegerField(default=0)),
                ("what", models.CharField(max_length=20)),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("province", "organisation", "organisation_name", "year", "quarter", "what"),
                        name="kept_count_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeskContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("organisation", models.CharField(max_length=12)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("hours", models.CharField(blank=True, max_length=120)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("province", "organisation"), name="desk_contact_once")],
            },
        ),
        migrations.CreateModel(
            name="Route",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("organisation", models.CharField(max_length=12)),
                ("organisation_name", models.CharField(max_length=120)),
                ("adviser", models.CharField(blank=True, max_length=12)),
                ("adviser_name", models.CharField(blank=True, max_length=80)),
                ("themes", models.JSONField(default=list)),
                ("kinds", models.JSONField(default=list)),
                ("municipalities", models.JSONField(default=list)),
                ("most", models.PositiveSmallIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "ordering": ["organisation_name", "adviser_name", "pk"],
                "indexes": [models.Index(fields=["province", "ended_at"], name="route_in_use")],
            },
        ),
        migrations.CreateModel(
            name="SupportCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("title", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "wacht op de gemeente"),
                            ("active", "loopt"),
                            ("paused", "staat stil"),
                            ("closed", "afgerond"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("started_on", models.DateField(null=True)),
                ("expected_until", models.DateField(null=True)),
                ("paused_on", models.DateField(null=True)),
                ("paused_until", models.DateField(null=True)),
                ("pause_reason", models.CharField(blank=True, max_length=200)),
                ("closed_on", models.DateField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("running", "het initiatief loopt"),
                            ("starting", "het initiatief staat op het punt te beginnen"),
                            ("elsewhere", "iemand anders helpt verder"),
                            ("stopped", "de bewoners stopten ermee"),
                            ("no_consent", "de gemeente wilde geen traject"),
                        ],
                        max_length=12,
                    ),
                ),
                ("outcome_text", models.TextField(blank=True)),
                ("share_state", models.BooleanField(default=False)),
                (
                    "enquiry",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="case", to="desk.enquiry"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["province", "state"], name="support_case_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("state", "closed"), models.Q(("outcome", ""), _negated=True)),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on", None), ("outcome", "")),
                            _connector="OR",
                        ),
                        name="case_closed_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("paused_on__isnull", False), ("state", "paused"), models.Q(("pause_reason", ""), _negated=True)
                            ),
                            models.Q(models.Q(("state", "paused"), _negated=True), ("pause_reason", ""), ("paused_on", None)),
                            _connector="OR",
                        ),
                        name="case_paused_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("helped", models.CharField(choices=[("yes", "ja"), ("partly", "een beetje"), ("no", "nee")], max_length=6)),
                ("on_time", models.CharField(choices=[("yes", "ja"), ("partly", "een beetje"), ("no", "nee")], max_length=6)),
                ("recommend", models.CharField(choices=[("yes", "ja"), ("partly", "een beetje"), ("no", "nee")], max_length=6)),
                ("text", models.TextField(blank=True)),
                ("rated_on", models.DateField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rating", to="desk.supportcase"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("months", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                (
                    "phase",
                    models.CharField(
                        blank=True,
                        choices=[("running", "het loopt"), ("changed", "het werd iets anders"), ("stopped", "het is gestopt")],
                        max_length=8,
                    ),
                ),
                ("missing", models.TextField(blank=True)),
                ("carried", models.TextField(blank=True)),
                ("came_of_it", models.TextField(blank=True)),
                (
                    "told_by",
                    models.CharField(blank=True, choices=[("resident", "bewoner"), ("adviser", "adviseur")], max_length=8),
                ),
                ("answered_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="desk.supportcase"),
                ),
            ],
            options={
                "ordering": ["months"],
                "indexes": [models.Index(fields=["answered_on", "due_on"], name="look_due")],
                "constraints": [models.UniqueConstraint(fields=("case", "months"), name="looked_at_once")],
            },
        ),
        migrations.CreateModel(
            name="HourEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("organisation", models.CharField(max_length=12)),
                ("organisation_name", models.CharField(max_length=120)),
                ("person", models.CharField(max_length=12)),
                ("on", models.DateField()),
                ("minutes", models.IntegerField()),
                ("what", models.CharField(max_length=120)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrected_by", to="desk.hourentry"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="hours", to="desk.supportcase"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "indexes": [models.Index(fields=["province", "organisation", "on"], name="hours_of_year")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects", None), ("minutes__gt", 0), ("minutes__lte", 1440)),
                            ("corrects__isnull", False),
                            _connector="OR",
                        ),
                        name="minutes_within_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseGoal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200)),
                ("reached_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="desk.supportcase"),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Advice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "voorgesteld"),
                            ("accepted", "aangenomen"),
                            ("in_progress", "mee bezig"),
                            ("blocked", "loopt vast"),
                            ("done", "gedaan"),
                            ("declined", "niet gekozen"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("follow_up_on", models.DateField(null=True)),
                ("call", models.CharField(blank=True, max_length=12)),
                ("link", models.CharField(blank=True, max_length=300)),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("answer", models.TextField(blank=True)),
                ("application", models.CharField(blank=True, max_length=12)),
                ("expert_request", models.CharField(blank=True, max_length=12)),
                ("given_by", models.CharField(max_length=12)),
                ("given_name", models.CharField(max_length=80)),
                ("organisation_name", models.CharField(max_length=120)),
                ("given_on", models.DateField()),
                ("seen_on", models.DateField(null=True)),
                ("changed_on", models.DateField()),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="advices", to="desk.supportcase"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["state", "follow_up_on"], name="advice_follow_up")],
            },
        ),
        migrations.CreateModel(
            name="YearHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("organisation", models.CharField(max_length=12)),
                ("organisation_name", models.CharField(max_length=120)),
                ("year", models.PositiveSmallIntegerField()),
                ("hours", models.PositiveIntegerField()),
                ("grant", models.CharField(blank=True, max_length=20)),
                ("agreed_by", models.CharField(max_length=12)),
                ("agreed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["province", "year", "organisation"], name="year_hours_of")],
            },
        ),
        migrations.CreateModel(
            name="EnquiryEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "binnengekomen"),
                            ("asked", "iets gevraagd"),
                            ("told", "antwoord op onze vraag"),
                            ("later", "latere dag beloofd"),
                            ("again", "nieuwe vraag"),
                            ("answered", "beantwoord"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("days", models.PositiveSmallIntegerField(default=0)),
                ("until", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("organisation_name", models.CharField(blank=True, max_length=120)),
                ("by", models.CharField(blank=True, max_length=12)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "enquiry",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="clock", to="desk.enquiry"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["kind", "until"], name="enquiry_answered")],
            },
        ),
        migrations.CreateModel(
            name="FileMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("organisation", models.CharField(max_length=12)),
                ("organisation_name", models.CharField(max_length=120)),
                ("person", models.CharField(blank=True, max_length=12)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("role", models.CharField(choices=[("adviser", "adviseert mee"), ("observer", "kijkt mee")], max_length=8)),
                ("why", models.CharField(max_length=200)),
                ("since", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("until", models.DateTimeField(null=True)),
                (
                    "enquiry",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="members", to="desk.enquiry"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["organisation", "person"], name="file_member_of")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("enquiry", "organisation", "person"), name="on_a_file_once"
                    )
                ],
            },
        ),
    ]
