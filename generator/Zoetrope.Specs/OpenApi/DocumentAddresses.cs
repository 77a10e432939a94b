using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// The ways to refer to parts of a document beside JSON pointers: the address that the document states for itself (<c>$self</c>), those of its schemas
/// (<c>$id</c>), and their names (<c>$anchor</c>, <c>$dynamicAnchor</c>). Few documents have any, so the names are looked for when the first one is asked for.
/// </summary>
internal sealed class DocumentAddresses(JsonNode root)
{
    // Stands for the address of a document that states none, or only a relative one.
    private static readonly Uri _anywhere = new("https://document.invalid/");

    private Uri? _self;
    private List<NamedPart>? _parts;

    /// <summary>The pointer that a reference spells, decoded; null where it leads to another document, or to a name that this one does not have.</summary>
    public string? PointerOf(string reference)
    {
        if (Split(reference) is not var (resource, fragment))
            return null;
        if (fragment.Length == 0 || fragment[0] == '/')
            return resource + fragment;
        var named = Parts.Where(part => part.Name == fragment && IsIn(part.Pointer, resource)).ToList();
        return named.Count == 0 ? null : named[0].Pointer;
    }

    /// <summary>Whether a reference leads to another document.</summary>
    public bool IsExternal(string reference) => Split(reference) is null;

    /// <summary>The locations of the schemas with a dynamic anchor, in the document's order.</summary>
    public List<string> Dynamic(string anchor) => Parts.Where(part => part.IsDynamic && part.Name == anchor).Select(part => part.Pointer).ToList();

    /// <summary>The pointer of the schema with that address, empty for the document itself, and the decoded fragment; null for other documents.</summary>
    private (string Resource, string Fragment)? Split(string reference)
    {
        if (reference.Length == 0)
            return null;
        var mark = reference.IndexOf('#');
        var fragment = mark < 0 ? "" : JsonPointer.DecodeFragment(reference.Substring(mark + 1));
        if (mark == 0)
            return ("", fragment);
        if (!Uri.TryCreate(Self, reference, out var target))
            return null;
        if (root["$self"].Exists && IsSame(target, Self))
            return ("", fragment);
        var schema = Parts.FirstOrDefault(part => part.Address is { } address && IsSame(target, address));
        return schema is null ? null : (schema.Pointer, fragment);
    }

    private Uri Self => _self ??= root["$self"].String is { } text && Uri.TryCreate(_anywhere, text, out var stated) ? stated : _anywhere;

    private List<NamedPart> Parts
    {
        get
        {
            if (_parts is null)
            {
                _parts = [];
                Collect(root, "");
            }
            return _parts;
        }
    }

    private void Collect(JsonNode node, string pointer)
    {
        var index = 0;
        foreach (var child in node.IsObject || node.IsArray ? node : default)
        {
            switch (node.IsObject ? child.Name : "")
            {
                case "$id" when child.String is { } id && Uri.TryCreate(Self, id, out var address):
                    _parts!.Add(new(pointer, null, address));
                    break;
                case "$anchor" or "$dynamicAnchor" when child.String is { } name:
                    _parts!.Add(new(pointer, name, null, child.Name == "$dynamicAnchor"));
                    break;
                // These hold data, which can look like anything.
                case "example" or "examples" or "default" or "const" or "enum":
                    break;
                default:
                    if (child.Count > 0)
                        Collect(child, node.IsArray ? JsonPointer.Append(pointer, index) : JsonPointer.Append(pointer, child.Name));
                    break;
            }
            index++;
        }
    }

    private static bool IsIn(string pointer, string resource) =>
        resource.Length == 0 || pointer == resource || pointer.StartsWith(resource + "/", StringComparison.Ordinal);

    private static bool IsSame(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.AbsoluteUri & ~UriComponents.Fragment, UriFormat.UriEscaped, StringComparison.Ordinal) == 0;

    private sealed record NamedPart(string Pointer, string? Name, Uri? Address, bool IsDynamic = false);
}
