using System.Text;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes object types: properties, reader, writer and, for inputs, the validator.</summary>
internal sealed class ObjectEmitter(SourceWriter writer, BoundTypes types, BoundObject model)
{
    private const string Extras = "global::Zoetrope.Json.ExtraProperties";

    private readonly string _name = Identifiers.Escape(model.Name);

    /// <summary>Writes the type.</summary>
    public void Emit()
    {
        DocComments.Write(writer, model.Summary);
        writer.Line(TypeText.Converter(_name));
        writer.Open("public sealed partial class " + _name + " : " + Interfaces());
        if (model.IsUnwrapped)
            new UnwrappedResultEmitter(writer, model).EmitBody();
        else
            EmitBody();
        writer.Close();
    }

    /// <summary>The expression for a property's value as it is, unset included.</summary>
    public static string Value(BoundObject model, BoundProperty property) =>
        HasField(model, property) ? Identifiers.Field(property.Name) : Identifiers.Escape(property.Name);

    /// <summary>
    /// Whether a member of a request must be given and may be null. Raw JSON holds null itself; what is sent one by one has none.
    /// </summary>
    public static bool TakesNull(BoundObject model, BoundProperty property) =>
        model is { Role: ObjectRole.Input, IsForm: false }
        && property is { Required: true, Nullable: true, Constant: null, Type.Kind: not TypeKind.Raw };

    private string Interfaces()
    {
        if (model.Role == ObjectRole.Output)
            return "global::Zoetrope.Json.IJsonModel<" + _name + ">";
        return model.Key == NameKeys.Input
            ? "global::Zoetrope.Models.IModelRequest<" + _name + ">"
            : "global::Zoetrope.Json.IJsonModel<" + _name + ">, global::Zoetrope.Validation.IValidatable";
    }

    /// <summary>Writes the properties.</summary>
    public void EmitProperties(bool hasExtras)
    {
        foreach (var property in model.Properties.Where(property => HasField(model, property)))
            writer.Line("private " + TypeText.Clr(property.Type) + "? " + Identifiers.Field(property.Name) + (property.Constant is { } value ? " = " + Literals.Constant(property.Type.Kind, value) : "") + ";");
        if (hasExtras)
            writer.Line("private " + Extras + "? _extraProperties;");
        if (hasExtras || model.Properties.Any(property => HasField(model, property)))
            writer.Line();
        foreach (var property in model.Properties)
            EmitProperty(property);
    }

    private void EmitBody()
    {
        EmitProperties(hasExtras: true);
        writer.Line("/// <summary>Members that the document does not declare.</summary>");
        writer.Line("public " + Extras + " ExtraProperties => _extraProperties ??= new();").Line();
        EmitRead();
        writer.Line();
        EmitWrite();
        if (model.Role != ObjectRole.Input)
            return;
        writer.Line();
        new ValidatorEmitter(writer, types, model).Emit(hasExtras: true);
    }

    private void EmitProperty(BoundProperty property)
    {
        var type = TypeText.Clr(property.Type);
        var name = Identifiers.Escape(property.Name);
        var field = Identifiers.Field(property.Name);
        var required = property is { Required: true, Constant: null } ? "required " : "";
        var optional = property.Required && !(property.Nullable && model.Role == ObjectRole.Output) && !TakesNull(model, property) ? "" : "?";
        writer.Line("/// <summary>" + Literals.Doc(property.Summary) + "</summary>");
        DocComments.WriteRest(writer, property.Description);
        if (model.Role == ObjectRole.Output)
        {
            var isPromised = optional.Length == 0;
            var get = isPromised ? field + " ?? throw global::Zoetrope.Json.MissingMember.Of(" + Literals.String(property.JsonName) + ")" : field;
            if (isPromised)
                writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">The service left it out.</exception>");
            writer.Line("public " + required + type + optional + " " + name + " { get => " + get + "; init => " + field + " = value; }");
        }
        else if (HasField(model, property))
            writer.Line("public " + required + type + " " + name + " { get => " + field + ".GetValueOrDefault(); set => " + field + " = value; }");
        else
            writer.Line("public " + required + type + optional + " " + name + " { get; set; }" + (property.Constant is { } value ? " = " + Literals.Constant(property.Type.Kind, value) + ";" : ""));
        writer.Line();
    }

    private void EmitRead()
    {
        writer.Line("/// <inheritdoc/>");
        writer.Open("public static " + _name + " Read(ref global::System.Text.Json.Utf8JsonReader reader)");
        writer.Line("global::Zoetrope.CodeGen.JsonRead.StartObject(ref reader, " + Literals.String(types.Owner + "." + model.Name) + ");");
        EmitNew();
        writer.Open("while (global::Zoetrope.CodeGen.JsonRead.NextProperty(ref reader, out var name))");
        if (model.Properties.Count > 0)
        {
            writer.Open("switch (name.Length)");
            foreach (var property in model.Properties.OrderBy(property => Encoding.UTF8.GetByteCount(property.JsonName)))
                EmitReadCase(Encoding.UTF8.GetByteCount(property.JsonName), property);
            writer.Close();
        }
        writer.Line(Extras + ".Read(ref reader, name, ref value._extraProperties);");
        writer.Close();
        foreach (var property in model.Properties.Where(property => TakesNull(model, property)))
        {
            var isUnset = "value." + Value(model, property) + " is null";
            writer.Line("global::Zoetrope.CodeGen.JsonRead.Nullable(" + isUnset + ", " + Literals.String(property.JsonName) + ", ref value._extraProperties);");
        }
        writer.Line("return value;");
        writer.Close();
    }

    /// <summary>Required members are left unset until the JSON gives them; the validator, or the getter of a result, tells what it left out.</summary>
    private void EmitNew()
    {
        var required = model.Properties.Where(property => property.Required).ToList();
        var members = required.Where(property => property.Constant is null).Select(property => Identifiers.Escape(property.Name) + (property.Type.IsValueType ? " = default" : " = null!")).ToList();
        writer.Line("var value = new " + _name + (members.Count == 0 ? "();" : " { " + string.Join(", ", members) + " };"));
        foreach (var property in model.Properties.Where(IsSetByNew))
            writer.Line("value." + Value(model, property) + " = null;");
    }

    private void EmitReadCase(int length, BoundProperty property)
    {
        var forgive = property.Required && !HasField(model, property) && !TakesNull(model, property) ? "!" : "";
        writer.Line("case " + DocumentText.Number(length) + " when global::Zoetrope.CodeGen.JsonRead.Is(name, " + Literals.Utf8(property.JsonName) + "):").Indent();
        writer.Line("value." + Value(model, property) + " = " + TypeText.Read(property, "value") + forgive + ";");
        writer.Line("continue;").Outdent();
    }

    private void EmitWrite()
    {
        writer.Line("/// <inheritdoc/>");
        writer.Open("public void Write(global::System.Text.Json.Utf8JsonWriter writer)");
        writer.Line("writer.WriteStartObject();");
        foreach (var property in model.Properties)
            EmitWriteCase(property);
        writer.Line(Extras + ".Write(writer, _extraProperties);");
        writer.Line("writer.WriteEndObject();");
        writer.Close();
    }

    private bool IsSetByNew(BoundProperty property) =>
        property.Constant is not null || (property.Required && HasField(model, property) && property.Type.IsValueType);

    private void EmitWriteCase(BoundProperty property)
    {
        var value = Value(model, property);
        if (!TakesNull(model, property))
        {
            writer.Line(TypeText.Write(property, value));
            return;
        }
        writer.Line("if (" + value + " is null)");
        writer.Indented("global::Zoetrope.CodeGen.JsonWrite.Null(writer, " + Literals.Utf8(property.JsonName) + ", _extraProperties);");
        writer.Line("else");
        writer.Indented(TypeText.Write(property, value));
    }

    // A result tells on access what the service left out; a required value type must know whether it was given.
    private static bool HasField(BoundObject model, BoundProperty property) =>
        model.Role == ObjectRole.Output || (property.Required && property.Type.IsValueType && !TakesNull(model, property));
}
