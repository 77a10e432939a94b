using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes results that are one JSON value and not an object: it is kept as it came, and reached through one property.</summary>
internal sealed class UnwrappedResultEmitter(SourceWriter writer, BoundObject model)
{
    /// <summary>Writes the members of the type.</summary>
    public void EmitBody()
    {
        var property = model.Properties[0];
        var type = TypeText.Clr(property.Type);
        var name = Identifiers.Escape(property.Name);
        if (property.Type.Kind == TypeKind.Raw)
            EmitRaw(property, type, name);
        else
            EmitTyped(property, type, name);
        writer.Lines($"""

            /// <inheritdoc/>
            public static {model.Name} Read(ref global::System.Text.Json.Utf8JsonReader reader) => new({RawJson}.Read(ref reader));

            /// <inheritdoc/>
            public void Write({JsonWriter} writer) => _json.Write(writer);
            """);
    }

    private void EmitRaw(BoundProperty property, string type, string name) => writer.Lines($$"""
        private readonly {{RawJson}} _json;

        /// <summary>Initializes an empty result.</summary>
        public {{model.Name}}() { }

        [global::System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        private {{model.Name}}({{RawJson}} json)
        {
            _json = json;
        }

        /// <summary>{{Literals.Doc(property.Summary)}}</summary>
        public required {{type}} {{name}} { get => _json; init => _json = value; }
        """);

    private void EmitTyped(BoundProperty property, string type, string name)
    {
        var field = Identifiers.Field(property.Name);
        var from = WriteCall(property.Type);
        writer.Lines($$"""
            private readonly {{RawJson}} _json;
            private readonly {{type}}? {{field}};

            /// <summary>Initializes an empty result.</summary>
            public {{model.Name}}() { }

            #pragma warning disable CS8618 // The getter throws when there is none.
            [global::System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
            private {{model.Name}}({{RawJson}} json)
            {
                _json = json;
                {{field}} = {{ReadCall(property.Type)}};
            }
            #pragma warning restore CS8618

            /// <summary>{{Literals.Doc(property.Summary)}}</summary>
            /// <exception cref="global::System.InvalidOperationException">Missing from the response.</exception>
            public required {{type}} {{name}}
            {
                get => {{field}} ?? throw {{MissingMember}}.Of("output");
                init
                {
                    {{field}} = value;
                    _json = {{from}};
                }
            }
            """);
    }

    private static string ReadCall(TypeRef type) => type switch
    {
        { Item: null, Kind: TypeKind.File } => $"{UnwrappedResult}.File<{TypeText.Clr(type)}>(json)",
        { Kind: not TypeKind.List } => $"{UnwrappedResult}.Value<{TypeText.Parts(type)}>(json)",
        { Item: { Kind: TypeKind.File } file } => $"{UnwrappedResult}.Files<{TypeText.Clr(file)}>(json)",
        { Item.Kind: TypeKind.Raw } => $"{UnwrappedResult}.Items(json)",
        _ => $"{UnwrappedResult}.List<{TypeText.Parts(type.Item!)}>(json)",
    };

    private static string WriteCall(TypeRef type) => type switch
    {
        { Item: null, Kind: TypeKind.File } => $"{RawJson}.From(value)",
        { Kind: not TypeKind.List } => $"{UnwrappedResult}.OfValue<{TypeText.Parts(type)}>(value)",
        { Item.Kind: TypeKind.File or TypeKind.Raw } => $"{UnwrappedResult}.Of(value)",
        _ => $"{UnwrappedResult}.OfList<{TypeText.Parts(type.Item!)}>(value)",
    };
}
