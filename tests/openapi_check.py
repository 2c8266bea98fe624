#!/usr/bin/env python3
"""Holds a real server against its own description: python3 tests/openapi_check.py target/debug/sada-server

Starts the demo on a free port, signs in as several roles, and lets schemathesis (`pip install schemathesis==4.32.5`) ask every
endpoint with bodies that fit the description and bodies that don't. Clean means: no fault of the server's, no answer that is not
described, nothing accepted that the description forbids, nothing open to callers without a token. What travels as CBOR is left to
`shared/fuzz`; any other endpoint that no role asks makes this fail. Takes some minutes.
"""
import json, re, secrets, shutil, socket, subprocess, sys, tempfile, urllib.error, urllib.request

ROLES = {  # a token of each, for the endpoints its role is let use
    "ame_mgr": ["cases", "case", "sessions", "session", "coverage", "closure", "compfu", "keys/ask", "keys/waiting",
                "look-up", "picture", "weekly"],
    "ao": ["cases"],
    "receiver": ["case", "audit", "users", "look-up", "picture", "import"],  # refused or found nothing, and in the form described
    # Last: it finds people's ids in answers, and resets their accounts.
    "admin": ["health", "openapi", "sign-in", "second-factor", "users", "users/reset", "people", "devices/revoke", "devices/reopen", "devices/enrol",
              "devices/numbers", "devices/opening", "devices/open", "devices/confirm", "audit", "settings", "keys/book", "import", "weekly"],
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def call(address, path, body):
    request = urllib.request.Request(address + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def main(binary):
    data, port = tempfile.mkdtemp(), free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([binary, "demo", "--data", data, "--listen", f"127.0.0.1:{port}"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    try:
        people = {}
        for line in server.stdout:
            if found := re.search(r"log-in (\S+)\s+password (\S+)", line):
                people[found[1]] = found[2]
            if address in line:
                break
        tokens = {}
        for role in ROLES:
            asked = {"login": role, "password": people[role], "device_key": secrets.token_hex(32), "app": "check"}
            tokens[role] = call(address, "/api/v1/sign-in", asked)["token"]
        with urllib.request.urlopen(f"{address}/api/v1/openapi.json") as answer:
            described = json.load(answer)["paths"]
        asked = {f"/api/v1/{end}" + (".json" if end == "openapi" else "") for ends in ROLES.values() for end in ends}
        json_only = {path for path, methods in described.items() if "application/cbor" not in json.dumps(methods)}
        if json_only != asked:
            return f"asked by no role: {sorted(json_only - asked)}; not described: {sorted(asked - json_only)}"
        failed = []
        for role, ends in ROLES.items():
            only = "^/api/v1/(" + "|".join(re.escape(end) for end in ends) + r")(\.json)?$"
            command = [shutil.which("schemathesis") or "schemathesis", "run", f"{address}/api/v1/openapi.json", "--include-path-regex", only,
                       "--header", f"Authorization: Bearer {tokens[role]}", "--max-examples", "20", "--seed", "1", "--no-color",
                       "--phases", "coverage,fuzzing", "--suppress-health-check", "all", "--warnings", "off",
                       # Settings, people and the key book are not described to the last field.
                       "--exclude-checks", "positive_data_acceptance"]
            print(f"== {role}", flush=True)
            if subprocess.run(command, check=False, cwd=data).returncode:
                failed.append(role)
        return f"not clean as {', '.join(failed)}" if failed else 0
    finally:
        server.terminate()
        server.wait(60)
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "target/debug/sada-server"))
