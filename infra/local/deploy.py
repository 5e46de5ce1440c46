"""Deploys a build onto the emulator through CloudFormation, as `make deploy` does onto AWS."""

import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infra.fragments import Template
from infra.local.emulator import Emulator, cloud_python
from infra.local.host import code_for_host
from infra.local.overlay import overlay
from infra.local.ports import LOOPBACK
from infra.package import Build

STACK = "fenjian-local"
CODE_BUCKET = "fenjian-local-deployments"
BASE_PATH = "v1"


class DeploymentFailed(Exception):
    """Raised when CloudFormation rolls back; names the first resource that failed and why."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """A build on its way to one emulator, with the public keys its tokens are checked against, and its SMS bridge."""

    build: Build
    emulator: Emulator
    jwks: str
    sms_url: str

    def bring_up(self) -> bool:
        """Create or update the stack; False when it was already what it should be. Raises DeploymentFailed."""
        code = code_for_host(self.build.code)
        fingerprint = self._fingerprint(code)
        marker = self.emulator.state / "deployed.sha256"
        if marker.exists() and marker.read_text(encoding="utf-8") == fingerprint:
            return False
        marker.unlink(missing_ok=True)
        self._apply(self._upload(code, fingerprint))
        self._map_domain()
        marker.write_text(fingerprint, encoding="utf-8")
        return True

    def _fingerprint(self, code: Path) -> str:
        digest = hashlib.sha256(f"{self.jwks} {self.sms_url} {self.emulator.url}".encode())
        for content in (self.build.template, code, *sorted(Path(__file__).parent.glob("*.py"))):
            digest.update(content.read_bytes())
        return digest.hexdigest()

    def _upload(self, code: Path, fingerprint: str) -> str:
        """Put code and template into a bucket, as `aws cloudformation package` does; the template's address."""
        s3 = self.emulator.client("s3")
        s3.create_bucket(Bucket=CODE_BUCKET)
        s3.upload_file(str(code), CODE_BUCKET, f"{fingerprint}.zip")
        template = overlay(transform(self.build.template, f"s3://{CODE_BUCKET}/{fingerprint}.zip"))
        s3.put_object(Bucket=CODE_BUCKET, Key=f"{fingerprint}.json", Body=json.dumps(template).encode())
        return f"{self.emulator.url}/{CODE_BUCKET}/{fingerprint}.json"

    def _apply(self, template_url: str) -> None:
        cloudformation = self.emulator.client("cloudformation")
        exists = any(stack["StackName"] == STACK for stack in cloudformation.describe_stacks()["Stacks"])
        act = cloudformation.update_stack if exists else cloudformation.create_stack
        act(
            StackName=STACK,
            TemplateURL=template_url,
            Parameters=[
                {"ParameterKey": "TokenJwks", "ParameterValue": self.jwks},
                {"ParameterKey": "SmsUrl", "ParameterValue": self.sms_url},
                {"ParameterKey": "PublicUrl", "ParameterValue": self.emulator.url},
            ],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
        )
        waiter = cloudformation.get_waiter("stack_update_complete" if exists else "stack_create_complete")
        try:
            waiter.wait(StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
        except Exception as error:
            raise DeploymentFailed(self._reason()) from error

    def _reason(self) -> str:
        events = self.emulator.client("cloudformation").describe_stack_events(StackName=STACK)["StackEvents"]
        failed = [event for event in events if event["ResourceStatus"].endswith("FAILED")]
        first = failed[-1] if failed else events[0]
        return f"{first['LogicalResourceId']}: {first.get('ResourceStatusReason', first['ResourceStatus'])}"

    def _map_domain(self) -> None:
        """Give the API the address it has on AWS behind its domain: /v1 of this very host."""
        gateway = self.emulator.client("apigateway")
        if not any(domain["domainName"] == LOOPBACK for domain in gateway.get_domain_names()["items"]):
            gateway.create_domain_name(domainName=LOOPBACK)
        for mapping in gateway.get_base_path_mappings(domainName=LOOPBACK).get("items", []):
            gateway.delete_base_path_mapping(domainName=LOOPBACK, basePath=mapping["basePath"])
        api_id = self.outputs()["RestAPIId"]
        gateway.create_base_path_mapping(domainName=LOOPBACK, basePath=BASE_PATH, restApiId=api_id, stage=BASE_PATH)

    def outputs(self) -> dict[str, str]:
        """The stack's outputs by name."""
        stack = self.emulator.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def transform(template: Path, code_uri: str) -> Template:
    """The CloudFormation that a SAM template stands for. Raises CalledProcessError."""
    done = subprocess.run(
        [str(cloud_python()), str(Path(__file__).with_name("transform.py")), code_uri],
        stdin=template.open("rb"),
        stdout=subprocess.PIPE,
        check=True,
    )
    transformed: Template = json.loads(done.stdout)
    return transformed
