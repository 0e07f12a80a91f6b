"""Which names the model may hold: one strict pattern for each sort of name, and the words that are taken already."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from models.errors import Problem, told

LONGEST: Final = 60
_PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*\Z", re.ASCII)
_CAMEL = re.compile(r"[a-z][A-Za-z0-9]*\Z", re.ASCII)
_UPPER_SNAKE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*\Z", re.ASCII)
_PACK = re.compile(r"[a-z][a-z0-9_-]*\Z", re.ASCII)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[0-9]+", re.ASCII)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SCALARS = _words(
    "ID String Int Float Boolean BigInt Decimal Date DateTime Time Duration Money MoneyInput JSON Upload Void"
)
META_LABELS = _words(
    "Record Deleted RecordVersion ChangeSet Unnumbered Sequence Change Outbox LinkVersion User Token Session SignInAttempts "
    "ModelRoot ModelVersion ModelCleanup EntityTypeDefinition FieldDefinition RelationTypeDefinition "
    "ProfileDefinition SearchState MeaningState "
    "AnalyticsRun AnalyticsSchedule Insight RunScores Notification PersistedDocument SavedQuery SavedPage PageDelivery "
    "AccountChange"
)
API_TYPES = _words(
    "Query Mutation Subscription Node Record Records PageInfo Link Actor Me Viewer Problem UserError Error Errors "
    "Model ModelPlan ModelChange ModelVersion ApiBreak ModelProblem EntityType RelationType Field FieldKind End Label Labels "
    "FieldWhen OrderDirection ClientMutationId Version MutationError ChangeCounts PathStep FieldOrder RelationEnd RelationSide "
    "ModelEffect ModelOnDelete ModelValidity ModelProfile ModelSignal ModelSignalRole ModelMatch ModelWeighBy "
    "ModelChoiceWeight ModelSpread ModelKpi ModelKpiMeasure ModelKpiBetter ModelView ModelHappening ModelUnfinished "
    "Allowance SetAllowance FilterText SegmentName SegmentUse SavedQuery SavedQueryParameter SaveQuery DeleteSavedQuery "
    "SavedPage SavedPageKind SavePage DeleteSavedPage RestoreSavedPage "
    "NotificationKind ChooseNotifications PageDelivery DeliverPage EndPageDelivery DeliveryEvery DeliveryCalendar "
    "RelationName ReachDirection ReachSteps TimeUnit RelativeTime CalendarPeriod IntRange BigIntRange FloatRange "
    "DecimalRange StringRange DateRange DateTimeRange RecordOrder "
    "Insights Analysis AnalysisSchedule RunStatus RunComparison RunDifference MovedReason MovedPath MovedRecord "
    "RecordCard ViewReason ViewSection ViewLink ViewTimeline ViewEvent ViewChange ViewOpen ViewMoney ViewMonth ViewKpi "
    "ViewScore ViewCounterfactual ViewAction ViewNeighbourhood View360 InfluenceRanking InfluenceMeasure RankedRecord "
    "WalkDirection CommunitiesAnswer CommunityFound CommunityBridge PathsAnswer PathFound PathStepShown PathMeasure "
    "RelationCost IntroductionsAnswer IntroductionShown ChurnPage ChurnRow StoredRiskPath RiskPathsAnswer RiskPathFound "
    "LikelyLinksAnswer LikelyLink "
    "SegmentsAnswer SegmentFound SegmentTrait OffersAnswer OfferFound WhatIfAnswer WhatIfMove WhatIfWeakened WhatIfReach "
    "ModelPack PackPart PackFile PackConflict PackOnConflict ExportedPack AddUser SetUserPassword SetUserAdministrator "
    "SetUserDisabled SetUserPerson AccountChangeKind AccountValue "
    "CreateToken EndCredential ServerState ServerSetting ServerLastChange AddRecordWish "
    "RegisteredDocument LinkWish EndLinkWish AddLinkWish WeightWish SubgraphAnswer DrawnRecord DrawnLink "
    "Import ImportUpload ImportFile ImportColumn ImportCounts ImportSourceCounts ImportReport ImportJob ImportJobKind "
    "ImportJobStatus ImportColumnGuess ImportSourceGuess ImportGuess ImportRowProblem ImportProblemKind ImportProblem "
    "ImportPreview ImportPreviewRow ImportPreviewRecord ImportPreviewLink ImportPreviewValue ImportCell SaveImportMapping "
    "LookAtImportFile DropImportFile MendImport ImportRun ImportBatch "
    "RecordChanged LinkChanged RecordChangeKind LinkChangeKind Notification "
    "ChangeActor ChangedField ChangeFeed UndoStep UndoConflict UndoCounts UndoOnConflict "
    "SearchHighlight SearchRange SearchFacet SearchMode "
    "EachValue EachCurrency GroupPeriod NumberGroups ReportCalendar GroupKey GroupKeyOrder IntComparisons DecimalComparisons "
    "FloatComparisons DateComparisons DateTimeComparisons GeoPoint GeoPointInput GeoNear GeoDistance GeoBox GeoOrder"
)
RESERVED_TYPES: Final = SCALARS | META_LABELS | API_TYPES
RESERVED_SUFFIXES: Final = (
    "Connection", "Edge", "Filter", "Payload", "Aggregate", "Input", "Figures", "Operators", "Quantifiers",
    "LinkChanges", "Insight", "InsightOrder", "InsightsOrder", "InsightPart",
    "Changed",
    "Grouped", "GroupedRow", "GroupedBy", "GroupedHaving", "GroupedOrder", "FiguresHaving", "FiguresOrder",
)  # fmt: skip
RESERVED_ROOTS: Final = _words(
    "node nodes record records search view360 paths model models modelVersions planModel applyModel me changes change "
    "influence communities churn riskPaths introductions likelyLinks segments recommend whatIf compareRuns subgraph "
    "persistedDocuments registerDocuments forgetDocuments "
    "savedPages savedPage savePage deleteSavedPage restoreSavedPage pageDeliveries deliverPage endPageDelivery "
    "imports importUpload importGuess importPreview importJob importProblems "
    "savedQueries savedQuery filterText saveQuery deleteSavedQuery setAllowance "
    "packs exportedPack installPack users tokens sessions serverState addUser setUserPassword "
    "setUserAdministrator setUserDisabled setUserPerson accountChanges createToken withdrawToken endSession "
    "modelChanged recordChanged linkChanged runProgress notification "
    "notifications startAnalysis cancelAnalysis scheduleAnalysis analyses analysis analysisSchedules query mutation "
    "subscription schema errors counts changeSet history undoChange undoActivity "
    "markNotificationsRead notificationKinds chooseNotifications clientMutationId"
)
_ANYWHERE = _words(
    "id version createdAt updatedAt createdBy updatedBy and or not link node type true false null asOf knownAt "
    "validFrom validTo knownFrom knownTo constructor prototype"
)
RESERVED_FIELDS: Final = _ANYWHERE | _words(
    "displayName history insight insights reach inSegment count deletedAt deletedBy deletedIn groupKey"
)
RESERVED_LINK_FIELDS: Final = _ANYWHERE | _words("linkId data at relation source target history")


_RESERVED = "{name} belongs to the system; choose another name for this {what}."
_CALLED: Final = {
    "type": "A type's name",
    "plural": "A plural",
    "relation": "A relation's name",
    "field": "A field's name",
    "key": "A storage key",
    "pack": "A pack's name",
    "signal": "A signal's name",
    "figure": "A figure's name",
}


def check_type_name(name: object) -> list[Problem]:
    """Problems of the name of an entity type, such as `SalesOrder`."""
    return _form(name, _PASCAL, "type", "SalesOrder", _pascal) or _taken(name, "type", RESERVED_TYPES)


def check_plural(name: object) -> list[Problem]:
    """Problems of the plural of a type's name, such as `SalesOrders`."""
    return _form(name, _PASCAL, "plural", "SalesOrders", _pascal) or _taken(name, "plural", RESERVED_TYPES)


def check_relation_name(name: object) -> list[Problem]:
    """Problems of the name of a relation type, such as `WORKS_AT`."""
    return _form(name, _UPPER_SNAKE, "relation", "WORKS_AT", _upper_snake)


def check_field_name(name: object, *, of_link: bool = False) -> list[Problem]:
    """Problems of the name of a field, or of a relation as seen from a record, such as `taxId`."""
    taken = RESERVED_LINK_FIELDS if of_link else RESERVED_FIELDS
    return _form(name, _CAMEL, "field", "taxId", _camel) or _taken(name, "field", taken)


def check_stored_as(name: object) -> list[Problem]:
    """Problems of the key a field is stored under."""
    return _form(name, _CAMEL, "key", "taxId", _camel) or _taken(name, "field", RESERVED_FIELDS | RESERVED_LINK_FIELDS)


def check_part_name(name: object, what: str, example: str) -> list[Problem]:
    """Problems of a name that nothing else meets, such as that of a signal."""
    return _form(name, _CAMEL, what, example, _camel)


def check_pack_name(name: object) -> list[Problem]:
    """Problems of the name of a pack, such as `crm`; empty where something belongs to none."""
    return [] if name == "" else _form(name, _PACK, "pack", "crm", str.lower)


def shown(name: object) -> str:
    """Something given as a name, short and in plain ASCII, so that look-alikes and control characters show."""
    text = ascii(name) if isinstance(name, str) and len(name) <= 40 else ascii(str(name)[:40]) + "..."
    return text[:120]


def _form(name: object, pattern: re.Pattern[str], what: str, example: str, mend: Callable[[str], str]) -> list[Problem]:
    facts: dict[str, Any] = {"called": _CALLED[what], "of": what, "name": shown(name)}
    if not isinstance(name, str):
        sentence = "{called} is text such as {example}, not {sort}."
        return [told("bad_name", sentence, case="text", example=example, sort=type(name).__name__, **facts)]
    if len(name) > LONGEST:
        sentence = "{called} has at most {longest} characters; {name} has {length}."
        return [told("bad_name", sentence, case="length", longest=LONGEST, length=len(name), **facts)]
    if pattern.match(name):
        return []
    mended = mend(name)
    advice = mended if pattern.match(mended) else f"it like {example}"
    sentence = "{called} is made of ASCII letters and digits; {name} is not: write {advice}."
    case: dict[str, Any] = {} if pattern.match(mended) else {"case": "like", "example": example}
    return [told("bad_name", sentence, advice=advice, **case, **facts)]


def _taken(name: object, what: str, reserved: frozenset[str]) -> list[Problem]:
    assert isinstance(name, str)
    if name in reserved:
        return [told("reserved_name", _RESERVED, name=name, what=what)]
    if what != "field" and (suffix := next((end for end in RESERVED_SUFFIXES if name.endswith(end)), None)):
        sentence = "{name} ends in {suffix}, as generated names do; end this {what} differently."
        return [told("reserved_name", sentence, case="suffix", name=name, suffix=suffix, what=what)]
    root = name[0].lower() + name[1:]
    if what != "field" and root in RESERVED_ROOTS:
        sentence = "The API has a field {name} of its own; choose another name for this {what}."
        return [told("reserved_name", sentence, case="root", name=root, what=what)]
    return []


def _parts(name: str) -> list[str]:
    return _WORDS.findall(name) if name.isascii() else []


def _pascal(name: str) -> str:
    return "".join(part[0].upper() + part[1:].lower() for part in _parts(name))


def _camel(name: str) -> str:
    pascal = _pascal(name)
    return pascal[:1].lower() + pascal[1:]


def _upper_snake(name: str) -> str:
    return "_".join(part.upper() for part in _parts(name))
