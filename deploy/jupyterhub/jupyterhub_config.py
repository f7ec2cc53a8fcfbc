"""JupyterHub with iopkit: the clinic as a service of the Hub; authors in single-user servers of their own."""

c = get_config()  # noqa: F821  # JupyterHub defines it

# 1. The clinic. The Hub starts it, watches it and starts it again. It has a host name of its own (nginx in
#    front, as in deploy/nginx/iopkit.conf): its sign-in cookie is bound to a host, and it is not for the
#    people of the Hub alone. So it has no `url`: the Hub's proxy leads nobody to it.
c.JupyterHub.services = [
    {
        "name": "iopkit",
        "command": ["/opt/iopkit/bin/iopkit", "serve", "--behind-proxy", "--port", "8866"],
        "user": "iopkit",
        "cwd": "/var/lib/iopkit",
        "environment": {
            "HOME": "/var/lib/iopkit",
            "IOPKIT_DATABASE_URL": "postgresql://iopkit_app@/iopkit?host=/run/postgresql",
            "IOPKIT_KEY_FILE": "/etc/iopkit/keys/iopkit.key",
            "IOPKIT_ADDRESS": "https://clinic.example/",
        },
    }
]

# 2. Authors. iopkit is installed where their single-user servers run; they write worksheets and notebooks in
#    JupyterLab and look at them with iopkit.show("evening-walk"). Neither database nor key is there: whoever
#    runs code of their own with the key can read everything.
c.Spawner.default_url = "/lab"
c.Spawner.environment = {"IOPKIT_WORKSHEETS": "/srv/worksheets"}
c.Spawner.env_keep = ["PATH", "LANG", "LC_ALL"]
