"""The one door to the user: receipts, problems, questions, and the crash dialog."""
