using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>Writes classes whose members are sent one by one: an operation's query, headers and cookies, and the parts of forms.</summary>
internal sealed class CallMembersEmitter(SourceWriter writer, BoundTypes types, BoundMembers form, BodyKind kind)
{
    /// <summary>The method that puts the members into a call.</summary>

    /// <summary>Writes the class.</summary>
    public void Emit()
    {
        DocComments.Write(writer, form.Model.Summary);
        writer.Open("public sealed partial class " + form.Model.Name + " : global::Zoetrope.Validation.IValidatable");
        new ObjectEmitter(writer, types, form.Model).EmitProperties(hasExtras: false);
        writer.Open("internal void " + MemberNames.AddTo + "(global::Zoetrope.CodeGen.Operations.OperationCall call)");
        for (var i = 0; i < form.Fields.Count; i++)
            EmitField(form.Model.Properties[i], form.Fields[i], "value" + DocumentText.Number(i + 1));
        writer.Close().Line();
        new ValidatorEmitter(writer, types, form.Model).Emit(hasExtras: false);
        writer.Close();
    }

    private void EmitField(BoundProperty property, BoundField field, string value)
    {
        writer.Line("if (" + ObjectEmitter.Value(form.Model, property) + " is { } " + value + ")");
        var name = Literals.String(field.Name);
        if (property.Type.Kind == TypeKind.Uploads || property.Type.Item?.Kind is TypeKind.Upload or TypeKind.UploadOr)
        {
            writer.Open("foreach (var item in " + value + ")");
            writer.Line(File(property.Type.Item ?? TypeRef.Upload, field, name, "item"));
            writer.Close();
            return;
        }
        writer.Indented(field.Parameter is { } parameter
            ? "call." + parameter.Location + "<" + TypeText.Parts(property.Type) + ">(" + name + ", " + value + OperationEmitter.Style(parameter) + ");"
            : property.Type.Kind is TypeKind.Upload or TypeKind.UploadOr
                ? File(property.Type, field, name, value)
                : "call." + (kind == BodyKind.Multipart ? "Part" : "Field") + "<" + TypeText.Parts(property.Type) + ">(" + name + ", " + value + Written(field) + ");");
    }

    private string File(TypeRef type, BoundField field, string name, string value) => type.Kind == TypeKind.UploadOr
        ? "call.FileOr<" + TypeText.Parts(type.Item!) + ">(" + name + ", " + value + Written(field) + ");"
        : "call.File(" + name + ", " + value + MediaType(field) + ");";

    /// <summary>
    /// How a value is written where that is not the usual way of its form, as arguments. A style goes before a media type, unless it is the usual one, which tools write beside any.
    /// </summary>
    private string Written(BoundField field)
    {
        const string Style = ", style: global::Zoetrope.CodeGen.Operations.ParameterStyle.";
        var isUsual = field.Style is { Style: ParameterStyle.Form, Explode: true };
        if (field.Style?.Style is { } style && !(isUsual && field.MediaType is not null))
            return Style + style + (field.Style.Explode ? "" : ", explode: false") + Reserved(field.Style);
        if (kind == BodyKind.Multipart)
            return MediaType(field);
        return field.MediaType is { } type && MediaTypes.IsJson(type) ? Style + ParameterStyle.Json : Reserved(field.Style);
    }

    private string Reserved(PartStyle? style) => style is { AllowReserved: true } && kind == BodyKind.UrlEncoded ? ", allowReserved: true" : "";

    private static string MediaType(BoundField field) => field.MediaType is { } type ? ", " + Literals.String(type) : "";
}
