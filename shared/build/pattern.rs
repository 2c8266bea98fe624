//! A Fluent pattern made ready for code: references resolved, selectors sorted into numbers and words.

use fluent_syntax::ast;
use std::collections::BTreeMap;

/// One part of a text.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// As written.
    Text(String),
    /// A variable; whether it is a number is known once both languages are read.
    Variable(String),
    /// One of several, by a variable.
    Select { variable: String, numeric: bool, variants: Vec<Variant> },
}

/// One branch of a selection.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) key: String,
    pub(crate) default: bool,
    pub(crate) pieces: Vec<Piece>,
}

/// CLDR's plural categories.
pub(crate) const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Messages (`id`) and terms (`-id`) of one language by name, unresolved.
pub(crate) type Sources = BTreeMap<String, ast::Pattern<String>>;

/// Resolves the pattern named `id`.
///
/// # Errors
/// What is wrong with it, in words for the person who wrote it.
pub(crate) fn resolve(id: &str, sources: &Sources) -> Result<Vec<Piece>, String> {
    resolve_within(id, sources, 0)
}

fn resolve_within(id: &str, sources: &Sources, depth: u8) -> Result<Vec<Piece>, String> {
    if depth > 8 {
        return Err(format!("{id} refers to itself"));
    }
    let source = sources.get(id).ok_or_else(|| format!("{id} does not exist"))?;
    pattern(source, sources, depth)
}

fn pattern(source: &ast::Pattern<String>, sources: &Sources, depth: u8) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    for element in &source.elements {
        match element {
            ast::PatternElement::TextElement { value } => pieces.push(Piece::Text(value.clone())),
            ast::PatternElement::Placeable { expression } => pieces.extend(resolve_expression(expression, sources, depth)?),
        }
    }
    Ok(pieces)
}

fn resolve_expression(source: &ast::Expression<String>, sources: &Sources, depth: u8) -> Result<Vec<Piece>, String> {
    match source {
        ast::Expression::Inline(inline) => resolve_inline(inline, sources, depth),
        ast::Expression::Select { selector, variants } => {
            let variable = variable_of(selector).ok_or("a selector must be a variable")?;
            let variants = variants
                .iter()
                .map(|v| {
                    let (ast::VariantKey::Identifier { name: key } | ast::VariantKey::NumberLiteral { value: key }) = &v.key;
                    Ok(Variant { key: key.clone(), default: v.default, pieces: pattern(&v.value, sources, depth)? })
                })
                .collect::<Result<Vec<_>, String>>()?;
            let numeric = matches!(selector, ast::InlineExpression::FunctionReference { .. })
                || variants
                    .iter()
                    .any(|v| v.key.parse::<i64>().is_ok() || (PLURALS.contains(&v.key.as_str()) && v.key != "other"));
            let known = |v: &Variant| v.key.parse::<i64>().is_ok() || PLURALS.contains(&v.key.as_str());
            if numeric && !variants.iter().all(known) {
                return Err(format!("the choices of ${variable} mix numbers and words"));
            }
            Ok(vec![Piece::Select { variable, numeric, variants }])
        }
    }
}

fn resolve_inline(source: &ast::InlineExpression<String>, sources: &Sources, depth: u8) -> Result<Vec<Piece>, String> {
    use ast::InlineExpression as I;
    match source {
        I::StringLiteral { value } | I::NumberLiteral { value } => Ok(vec![Piece::Text(value.clone())]),
        I::VariableReference { id } => Ok(vec![Piece::Variable(id.name.clone())]),
        I::MessageReference { id, attribute: None } => resolve_within(&id.name, sources, depth + 1),
        I::TermReference { id, attribute: None, arguments: None } => resolve_within(&format!("-{}", id.name), sources, depth + 1),
        I::Placeable { expression } => resolve_expression(expression, sources, depth),
        I::FunctionReference { id, .. } => Err(format!("the function {} is not used here", id.name)),
        I::MessageReference { .. } | I::TermReference { .. } => Err("attributes and arguments of terms are not used here".into()),
    }
}

fn variable_of(source: &ast::InlineExpression<String>) -> Option<String> {
    match source {
        ast::InlineExpression::VariableReference { id } => Some(id.name.clone()),
        ast::InlineExpression::FunctionReference { id, arguments } if id.name == "NUMBER" => {
            arguments.positional.first().and_then(variable_of)
        }
        _ => None,
    }
}

/// Every variable of the pieces, with whether some choice treats it as a number.
pub(crate) fn variables(pieces: &[Piece], into: &mut BTreeMap<String, bool>) {
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Variable(name) => {
                into.entry(name.clone()).or_insert(false);
            }
            Piece::Select { variable, numeric, variants } => {
                *into.entry(variable.clone()).or_insert(false) |= *numeric;
                variants.iter().for_each(|v| variables(&v.pieces, into));
            }
        }
    }
}
