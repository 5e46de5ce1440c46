#!/bin/sh
# deploy.sh <stage> <bucket> [parameters]: onto AWS, with the standard AWS CLI. The parameters, a JSON file like
# ["AlarmEmail=…", "SmsUrl=…"], are those of infra/parameters.yaml; one that is not named stays as it is.
set -eu
stage=$1 bucket=$2 parameters=${3:-}
[ -n "$bucket" ] || { echo "Name the bucket that takes the code: make deploy STAGE=$stage BUCKET=…" >&2; exit 2; }
command -v aws >/dev/null || { echo "The AWS CLI is needed: https://aws.amazon.com/cli/" >&2; exit 2; }

aws cloudformation package --use-json --template-file "build/$stage/sam.json" --s3-bucket "$bucket" \
    --s3-prefix "fenjian-$stage" --output-template-file "build/$stage/packaged.json" >/dev/null
# CloudFormation takes a megabyte, blanks counted.
.venv/bin/python -c 'import json, sys; from pathlib import Path
path = Path(sys.argv[1]); path.write_text(json.dumps(json.loads(path.read_text()), separators=(",", ":")))' \
    "build/$stage/packaged.json"
aws cloudformation deploy --template-file "build/$stage/packaged.json" --stack-name "fenjian-$stage" \
    --s3-bucket "$bucket" --s3-prefix "fenjian-$stage" --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM \
    --no-fail-on-empty-changeset ${parameters:+--parameter-overrides "file://$parameters"}
aws cloudformation describe-stacks --stack-name "fenjian-$stage" --query 'Stacks[0].Outputs' --output table
