import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("facilities", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BlockedSender",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender_code", models.CharField(max_length=64, unique=True)),
                ("until", models.DateTimeField()),
                ("by", models.CharField(blank=True, max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("person", models.CharField(blank=True, db_index=True, max_length=12)),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("area", models.CharField(blank=True, max_length=12)),
                ("place_name", models.CharField(blank=True, max_length=120)),
                ("x", models.BigIntegerField(blank=True, null=True)),
                ("y", models.BigIntegerField(blank=True, null=True)),
                ("radius", models.PositiveIntegerField(blank=True, null=True)),
                ("theme", models.CharField(blank=True, max_length=40)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", False)), fields=["province", "x", "y"], name="follow_point"
                    ),
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", False), ("x", None)),
                        fields=["province", "theme"],
                        name="follow_theme",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("radius", None), ("x", None), ("y", None)),
                            models.Q(("radius__gte", 500), ("radius__lte", 10000)),
                            _connector="OR",
                        ),
                        name="follow_radius_within_bounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("x__isnull", False), models.Q(("theme", ""), _negated=True), _connector="OR"),
                        name="follow_of_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(max_length=4)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("province", "since"), name="follow_run_once")],
            },
        ),
        migrations.CreateModel(
            name="Initiative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("municipality", models.CharField(blank=True, max_length=6)),
                ("municipality_name", models.CharField(blank=True, max_length=80)),
                ("area", models.CharField(blank=True, max_length=12)),
                ("place_name", models.CharField(blank=True, max_length=120)),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("area", "alleen de buurt of het dorp"),
                            ("around", "ongeveer: een vak van een kilometer"),
                            ("near", "redelijk precies: een vak van tweehonderd meter"),
                        ],
                        default="area",
                        max_length=8,
                    ),
                ),
                ("x", models.BigIntegerField(blank=True, null=True)),
                ("y", models.BigIntegerField(blank=True, null=True)),
                ("title", models.CharField(max_length=120)),
                ("summary", models.CharField(blank=True, max_length=240)),
                ("story", models.TextField(blank=True)),
                ("group_name", models.CharField(blank=True, max_length=80)),
                ("target_groups", models.JSONField(default=list)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("idea", "idee"),
                            ("starting", "begint net"),
                            ("running", "loopt"),
                            ("lasting", "is blijvend"),
                            ("stopped", "is gestopt"),
                            ("became", "werd iets anders"),
                        ],
                        default="idea",
                        max_length=10,
                    ),
                ),
                ("volunteers", models.PositiveIntegerField(blank=True, null=True)),
                ("reached", models.PositiveIntegerField(blank=True, null=True)),
                ("brought", models.TextField(blank=True)),
                ("seeks_about", models.CharField(blank=True, max_length=240)),
                ("offers_about", models.CharField(blank=True, max_length=240)),
                ("who_joins", models.TextField(blank=True)),
                ("who_misses", models.TextField(blank=True)),
                ("shows_volunteers", models.BooleanField(default=True)),
                ("shows_group", models.BooleanField(default=True)),
                ("takes_contact", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("public", "public"), ("withdrawn", "withdrawn"), ("merged", "merged")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("concerns", models.JSONField(default=list)),
                ("hidden", models.BooleanField(default=False)),
                ("cleared", models.CharField(blank=True, max_length=64)),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_up", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("shown_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="initiatives.initiative",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("hidden", False), ("state", "public")),
                        fields=["province", "-published_at", "-id"],
                        name="initiative_newest",
                    ),
                    models.Index(
                        condition=models.Q(("hidden", False), ("state", "public")),
                        fields=["province", "municipality", "-published_at", "-id"],
                        name="initiative_municipality",
                    ),
                    models.Index(
                        condition=models.Q(("hidden", False), ("state", "public")),
                        fields=["province", "area", "-published_at", "-id"],
                        name="initiative_area",
                    ),
                    models.Index(
                        condition=models.Q(("hidden", False), ("state", "public")),
                        fields=["province", "title", "id"],
                        name="initiative_title",
                    ),
                    models.Index(
                        condition=models.Q(("hidden", False), ("state", "public")),
                        fields=["province", "x", "y"],
                        name="initiative_point",
                    ),
                    models.Index(
                        condition=models.Q(("hidden", False), ("state", "public")),
                        fields=["province", "shown_at"],
                        name="initiative_shown",
                    ),
                    models.Index(
                        fields=["province", "state", "municipality", "x", "y", "hidden", "phase"], name="initiative_on_the_map"
                    ),
                    models.Index(fields=["changed_at"], name="initiative_changed"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", None), ("state", "merged"), _connector="OR"),
                        name="initiative_merged_says_into_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "public"), _negated=True),
                            models.Q(("published_at__isnull", False), ("x__isnull", False), ("y__isnull", False)),
                            _connector="OR",
                        ),
                        name="initiative_public_has_a_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("kind", models.CharField(default="initiative", max_length=20)),
                ("record", models.CharField(blank=True, max_length=12)),
                ("title", models.CharField(blank=True, max_length=120)),
                ("path", models.CharField(blank=True, max_length=120)),
                ("inbox", models.CharField(blank=True, max_length=120)),
                ("province", models.CharField(max_length=4)),
                ("sender", models.CharField(blank=True, max_length=12)),
                ("sender_code", models.CharField(db_index=True, max_length=64)),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("called", models.CharField(blank=True, max_length=60)),
                ("text", models.TextField()),
                ("answer", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "nog niet bevestigd"),
                            ("waiting", "wacht op antwoord"),
                            ("answered", "beantwoord"),
                            ("declined", "niet op ingegaan"),
                            ("reported", "gemeld als misbruik"),
                        ],
                        max_length=12,
                    ),
                ),
                ("written_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="initiatives.initiative",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["initiative", "state", "-id"], name="contact_of_initiative"),
                    models.Index(fields=["record", "state", "-id"], name="contact_of_record"),
                    models.Index(fields=["state", "written_at"], name="contact_to_clean"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("initiative__isnull", False), ("record", "")),
                            models.Q(("initiative", None), models.Q(("record", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="contact_is_to_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InitiativeLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("adopted", "overgenomen"), ("merged", "samengevoegd")], max_length=8)),
                ("why", models.CharField(blank=True, max_length=200)),
                ("by", models.CharField(blank=True, max_length=12)),
                ("made_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gave", to="initiatives.initiative"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="came_from", to="initiatives.initiative"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "source", "target"), name="initiative_link_once")],
            },
        ),
        migrations.CreateModel(
            name="InitiativePerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("taker", "initiatiefnemer"), ("helper", "helper"), ("contact", "contactpersoon")], max_length=8
                    ),
                ),
                ("person", models.CharField(blank=True, db_index=True, max_length=12)),
                ("token", models.CharField(blank=True, db_index=True, max_length=64)),
                ("since", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="initiatives.initiative"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person", ""), _negated=True),
                        fields=("initiative", "person", "role"),
                        name="initiative_role_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InitiativePhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("paper", models.CharField(max_length=12)),
                ("described", models.CharField(max_length=200)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="initiatives.initiative"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="InitiativeTheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("theme", models.CharField(max_length=40)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="themes", to="initiatives.initiative"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["theme", "initiative"], name="initiative_of_theme")],
                "constraints": [models.UniqueConstraint(fields=("initiative", "theme"), name="initiative_theme_once")],
            },
        ),
        migrations.CreateModel(
            name="InitiativeWant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("offers", models.BooleanField(default=False)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("hands", "vrijwilligers"),
                            ("knowledge", "kennis"),
                            ("room", "een ruimte"),
                            ("money", "geld"),
                            ("things", "spullen"),
                            ("company", "anderen die dit ook doen"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wants", to="initiatives.initiative"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["offers", "what", "initiative"], name="initiative_of_want")],
                "constraints": [models.UniqueConstraint(fields=("initiative", "offers", "what"), name="initiative_want_once")],
            },
        ),
        migrations.CreateModel(
            name="MeetingPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("municipality", models.CharField(blank=True, max_length=6)),
                ("municipality_name", models.CharField(blank=True, max_length=80)),
                ("area", models.CharField(blank=True, max_length=12)),
                ("place_name", models.CharField(blank=True, max_length=120)),
                ("x", models.BigIntegerField()),
                ("y", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("village-hall", "dorpshuis"),
                            ("neighbourhood-house", "buurthuis"),
                            ("library", "bibliotheek"),
                            ("club", "clubgebouw of kantine"),
                            ("church", "kerk"),
                            ("cafe", "café of winkel"),
                            ("garden", "tuin of speelplek"),
                            ("school", "school"),
                            ("other", "andere plek"),
                        ],
                        max_length=20,
                    ),
                ),
                ("about", models.TextField(blank=True)),
                ("run_by", models.CharField(blank=True, max_length=120)),
                ("activities", models.TextField(blank=True)),
                ("visits", models.PositiveIntegerField(blank=True, null=True)),
                ("inclusion", models.JSONField(default=dict)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_up", models.BooleanField(default=False)),
                ("entered_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("concerns", models.JSONField(default=list)),
                ("hidden", models.BooleanField(default=False)),
                (
                    "facility",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="facilities.facility"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None), ("hidden", False)),
                        fields=["province", "municipality", "name", "id"],
                        name="meeting_municipality",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None), ("hidden", False)),
                        fields=["province", "name", "id"],
                        name="meeting_name",
                    ),
                    models.Index(fields=["changed_at"], name="meeting_changed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PictureShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(db_index=True, max_length=12)),
                ("name", models.CharField(max_length=80)),
                ("organisation_name", models.CharField(max_length=120)),
                ("since", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="initiatives.initiative"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("initiative", "person"), name="picture_shared_once")],
            },
        ),
        migrations.CreateModel(
            name="PlaceKeeper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(blank=True, db_index=True, max_length=12)),
                ("token", models.CharField(blank=True, db_index=True, max_length=64)),
                ("since", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keepers", to="initiatives.meetingplace"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person", ""), _negated=True), fields=("place", "person"), name="keeper_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ViabilityCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("answers", models.JSONField(default=dict)),
                ("note", models.TextField(blank=True)),
                ("by", models.CharField(blank=True, max_length=12)),
                ("made_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="initiatives.meetingplace"
                    ),
                ),
            ],
            options={
                "ordering": ["-year"],
                "constraints": [models.UniqueConstraint(fields=("place", "year"), name="viability_once_a_year")],
            },
        ),
        migrations.CreateModel(
            name="VolunteerOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("organisation", models.CharField(max_length=12)),
                ("organisation_name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("training", "training"),
                            ("evening", "avond"),
                            ("festival", "festival"),
                            ("thanks", "bedankmiddag"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("about", models.TextField(blank=True)),
                ("on", models.DateField()),
                ("time", models.CharField(blank=True, max_length=20)),
                ("where", models.CharField(blank=True, max_length=160)),
                ("seats", models.PositiveIntegerField(blank=True, null=True)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("made_up", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "indexes": [models.Index(fields=["province", "on", "id"], name="offer_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seats", None), ("taken__lte", models.F("seats")), _connector="OR"),
                        name="offer_never_more_than_seats",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Thanks",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("message", "bericht"), ("invitation", "uitnodiging"), ("certificate", "certificaat")],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField()),
                ("skills", models.CharField(blank=True, max_length=240)),
                ("organisation_name", models.CharField(max_length=120)),
                ("by", models.CharField(max_length=12)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="thanks", to="initiatives.initiative"
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="thanks",
                        to="initiatives.volunteeroffer",
                    ),
                ),
            ],
            options={
                "ordering": ["-year"],
                "constraints": [models.UniqueConstraint(fields=("initiative", "year"), name="thanked_once_a_year")],
            },
        ),
        migrations.CreateModel(
            name="OfferRegistration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(db_index=True, max_length=12)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="registrations", to="initiatives.volunteeroffer"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("offer", "person"), name="registration_once")],
            },
        ),
        migrations.CreateModel(
            name="YearPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("own", models.BigIntegerField(default=0)),
                ("given", models.BigIntegerField(default=0)),
                ("public", models.BigIntegerField(default=0)),
                ("reserves", models.BigIntegerField(default=0)),
                ("volunteers", models.PositiveIntegerField(blank=True, null=True)),
                ("plan", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="years", to="initiatives.initiative"
                    ),
                ),
            ],
            options={
                "ordering": ["-year"],
                "constraints": [
                    models.UniqueConstraint(fields=("initiative", "year"), name="picture_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("given__gte", 0), ("own__gte", 0), ("public__gte", 0), ("reserves__gte", 0)),
                        name="picture_not_below_zero",
                    ),
                ],
            },
        ),
    ]
