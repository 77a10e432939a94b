using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Members that have one value only.</summary>
internal static class Constants
{
    /// <summary>The only value of a member, as a C# literal; null where it may have others, or its type has no literals.</summary>
    public static string? Of(Schema schema, TypeRef type)
    {
        if (schema.Enum.Count != 1)
            return null;
        var text = schema.Enum[0].Text;
        return type.Form switch
        {
            TypeForm.Enum => Literals.String(text),
            TypeForm.Boolean => text,
            TypeForm.Integer => Number(type.Form, Numbers.WholeValue(text)),
            TypeForm.WideInteger => Number(type.Form, Numbers.WideValue(text)),
            TypeForm.Number => Number(type.Form, Numbers.Double(text)),
            _ => null,
        };
    }

    private static string? Number(TypeForm form, string? digits) => digits is null ? null : Literals.Number(form, digits);
}
