"""The OpenAPI document of the registry, judged by validators that are not ours (SPEC E14)."""

import json
import os
import subprocess

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

COMMAND = os.environ.get("FRONTDESK_COMMAND", "frontdesk")


def run(*arguments):
    done = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def document():
    code, output, errors = run("describe")
    assert code == 0, errors
    return json.loads(output)


def operations(document):
    return [path["post"] for path in document["paths"].values()]


def schema_of(document, content):
    """A schema that stands alone: references lead into the document's components."""
    return {**content["application/json"]["schema"], "components": document["components"]}


def check(document, content, value):
    validator = jsonschema.Draft202012Validator(
        schema_of(document, content), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(value)]


def test_document_is_valid(document):
    """[E14]"""
    OpenAPIV31SpecValidator(document).validate()
    for name, schema in document["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert all(letter.isalnum() or letter in "._-" for letter in name)


def test_document_is_the_same_in_python(document):
    """[E14] [E15]"""
    frontdesk = pytest.importorskip("frontdesk")
    told = frontdesk.openapi()
    assert (json.loads(told) if isinstance(told, str) else told) == document


def test_every_example_fits_its_schema(document):
    """[E14]"""
    for operation in operations(document):
        content = operation["requestBody"]["content"]
        assert check(document, content, content["application/json"]["example"]) == [], operation[
            "operationId"
        ]


def test_schemas_refuse_what_the_engine_refuses(document):
    """[E14] [E16]"""
    for operation in operations(document):
        content = operation["requestBody"]["content"]
        assert check(document, content, {"no_such_field": 1}), operation["operationId"]
        assert check(document, content, []), operation["operationId"]
    register = document["paths"]["/call/people.register"]["post"]["requestBody"]["content"]
    example = register["application/json"]["example"]
    for change in (
        {"first_name": ""},
        {"first_name": 7},
        {"sex": "none"},
        {"birth_date": "soon"},
        {"email": None},
    ):
        assert check(document, register, {**example, **change}), change


def test_replies_fit_their_schemas(document, tmp_path):
    """[E14] [E15]: a walk through the registry, each operation with its example as the host."""
    for operation in operations(document):
        name = operation["operationId"]
        content = operation["requestBody"]["content"]
        example = json.dumps(content["application/json"]["example"])
        code, output, errors = run(
            "--db", str(tmp_path / "walk.db"), "--compact", "call", name, example
        )
        if code == 0:
            assert (
                check(document, operation["responses"]["200"]["content"], json.loads(output)) == []
            ), name
        else:
            assert code == 1 and "(internal)" not in errors, f"{name}: {errors}"
