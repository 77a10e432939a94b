using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes open enums over string: structs that hold any value and know the document's ones.</summary>
internal static class EnumEmitter
{
    // A pattern of n values takes the compiler n² steps, and there are enums of more than a thousand.
    private const int LongestPattern = 20;

    /// <summary>Writes the type.</summary>
    public static void Emit(SourceWriter writer, BoundEnum model)
    {
        var name = Identifiers.Escape(model.Name);
        DocComments.Write(writer, model.Summary, "Other values than the known ones can be made too.");
        writer.Line(TypeText.Converter(name));
        writer.Open("public readonly partial struct " + name + " : global::Zoetrope.Json.IJsonModel<" + name + ">, global::System.IEquatable<" + name + ">");
        writer.Line("private readonly string? _value;").Line();
        writer.Line("/// <summary>Takes any value.</summary>");
        writer.Line("public " + name + "(string value) => _value = value;").Line();
        foreach (var value in model.Values)
        {
            writer.Line("/// <summary><c>" + Literals.Xml(value.Text) + "</c></summary>");
            writer.Line("public static " + name + " " + Identifiers.Escape(value.Name) + " => new(" + Literals.String(value.Text) + ");").Line();
        }
        writer.Line("/// <summary>The value as it is in JSON.</summary>");
        writer.Line("public string Value => _value ?? \"\";").Line();
        writer.Line("/// <summary>Whether the document names the value.</summary>");
        writer.Line("public bool IsKnown => " + IsKnown(model.Values.Select(value => Literals.String(value.Text)).ToList()) + ";").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Open("public static " + name + " Read(ref global::System.Text.Json.Utf8JsonReader reader)");
        writer.Line("if (reader.TokenType != global::System.Text.Json.JsonTokenType.String)");
        writer.Indented("throw new global::System.Text.Json.JsonException(" + Literals.String(model.Name + " is a string.") + ");");
        writer.Line("return new(reader.GetString()!);");
        writer.Close().Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public void Write(global::System.Text.Json.Utf8JsonWriter writer) => writer.WriteStringValue(Value);").Line();
        writer.Line("/// <summary>Compares the values, ordinally.</summary>");
        writer.Line("public bool Equals(" + name + " other) => Value == other.Value;").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public override bool Equals(object? obj) => obj is " + name + " other && Equals(other);").Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public override int GetHashCode() => Value.GetHashCode();").Line();
        writer.Line("/// <summary>The value as it is in JSON.</summary>");
        writer.Line("public override string ToString() => Value;").Line();
        writer.Line("/// <summary>Takes any value.</summary>");
        writer.Line("public static implicit operator " + name + "(string value) => new(value);").Line();
        writer.Line("/// <summary>Compares the values, ordinally.</summary>");
        writer.Line("public static bool operator ==(" + name + " left, " + name + " right) => left.Equals(right);").Line();
        writer.Line("/// <summary>Compares the values, ordinally.</summary>");
        writer.Line("public static bool operator !=(" + name + " left, " + name + " right) => !left.Equals(right);");
        writer.Close();
    }

    private static string IsKnown(List<string> values) => values.Count <= LongestPattern
        ? "Value is " + string.Join(" or ", values)
        : string.Join(" || ", values.Select(value => "Value == " + value));
}
