"""`python -m infra.lint`: the template as it is deployed and as CloudFormation sees it, under cfn-lint's eyes.

Building it checks first that nothing of ours overlaps with Chalice's by accident (infra/merge.py).
"""

import json
import subprocess
import sys
from pathlib import Path

from infra.bundle import BadBundle
from infra.fragments import Clash
from infra.local.deploy import transform
from infra.package import PackagingFailed, package

REGIONS = ("cn-north-1", "us-east-1")  # one of each partition


def main() -> None:
    """Exit with cfn-lint's status."""
    try:
        build = package("local")
    except (PackagingFailed, Clash, BadBundle) as error:
        sys.exit(str(error))
    expanded = build.folder / "cloudformation.json"
    expanded.write_text(
        json.dumps(transform(build.template, "s3://bucket/key"), separators=(",", ":")), encoding="utf-8"
    )
    linter = str(Path(sys.executable).with_name("cfn-lint"))
    sys.exit(subprocess.run([linter, "--regions", *REGIONS, "--", str(build.template), str(expanded)]).returncode)


if __name__ == "__main__":
    main()
