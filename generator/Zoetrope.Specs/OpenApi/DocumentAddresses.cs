using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// The ways to refer to parts of a document beside JSON pointers: the address that the document states for itself (<c>$self</c>), those of its schemas
/// (<c>$id</c>), and their names (<c>$anchor</c>, <c>$dynamicAnchor</c>). A reference is resolved against the innermost schema with an address that it is in
/// (JSON Schema 2020-12, 8.2); OpenAPI 3.0 has no such schemas.
/// </summary>
internal sealed class DocumentAddresses(JsonNode root)
{
    // Stands for the address of a document that states none, or only a relative one.
    private static readonly Uri _anywhere = new("https://document.invalid/");

    private readonly bool _hasResources = !OpenApiReader.IsVersion(root, "3.0");
    private SchemaResource? _document;
    private List<SchemaResource>? _resources;
    private readonly List<NamedPart> _names = [];

    /// <summary>
    /// What a reference may lead to, the likeliest first; empty where it leads to another document, or to a name that this one does not have.
    /// </summary>
    /// <param name="reference">What the reference says.</param>
    /// <param name="at">A value of the schema that the reference is in; what is not there stands for the document.</param>
    public IEnumerable<ReferencePointer> PointersOf(string reference, JsonNode at)
    {
        if (Split(reference, at) is not { } target)
            return [];
        var (resource, fragment) = (target.Resource, JsonPointer.DecodeFragment(target.Fragment));
        if (fragment.Length > 0 && fragment[0] != '/')
            return Named(fragment, resource, isBare: reference[0] == '#', target.IsSure);
        // Some writers escape nothing, so that what looks escaped is the name.
        var spellings = target.Fragment == fragment ? new[] { fragment } : [fragment, target.Fragment];
        var own = spellings.Select(one => new ReferencePointer(resource.Pointer + one, target.IsSure));
        return resource == Document || fragment.Length == 0 || reference[0] != '#'
            ? own
            : own.Concat(spellings.Select(one => new ReferencePointer(one, IsSure: false)));
    }

    /// <summary>Whether a reference leads to another document.</summary>
    /// <param name="reference">What the reference says.</param>
    /// <param name="at">A value of the schema that the reference is in.</param>
    public bool IsExternal(string reference, JsonNode at) => Split(reference, at) is null;

    /// <summary>
    /// The locations of the schemas with a dynamic anchor, in the document's order; those of the schema that the reference leads to by itself come first. Empty
    /// where that has only a plain anchor of the name: then nothing can replace it.
    /// </summary>
    /// <param name="reference">What the reference says.</param>
    /// <param name="at">A value of the schema that the reference is in.</param>
    public List<string> Dynamic(string reference, JsonNode at)
    {
        if (Split(reference, at) is not { } target)
            return [];
        var anchor = JsonPointer.DecodeFragment(target.Fragment);
        var parts = Names.Where(part => part.Name == anchor).ToList();
        if (parts.Exists(part => part.Resource == target.Resource && !part.IsDynamic))
            return [];
        return [.. parts.Where(part => part.IsDynamic).OrderBy(part => part.Resource == target.Resource ? 0 : 1).Select(part => part.Pointer)];
    }

    /// <summary>The pointer of the innermost schema with an address around a value; empty where there is none.</summary>
    public string ResourceOf(JsonNode at) => ResourceAround(at).Pointer;

    private SchemaResource Document => _document ??= new(
        root, "", root["$self"].String is { } text && Uri.TryCreate(_anywhere, text, out var stated) ? stated : _anywhere);

    private List<SchemaResource> Resources
    {
        get
        {
            Collect();
            return _resources!;
        }
    }

    private List<NamedPart> Names
    {
        get
        {
            Collect();
            return _names;
        }
    }

    private IEnumerable<ReferencePointer> Named(string name, SchemaResource resource, bool isBare, bool isSure)
    {
        var all = Names.FindAll(part => part.Name == name);
        if (_hasResources && all.FindAll(part => part.Resource == resource) is { Count: > 0 } own)
            return [new(own[0].Pointer, isSure && own.Count == 1)];
        var others = all.FindAll(part => isBare || IsIn(part.Pointer, resource.Pointer));
        return others.Count == 1 || (others.Count > 1 && !_hasResources) ? [new(others[0].Pointer, !_hasResources && others.Count == 1)] : [];
    }

    /// <summary>The schema with the address of a reference, and the fragment as it is written; null for other documents.</summary>
    private (SchemaResource Resource, string Fragment, bool IsSure)? Split(string reference, JsonNode at)
    {
        if (reference.Length == 0)
            return null;
        var mark = reference.IndexOf('#');
        var fragment = mark < 0 ? "" : reference.Substring(mark + 1);
        if (mark == 0)
            return (ResourceAround(at), fragment, true);
        if (!Uri.TryCreate(ResourceAround(at).Address, reference, out var target))
            return null;
        if (root["$self"].Exists && IsSame(target, Document.Address))
            return (Document, fragment, true);
        var found = Resources.FindAll(one => one != Document && IsSame(target, one.Address));
        return found.Count == 0 ? null : (found[0], fragment, found.Count == 1);
    }

    private SchemaResource ResourceAround(JsonNode at) =>
        _hasResources && at.Exists && Resources.Count > 1 ? Resources.FindLast(one => one.Node.Holds(at)) ?? Document : Document;

    private void Collect()
    {
        if (_resources is not null)
            return;
        _resources = [Document];
        // Most documents have none of these, and need no walk.
        if (root.IsInTextWith("$id") || root.IsInTextWith("nchor") || root.IsInTextWith("\\u00"))
            Collect(root, "", Document, hasNames: false);
    }

    private void Collect(JsonNode node, string pointer, SchemaResource resource, bool hasNames)
    {
        if (!hasNames && node["$id"].String is { Length: > 0 } id)
        {
            // Before JSON Schema 2019-09 an anchor was written like this.
            if (id[0] == '#')
                _names.Add(new(pointer, id.Substring(1), resource));
            else if (Uri.TryCreate(_hasResources ? resource.Address : Document.Address, id, out var address))
                _resources!.Add(resource = new(node, pointer, address));
        }
        var index = 0;
        foreach (var child in node.IsObject || node.IsArray ? node : default)
        {
            var name = child.Name;
            if (!hasNames && name is "$anchor" or "$dynamicAnchor")
            {
                if (child.String is { } anchor)
                    _names.Add(new(pointer, anchor, resource, name == "$dynamicAnchor"));
            }
            else if (child.Count > 0 && (hasNames || !IsData(name)))
            {
                Collect(
                    child, node.IsArray ? JsonPointer.Append(pointer, index) : JsonPointer.Append(pointer, name), resource,
                    !hasNames && child.IsObject && HoldsNames(name));
            }
            index++;
        }
    }

    /// <summary>Whether a keyword holds data, which can look like anything.</summary>
    public static bool IsData(string keyword) => keyword is "example" or "examples" or "default" or "const" or "enum";

    /// <summary>Whether the members of a keyword's object have names that the document chooses, such as those of properties.</summary>
    public static bool HoldsNames(string keyword) => keyword
        is "properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas" or "schemas" or "responses" or "headers" or "content"
        or "parameters" or "requestBodies" or "pathItems" or "callbacks" or "paths" or "webhooks" or "links" or "mediaTypes" or "encoding";

    private static bool IsIn(string pointer, string resource) =>
        resource.Length == 0 || pointer == resource || pointer.StartsWith(resource + "/", StringComparison.Ordinal);

    private static bool IsSame(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.AbsoluteUri & ~UriComponents.Fragment, UriFormat.UriEscaped, StringComparison.Ordinal) == 0;

    private sealed record SchemaResource(JsonNode Node, string Pointer, Uri Address);

    private sealed record NamedPart(string Pointer, string Name, SchemaResource Resource, bool IsDynamic = false);
}

/// <summary>A pointer that a reference may mean.</summary>
/// <param name="Pointer">The pointer, decoded.</param>
/// <param name="IsSure">Whether it means nothing else.</param>
internal readonly record struct ReferencePointer(string Pointer, bool IsSure);
