using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.OpenApi;

/// <summary>The pointers of components, and of what discriminators name.</summary>
internal static class ComponentPointers
{
    /// <summary>The kind of component that has parts of documents which the merged document would otherwise not have.</summary>
    public const string Parts = "x-parts";

    private const string Root = "/components/";
    private const string Schemas = Root + "schemas/";

    /// <summary>Whether a text is a reference to a component, or into one.</summary>
    public static bool IsReference(string text) => text.StartsWith("#" + Root, StringComparison.Ordinal);

    /// <summary>The pointer of a component.</summary>
    public static string PointerOf(string kind, string name) => JsonPointer.Append(JsonPointer.Append("/components", kind), name);

    /// <summary>The pointer that a reference into its own document spells.</summary>
    public static string PointerOf(string reference) => JsonPointer.DecodeFragment(reference.Substring(1));

    /// <summary>The component that a pointer leads to or into; null where it leads to another location.</summary>
    public static string? ComponentOf(string pointer)
    {
        if (!pointer.StartsWith(Root, StringComparison.Ordinal) || pointer.IndexOf('/', Root.Length) is not (> 0 and var name))
            return null;
        var end = pointer.IndexOf('/', name + 1);
        return end < 0 ? pointer : pointer.Substring(0, end);
    }

    /// <summary>The name of a component.</summary>
    public static string NameOf(string pointer) => JsonPointer.Steps(pointer)[2];

    /// <summary>The pointer of the schema that a discriminator names, by its name or by reference.</summary>
    public static string? PointerOfTarget(string target) =>
        target.StartsWith("#" + Schemas, StringComparison.Ordinal)
            ? PointerOf(target) is var pointer && ComponentOf(pointer) == pointer ? pointer : null
        : target.IndexOf('#') < 0 && target.IndexOf('/') < 0 ? Schemas + JsonPointer.Escape(target)
        : null;
}
