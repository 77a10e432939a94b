using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Finds what the references (<c>$ref</c>) of one document lead to. Nothing outside of the document is ever looked at.</summary>
internal sealed class ReferenceResolver(JsonNode root, List<SpecProblem> problems)
{
    private const string ComponentSchemas = "/components/schemas/";

    /// <summary>What a reference leads to; null when that is nothing in this document.</summary>
    public JsonLocation? Find(string reference)
    {
        if (reference.Length == 0 || reference[0] != '#')
            return null;
        var raw = reference.Substring(1);
        foreach (var pointer in new[] { JsonPointer.DecodeFragment(raw), raw })
        {
            // What does not begin with a slash is the name of an anchor, which nobody writes in such documents.
            if (pointer.Length == 0 || pointer[0] != '/')
                return null;
            if (JsonPointer.TryResolve(root, pointer, out var node))
                return new(node, pointer);
            // Some writers leave the slashes in a schema's name as they are.
            if (!pointer.StartsWith(ComponentSchemas, StringComparison.Ordinal))
                continue;
            var name = JsonPointer.Unescape(pointer.Substring(ComponentSchemas.Length));
            if (root["components"]["schemas"][name] is { Exists: true } component)
                return new(component, ComponentSchemas + JsonPointer.Escape(name));
        }
        return null;
    }

    /// <summary>A part of the document, or the one that it refers to; null when it leads nowhere, which is reported.</summary>
    public JsonLocation? Follow(JsonLocation place)
    {
        HashSet<string>? seen = null;
        while (place.Node["$ref"] is { Exists: true } reference)
        {
            if (reference.String is not { } text)
            {
                problems.Add(Problems.BadKeyword.At(reference.Range, "$ref", "a string"));
                return null;
            }
            seen ??= new(StringComparer.Ordinal);
            if (!seen.Add(text))
            {
                problems.Add(Problems.CircularReference.At(reference.Range, text));
                return null;
            }
            if (Find(text) is not { } target)
            {
                ReportMissing(reference, text);
                return null;
            }
            place = target;
        }
        return place;
    }

    /// <summary>Reports a reference that leads nowhere.</summary>
    /// <param name="place">Its location.</param>
    /// <param name="reference">The reference.</param>
    public void ReportMissing(JsonNode place, string reference) =>
        problems.Add((IsExternal(reference) ? Problems.ExternalReference : Problems.DanglingReference).At(place.Range, reference));

    /// <summary>Whether a reference leads to another document.</summary>
    public static bool IsExternal(string reference) => reference.Length == 0 || reference[0] != '#';

    /// <summary>The pointer that a reference into this document spells.</summary>
    public static string PointerOf(string reference) => JsonPointer.DecodeFragment(reference.Substring(1));

    /// <summary>The name under which a schema is referred to: that of its component, or its pointer.</summary>
    public static string NameOf(string pointer)
    {
        if (!pointer.StartsWith(ComponentSchemas, StringComparison.Ordinal))
            return pointer;
        var name = pointer.Substring(ComponentSchemas.Length);
        return name.IndexOf('/') < 0 ? JsonPointer.Unescape(name) : pointer;
    }
}
