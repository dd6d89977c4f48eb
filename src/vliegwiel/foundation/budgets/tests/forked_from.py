"""What a process loads from which others are forked: the application, without what a server starts beside it.

`entry.wsgi` warms up in a thread; who is forked while that thread holds a lock of the database library waits for it for ever.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vliegwiel.entry.settings")
django.setup()
