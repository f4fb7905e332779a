"""What the screens decide, without a widget: QtCore only."""
