"""PostgreSQL and Valkey shipped as wheels: started for a data folder when no DATABASE_URL and REDIS_URL are given.

`folder` is the door: who runs the servers of a data folder, and who is only a guest. `postgres` and `valkey` each
know one server; `command_line` decides which commands need them; `processes`
knows how a child dies with its parent and how root runs what refuses to be root.
"""

from portal.embedded.folder import Servers, Urls, running, servers, visiting
from portal.embedded.processes import Refused

__all__ = ["Refused", "Servers", "Urls", "running", "servers", "visiting"]
