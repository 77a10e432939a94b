using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Writes classes whose members are sent one by one: an operation's query, headers and cookies, and the parts of forms.</summary>
internal sealed class FormEmitter(SourceWriter writer, BoundTypes types, BoundForm form, BodyKind kind)
{
    /// <summary>The method that puts the members into a call.</summary>
    public const string Method = "AddTo";

    /// <summary>Writes the class.</summary>
    public void Emit()
    {
        writer.Line("/// <summary>" + Literals.Doc(form.Model.Summary, 200) + "</summary>");
        writer.Open("public sealed partial class " + form.Model.Name + " : global::Zoetrope.Validation.IValidatable");
        new ObjectEmitter(writer, types, form.Model).EmitProperties(hasExtras: false);
        writer.Open("internal void " + Method + "(global::Zoetrope.Operations.OperationCall call)");
        for (var i = 0; i < form.Fields.Count; i++)
            EmitField(form.Model.Properties[i], form.Fields[i], "value" + Literals.Number(i + 1));
        writer.Close().Line();
        new ValidatorEmitter(writer, types, form.Model).Emit(hasExtras: false);
        writer.Close();
    }

    private void EmitField(BoundProperty property, BoundField field, string value)
    {
        writer.Line("if (" + ObjectEmitter.Value(form.Model, property) + " is { } " + value + ")");
        var name = Literals.String(field.Name);
        if (property.Type.IsListOf(TypeForm.Upload))
        {
            writer.Open("foreach (var item in " + value + ")");
            writer.Line("call.File(" + name + ", item" + MediaType(field) + ");");
            writer.Close();
            return;
        }
        writer.Indented(field.Parameter is { } parameter
            ? "call." + parameter.Place + "<" + TypeText.Parts(property.Type) + ">(" + name + ", " + value + OperationEmitter.Style(parameter) + ");"
            : property.Type.Form == TypeForm.Upload
                ? "call.File(" + name + ", " + value + MediaType(field) + ");"
                : "call." + (kind == BodyKind.Multipart ? "Part" : "Field") + "<" + TypeText.Parts(property.Type) + ">(" + name + ", " + value + Written(field) + ");");
    }

    /// <summary>How a value is written where that is not the usual way of its form, as arguments. A style goes before a media type.</summary>
    private string Written(BoundField field)
    {
        const string Style = ", style: global::Zoetrope.Operations.ParameterStyle.";
        if (field.Style?.Style is { } style)
            return Style + style + (field.Style.Explode ? "" : ", explode: false") + Reserved(field.Style);
        if (kind == BodyKind.Multipart)
            return MediaType(field);
        return field.MediaType is { } type && MediaForms.IsJson(type) ? Style + ParameterStyle.Json : Reserved(field.Style);
    }

    private string Reserved(PartStyle? style) => style is { AllowReserved: true } && kind == BodyKind.UrlEncoded ? ", allowReserved: true" : "";

    private static string MediaType(BoundField field) => field.MediaType is { } type ? ", " + Literals.String(type) : "";
}
