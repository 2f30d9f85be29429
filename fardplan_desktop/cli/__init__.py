"""The command line, one module a command group: calls services, prints, gives exit codes. Never any Qt.

Services are imported inside each command, so that a light one (``verify``) does not wait for a heavy one's libraries.
"""
