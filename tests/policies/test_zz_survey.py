from portal import moment
from portal.organisation.models import Post
from portal.workdays.models import Notice
from requests_ogi.admin.acts import ACTS
from tests.policies.visiting import *


def test_survey(nx, wz, files):
    with moment.rehearsing(at(DAY)):
        bs = browsers(nx, wz)
        case = STATES["closed"](nx)
        ids = {"/admin/organisation/body/": nx.body.pk, "/admin/organisation/department/": nx.department.pk, "/admin/organisation/user/": nx.li.pk, "/admin/organisation/post/": Post.objects.filter(user=nx.li).get().pk, "/admin/workdays/notice/": Notice.objects.first().pk}
        for d in doors():
            path = d.replace("<key>", case.number).replace("<number>", case.number).replace("<code>","nx")
            for pre, pk in ids.items():
                if path.startswith(pre):
                    path = path.replace("<object_id>", str(pk)).replace("<id>", str(pk)).replace("<pk>", str(pk))
            out = []
            for n, b in bs.items():
                try: out.append(word_for(b.get(path)))
                except Exception as e: out.append(type(e).__name__)
                if d == "/admin/logout/": pass
            print(f"{d:60}", " ".join(f"{o:5}" for o in out))
        for verb in ACTS:
            print(verb)
            for s in STATES:
                from requests_ogi.workflow import STEPS
                base = "assigned" if s == "consulting" else s
                if base not in STEPS[verb].sources: continue
                case = STATES[s](nx)
                out=[word_for(b.get(f"/admin/requests/{case.number}/{verb}/")) for b in bs.values()]
                out2=[]
                for b in bs.values():
                    with undone():
                        r = b.post(f"/admin/requests/{case.number}/{verb}/", {"edition": case.edition})
                        out2.append(word_for(r))
                print(f"   {s:14}", " ".join(f"{o:5}" for o in out), '|', " ".join(out2))
