import django.db.models.deletion
import vliegwiel.kernel.clock
import vliegwiel.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="HelpOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=vliegwiel.kernel.ids.public_id, editable=False, max_length=12, unique=True),
                ),
                ("province", models.CharField(max_length=4)),
                ("crisis", models.CharField(blank=True, max_length=12)),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField()),
                ("sent_on", models.DateField()),
                ("due", models.DateField()),
                ("by", models.CharField(max_length=12)),
                ("made_up", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("due__gt", models.F("sent_on"))), name="offer_leaves_time")
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferedTo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=6)),
                ("name", models.CharField(max_length=80)),
                ("people", models.PositiveSmallIntegerField(default=0)),
                (
                    "offer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="offered", to="offers.helpoffer"),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [models.UniqueConstraint(fields=("offer", "municipality"), name="offered_once")],
            },
        ),
        migrations.CreateModel(
            name="OfferAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ja", "Ja, wij willen deze hulp"),
                            ("anders", "Wij hebben iets anders nodig"),
                            ("nee", "Nee, wij hebben dit niet nodig"),
                        ],
                        max_length=10,
                    ),
                ),
                ("need", models.TextField(blank=True)),
                ("person", models.CharField(max_length=12)),
                ("organisation", models.CharField(max_length=12)),
                ("answered_at", models.DateTimeField(default=vliegwiel.kernel.clock.now)),
                ("late", models.BooleanField(default=False)),
                (
                    "offered",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="offers.offeredto"),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "anders"), _negated=True), models.Q(("need", ""), _negated=True), _connector="OR"
                        ),
                        name="other_need_is_named",
                    )
                ],
            },
        ),
    ]
