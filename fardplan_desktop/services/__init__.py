"""Everything a user can do, one module a noun of the work. No screen: the window and the command line call here."""
