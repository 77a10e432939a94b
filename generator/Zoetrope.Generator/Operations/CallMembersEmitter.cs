using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Operations;

/// <summary>Writes classes whose members are sent one by one: an operation's query, headers and cookies, and the parts of forms.</summary>
internal sealed class CallMembersEmitter(SourceWriter writer, BoundTypes types, BoundMembers form, BodyKind kind)
{
    /// <summary>Writes the class.</summary>
    public void Emit()
    {
        DocComments.Write(writer, form.Model.Summary);
        if (ObsoleteText.Attribute(form.Model.Deprecation) is { } obsolete)
            writer.Line(obsolete);
        using var block = writer.Block($"public sealed partial class {form.Model.Name} : {IValidatable}");
        new ObjectEmitter(writer, types, form.Model).EmitProperties(hasExtras: false);
        using (writer.Block($"internal void {MemberNames.AddTo}({OperationCall} call)"))
        {
            for (var i = 0; i < form.Fields.Count; i++)
                EmitField(form.Model.Properties[i], form.Fields[i], "value" + DocumentText.Number(i + 1));
        }
        writer.Line();
        new ValidatorEmitter(writer, types, form.Model).Emit(hasExtras: false);
    }

    private void EmitField(BoundProperty property, BoundField field, string value)
    {
        var given = $$"""{{ObjectEmitter.Value(form.Model, property)}} is { } {{value}}""";
        if (property.Type.Kind == TypeKind.Uploads || property.Type.Item?.Kind is TypeKind.Upload or TypeKind.UploadOr)
        {
            writer.Lines($$"""
                if ({{given}})
                {
                    foreach (var item in {{value}})
                        call.{{Add(property.Type.Item ?? TypeRef.Upload, field, "item")}};
                }
                """);
            return;
        }
        writer.Lines($"""
            if ({given})
                call.{Add(property.Type, field, value)};
            """);
    }

    /// <summary>The call that adds a value.</summary>
    private string Add(TypeRef type, BoundField field, string value)
    {
        var name = Literals.String(field.Name);
        if (field.Parameter is { } parameter)
            return $"{parameter.Location}<{TypeText.Parts(type)}>({name}, {value}{OperationEmitter.Style(parameter)})";
        return type.Kind switch
        {
            TypeKind.Upload => $"File({name}, {value}{MediaType(field)})",
            TypeKind.UploadOr => $"FileOr<{TypeText.Parts(type.Item!)}>({name}, {value}{Style(field)})",
            _ => $"{(kind == BodyKind.Multipart ? "Part" : "Field")}<{TypeText.Parts(type)}>({name}, {value}{Style(field)})",
        };
    }

    /// <summary>
    /// How a value is written where that is not the usual way of its type, as arguments. A style goes before a media type, unless it is the usual one, which
    /// tools write beside any.
    /// </summary>
    private string Style(BoundField field)
    {
        var isUsual = field.Style is { Style: ParameterStyle.Form, Explode: true };
        if (field.Style?.Style is { } style && !(isUsual && field.MediaType is not null))
            return $", style: {CallParameterStyle}.{style}{(field.Style.Explode ? "" : ", explode: false")}{Reserved(field.Style)}";
        if (kind == BodyKind.Multipart)
            return MediaType(field);
        return field.MediaType is { } type && MediaTypes.IsJson(type) ? $", style: {CallParameterStyle}.{ParameterStyle.Json}" : Reserved(field.Style);
    }

    private string Reserved(PartStyle? style) => style is { AllowReserved: true } && kind == BodyKind.UrlEncoded ? ", allowReserved: true" : "";

    private static string MediaType(BoundField field) => field.MediaType is { } type ? ", " + Literals.String(type) : "";
}
