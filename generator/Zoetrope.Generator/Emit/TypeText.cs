using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Emit;

/// <summary>How types, and the calls that read and write their values, are spelled in generated code.</summary>
internal static class TypeText
{
    /// <summary>The C# type, without the question mark of an unset value.</summary>
    /// <param name="type">The type.</param>
    /// <param name="owner">What stands before generated types' names: nothing inside the endpoint's class, else its full name and a dot.</param>
    public static string Clr(TypeRef type, string owner = "")
    {
        if (type.Kind == TypeKind.Nullable)
            return Clr(type.Given, owner) + "?";
        if (type.Kind == TypeKind.UploadOr)
            return "global::Zoetrope.Uploads.UploadFileOr<" + Clr(type.Item!, owner) + ">";
        if (type.Item is { } item)
            return "global::System.Collections.Generic." + (type.Kind == TypeKind.Map ? "IReadOnlyDictionary<string, " : "IReadOnlyList<") + Clr(item, owner) + ">";
        if (type.Kind == TypeKind.File)
            return "global::Zoetrope.Media." + type.Name;
        return TypeKindInfo.Of(type.Kind).Clr ?? (type.Owner.Length > 0 ? type.Owner + "." : owner) + Identifiers.Escape(type.Name);
    }

    /// <summary>
    /// The attribute that leads System.Text.Json to a type's own code, so that users can put the type into a context of theirs. It costs a
    /// native app that does not use System.Text.Json's serializer nothing (16 bytes of 6.9 MB when measured).
    /// </summary>
    public static string Converter(string name) =>
        "[global::System.Text.Json.Serialization.JsonConverter(typeof(global::Zoetrope.Json.JsonModelConverter<" + name + ">))]";

    /// <summary>The <c>IJsonCodec</c> that reads and writes a value of the type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="owner">As in <see cref="Clr"/>.</param>
    public static string Form(TypeRef type, string owner = "")
    {
        var forms = TypeKindInfo.Of(type.Kind);
        if (type.Kind == TypeKind.Nullable)
            return "global::Zoetrope.CodeGen." + (type.Given.IsValueType ? "NullableValueCodec<" : "NullableCodec<") + Parts(type.Given, owner) + ">";
        var argument = type.Item is { } item ? "<" + Parts(item, owner) + ">" : forms.IsGeneric ? "<" + Clr(type, owner) + ">" : "";
        return "global::Zoetrope.CodeGen." + forms.Part + argument;
    }

    /// <summary>The type arguments that name a value's type and its form.</summary>
    public static string Parts(TypeRef type, string owner = "") => Clr(type, owner) + ", " + Form(type, owner);

    /// <summary>The call that reads a member.</summary>
    public static string Read(BoundProperty property, string target)
    {
        var type = property.Type;
        var arguments = "(ref reader, name, ref " + target + "._extraProperties" + (property.Nullable ? ", nullable: true" : "") + ")";
        if (type.IsComposite)
            return "global::Zoetrope.CodeGen.JsonContainers." + TypeKindInfo.Of(type.Kind).Read + "<" + Parts(type.Item!) + ">" + arguments;
        var forms = TypeKindInfo.Of((type.Item ?? type).Kind);
        var method = type.Item is null ? "JsonRead." + forms.Read : "JsonReadLists." + forms.ReadList;
        var argument = forms.IsGeneric ? "<" + Clr(type.Item ?? type) + ">" : "";
        return "global::Zoetrope.CodeGen." + method + argument + arguments;
    }

    /// <summary>The call that writes a member.</summary>
    public static string Write(BoundProperty property, string value)
    {
        var type = property.Type;
        var arguments = "(writer, " + Literals.Utf8(property.JsonName) + ", " + value + ", _extraProperties);";
        if (type.IsComposite)
            return "global::Zoetrope.CodeGen.JsonContainers." + TypeKindInfo.Of(type.Kind).Write + "<" + Parts(type.Item!) + ">" + arguments;
        var forms = TypeKindInfo.Of((type.Item ?? type).Kind);
        return "global::Zoetrope.CodeGen.JsonWrite." + (type.Item is null ? forms.Write : forms.WriteList) + arguments;
    }
}
