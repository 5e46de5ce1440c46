"""What the API's role may do beside its own policy: IAM takes 10,240 characters of a role's own policies in all, and
6,144 of each managed one that is attached to it (docs/adr/0048)."""

import json

from infra.fragments import Template
from infra.stages import ROOT

POLICIES = ROOT / ".chalice"
BESIDE = {"ApiCareManagedPolicy": "policy-api-care.json"}


def managed() -> Template:
    """The policies attached to the role of the API, as resources by logical id."""
    return {name: _policy((POLICIES / file).read_text(encoding="utf-8")) for name, file in BESIDE.items()}


def _policy(text: str) -> Template:
    return {
        "Type": "AWS::IAM::ManagedPolicy",
        "Properties": {"Roles": [{"Ref": "ApiHandlerRole"}], "PolicyDocument": json.loads(text)},
    }
