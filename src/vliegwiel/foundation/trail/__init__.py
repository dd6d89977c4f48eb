"""The trail (*logboek*): what was done, read or refused, by whom and when, in a form that cannot be changed unseen."""
