using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Distinguishes schemas by how much they say.</summary>
internal static class SchemaKinds
{
    /// <summary>Whether it allows nothing but <c>null</c>.</summary>
    public static bool IsNullOnly(this Schema schema) =>
        schema.Types == SchemaTypes.Null && schema.Ref is null && schema.AnyOf.Count == 0;

    /// <summary>Whether it says nothing besides its alternatives.</summary>
    public static bool IsPlainUnion(this Schema schema) =>
        schema.AnyOf.Count > 0 && schema == new Schema { Pointer = schema.Pointer, AnyOf = schema.AnyOf };

    /// <summary>Whether it says nothing about the value's form besides that it may be null.</summary>
    public static bool IsAnnotationOnly(this Schema schema) => schema == schema.Annotations();

    /// <summary>What it says besides the value's form, and whether it may be null.</summary>
    public static Schema Annotations(this Schema schema) => new()
    {
        Pointer = schema.Pointer,
        Types = schema.Types & SchemaTypes.Null,
        Title = schema.Title,
        Description = schema.Description,
        MoreDescription = schema.MoreDescription,
        Default = schema.Default,
        Examples = schema.Examples,
        Content = schema.Content,
        Deprecated = schema.Deprecated,
        DeprecationNote = schema.DeprecationNote,
        ReadOnly = schema.ReadOnly,
        WriteOnly = schema.WriteOnly,
        File = schema.File,
    };

    /// <summary>What it says about the value's form alone, without a location.</summary>
    public static Schema WithoutAnnotations(this Schema schema) => schema with
    {
        Pointer = "",
        Types = schema.NonNullTypes,
        Title = null,
        Description = null,
        MoreDescription = null,
        Default = null,
        Examples = default,
        Content = null,
        Deprecated = null,
        DeprecationNote = null,
        ReadOnly = false,
        WriteOnly = false,
        File = null,
    };

    /// <summary>Whether it represents a name in <c>required</c> that the same schema does not describe.</summary>
    public static bool IsRequirement(this Schema schema) =>
        schema == new Schema { Pointer = schema.Pointer }
        && JsonPointer.Steps(schema.Pointer) is { Length: > 1 } steps && steps[steps.Length - 2] == "required";
}
