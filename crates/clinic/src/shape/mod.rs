//! Whether a resource has the shape that R4 gives it: every name, and the type of every value.
//!
//! What is taken is kept and served for years, so it must be FHIR for whoever reads it then. This
//! looks at shapes alone; what an entry means, and which parts a diary needs, `interlude-fhir` says.
//! Not looked into: contained resources, and the datatypes of extensions that nobody sends here
//! (an `Address`, a `Timing`). Start at [`check`]; the shapes are in [`table`].

mod primitive;
mod table;

use interlude_fhir::json::Node;
use interlude_fhir::wire::WireError;

use self::primitive::Primitive;

/// The parts of an element.
#[derive(Debug)]
struct Shape {
    parts: &'static [Part],
    /// What `parts` has not and many shapes have.
    common: &'static [Part],
    /// Names that must be there.
    required: &'static [&'static str],
}

/// One part by its name.
#[derive(Debug)]
struct Part {
    name: &'static str,
    of: Of,
    many: bool,
}

#[derive(Debug, Clone, Copy)]
enum Of {
    Primitive(Primitive),
    Element(&'static Shape),
    /// An object that is not looked into.
    Object,
    /// A whole resource, not looked into.
    Resource,
}

/// Nothing, when a `QuestionnaireResponse` or a Consent has the shape of one. Other types are not
/// put by phones.
///
/// # Errors
/// Names the part, never its content.
pub fn check(resource: &Node<'_>) -> Result<(), WireError> {
    match resource.str("resourceType") {
        Some("QuestionnaireResponse") => element(resource, &table::RESPONSE, "the resource"),
        Some("Consent") => element(resource, &table::CONSENT, "the resource"),
        _ => Err(WireError::OtherResource),
    }
}

fn element(node: &Node<'_>, shape: &Shape, what: &'static str) -> Result<(), WireError> {
    if !node.is_object() || shape.required.iter().any(|name| node.get(name).is_none()) {
        return Err(WireError::Part(what));
    }
    for (name, value) in node.members() {
        let bare = name.strip_prefix('_');
        let known = |part: &&Part| part.name == bare.unwrap_or(name);
        let part = shape.parts.iter().chain(shape.common).find(known);
        let part = part.ok_or(WireError::Part("a name that R4 does not have here"))?;
        // `_name` holds the id and the extensions of a primitive.
        let of = match (bare, part.of) {
            (None, of) => of,
            (Some(_), Of::Primitive(_)) => Of::Element(&table::BARE),
            (Some(_), Of::Element(_) | Of::Object | Of::Resource) => return Err(WireError::Part(part.name)),
        };
        if !part.many {
            one(value, of, part.name)?;
        } else if value.is_array() && !value.elements().is_empty() {
            // In lists of primitives a null keeps the place of one that is only in the other list.
            let primitive = matches!(part.of, Of::Primitive(_));
            let mut elements = value.elements().iter().filter(|one| !(primitive && one.raw() == "null"));
            elements.try_for_each(|value| one(value, of, part.name))?;
        } else {
            return Err(WireError::Part(part.name));
        }
    }
    Ok(())
}

fn one(value: &Node<'_>, of: Of, what: &'static str) -> Result<(), WireError> {
    let sound = match of {
        Of::Element(shape) => return element(value, shape, what),
        Of::Primitive(primitive) => primitive.holds(value),
        Of::Object => value.is_object(),
        Of::Resource => value.is_object() && value.str("resourceType").is_some(),
    };
    if sound { Ok(()) } else { Err(WireError::Part(what)) }
}
