"""Takes a shop's files in."""

from orders.importing.run import NoFilesError, Watch, import_shop
from orders.importing.tally import Tally

__all__ = ["NoFilesError", "Tally", "Watch", "import_shop"]
