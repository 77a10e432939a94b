using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Finds what the references of one document lead to. Nothing outside of the document is ever looked at.</summary>
internal sealed class ReferenceResolver(JsonNode root, List<SpecProblem> problems)
{
    private const string ComponentSchemas = "/components/schemas/";

    private readonly DocumentAddresses _addresses = new(root);

    /// <summary>
    /// What a reference (<c>$ref</c>) leads to; null when that is nothing in this document. Where that is not certain, it is reported.
    /// </summary>
    /// <param name="reference">What the reference says.</param>
    /// <param name="at">The reference, or a value of the schema that it is in; what is not there stands for the document.</param>
    public JsonLocation? Find(string reference, JsonNode at = default)
    {
        foreach (var (pointer, isSure) in _addresses.PointersOf(reference, at))
        {
            if (At(pointer) is not { } found)
                continue;
            if (!isSure)
                problems.Add(Problems.UncertainReference.At(at.Range, reference, NameOf(found.Pointer)));
            return found;
        }
        return null;
    }

    private JsonLocation? At(string pointer)
    {
        if (pointer.Length == 0)
            return null;
        if (JsonPointer.TryResolve(root, pointer, out var node))
            return new(node, pointer);
        // Some writers leave the slashes in a schema's name as they are.
        if (!pointer.StartsWith(ComponentSchemas, StringComparison.Ordinal))
            return null;
        var name = JsonPointer.Unescape(pointer.Substring(ComponentSchemas.Length));
        return root["components"]["schemas"][name] is { Exists: true } component ? new(component, ComponentSchemas + JsonPointer.Escape(name)) : null;
    }

    /// <summary>The reference of a schema: <c>$ref</c>, else <c>$dynamicRef</c>, else <c>$recursiveRef</c>.</summary>
    public static JsonNode Of(JsonNode schema)
    {
        if (schema["$ref"] is { Exists: true } reference)
            return reference;
        return schema["$dynamicRef"] is { Exists: true } dynamic ? dynamic : schema["$recursiveRef"];
    }

    /// <summary>
    /// What the reference of a schema leads to; null when that is nothing in this document. A dynamic one leads to the schema with its anchor. Which of several
    /// it leads to depends on how a validator came there: the nearest one is taken, and that is reported.
    /// </summary>
    /// <param name="reference">The reference.</param>
    /// <param name="text">What it says.</param>
    /// <param name="pointer">The location of the schema that has it.</param>
    public JsonLocation? Find(JsonNode reference, string text, string pointer) => reference.Name switch
    {
        "$dynamicRef" => FindDynamic(reference, text, pointer) ?? Find(text, reference),
        "$recursiveRef" when text == "#" => FindRecursive(reference, pointer),
        _ => Find(text, reference),
    };

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
            if (Find(text, reference) is not { } target)
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
        problems.Add((IsExternal(reference, place) ? Problems.ExternalReference : Problems.DanglingReference).At(place.Range, reference));

    /// <summary>Whether a reference leads to another document.</summary>
    /// <param name="reference">What the reference says.</param>
    /// <param name="at">The reference.</param>
    public bool IsExternal(string reference, JsonNode at) => _addresses.IsExternal(reference, at);

    /// <summary>The pointer that a reference spells, whether there is something or not; an anchor that nothing has is its own.</summary>
    /// <param name="reference">What the reference says.</param>
    /// <param name="at">The reference.</param>
    public string PointerOf(string reference, JsonNode at)
    {
        foreach (var (pointer, _) in _addresses.PointersOf(reference, at))
            return pointer;
        return reference;
    }

    /// <summary>The name under which a schema is referred to: that of its component, or its pointer.</summary>
    public static string NameOf(string pointer)
    {
        if (!pointer.StartsWith(ComponentSchemas, StringComparison.Ordinal))
            return pointer;
        var name = pointer.Substring(ComponentSchemas.Length);
        return name.IndexOf('/') < 0 ? JsonPointer.Unescape(name) : pointer;
    }

    private JsonLocation? FindDynamic(JsonNode reference, string text, string pointer)
    {
        var found = _addresses.Dynamic(text, reference);
        if (found.Count == 0)
            return null;
        // The innermost schema around the reference, else one of the same component.
        var nearest = Ancestors(pointer).FirstOrDefault(found.Contains)
            ?? found.Find(one => ComponentOf(one) is { } component && component == ComponentOf(pointer))
            ?? found[0];
        if (found.Count > 1)
            problems.Add(Problems.DynamicReference.At(reference.Range, text, NameOf(nearest)));
        return JsonPointer.TryResolve(root, nearest, out var node) ? new(node, nearest) : null;
    }

    /// <summary>
    /// The outermost schema around a reference that says so (<c>$recursiveAnchor</c>); where none does, that with an address, or the component.
    /// </summary>
    private JsonLocation? FindRecursive(JsonNode reference, string pointer)
    {
        var anchor = Ancestors(pointer).LastOrDefault(one => JsonPointer.TryResolve(root, one, out var node) && node["$recursiveAnchor"].IsTrue)
            ?? (_addresses.ResourceOf(reference) is { Length: > 0 } resource ? resource : ComponentOf(pointer));
        return anchor is not null && JsonPointer.TryResolve(root, anchor, out var schema) ? new(schema, anchor) : null;
    }

    /// <summary>The pointers to what is around a location, the innermost first.</summary>
    private static IEnumerable<string> Ancestors(string pointer)
    {
        for (var end = pointer.Length; end > 0; end = pointer.LastIndexOf('/', end - 1))
            yield return pointer.Substring(0, end);
    }

    private static string? ComponentOf(string pointer)
    {
        if (!pointer.StartsWith(ComponentSchemas, StringComparison.Ordinal))
            return null;
        var end = pointer.IndexOf('/', ComponentSchemas.Length);
        return end < 0 ? pointer : pointer.Substring(0, end);
    }
}
