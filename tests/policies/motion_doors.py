"""Who may open which door of corrections, suggestions, complaints and conversions; read like the tables of test_access."""

from .visiting import rows

# Corrections and suggestions: the office and the leaders; the department while it looks into one.
MOTIONS = """
#                                                访     赵    李    吴    陈    何    马    纪    外
/admin/motions/                                  login  404   200   200   200   200   200   200   200
/admin/motions/register/                         login  away  away  away  away  away  away  away  away
/admin/motions/satisfaction/                     login  404   404   404   200   200   200   200   200
/admin/motions/<key>/                            login  404   200   404   200   200   200   200   404
/admin/motions/<key>/files/<pk>/                 login  404   200   404   200   200   200   200   404
/admin/motions/<key>/letters/<pk>/               login  404   404   404   404   404   404   404   404
/admin/motions/<key>/unmask/                     login  404   away  404   200   200   away  away  404
/admin/motions/<key>/assign/                     login  404   away  404   200   200   away  away  404
/admin/motions/<key>/report/                     login  404   200   404   away  away  away  away  404
/admin/motions/<key>/decide/                     login  404   away  404   away  200   200   away  404
/admin/motions/<key>/answer/                     login  404   away  404   away  away  away  away  404
/admin/motions/<key>/mend/                       login  404   404   404   404   404   404   404   404
/admin/motions/<key>/close/                      login  404   away  404   away  away  away  away  404
/admin/conversions/                              login  404   404   404   200   200   404   404   200
/admin/conversions/convert/                      login  405
/admin/conversions/<key>/publish/                login  404   404   404   200   200   404   404   404
"""

# Complaints: those who supervise, and nobody else, not even as a list of what there is.
COMPLAINTS = """
/admin/motions/<key>/                            login  404   404   404   404   404   404   200   404
/admin/motions/<key>/files/<pk>/                 login  404   404   404   404   404   404   200   404
/admin/motions/<key>/unmask/                     login  404   404   404   404   404   404   200   404
/admin/motions/<key>/assign/                     login  404
/admin/motions/<key>/report/                     login  404
/admin/motions/<key>/decide/                     login  404   404   404   404   404   404   200   404
/admin/motions/<key>/answer/                     login  404   404   404   404   404   404   away  404
/admin/motions/<key>/mend/                       login  404   404   404   404   404   404   away  404
/admin/motions/<key>/close/                      login  404   404   404   404   404   404   away  404
"""

# What citizens need without an account; a motion without its code leads to the question after it.
PUBLIC = """
/requests/correction/                            200
/requests/suggest/                               200
/requests/complain/                              200
/requests/form/<code>/                           200
/requests/moved/                                 away
/requests/moved/receipt/                         away
/requests/moved/leave/                           405
/requests/track/<number>/motion/                 away
/requests/track/<number>/motion/receipt/         away
/requests/track/<number>/motion/letters/<letter>/  away
"""

DOORS = [*rows(MOTIONS), *rows(PUBLIC)]
