"""Django's SQLite back end whose writers queue up first come, first served."""
