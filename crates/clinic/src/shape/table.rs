//! The shapes of the two resources that phones put, as R4's definitions have them.
//! <https://hl7.org/fhir/R4/questionnaireresponse.html>, <https://hl7.org/fhir/R4/consent.html>

use super::primitive::Primitive;
use super::{Of, Part, Shape};

const fn one(name: &'static str, of: Of) -> Part {
    Part { name, of, many: false }
}

const fn many(name: &'static str, of: Of) -> Part {
    Part { name, of, many: true }
}

const TEXT: Of = Of::Primitive(Primitive::Text);
const URI: Of = Of::Primitive(Primitive::Uri);
const ID: Of = Of::Primitive(Primitive::Id);
const CODE: Of = Of::Primitive(Primitive::Code);
const BOOLEAN: Of = Of::Primitive(Primitive::Boolean);
const INTEGER: Of = Of::Primitive(Primitive::Integer);
const UNSIGNED: Of = Of::Primitive(Primitive::Whole(0));
const POSITIVE: Of = Of::Primitive(Primitive::Whole(1));
const DECIMAL: Of = Of::Primitive(Primitive::Decimal);
const DATE: Of = Of::Primitive(Primitive::Date);
const DATE_TIME: Of = Of::Primitive(Primitive::DateTime);
const INSTANT: Of = Of::Primitive(Primitive::Instant);
const TIME: Of = Of::Primitive(Primitive::Time);
const BASE64: Of = Of::Primitive(Primitive::Base64);
const OID: Of = Of::Primitive(Primitive::Urn("urn:oid:"));
const UUID: Of = Of::Primitive(Primitive::Urn("urn:uuid:"));

const fn codes(codes: &'static [&'static str]) -> Of {
    Of::Primitive(Primitive::OneOf(codes))
}

/// Every resource has these.
static RESOURCE_PARTS: [Part; 8] = [
    one("id", ID),
    one("meta", Of::Element(&META)),
    one("implicitRules", URI),
    one("language", CODE),
    one("text", Of::Element(&NARRATIVE)),
    many("contained", Of::Resource),
    many("extension", Of::Element(&EXTENSION)),
    many("modifierExtension", Of::Element(&EXTENSION)),
];
/// Every element of a resource has these.
static BACKBONE_PARTS: [Part; 3] = [
    one("id", TEXT),
    many("extension", Of::Element(&EXTENSION)),
    many("modifierExtension", Of::Element(&EXTENSION)),
];
/// Every datatype has these.
static ELEMENT_PARTS: [Part; 2] = [one("id", TEXT), many("extension", Of::Element(&EXTENSION))];

/// What stands beside a primitive: its id and its extensions.
pub(super) static BARE: Shape = Shape { parts: &[], common: &ELEMENT_PARTS, required: &[] };

/// `QuestionnaireResponse`.
pub(super) static RESPONSE: Shape = Shape {
    parts: &[
        one("resourceType", codes(&["QuestionnaireResponse"])),
        one("identifier", Of::Element(&IDENTIFIER)),
        many("basedOn", Of::Element(&REFERENCE)),
        many("partOf", Of::Element(&REFERENCE)),
        one("questionnaire", URI),
        one("status", codes(&["in-progress", "completed", "amended", "entered-in-error", "stopped"])),
        one("subject", Of::Element(&REFERENCE)),
        one("encounter", Of::Element(&REFERENCE)),
        one("authored", DATE_TIME),
        one("author", Of::Element(&REFERENCE)),
        one("source", Of::Element(&REFERENCE)),
        many("item", Of::Element(&ITEM)),
    ],
    common: &RESOURCE_PARTS,
    required: &[],
};

/// `QuestionnaireResponse.item`.
static ITEM: Shape = Shape {
    parts: &[
        one("linkId", TEXT),
        one("definition", URI),
        one("text", TEXT),
        many("answer", Of::Element(&ANSWER)),
        many("item", Of::Element(&ITEM)),
    ],
    common: &BACKBONE_PARTS,
    required: &[],
};

/// `QuestionnaireResponse.answer`.
static ANSWER: Shape = Shape {
    parts: &[
        one("valueBoolean", BOOLEAN),
        one("valueDecimal", DECIMAL),
        one("valueInteger", INTEGER),
        one("valueDate", DATE),
        one("valueDateTime", DATE_TIME),
        one("valueTime", TIME),
        one("valueString", TEXT),
        one("valueUri", URI),
        one("valueAttachment", Of::Element(&ATTACHMENT)),
        one("valueCoding", Of::Element(&CODING)),
        one("valueQuantity", Of::Element(&QUANTITY)),
        one("valueReference", Of::Element(&REFERENCE)),
        many("item", Of::Element(&ITEM)),
    ],
    common: &BACKBONE_PARTS,
    required: &[],
};

/// `Consent`.
pub(super) static CONSENT: Shape = Shape {
    parts: &[
        one("resourceType", codes(&["Consent"])),
        many("identifier", Of::Element(&IDENTIFIER)),
        one("status", codes(&["draft", "proposed", "active", "rejected", "inactive", "entered-in-error"])),
        one("scope", Of::Element(&CONCEPT)),
        many("category", Of::Element(&CONCEPT)),
        one("patient", Of::Element(&REFERENCE)),
        one("dateTime", DATE_TIME),
        many("performer", Of::Element(&REFERENCE)),
        many("organization", Of::Element(&REFERENCE)),
        one("sourceAttachment", Of::Element(&ATTACHMENT)),
        one("sourceReference", Of::Element(&REFERENCE)),
        many("policy", Of::Element(&POLICY)),
        one("policyRule", Of::Element(&CONCEPT)),
        many("verification", Of::Element(&VERIFICATION)),
        one("provision", Of::Element(&PROVISION)),
    ],
    common: &RESOURCE_PARTS,
    required: &["status", "scope", "category"],
};

/// `Consent.policy`.
static POLICY: Shape =
    Shape { parts: &[one("authority", URI), one("uri", URI)], common: &BACKBONE_PARTS, required: &[] };

/// `Consent.verification`.
static VERIFICATION: Shape = Shape {
    parts: &[
        one("verified", BOOLEAN),
        one("verifiedWith", Of::Element(&REFERENCE)),
        one("verificationDate", DATE_TIME),
    ],
    common: &BACKBONE_PARTS,
    required: &[],
};

/// `Consent.provision`.
static PROVISION: Shape = Shape {
    parts: &[
        one("type", codes(&["deny", "permit"])),
        one("period", Of::Element(&PERIOD)),
        many("actor", Of::Element(&ACTOR)),
        many("action", Of::Element(&CONCEPT)),
        many("securityLabel", Of::Element(&CODING)),
        many("purpose", Of::Element(&CODING)),
        many("class", Of::Element(&CODING)),
        many("code", Of::Element(&CONCEPT)),
        one("dataPeriod", Of::Element(&PERIOD)),
        many("data", Of::Element(&DATA)),
        many("provision", Of::Element(&PROVISION)),
    ],
    common: &BACKBONE_PARTS,
    required: &[],
};

/// `Consent.actor`.
static ACTOR: Shape = Shape {
    parts: &[one("role", Of::Element(&CONCEPT)), one("reference", Of::Element(&REFERENCE))],
    common: &BACKBONE_PARTS,
    required: &["reference", "role"],
};

/// `Consent.data`.
static DATA: Shape = Shape {
    parts: &[
        one("meaning", codes(&["instance", "related", "dependents", "authoredby"])),
        one("reference", Of::Element(&REFERENCE)),
    ],
    common: &BACKBONE_PARTS,
    required: &["reference"],
};

/// `Meta`.
static META: Shape = Shape {
    parts: &[
        one("versionId", ID),
        one("lastUpdated", INSTANT),
        one("source", URI),
        many("profile", URI),
        many("security", Of::Element(&CODING)),
        many("tag", Of::Element(&CODING)),
    ],
    common: &ELEMENT_PARTS,
    required: &[],
};

/// `Extension`.
static EXTENSION: Shape = Shape {
    parts: &[
        one("url", URI),
        one("valueBase64Binary", BASE64),
        one("valueBoolean", BOOLEAN),
        one("valueCanonical", URI),
        one("valueCode", CODE),
        one("valueDate", DATE),
        one("valueDateTime", DATE_TIME),
        one("valueDecimal", DECIMAL),
        one("valueId", ID),
        one("valueInstant", INSTANT),
        one("valueInteger", INTEGER),
        one("valueMarkdown", TEXT),
        one("valueOid", OID),
        one("valuePositiveInt", POSITIVE),
        one("valueString", TEXT),
        one("valueTime", TIME),
        one("valueUnsignedInt", UNSIGNED),
        one("valueUri", URI),
        one("valueUrl", URI),
        one("valueUuid", UUID),
        one("valueAddress", Of::Object),
        one("valueAge", Of::Object),
        one("valueAnnotation", Of::Object),
        one("valueAttachment", Of::Element(&ATTACHMENT)),
        one("valueCodeableConcept", Of::Element(&CONCEPT)),
        one("valueCoding", Of::Element(&CODING)),
        one("valueContactPoint", Of::Object),
        one("valueCount", Of::Object),
        one("valueDistance", Of::Object),
        one("valueDuration", Of::Object),
        one("valueHumanName", Of::Object),
        one("valueIdentifier", Of::Element(&IDENTIFIER)),
        one("valueMoney", Of::Object),
        one("valuePeriod", Of::Element(&PERIOD)),
        one("valueQuantity", Of::Element(&QUANTITY)),
        one("valueRange", Of::Object),
        one("valueRatio", Of::Object),
        one("valueReference", Of::Element(&REFERENCE)),
        one("valueSampledData", Of::Object),
        one("valueSignature", Of::Object),
        one("valueTiming", Of::Object),
        one("valueContactDetail", Of::Object),
        one("valueContributor", Of::Object),
        one("valueDataRequirement", Of::Object),
        one("valueExpression", Of::Object),
        one("valueParameterDefinition", Of::Object),
        one("valueRelatedArtifact", Of::Object),
        one("valueTriggerDefinition", Of::Object),
        one("valueUsageContext", Of::Object),
        one("valueDosage", Of::Object),
        one("valueMeta", Of::Element(&META)),
    ],
    common: &ELEMENT_PARTS,
    required: &["url"],
};

/// `Identifier`.
static IDENTIFIER: Shape = Shape {
    parts: &[
        one("use", codes(&["usual", "official", "temp", "secondary", "old"])),
        one("type", Of::Element(&CONCEPT)),
        one("system", URI),
        one("value", TEXT),
        one("period", Of::Element(&PERIOD)),
        one("assigner", Of::Element(&REFERENCE)),
    ],
    common: &ELEMENT_PARTS,
    required: &[],
};

/// `Reference`.
static REFERENCE: Shape = Shape {
    parts: &[
        one("reference", TEXT),
        one("type", URI),
        one("identifier", Of::Element(&IDENTIFIER)),
        one("display", TEXT),
    ],
    common: &ELEMENT_PARTS,
    required: &[],
};

/// `Coding`.
static CODING: Shape = Shape {
    parts: &[
        one("system", URI),
        one("version", TEXT),
        one("code", CODE),
        one("display", TEXT),
        one("userSelected", BOOLEAN),
    ],
    common: &ELEMENT_PARTS,
    required: &[],
};

/// `CodeableConcept`.
static CONCEPT: Shape = Shape {
    parts: &[many("coding", Of::Element(&CODING)), one("text", TEXT)],
    common: &ELEMENT_PARTS,
    required: &[],
};

/// `Period`.
static PERIOD: Shape =
    Shape { parts: &[one("start", DATE_TIME), one("end", DATE_TIME)], common: &ELEMENT_PARTS, required: &[] };

/// `Quantity`.
static QUANTITY: Shape = Shape {
    parts: &[
        one("value", DECIMAL),
        one("comparator", codes(&["<", "<=", ">=", ">"])),
        one("unit", TEXT),
        one("system", URI),
        one("code", CODE),
    ],
    common: &ELEMENT_PARTS,
    required: &[],
};

/// `Attachment`.
static ATTACHMENT: Shape = Shape {
    parts: &[
        one("contentType", CODE),
        one("language", CODE),
        one("data", BASE64),
        one("url", URI),
        one("size", UNSIGNED),
        one("hash", BASE64),
        one("title", TEXT),
        one("creation", DATE_TIME),
    ],
    common: &ELEMENT_PARTS,
    required: &[],
};

/// `Narrative`.
static NARRATIVE: Shape = Shape {
    parts: &[one("status", codes(&["generated", "extensions", "additional", "empty"])), one("div", TEXT)],
    common: &ELEMENT_PARTS,
    required: &["div"],
};
