"""What a form at the desk offers to choose from."""

from vliegwiel.catalogue.desk import DeskTheme, HelpKind, desk


def themes() -> list[DeskTheme]:
    """What a question can be about."""
    return list(desk().themes.values())


def kinds() -> list[HelpKind]:
    """What help people ask for."""
    return list(desk().kinds.values())


def theme_name(key: str) -> str:
    """The name of a theme; empty for none."""
    return desk().themes[key].name if key in desk().themes else ""


def kind_name(key: str) -> str:
    """The name of a kind of help."""
    return desk().kinds[key].name if key in desk().kinds else ""
