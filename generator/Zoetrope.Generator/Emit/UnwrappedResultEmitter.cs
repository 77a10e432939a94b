using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes results that are one JSON value and no object: it is kept as it came, and reached through one property.</summary>
internal sealed class UnwrappedResultEmitter(SourceWriter writer, BoundObject model)
{
    private const string Raw = "global::Zoetrope.Json.RawJson";
    private const string Helper = "global::Zoetrope.CodeGen.Results.UnwrappedResult";

    /// <summary>Writes the members of the type.</summary>
    public void EmitBody()
    {
        var property = model.Properties[0];
        var type = TypeText.Clr(property.Type);
        var isRaw = property.Type.Kind == TypeKind.Raw;
        var name = Identifiers.Escape(property.Name);
        var field = Identifiers.Field(property.Name);
        writer.Line("private readonly " + Raw + " _json;");
        if (!isRaw)
            writer.Line("private readonly " + type + "? " + field + ";");
        writer.Line().Line("/// <summary>Makes an empty one.</summary>");
        writer.Line("public " + model.Name + "() { }").Line();
        if (!isRaw)
            writer.Line("#pragma warning disable CS8618 // The getter tells when there is none.");
        writer.Line("[global::System.Diagnostics.CodeAnalysis.SetsRequiredMembers]");
        writer.Open("private " + model.Name + "(" + Raw + " json)");
        writer.Line("_json = json;");
        if (!isRaw)
            writer.Line(field + " = " + ReadCall(property.Type) + ";");
        writer.Close();
        if (!isRaw)
            writer.Line("#pragma warning restore CS8618");
        writer.Line();

        writer.Line("/// <summary>" + Literals.Doc(property.Summary) + "</summary>");
        if (isRaw)
            writer.Line("public required " + type + " " + name + " { get => _json; init => _json = value; }");
        else
        {
            writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">The service left it out.</exception>");
            writer.Open("public required " + type + " " + name);
            writer.Line("get => " + field + " ?? throw global::Zoetrope.Json.MissingMember.Of(\"output\");");
            writer.Open("init");
            writer.Line(field + " = value;");
            writer.Line("_json = " + (property.Type.Item is null ? Raw + ".From(value)" : Helper + ".Of(value)") + ";");
            writer.Close().Close();
        }
        writer.Line().Line("/// <inheritdoc/>");
        writer.Line("public static " + model.Name + " Read(ref global::System.Text.Json.Utf8JsonReader reader) => new(" + Raw + ".Read(ref reader));");
        writer.Line().Line("/// <inheritdoc/>");
        writer.Line("public void Write(global::System.Text.Json.Utf8JsonWriter writer) => _json.Write(writer);");
    }

    private static string ReadCall(TypeRef type)
    {
        if (type.Item is null)
            return Helper + ".File<" + TypeText.Clr(type) + ">(json)";
        return type.IsListOf(TypeKind.File) ? Helper + ".Files<" + TypeText.Clr(type.Item) + ">(json)" : Helper + ".Items(json)";
    }
}
