//! What is the same for every kind.

/// Makes a struct with a `metadata` field an object that goes over the wire.
macro_rules! document {
    ($name:ident) => {
        impl ::kubist_model::Object for $name {
            type Meta = ::kubist_model::ObjectMeta;

            fn metadata(&self) -> &::kubist_model::ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ::kubist_model::ObjectMeta {
                &mut self.metadata
            }
        }

        impl ::kubist_model::WholeObject for $name {}

        impl ::kubist_model::Wire for $name {
            const FORMATS: &'static [::kubist_model::Format] =
                &[::kubist_model::Format::Protobuf, ::kubist_model::Format::Json];

            fn decode(bytes: &[u8], format: ::kubist_model::Format) -> Result<Self, ::kubist_model::DecodeError> {
                let mut object = Self::default();
                ::kubist_model::reflect::decode(&mut object, bytes, format, None)?;
                Ok(object)
            }

            fn decode_unmanaged(
                bytes: &[u8],
                format: ::kubist_model::Format,
            ) -> Result<Self, ::kubist_model::DecodeError> {
                let mut object = Self::default();
                ::kubist_model::reflect::decode_unmanaged(&mut object, bytes, format)?;
                Ok(object)
            }

            fn decode_item(
                bytes: &[u8],
                format: ::kubist_model::Format,
                item_type: (&str, &str),
            ) -> Result<Self, ::kubist_model::DecodeError> {
                let mut object = Self::default();
                ::kubist_model::reflect::decode(&mut object, bytes, format, Some(item_type))?;
                Ok(object)
            }

            fn decode_prefix(
                text: &str,
                item_type: Option<(&str, &str)>,
                managed_fields: ::kubist_model::ManagedFields,
            ) -> Option<(Self, usize)> {
                let mut object = Self::default();
                let read = ::kubist_model::reflect::read_json(&mut object, text, item_type.is_none(), managed_fields);
                read.map(|length| (object, length))
            }

            fn encode(
                &self,
                format: ::kubist_model::Format,
                out: &mut Vec<u8>,
            ) -> Result<(), ::kubist_model::EncodeError> {
                ::kubist_model::reflect::encode(self, format, out)
            }
        }
    };
}

/// Makes a struct a kind with a collection of its own.
macro_rules! resource {
    (
        $name:ident, $scope:ident;
        group: $group:literal, version: $version:literal, kind: $kind:literal,
        plural: $plural:literal, singular: $singular:literal,
        short_names: [$($short_name:literal),*], categories: [$($category:literal),*],
        subresources: [$($subresource:literal),*],
        $(status: $status:tt $(<$inner:ty>)?,)?
        $(scale: $scale:ident,)?
    ) => {
        document! { $name }

        impl ::kubist_model::Resource for $name {
            const INFO: ::kubist_model::ResourceInfo = ::kubist_model::ResourceInfo {
                group: ::std::borrow::Cow::Borrowed($group),
                version: ::std::borrow::Cow::Borrowed($version),
                kind: ::std::borrow::Cow::Borrowed($kind),
                plural: ::std::borrow::Cow::Borrowed($plural),
                singular: ::std::borrow::Cow::Borrowed($singular),
                list_kind: ::std::borrow::Cow::Borrowed(concat!($kind, "List")),
                short_names: ::std::borrow::Cow::Borrowed(&[$(::std::borrow::Cow::Borrowed($short_name)),*]),
                categories: ::std::borrow::Cow::Borrowed(&[$(::std::borrow::Cow::Borrowed($category)),*]),
                scope: resource!(@scope $scope),
                subresources: ::std::borrow::Cow::Borrowed(&[$(::std::borrow::Cow::Borrowed($subresource)),*]),
            };

            fn info() -> &'static ::kubist_model::ResourceInfo {
                const INFO: &::kubist_model::ResourceInfo = &<$name as ::kubist_model::Resource>::INFO;
                INFO
            }
        }

        impl ::kubist_model::$scope for $name {}
        $(resource! { @status $name $status $(<$inner>)? })?
        $(resource! { @scale $name $scale })?
    };
    (@scope Namespaced) => { ::kubist_model::Scope::Namespaced };
    (@scope ClusterScoped) => { ::kubist_model::Scope::Cluster };
    (@status $name:ident Option <$status:ty>) => {
        impl ::kubist_model::HasStatus for $name {
            type Status = $status;

            fn status_mut(&mut self) -> &mut $status {
                self.status.get_or_insert_default()
            }
        }
    };
    (@status $name:ident $status:ident) => {
        impl ::kubist_model::HasStatus for $name {
            type Status = $status;

            fn status_mut(&mut self) -> &mut $status {
                &mut self.status
            }
        }
    };
    (@scale $name:ident yes) => {
        impl ::kubist_model::HasScale for $name {}
    };
}
