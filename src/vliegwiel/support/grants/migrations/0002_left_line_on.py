"""Who no longer wants money that comes free is out of the line."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_initial")]

    operations = [
        migrations.AddField(model_name="application", name="left_line_on", field=models.DateField(null=True)),
    ]
