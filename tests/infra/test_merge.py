"""Chalice's merge joins silently; ours does not."""

from typing import Any

import pytest

from infra.fragments import Clash, infrastructure
from infra.merge import check_overlap, merge

type Template = dict[str, Any]


def template(**resources: Template) -> Template:
    """A template that holds these resources."""
    return {"Resources": resources}


FUNCTION = {"Type": "AWS::Serverless::Function", "Properties": {"Handler": "app.notify"}}


def test_a_queue_under_a_functions_name_is_refused() -> None:
    ours = template(Work={"Type": "AWS::SQS::Queue"})
    with pytest.raises(Clash, match="Work"):
        merge(ours, template(Work=FUNCTION))


def test_completing_a_function_that_chalice_does_not_know_is_refused() -> None:
    with pytest.raises(Clash, match="Notify"):
        check_overlap(template(Notify={"Properties": {}}), template())


def test_an_intrinsic_over_another_intrinsic_is_refused() -> None:
    ours = template(Notify={"Properties": {"Role": {"Ref": "OtherRole"}}})
    chalice = template(Notify={**FUNCTION, "Properties": {"Role": {"Fn::GetAtt": ["NotifyRole", "Arn"]}}})
    with pytest.raises(Clash, match=r"Notify\.Properties\.Role"):
        check_overlap(ours, chalice)


def test_a_known_function_is_completed() -> None:
    merged = merge(template(Notify={"Properties": {"FunctionName": "n"}}), template(Notify=FUNCTION))
    assert merged["Resources"]["Notify"]["Properties"] == {"Handler": "app.notify", "FunctionName": "n"}


def test_logical_ids_of_ours_end_in_their_type() -> None:
    for name, resource in infrastructure("dev")["Resources"].items():
        if "Type" in resource:
            assert name.endswith(resource["Type"].rsplit("::", 1)[1]), name


def test_a_template_can_only_be_deployed_as_the_stage_it_was_built_for() -> None:
    assert infrastructure("dev")["Parameters"]["Stage"]["AllowedValues"] == ["dev"]
