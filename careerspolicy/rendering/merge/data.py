"""The certificate of a merged policy, as JSON (which is YAML too)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from careerspolicy.rendering.report.data import FORMAT

if TYPE_CHECKING:
    from careerspolicy.comparison.merging.certificates import Certificate, Line


def certificate_json(certificate: Certificate) -> str:
    """Every line of a certificate, with the totals of each input."""
    document = {
        "format": FORMAT,
        "policy": certificate.merged.id,
        "take": certificate.take.value,
        "holds": certificate.holds,
        "inputs": [
            {
                "name": name,
                "trust": policy.trust,
                "obligations": len(policy.obligations),
                "totals": {ground.value: n for ground, n in certificate.totals(name).items()},
                "not_shared": [*certificate.left_out[name]],
                "lines": [_line(one) for one in certificate.of(name)],
            }
            for name, policy in certificate.inputs.items()
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _line(one: Line) -> dict[str, Any]:
    return {
        "promise": {"policy": one.promise.policy, "obligation": one.promise.obligation},
        "by": [{"policy": one.policy, "obligation": name} for name in one.by],
        "ground": one.ground.value,
        "why": one.why or None,
    }
