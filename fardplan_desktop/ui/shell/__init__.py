"""The main window: rail, header, page stack and status line. It knows no services; it is given data and callables."""
