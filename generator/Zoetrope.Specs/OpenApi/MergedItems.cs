using System.Collections;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.OpenApi;

/// <summary>A path item, or a webhook, of one of several documents.</summary>
/// <param name="Document">The number of the document.</param>
/// <param name="Name">The path, or the name of the webhook.</param>
/// <param name="At">The item, which can be at another location than its name.</param>
internal readonly record struct MergedItem(int Document, string Name, JsonLocation At);

/// <summary>
/// The path items or webhooks of several documents. Those that are a reference are what it leads to in their own document: there the reference would be one of
/// all documents, whose operations have the servers and the security of the first.
/// </summary>
internal sealed class MergedItems : IEnumerable<MergedItem>
{
    private readonly string _prefix;
    private readonly List<MergedItem> _items = [];
    private readonly Dictionary<(int Document, string Pointer), string> _moved = [];
    private readonly HashSet<string> _rewritten = new(StringComparer.Ordinal);

    /// <summary>Finds the items. Reading the documents reports the references that lead nowhere.</summary>
    /// <param name="roots">The documents.</param>
    /// <param name="names">The names of the member that has them; the first one is that of the merged document.</param>
    public MergedItems(List<JsonNode> roots, params string[] names)
    {
        _prefix = "/" + names[0] + "/";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var document = 0; document < roots.Count; document++)
        {
            var references = new ReferenceResolver(roots[document], []);
            var all = new JsonLocation(roots[document], "")[names.FirstOrDefault(name => roots[document][name].Exists) ?? names[0]];
            foreach (var member in all.Node.IsObject ? all.Node : default)
            {
                if (references.Follow(all.Property(member)) is not { } at)
                    continue;
                _items.Add(new(document, member.Name, at));
                var pointer = _prefix + JsonPointer.Escape(member.Name);
                if (at.Pointer != pointer)
                    _moved[(document, pointer)] = at.Pointer;
                if (!seen.Add(pointer) || at.Pointer != pointer)
                    _rewritten.Add(pointer);
            }
        }
    }

    /// <summary>The pointer in a document of what has this one in the merged document; null where it has the same there.</summary>
    public string? Original(int document, string pointer) =>
        ItemOf(pointer) is { } item && _moved.TryGetValue((document, item), out var original) ? original + pointer.Substring(item.Length) : null;

    /// <summary>Whether the merged document may have something else at a pointer than each of the documents.</summary>
    public bool IsRewritten(string pointer) => ItemOf(pointer) is not { } item || _rewritten.Contains(item);

    /// <inheritdoc />
    public IEnumerator<MergedItem> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The pointer of the item that a pointer leads to or into; null where it leads to another location.</summary>
    private string? ItemOf(string pointer)
    {
        if (!pointer.StartsWith(_prefix, StringComparison.Ordinal))
            return null;
        var end = pointer.IndexOf('/', _prefix.Length);
        return end < 0 ? pointer : pointer.Substring(0, end);
    }
}
