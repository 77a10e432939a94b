using System.Text.Json.Nodes;
using Zoetrope.Specs.Json;
using Node = System.Text.Json.Nodes.JsonNode;
using SpecNode = Zoetrope.Specs.Json.JsonNode;

namespace Zoetrope.Cli.Vendoring;

/// <summary>
/// The origins of the parts of an OpenAPI 3 document in the Swagger 2 document. Only parts that moved or have another name are kept: everything below them is
/// found by the names and indexes that it has in both, and a part without a counterpart belongs to the one around it.
/// </summary>
/// <param name="placeOf">The line and column that an offset of the Swagger 2 document has in what the user gave.</param>
internal sealed class SwaggerOrigins(Func<int, (int Line, int Column)> placeOf)
{
    private readonly Dictionary<Node, Node> _origins = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Node, SpecNode> _old = new(ReferenceEqualityComparer.Instance);
    private readonly SourceLocations _places = new();
    /// <summary>Says what a value was made of, and gives it back.</summary>
    public T Keep<T>(T made, Node? old)
        where T : Node
    {
        if (old is not null)
            _origins[made] = old;
        return made;
    }

    /// <summary>The locations of the OpenAPI 3 document's values in the user's document.</summary>
    /// <param name="made">The OpenAPI 3 document.</param>
    /// <param name="text">Its text.</param>
    /// <param name="old">The Swagger 2 document.</param>
    /// <param name="oldText">Its text.</param>
    public SourceLocations Locations(Node made, string text, Node old, string oldText)
    {
        var oldRoot = JsonTree.Parse(oldText).Root;
        Index(old, oldRoot);
        var root = JsonTree.Parse(text).Root;
        Add(root, oldRoot);
        Walk(made, root, oldRoot);
        return _places;
    }

    private void Index(Node? old, SpecNode node)
    {
        if (old is null)
            return;
        _old[old] = node;
        foreach (var (child, childNode) in Children(old).Zip(Children(node)))
            Index(child, childNode);
    }

    private void Walk(Node? made, SpecNode node, SpecNode origin)
    {
        var items = origin.IsArray ? Children(origin) : [];
        var index = 0;
        foreach (var (child, childNode) in Children(made).Zip(Children(node)))
        {
            var item = index < items.Count ? items[index] : default;
            index++;
            // A document too deep or too large for the tree has values that are not in it.
            var own = child is not null && _origins.TryGetValue(child, out var old) && _old.TryGetValue(old, out var kept) ? kept
                : node.IsObject ? origin[childNode.Name] : item;
            var from = own.Exists ? own : origin;
            Add(childNode, from);
            Walk(child, childNode, from);
        }
    }

    private void Add(SpecNode made, SpecNode origin)
    {
        if (made.NameRange != made.Range)
            _places.Add(made.NameRange.Start, placeOf(origin.NameRange.Start));
        _places.Add(made.Range.Start, placeOf(origin.Range.Start));
    }

    private static IEnumerable<Node?> Children(Node? node) => node switch
    {
        JsonObject members => members.Select(member => member.Value),
        JsonArray items => items,
        _ => [],
    };

    private static List<SpecNode> Children(SpecNode node)
    {
        var children = new List<SpecNode>();
        foreach (var child in node)
            children.Add(child);
        return children;
    }
}
