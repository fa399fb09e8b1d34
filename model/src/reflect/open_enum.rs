//! Strings with known values, to which a server may add.

/// Declares a string type with known values. Unknown ones survive as `Other`; `Unset` is the empty string, which means absent.
#[macro_export]
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            /// Absent.
            #[default]
            Unset,
            $(
                #[doc = concat!("`", $text, "`")]
                $variant,
            )*
            /// A value that this version does not know.
            Other($crate::Str),
        }

        impl $name {
            /// Returns the value as it stands on the wire; empty if it is absent.
            pub fn as_str(&self) -> &str {
                match self {
                    Self::Unset => "",
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    "" => Self::Unset,
                    $($text => Self::$variant,)*
                    other => Self::Other(other.into()),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl $crate::reflect::TextField for $name {
            fn set_text(&mut self, text: &str) -> Result<(), String> {
                *self = text.into();
                Ok(())
            }

            fn examples(&self) -> &'static [&'static str] {
                &[$($text,)*]
            }
        }

        impl $crate::reflect::Reflect for $name {
            fn is_absent(&self) -> bool {
                self.as_str().is_empty()
            }

            fn view(&self) -> $crate::reflect::Ref<'_> {
                $crate::reflect::Ref::Str(self.as_str())
            }

            #[inline]
            fn empty() -> Self {
                Self::Unset
            }

            fn read(&mut self, from: &mut dyn $crate::reflect::Source) -> $crate::reflect::Merged {
                from.text(self)
            }
        }

        impl $crate::reflect::Typed for $name {
            const TYPE: $crate::reflect::Type = $crate::reflect::Type::Enum(module_path!(), stringify!($name));
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <$crate::Str as ::serde::Deserialize>::deserialize(deserializer)?;
                Ok(text.as_str().into())
            }
        }
    };
}
