"""`python transform.py s3://bucket/key <sam.json`: prints the CloudFormation that AWS would make of a SAM template.

Run by the local cloud's own interpreter (.venv-cloud), which has the translator AWS publishes; on AWS, CloudFormation
does this itself, once `aws cloudformation package` has put the code's address in.
"""

import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")  # the translator asks for one; the result names none

from samtranslator.translator.transform import transform  # type: ignore[import-not-found]  # is in .venv-cloud


class _NoManagedPolicies:
    """Every role has its own policy, so no managed one is ever looked up."""

    def load(self) -> dict[str, str]:
        return {}


if __name__ == "__main__":
    template = json.load(sys.stdin)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = sys.argv[1]
    parameters = {name: entry.get("Default", "") for name, entry in template.get("Parameters", {}).items()}
    json.dump(transform(template, parameters, _NoManagedPolicies()), sys.stdout, ensure_ascii=False, indent=1)
