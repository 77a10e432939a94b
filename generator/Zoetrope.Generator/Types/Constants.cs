using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Members that have one value only.</summary>
internal static class Constants
{
    /// <summary>The only value of a member: a string, digits or a boolean word; null where it may have others, or its type has no literals.</summary>
    public static string? Of(Schema schema, TypeRef type)
    {
        if (schema.Enum.Count != 1)
            return null;
        var text = schema.Enum[0].Text;
        return type.Kind switch
        {
            TypeKind.Enum or TypeKind.Boolean => text,
            TypeKind.Integer => Numbers.WholeValue(text),
            TypeKind.WideInteger => Numbers.WideValue(text),
            TypeKind.Number => Numbers.Double(text),
            _ => null,
        };
    }
}
