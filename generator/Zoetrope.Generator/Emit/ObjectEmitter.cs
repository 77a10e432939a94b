using System.Globalization;
using System.Text;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes object types: properties, reader, writer and, for inputs, the validator.</summary>
internal sealed class ObjectEmitter(SourceWriter writer, BoundTypes types, BoundObject model)
{
    private readonly string _name = Identifiers.Escape(model.Name);

    /// <summary>Writes the type.</summary>
    public void Emit()
    {
        DocComments.Write(writer, model.Summary);
        writer.Line(TypeText.Converter(_name));
        if (ObsoleteText.Attribute(model.Deprecation) is { } obsolete)
            writer.Line(obsolete);
        using var block = writer.Block($"public sealed partial class {_name} : {Interfaces()}");
        if (model.IsUnwrapped)
            new UnwrappedResultEmitter(writer, model).EmitBody();
        else
            EmitBody();
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
            return $"{IJsonModel}<{_name}>";
        return model.Key == NameKeys.Input ? $"{IModelRequest}<{_name}>" : $"{IJsonModel}<{_name}>, {IValidatable}";
    }

    /// <summary>Writes the properties.</summary>
    public void EmitProperties(bool hasExtras)
    {
        var fields = model.Properties.Where(property => HasField(model, property)).ToList();
        foreach (var property in fields)
            writer.Line($"private {TypeText.Clr(property.Type)}? {Identifiers.Field(property.Name)}{Initializer(property)};");
        if (hasExtras)
            writer.Line($"private {ExtraProperties}? _extraProperties;");
        if (hasExtras || fields.Count > 0)
            writer.Line();
        foreach (var property in model.Properties)
            EmitProperty(property);
    }

    private void EmitBody()
    {
        EmitProperties(hasExtras: true);
        writer.Lines($"""
            /// <summary>Members that are not in the specification.</summary>
            public {ExtraProperties} ExtraProperties => _extraProperties ??= new();

            """);
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
        writer.Line($"/// <summary>{Literals.Doc(property.Summary)}</summary>");
        DocComments.WriteRest(writer, property.Description);
        if (ReportsMissing(model, property))
            writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">Missing from the response.</exception>");
        // Who must set a member can do nothing about it; who reads it can. An obsolete member of a result need not be set either, where a test makes one.
        var isRequired = property is { Required: true, Constant: null };
        if ((!isRequired || model.Role == ObjectRole.Output) && ObsoleteText.Attribute(property.Deprecation) is { } obsolete)
        {
            writer.Line(obsolete);
            isRequired = false;
        }
        var type = TypeText.Clr(property.Type);
        var name = Identifiers.Escape(property.Name);
        var required = isRequired ? "required " : "";
        if (model.Role == ObjectRole.Output)
            EmitResultProperty(property, required + type, name);
        else if (HasField(model, property))
        {
            var field = Identifiers.Field(property.Name);
            var get = ReportsMissing(model, property) ? $"{field} ?? throw {Missing(property)}" : field + ".GetValueOrDefault()";
            writer.Line($$"""public {{required}}{{type}} {{name}} { get => {{get}}; set => {{field}} = value; }""");
        }
        else
        {
            var optional = property.Required && !TakesNull(model, property) ? "" : "?";
            var end = property.Constant is null ? "" : Initializer(property) + ";";
            writer.Line($$"""public {{required}}{{type}}{{optional}} {{name}} { get; set; }{{end}}""");
        }
        writer.Line();
    }

    private void EmitResultProperty(BoundProperty property, string type, string name)
    {
        var field = Identifiers.Field(property.Name);
        if (!ReportsMissing(model, property))
        {
            writer.Line($$"""public {{type}}? {{name}} { get => {{field}}; init => {{field}} = value; }""");
            return;
        }
        writer.Line($$"""public {{type}} {{name}} { get => {{field}} ?? throw {{Missing(property)}}; init => {{field}} = value; }""");
    }

    private static string Missing(BoundProperty property) => $"{MissingMember}.Of({Literals.String(property.JsonName)})";

    // Who makes an object of a request must set what is required, so only one that was read can lack it.
    private static bool ReportsMissing(BoundObject model, BoundProperty property) => property is { Required: true, Nullable: false }
        && (model.Role == ObjectRole.Output || property is { IsResultToo: true, Constant: null });

    private static string Initializer(BoundProperty property) => property.Constant is { } value ? " = " + Literals.Constant(property.Type.Kind, value) : "";

    private void EmitRead()
    {
        using var method = writer.Block($"""
            /// <inheritdoc/>
            public static {_name} Read(ref global::System.Text.Json.Utf8JsonReader reader)
            """);
        writer.Line($"{JsonRead}.StartObject(ref reader, {Literals.String(types.Owner + "." + model.Name)});");
        EmitNew();
        EmitReadMembers();
        foreach (var property in model.Properties.Where(property => TakesNull(model, property)))
            writer.Line($"{JsonRead}.Nullable(value.{Value(model, property)} is null, {Literals.String(property.JsonName)}, ref value._extraProperties);");
        writer.Line("return value;");
    }

    /// <summary>
    /// Required members are left unset until the JSON gives them; the validator, or the getter of a result, reports those that it left out.
    /// </summary>
    private void EmitNew()
    {
        var members = model.Properties.Where(property => property is { Required: true, Constant: null })
            .Select(property => $"{Identifiers.Escape(property.Name)} = {(property.Type.IsValueType ? "default" : "null!")}").ToList();
        writer.Line(members.Count == 0 ? $"var value = new {_name}();" : $$"""var value = new {{_name}} { {{string.Join(", ", members)}} };""");
        foreach (var property in model.Properties.Where(IsSetByNew))
            writer.Line($"value.{Value(model, property)} = null;");
    }

    private void EmitReadMembers()
    {
        var names = model.Properties.Select(property => property.JsonName).ToList();
        if (names.Count == 0 || names.Exists(static name => name.IndexOf('\n') >= 0))
        {
            EmitMembers($"{JsonRead}.NextProperty(ref reader, out var name)", "name.Length", ByLength);
            return;
        }
        writer.Line($"var names = new {KnownMembers}({Literals.Utf8(string.Join("\n", names))});");
        EmitMembers("names.Next(ref reader, out var name)", "names.Index", static (_, index) => index.ToString(CultureInfo.InvariantCulture));

        static string ByLength(BoundProperty property, int index) =>
            $"{Encoding.UTF8.GetByteCount(property.JsonName)} when {JsonRead}.Is(name, {Literals.Utf8(property.JsonName)})";
    }

    private void EmitMembers(string next, string subject, Func<BoundProperty, int, string> pattern)
    {
        using var loop = writer.Block($"while ({next})");
        if (model.Properties.Count > 0)
            EmitReadCases(subject, pattern);
        writer.Line($"{ExtraProperties}.Read(ref reader, name, ref value._extraProperties);");
    }

    private void EmitReadCases(string subject, Func<BoundProperty, int, string> pattern)
    {
        using var block = writer.Block($"switch ({subject})");
        for (var i = 0; i < model.Properties.Count; i++)
        {
            var property = model.Properties[i];
            var forgive = property.Required && !HasField(model, property) && !TakesNull(model, property) ? "!" : "";
            writer.Lines($"""
                case {pattern(property, i)}:
                    value.{Value(model, property)} = {TypeText.Read(property, "value")}{forgive};
                    continue;
                """);
        }
    }

    private void EmitWrite()
    {
        using var method = writer.Block($"""
            /// <inheritdoc/>
            public void Write({JsonWriter} writer)
            """);
        writer.Line("writer.WriteStartObject();");
        foreach (var property in model.Properties)
            EmitWriteCase(property);
        writer.Lines($"""
            {ExtraProperties}.Write(writer, _extraProperties);
            writer.WriteEndObject();
            """);
    }

    private bool IsSetByNew(BoundProperty property) =>
        property.Constant is not null || (property.Required && HasField(model, property) && property.Type.IsValueType);

    private void EmitWriteCase(BoundProperty property)
    {
        var value = Value(model, property);
        var write = TypeText.Write(property, value);
        if (!TakesNull(model, property))
        {
            writer.Line(write);
            return;
        }
        writer.Lines($"""
            if ({value} is null)
                {JsonWrite}.Null(writer, {Literals.Utf8Name(property.JsonName)}, _extraProperties);
            else
                {write}
            """);
    }

    // A result reports on access what the response did not contain; a required value type must know whether it was given.
    private static bool HasField(BoundObject model, BoundProperty property) =>
        model.Role == ObjectRole.Output || ReportsMissing(model, property) || (property.Required && property.Type.IsValueType && !TakesNull(model, property));
}
