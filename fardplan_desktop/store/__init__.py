"""The file on disk: tables, the one write door, history and undo, deliveries, migrations, backup, lock."""
