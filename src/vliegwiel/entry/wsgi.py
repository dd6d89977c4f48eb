"""The application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vliegwiel.entry.settings")
application = get_wsgi_application()

from vliegwiel.entry.warm import before_the_first_visitor  # noqa: E402 - needs the application

before_the_first_visitor()
gc.collect()
gc.freeze()  # what is loaded now stays: looking through it for garbage held up every so many visitors for a tenth of a second
