import django.db.models.deletion
import django.db.models.expressions
import vliegwiel.foundation.budgets.guard
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("title", models.CharField(max_length=120)),
                ("code", models.CharField(blank=True, max_length=30)),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("last_number", models.PositiveBigIntegerField(default=0)),
                ("credit", models.BigIntegerField(default=0)),
                ("free", models.BigIntegerField(default=0)),
                ("reserved", models.BigIntegerField(default=0)),
                ("committed", models.BigIntegerField(default=0)),
                ("paid", models.BigIntegerField(default=0)),
                ("returned", models.BigIntegerField(default=0)),
                ("lapsed", models.BigIntegerField(default=0)),
                ("added_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))), name="budget_line_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "credit",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("free"), "+", models.F("reserved")
                                                ),
                                                "+",
                                                models.F("committed"),
                                            ),
                                            "+",
                                            models.F("paid"),
                                        ),
                                        "-",
                                        models.F("returned"),
                                    ),
                                    "+",
                                    models.F("lapsed"),
                                ),
                            )
                        ),
                        name="budget_line_identity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("committed__gte", 0),
                            ("credit__gte", 0),
                            ("free__gte", 0),
                            ("lapsed__gte", 0),
                            ("paid__gte", 0),
                            ("reserved__gte", 0),
                            ("returned__gte", 0),
                        ),
                        name="budget_line_never_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("number", models.PositiveBigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("credit", "krediet toegevoegd"),
                            ("credit_less", "krediet verlaagd"),
                            ("reserve", "gereserveerd"),
                            ("commit", "vastgelegd"),
                            ("commit_beyond", "vastgelegd boven het plafond"),
                            ("release", "vrijgevallen"),
                            ("pay", "betaald"),
                            ("take_back", "terugontvangen"),
                            ("lapse", "vervallen"),
                            ("carry_out", "overgeheveld naar een andere post"),
                            ("carry_in", "overgeheveld van een andere post"),
                            ("correct", "gecorrigeerd"),
                        ],
                        max_length=14,
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("cents", models.BigIntegerField()),
                ("credit", models.BigIntegerField(default=0)),
                ("free", models.BigIntegerField(default=0)),
                ("reserved", models.BigIntegerField(default=0)),
                ("committed", models.BigIntegerField(default=0)),
                ("paid", models.BigIntegerField(default=0)),
                ("returned", models.BigIntegerField(default=0)),
                ("lapsed", models.BigIntegerField(default=0)),
                ("about_kind", models.CharField(max_length=30)),
                ("about_id", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=60)),
                ("part", models.PositiveSmallIntegerField(default=0)),
                ("beyond", models.BooleanField(default=False)),
                ("received_on", models.DateField(blank=True, null=True)),
                ("standing", models.BigIntegerField(blank=True, null=True)),
                ("limit", models.BigIntegerField(blank=True, null=True)),
                ("article", models.CharField(blank=True, max_length=20)),
                ("reason_hash", models.CharField(blank=True, max_length=64)),
                ("by", models.CharField(max_length=20)),
                ("second", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "ordering": ["number"],
                "indexes": [models.Index(fields=["province", "on"], name="entry_of_province")],
                "constraints": [
                    models.UniqueConstraint(fields=("about_kind", "about_id", "key", "part"), name="entry_act_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "credit",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("free"), "+", models.F("reserved")
                                                ),
                                                "+",
                                                models.F("committed"),
                                            ),
                                            "+",
                                            models.F("paid"),
                                        ),
                                        "-",
                                        models.F("returned"),
                                    ),
                                    "+",
                                    models.F("lapsed"),
                                ),
                            )
                        ),
                        name="entry_identity",
                    ),
                    models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="entry_amount_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["credit", "carry_in"]),
                                ("committed", 0),
                                ("credit", models.F("cents")),
                                ("free", models.F("cents")),
                                ("lapsed", 0),
                                ("paid", 0),
                                ("reserved", 0),
                                ("returned", 0),
                            ),
                            models.Q(
                                ("kind", "credit_less"),
                                ("committed", 0),
                                (
                                    "credit",
                                    django.db.models.expressions.CombinedExpression(models.F("cents"), "*", models.Value(-1)),
                                ),
                                (
                                    "free",
                                    django.db.models.expressions.CombinedExpression(models.F("cents"), "*", models.Value(-1)),
                                ),
                                ("lapsed", 0),
                                ("paid", 0),
                                ("reserved", 0),
                                ("returned", 0),
                            ),
                            models.Q(
                                ("kind", "carry_out"),
                                ("committed", 0),
                                (
                                    "credit",
                                    django.db.models.expressions.CombinedExpression(models.F("cents"), "*", models.Value(-1)),
                                ),
                                ("free", 0),
                                (
                                    "lapsed",
                                    django.db.models.expressions.CombinedExpression(models.F("cents"), "*", models.Value(-1)),
                                ),
                                ("paid", 0),
                                ("reserved", 0),
                                ("returned", 0),
                            ),
                            models.Q(
                                ("kind", "reserve"),
                                ("committed", 0),
                                ("credit", 0),
                                (
                                    "free",
                                    django.db.models.expressions.CombinedExpression(models.F("cents"), "*", models.Value(-1)),
                                ),
                                ("lapsed", 0),
                                ("paid", 0),
                                ("reserved", models.F("cents")),
                                ("returned", 0),
                            ),
                            models.Q(
                                ("kind__in", ["commit", "commit_beyond"]),
                                ("committed", models.F("cents")),
                                ("credit", 0),
                                ("lapsed__gte", 0),
                                ("paid", 0),
                                ("reserved__lte", 0),
                                ("returned", 0),
                            ),
                            models.Q(
                                ("kind", "release"),
                                (
                                    "cents",
                                    django.db.models.expressions.CombinedExpression(models.F("free"), "+", models.F("lapsed")),
                                ),
                                ("committed__lte", 0),
                                ("credit", 0),
                                ("free__gte", 0),
                                ("lapsed__gte", 0),
                                ("paid", 0),
                                ("reserved__lte", 0),
                                ("returned", 0),
                            ),
                            models.Q(
                                ("kind", "pay"),
                                (
                                    "committed",
                                    django.db.models.expressions.CombinedExpression(models.F("cents"), "*", models.Value(-1)),
                                ),
                                ("credit", 0),
                                ("free", 0),
                                ("lapsed", 0),
                                ("paid", models.F("cents")),
                                ("reserved", 0),
                                ("returned", 0),
                            ),
                            models.Q(
                                ("kind", "take_back"),
                                (
                                    "cents",
                                    django.db.models.expressions.CombinedExpression(models.F("free"), "+", models.F("lapsed")),
                                ),
                                ("committed", 0),
                                ("credit", 0),
                                ("free__gte", 0),
                                ("lapsed__gte", 0),
                                ("paid", 0),
                                ("reserved", 0),
                                ("returned", models.F("cents")),
                            ),
                            models.Q(
                                ("kind", "lapse"),
                                ("committed", 0),
                                ("credit", 0),
                                (
                                    "free",
                                    django.db.models.expressions.CombinedExpression(models.F("cents"), "*", models.Value(-1)),
                                ),
                                ("lapsed", models.F("cents")),
                                ("paid", 0),
                                ("reserved", 0),
                                ("returned", 0),
                            ),
                            models.Q(("credit", 0), ("kind", "correct")),
                            _connector="OR",
                        ),
                        name="entry_moves_as_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("limit", None), ("standing__lte", models.F("limit")), _connector="OR"),
                        name="entry_within_ceiling",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("article__in", ("4:25(3)", "4:51(2)")),
                                ("beyond", True),
                                ("kind", "commit_beyond"),
                                models.Q(("reason_hash", ""), _negated=True),
                                models.Q(("second", ""), _negated=True),
                                models.Q(("second", models.F("by")), _negated=True),
                            ),
                            models.Q(
                                models.Q(("kind", "commit_beyond"), _negated=True),
                                models.Q(
                                    ("beyond", False),
                                    models.Q(("kind__in", ["reserve", "commit"]), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="entry_beyond_has_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("kind", models.CharField(max_length=30)),
                ("title", models.CharField(max_length=120)),
                ("summary", models.TextField(blank=True)),
                ("roles", models.JSONField(blank=True, default=dict)),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                ("added_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("starts", None), ("ends__gte", models.F("starts")), _connector="OR"),
                        name="instrument_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ceiling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("name", models.CharField(max_length=120)),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("amount", models.BigIntegerField()),
                ("most", models.BigIntegerField()),
                ("reserved", models.BigIntegerField(default=0)),
                ("granted", models.BigIntegerField(default=0)),
                ("beyond", models.BigIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("set_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ceilings", to="budgets.budgetline"
                    ),
                ),
                (
                    "within",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="budgets.ceiling",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["province", "starts", "ends"], name="ceiling_in_province")],
                "constraints": [
                    models.UniqueConstraint(fields=("line", "name", "starts"), name="ceiling_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))), name="ceiling_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("beyond__gte", 0), ("granted__gte", 0), ("reserved__gte", 0)),
                        name="ceiling_never_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "most__gte",
                                django.db.models.expressions.CombinedExpression(models.F("reserved"), "+", models.F("granted")),
                            )
                        ),
                        name="ceiling_never_exceeded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about_kind", models.CharField(max_length=30)),
                ("about_id", models.CharField(max_length=40)),
                ("beyond", models.BooleanField(default=False)),
                ("reserved", models.BigIntegerField(default=0)),
                ("committed", models.BigIntegerField(default=0)),
                ("paid", models.BigIntegerField(default=0)),
                ("returned", models.BigIntegerField(default=0)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="balances", to="budgets.budgetline"
                    ),
                ),
                (
                    "ceiling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="balances",
                        to="budgets.ceiling",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("about_kind", "about_id", "line", "ceiling", "beyond"), name="balance_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("ceiling", None)),
                        fields=("about_kind", "about_id", "line", "beyond"),
                        name="balance_without_ceiling_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("committed__gte", 0), ("paid__gte", models.F("returned")), ("reserved__gte", 0), ("returned__gte", 0)
                        ),
                        name="balance_never_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CeilingVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("set", "vastgesteld"),
                            ("raised", "verhoogd, ook voor aanvragen die er al waren"),
                            ("lowered", "verlaagd voor aanvragen van na de bekendmaking (Awb 4:27, tweede lid)"),
                            ("lowered_for_all", "verlaagd voor alle aanvragen (Awb 4:28)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("amount", models.BigIntegerField()),
                ("announced_on", models.DateField()),
                ("publication", models.CharField(max_length=300)),
                ("ground", models.CharField(blank=True, max_length=300)),
                ("person", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "ceiling",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="budgets.ceiling"),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("ceiling", "number"), name="ceiling_version_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="ceiling_version_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CouncilDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("number", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=160)),
                ("decided_on", models.DateField()),
                ("publication", models.CharField(blank=True, max_length=300)),
                ("amount", models.BigIntegerField()),
                ("appropriated", models.BigIntegerField(default=0)),
                ("recorded_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("province", "number"), name="council_decision_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", models.F("appropriated")), ("appropriated__gte", 0)),
                        name="appropriated_within_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CouncilItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("motion", "motie"),
                            ("amendment", "amendement"),
                            ("promise", "toezegging"),
                            ("request", "kredietaanvraag"),
                            ("question", "vraag van de staten"),
                        ],
                        max_length=10,
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField(blank=True)),
                ("owner", models.CharField(max_length=120)),
                ("raised_on", models.DateField()),
                ("due_on", models.DateField()),
                ("asked", models.BigIntegerField(blank=True, null=True)),
                ("settled_on", models.DateField(blank=True, null=True)),
                ("made_up", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="budgets.councildecision",
                    ),
                ),
                ("instruments", models.ManyToManyField(blank=True, related_name="council_items", to="budgets.instrument")),
            ],
            options={
                "indexes": [models.Index(fields=["province", "settled_on", "due_on"], name="council_item_list")],
                "constraints": [
                    models.UniqueConstraint(fields=("province", "kind", "number"), name="council_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("raised_on"))), name="council_item_due_after_raised"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked__gt", 0), ("kind", "request")),
                            models.Q(models.Q(("kind", "request"), _negated=True), ("asked", None)),
                            _connector="OR",
                        ),
                        name="council_item_request_has_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CouncilAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("links", models.JSONField(blank=True, default=list)),
                ("person", models.CharField(max_length=12)),
                ("answered_on", models.DateField()),
                ("at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="budgets.councilitem"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="DayTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("beyond", models.BooleanField(default=False)),
                ("on", models.DateField()),
                ("count", models.PositiveBigIntegerField(default=0)),
                ("credit", models.BigIntegerField(default=0)),
                ("free", models.BigIntegerField(default=0)),
                ("reserved", models.BigIntegerField(default=0)),
                ("committed", models.BigIntegerField(default=0)),
                ("paid", models.BigIntegerField(default=0)),
                ("returned", models.BigIntegerField(default=0)),
                ("lapsed", models.BigIntegerField(default=0)),
                (
                    "ceiling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="budgets.ceiling",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="days", to="budgets.budgetline"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["ceiling", "on"], name="day_total_of_ceiling")],
                "constraints": [
                    models.UniqueConstraint(fields=("line", "on", "ceiling", "beyond"), name="day_total_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("ceiling", None)),
                        fields=("line", "on", "beyond"),
                        name="day_total_without_ceiling_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "credit",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("free"), "+", models.F("reserved")
                                                ),
                                                "+",
                                                models.F("committed"),
                                            ),
                                            "+",
                                            models.F("paid"),
                                        ),
                                        "-",
                                        models.F("returned"),
                                    ),
                                    "+",
                                    models.F("lapsed"),
                                ),
                            )
                        ),
                        name="day_total_identity",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryReason",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="budgets.entry",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name="entry",
            name="ceiling",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="budgets.ceiling"
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="corrects",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                to="budgets.entry",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="budgets.councildecision",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="line",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="budgets.budgetline"),
        ),
        migrations.AddField(
            model_name="budgetline",
            name="instrument",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="budget_lines", to="budgets.instrument"
            ),
        ),
        migrations.CreateModel(
            name="PaymentBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("message_id", models.CharField(max_length=35, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "klaargezet"),
                            ("approved", "vrijgegeven"),
                            ("sent", "aan de bank gegeven"),
                            ("returned", "teruggegeven"),
                        ],
                        default="prepared",
                        max_length=10,
                    ),
                ),
                ("account", models.CharField(max_length=34)),
                ("account_name", models.CharField(max_length=70)),
                ("execute_on", models.DateField()),
                ("count", models.PositiveIntegerField()),
                ("total", models.BigIntegerField()),
                ("prepared_by", models.CharField(max_length=20)),
                ("prepared_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("released_by", models.CharField(blank=True, max_length=20)),
                ("mandate", models.CharField(blank=True, max_length=12)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("return_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(fields=["province", "state"], name="batch_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["prepared", "returned"]),
                            models.Q(
                                models.Q(("released_by", ""), _negated=True),
                                models.Q(("released_by", models.F("prepared_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="batch_four_eyes",
                    ),
                    models.CheckConstraint(condition=models.Q(("count__gt", 0), ("total__gt", 0)), name="batch_is_not_empty"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("about_kind", models.CharField(max_length=30)),
                ("about_id", models.CharField(max_length=40)),
                ("about_title", models.CharField(blank=True, max_length=160)),
                ("about_path", models.CharField(blank=True, max_length=200)),
                ("key", models.CharField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "te betalen"),
                            ("held", "wacht: nieuw rekeningnummer"),
                            ("batched", "in een batch"),
                            ("paid", "betaald"),
                            ("failed", "mislukt"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("payee", models.CharField(blank=True, max_length=12)),
                ("payee_name", models.CharField(max_length=70)),
                ("contact", models.CharField(blank=True, max_length=12)),
                ("account", models.CharField(max_length=34)),
                ("cents", models.BigIntegerField()),
                ("due_on", models.DateField()),
                ("reference", models.CharField(max_length=140)),
                ("asked_by", models.CharField(max_length=20)),
                ("asked_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("account_checked_by", models.CharField(blank=True, max_length=20)),
                ("paid_on", models.DateField(blank=True, null=True)),
                ("why_not", models.CharField(blank=True, max_length=300)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="budgets.paymentbatch",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["province", "state", "due_on"], name="payment_list"),
                    models.Index(fields=["payee", "state"], name="payment_of_payee"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("about_kind", "about_id", "key"), name="payment_once"),
                    models.CheckConstraint(condition=models.Q(("cents__gt", 0)), name="payment_amount_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paid_on__isnull", False), ("state", "paid")),
                            models.Q(models.Q(("state", "paid"), _negated=True), ("paid_on", None)),
                            _connector="OR",
                        ),
                        name="payment_paid_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("account_checked_by", ""),
                            models.Q(("account_checked_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="payment_account_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("title", models.CharField(max_length=120)),
                ("goal", models.TextField(blank=True)),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("made_up", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("province", "title"), name="programme_title_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("ends__gte", models.F("starts")), _connector="OR"),
                        name="programme_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("title", models.CharField(max_length=120)),
                ("goal", models.TextField(blank=True)),
                ("added_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                (
                    "programme",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="budgets.programme"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("programme", "title"), name="programme_line_title_once")],
            },
        ),
        migrations.AddField(
            model_name="instrument",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="instruments", to="budgets.programmeline"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["line", "on", "number"], name="entry_of_line"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["line", "kind", "number"], name="entry_of_kind"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["line", "about_id"], name="entry_of_file"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["ceiling", "on"], name="entry_of_ceiling"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("line", "number"), name="entry_number_once"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["credit", "credit_less", "carry_out", "carry_in"]), _negated=True),
                    ("decision__isnull", False),
                    _connector="OR",
                ),
                name="entry_credit_by_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrects__isnull", False), ("kind", "correct")),
                    models.Q(models.Q(("kind", "correct"), _negated=True), ("corrects", None)),
                    _connector="OR",
                ),
                name="entry_correction_names_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.UniqueConstraint(fields=("instrument", "title"), name="budget_line_title_once"),
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.UniqueConstraint(fields=("line", "title"), name="instrument_title_once"),
        ),
        migrations.RunPython(
            code=vliegwiel.foundation.budgets.guard.put,
            reverse_code=vliegwiel.foundation.budgets.guard.take,
        ),
    ]
