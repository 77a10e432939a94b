using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes open enums over string: structs that hold any value and know the document's ones.</summary>
internal static class EnumEmitter
{
    /// <summary>Writes the type.</summary>
    public static void Emit(SourceWriter writer, BoundEnum model)
    {
        var name = Identifiers.Escape(model.Name);
        DocComments.Write(writer, model.Summary, "Other values are allowed.");
        writer.Line(TypeText.Converter(name));
        using var block = writer.Block($"public readonly partial struct {name} : {IJsonModel}<{name}>, global::System.IEquatable<{name}>");
        writer.Lines($"""
            private readonly string? _value;

            /// <summary>Initializes any value.</summary>
            public {name}(string value) => _value = value;

            """);
        foreach (var value in model.Values)
        {
            var meaning = value.Summary.Length > 0 ? ": " + Summaries.Sentence(Literals.Doc(value.Summary, Summaries.Longest)) : "";
            writer.Line($"/// <summary><c>{Literals.Xml(value.Text)}</c>{meaning}</summary>");
            DocComments.WriteRest(writer, value.Summary);
            if (ObsoleteText.Attribute(value.Deprecation) is { } obsolete)
                writer.Line(obsolete);
            writer.Lines($"""
                public static {name} {Identifiers.Escape(value.Name)} => new({Literals.String(value.Text)});

                """);
        }
        writer.Lines($$"""
            /// <summary>The value in JSON.</summary>
            public string Value => _value ?? "";

            /// <summary>Whether the value is a known one.</summary>
            public bool IsKnown => {{EnumValues.Condition([.. model.Values.Select(value => value.Text)])}};

            /// <inheritdoc/>
            public static {{name}} Read(ref global::System.Text.Json.Utf8JsonReader reader) => new({{JsonRead}}.Text(ref reader, {{Literals.String(model.Name)}}));

            /// <inheritdoc/>
            public void Write({{JsonWriter}} writer) => writer.WriteStringValue(Value);

            /// <inheritdoc/>
            public bool Equals({{name}} other) => Value == other.Value;

            /// <inheritdoc/>
            public override bool Equals(object? obj) => obj is {{name}} other && Equals(other);

            /// <inheritdoc/>
            public override int GetHashCode() => Value.GetHashCode();

            /// <inheritdoc/>
            public override string ToString() => Value;

            /// <summary>Converts any value.</summary>
            public static implicit operator {{name}}(string value) => new(value);

            /// <summary>Compares the values.</summary>
            public static bool operator ==({{name}} left, {{name}} right) => left.Equals(right);

            /// <summary>Compares the values.</summary>
            public static bool operator !=({{name}} left, {{name}} right) => !left.Equals(right);
            """);
    }
}
