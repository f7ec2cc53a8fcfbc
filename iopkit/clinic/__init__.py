"""The clinic: people, care teams, access, entries, alerts and audit, in an encrypted store."""

from iopkit.clinic.desk import Desk
from iopkit.clinic.login import Login
from iopkit.clinic.settings import PasswordCost, Settings
from iopkit.clinic.store import Store, open_store

__all__ = ["Desk", "Login", "PasswordCost", "Settings", "Store", "open_store"]
