using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.OpenApi;

/// <summary>What the members of an object are.</summary>
internal enum MemberKind
{
    /// <summary>Keywords of OpenAPI or JSON Schema.</summary>
    Keywords,

    /// <summary>Names that the document chooses.</summary>
    Names,

    /// <summary>Data.</summary>
    Data,
}

/// <summary>The references of a document that becomes a part of another one, where its names and addresses mean nothing.</summary>
internal sealed class MergedReferences
{
    private const string Schemes = "/components/securitySchemes/";

    private readonly List<SpecProblem> _problems = [];
    private readonly ReferenceResolver _resolver;
    private readonly JsonNode _root;
    private readonly JsonNode _schemes;

    private readonly Func<string, bool> _isRewritten;

    /// <summary>Creates the references of a document.</summary>
    /// <param name="root">The document.</param>
    /// <param name="isRewritten">Whether the merged document may have something else at a pointer outside of components.</param>
    public MergedReferences(JsonNode root, Func<string, bool> isRewritten)
    {
        _root = root;
        _isRewritten = isRewritten;
        _resolver = new(root, _problems);
        _schemes = root["components"]["securitySchemes"];
        ArePointers = !(root.IsInTextWith("$id") || root.IsInTextWith("nchor") || root.IsInTextWith("$self") || root.IsInTextWith("\\u00"))
            && !root.IsInTextWith("#/", except: "#/components/");
    }

    /// <summary>Whether all references are surely pointers from the document's root to components.</summary>
    public bool ArePointers { get; }

    /// <summary>Whether the merged document may have something else at a pointer than this one, which does not count in components.</summary>
    public bool IsRewritten(string pointer) => ComponentPointers.ComponentOf(pointer) is null && _isRewritten(pointer);

    /// <summary>The value at a pointer that leads to one.</summary>
    public JsonNode At(string pointer) => JsonPointer.TryResolve(_root, pointer, out var node) ? node : default;

    /// <summary>What is not certain, and schemes that are not there.</summary>
    public IEnumerable<SpecProblem> Problems => _problems.Distinct().Select(one => one.Kind.AtPointer(PointerAt(one.Start), [.. one.Arguments]));

    private string PointerAt(int offset)
    {
        var (node, pointer) = (_root, "");
        while (true)
        {
            var (index, found) = (0, false);
            foreach (var child in node.IsObject || node.IsArray ? node : default)
            {
                if (offset >= child.NameRange.Start && offset < child.Range.Start + child.Range.Length)
                {
                    pointer = node.IsArray ? JsonPointer.Append(pointer, index) : JsonPointer.Append(pointer, child.Name);
                    (node, found) = (child, true);
                    break;
                }
                index++;
            }
            if (!found)
                return pointer;
        }
    }

    /// <summary>Whether a keyword is an address or a name of a schema.</summary>
    public static bool IsAddress(JsonNode keyword) =>
        keyword is { Name: "$id" or "$anchor" or "$dynamicAnchor", IsString: true } or { Name: "$recursiveAnchor", IsBoolean: true };

    /// <summary>What the members of a member are.</summary>
    public static MemberKind KindOf(MemberKind around, JsonNode member) => around switch
    {
        MemberKind.Data => MemberKind.Data,
        MemberKind.Names => MemberKind.Keywords,
        _ when DocumentAddresses.IsData(member.Name) => MemberKind.Data,
        _ => member.IsObject && DocumentAddresses.HoldsNames(member.Name) ? MemberKind.Names : MemberKind.Keywords,
    };

    /// <summary>The pointer that a reference means, where it is one; null for other members, and for what is nowhere.</summary>
    /// <param name="schema">What has the keyword.</param>
    /// <param name="keyword">The keyword.</param>
    public string? PointerOf(JsonNode schema, JsonNode keyword)
    {
        if (ArePointers || keyword is not { Name: "$ref" or "$dynamicRef" or "$recursiveRef", String: { } text })
            return null;
        if (keyword.Name == "$ref")
            return _resolver.Find(text, keyword)?.Pointer;
        // What a dynamic one leads to depends on where it is, and on names that other documents have too.
        return ReferenceResolver.Of(schema).Name == keyword.Name ? _resolver.Find(keyword, text, PointerAt(keyword.Range.Start))?.Pointer : null;
    }

    /// <summary>The name of the scheme that a security requirement gives by name or by reference; null when it is not there, which is reported.</summary>
    public string? SchemeOf(JsonNode scheme)
    {
        if (_schemes[scheme.Name].Exists)
            return scheme.Name;
        if (scheme.Name.IndexOf('#') >= 0 && _resolver.Find(scheme.Name) is { Pointer: var pointer }
            && pointer.StartsWith(Schemes, StringComparison.Ordinal) && _schemes[JsonPointer.Unescape(pointer.Substring(Schemes.Length))].Exists)
            return JsonPointer.Unescape(pointer.Substring(Schemes.Length));
        _problems.Add(Diagnostics.Problems.UnknownScheme.At(scheme.NameRange, scheme.Name));
        return null;
    }

    /// <summary>The names of the schemes of a security requirement, in its order; null for those that are not there, which is reported.</summary>
    public List<string?> SchemesOf(JsonNode requirement)
    {
        var names = new List<string?>();
        foreach (var scheme in requirement)
            names.Add(SchemeOf(scheme));
        return names;
    }
}
