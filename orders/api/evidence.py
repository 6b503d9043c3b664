"""Photos and documents of a case."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from orders import aftersales
from orders.api.acting import by
from orders.api.answers import CaseAnswer, EvidenceList
from orders.api.describing import IDEMPOTENCY_KEY
from orders.api.statuses import described
from orders.models import Case, Evidence
from orders.refusal import Code, Refusal
from orders.tools import results

_CASE = OpenApiParameter("ref", OpenApiTypes.STR, OpenApiParameter.PATH)
_FILE = OpenApiParameter(
    "file", {"type": "integer", "minimum": 1}, OpenApiParameter.PATH
)
_FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}},
}


class EvidenceOfCase(APIView):
    """What was attached to a case; more can be, while it is open."""

    parser_classes = (MultiPartParser,)
    refusals = described(
        (Code.CASE_NOT_FOUND, Code.CASE_STATUS, Code.EVIDENCE_NOT_ALLOWED)
    )

    @property
    def scope(self) -> str:
        return "cases:read" if self.request.method in SAFE_METHODS else "cases:write"

    @extend_schema(
        operation_id="list_evidence", parameters=[_CASE], responses=EvidenceList
    )
    def get(self, request: Request, ref: str) -> Response:
        if not Case.objects.filter(ref=ref).exists():
            raise Refusal(Code.CASE_NOT_FOUND)
        found = Evidence.objects.filter(case__ref=ref).defer("content")
        return Response(EvidenceList({"evidence": found}).data)

    @extend_schema(
        operation_id="attach_evidence",
        parameters=[_CASE, IDEMPOTENCY_KEY],
        request={"multipart/form-data": _FORM},
        responses={201: CaseAnswer},
    )
    def post(self, request: Request, ref: str) -> Response:
        file = request.FILES.get("file")
        if file is None:
            raise Refusal(Code.MALFORMED, detail="file: is missing")
        if (file.size or 0) > aftersales.EVIDENCE_SIZE:
            raise Refusal(Code.EVIDENCE_NOT_ALLOWED)
        case = aftersales.attach(
            ref,
            name=file.name or "file",
            content_type=file.content_type or "",
            content=file.read(),
            by=by(request),
        )
        return Response({"case": results.case(case)}, status=201)


class OneEvidence(APIView):
    """The file itself, always as a download."""

    scope = "cases:read"

    @extend_schema(
        operation_id="download_evidence",
        parameters=[_CASE, _FILE],
        responses={(200, kind): bytes for kind in sorted(aftersales.EVIDENCE_TYPES)},
    )
    def get(self, request: Request, ref: str, file: str) -> HttpResponse:
        found: Any = Evidence.objects.filter(case__ref=ref, pk=file).first()
        if found is None:
            raise NotFound(_("There is no such file."))
        # nosniff is set by the security middleware, for every answer.
        return HttpResponse(
            bytes(found.content),
            content_type=found.content_type,
            headers={
                "Content-Disposition": content_disposition_header(True, found.name),
                "Content-Security-Policy": "sandbox",
            },
        )
