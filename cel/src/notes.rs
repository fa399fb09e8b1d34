//! What the checker finds on its way, for those who go through the expression after it.

#[cfg(not(feature = "cost"))]
pub(crate) use self::dropped::Notes;
#[cfg(feature = "cost")]
pub(crate) use self::kept::Notes;

#[cfg(feature = "cost")]
mod kept {
    use std::collections::HashMap;

    use crate::ast::Expr;
    use crate::functions::Overload;
    use crate::types::Type;
    use crate::unify::{Known, Rest};

    /// What is known of each part of an expression, by its place in memory: valid while that expression stays where it is.
    #[derive(Debug, Default)]
    pub(crate) struct Notes(HashMap<*const Expr, Note>);

    /// What is known of a part of an expression.
    #[derive(Debug)]
    pub(crate) struct Note {
        pub(crate) of: Type,
        /// Of a call: the function, and the overloads that it may come to.
        pub(crate) function: String,
        pub(crate) overloads: Vec<&'static Overload>,
        /// Whether what looks like a method is a function with a dotted name, or what looks like a field the name of a type.
        pub(crate) is_dotted: bool,
    }

    impl Notes {
        pub(crate) fn new() -> Self {
            Self::default()
        }

        pub(crate) fn of(&self, expr: &Expr) -> Option<&Note> {
            self.0.get(&std::ptr::from_ref(expr))
        }

        pub(crate) fn is_of(&mut self, expr: &Expr, of: &Type) {
            self.note(expr).of = of.clone();
        }

        pub(crate) fn is_dotted(&mut self, expr: &Expr) {
            self.note(expr).is_dotted = true;
        }

        pub(crate) fn calls(
            &mut self,
            expr: &Expr,
            function: &str,
            overloads: impl IntoIterator<Item = &'static Overload>,
        ) {
            let note = self.note(expr);
            function.clone_into(&mut note.function);
            note.overloads.extend(overloads);
        }

        /// Takes what is known at the end into all types.
        pub(crate) fn resolved(mut self, known: &Known) -> Self {
            for note in self.0.values_mut() {
                note.of = known.resolve(&note.of, Rest::Dyn);
            }
            self
        }

        fn note(&mut self, expr: &Expr) -> &mut Note {
            self.0.entry(std::ptr::from_ref(expr)).or_insert_with(|| Note {
                of: Type::Dyn,
                function: String::new(),
                overloads: Vec::new(),
                is_dotted: false,
            })
        }
    }
}

#[cfg(not(feature = "cost"))]
mod dropped {
    use crate::ast::Expr;
    use crate::functions::Overload;
    use crate::types::Type;

    /// Nobody goes through the expression after the checker.
    #[derive(Debug)]
    pub(crate) struct Notes;

    #[expect(clippy::unused_self, reason = "stands where the other one keeps")]
    impl Notes {
        pub(crate) fn new() -> Self {
            Self
        }

        pub(crate) fn is_of(&mut self, _: &Expr, _: &Type) {}

        pub(crate) fn is_dotted(&mut self, _: &Expr) {}

        pub(crate) fn calls(&mut self, _: &Expr, _: &str, _: impl IntoIterator<Item = &'static Overload>) {}
    }
}
