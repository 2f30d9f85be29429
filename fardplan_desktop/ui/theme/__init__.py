"""How everything looks: colours, sizes, type and icons, gathered in one ``Look``."""
