using System.Globalization;
using System.Text;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// The components of several documents. What two documents say alike is there once; what they say differently under one name has another name for the later
/// document, in which all references follow.
/// </summary>
internal sealed class MergedComponents
{
    private const string Root = "/components/";

    private readonly List<string> _kinds = [];
    private readonly Dictionary<string, (int Document, JsonNode Node)> _taken = new(StringComparer.Ordinal);
    private readonly List<(string Kind, string Name, int Document, JsonNode Node)> _all = [];
    private readonly List<Dictionary<string, string>> _renamed = [];

    /// <summary>Adds the components of the next document.</summary>
    public void Add(JsonNode components)
    {
        var document = _renamed.Count;
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        _renamed.Add(renamed);
        var own = Entries(components).ToList();
        var names = new HashSet<string>(own.Select(entry => entry.Pointer), StringComparer.Ordinal);
        foreach (var (kind, name, pointer, node) in own)
        {
            if (_taken.TryGetValue(pointer, out var other) && !other.Node.Same(node))
                renamed.Add(pointer, Free(kind, name, names));
        }
        // What refers to a component with another name is another one too.
        for (var count = -1; count != renamed.Count;)
        {
            count = renamed.Count;
            foreach (var (kind, name, pointer, node) in own)
            {
                if (_taken.ContainsKey(pointer) && !renamed.ContainsKey(pointer)
                    && References(node).Any(reference => RenamedOf(reference, renamed) is not null))
                    renamed.Add(pointer, Free(kind, name, names));
            }
        }
        foreach (var (kind, name, pointer, node) in own)
        {
            var given = renamed.TryGetValue(pointer, out var other) ? other : pointer;
            if (_taken.ContainsKey(given))
                continue;
            _taken.Add(given, (document, node));
            _all.Add((kind, JsonPointer.Steps(given)[2], document, node));
            if (!_kinds.Contains(kind))
                _kinds.Add(kind);
        }
    }

    /// <summary>The pointer in a document of what has this one in all of them; null where it has the same there.</summary>
    public string? Original(int document, string pointer)
    {
        foreach (var pair in _renamed[document])
        {
            if (IsBelow(pointer, pair.Value))
                return pair.Key + pointer.Substring(pair.Value.Length);
        }
        return null;
    }

    /// <summary>The name that a security scheme of a document has in all of them.</summary>
    public string SchemeName(int document, string name) =>
        _renamed[document].TryGetValue(Root + "securitySchemes/" + JsonPointer.Escape(name), out var given) ? JsonPointer.Steps(given)[2] : name;

    /// <summary>Writes all components as an object.</summary>
    public void Write(StringBuilder json)
    {
        json.Append('{');
        foreach (var kind in _kinds)
        {
            json.Append(kind == _kinds[0] ? "" : ",").Append(JsonStrings.Quote(kind)).Append(":{");
            var isFirst = true;
            foreach (var (_, name, document, node) in _all.Where(entry => entry.Kind == kind))
            {
                json.Append(isFirst ? "" : ",").Append(JsonStrings.Quote(name)).Append(':');
                isFirst = false;
                Write(json, document, node);
            }
            json.Append('}');
        }
        json.Append('}');
    }

    /// <summary>Writes a value of a document with the names that its components have in all of them.</summary>
    public void Write(StringBuilder json, int document, JsonNode node)
    {
        if (_renamed[document].Count == 0)
            json.Append(node.Raw);
        else if (node.IsObject || node.IsArray)
        {
            var isObject = node.IsObject;
            json.Append(isObject ? '{' : '[');
            var isFirst = true;
            foreach (var child in node)
            {
                json.Append(isFirst ? "" : ",");
                isFirst = false;
                if (isObject)
                    json.Append(child.RawName).Append(':');
                if (isObject && child is { Name: "security", IsArray: true })
                    WriteSecurity(json, document, child);
                else
                    Write(json, document, child);
            }
            json.Append(isObject ? '}' : ']');
        }
        else if (node.String is { } text && text.StartsWith("#" + Root, StringComparison.Ordinal) && RenamedOf(text, _renamed[document]) is { } given)
            json.Append(JsonStrings.Quote("#" + given));
        else
            json.Append(node.Raw);
    }

    /// <summary>Writes the security requirements of a document or an operation.</summary>
    public void WriteSecurity(StringBuilder json, int document, JsonNode requirements)
    {
        json.Append('[');
        var isFirst = true;
        foreach (var requirement in requirements)
        {
            json.Append(isFirst ? "{" : ",{");
            isFirst = false;
            var separator = "";
            foreach (var scheme in requirement)
            {
                json.Append(separator).Append(JsonStrings.Quote(SchemeName(document, scheme.Name))).Append(':').Append(scheme.Raw);
                separator = ",";
            }
            json.Append('}');
        }
        json.Append(']');
    }

    private string Free(string kind, string name, HashSet<string> own)
    {
        for (var number = 2; ; number++)
        {
            var pointer = PointerOf(kind, name + number.ToString(CultureInfo.InvariantCulture));
            if (!_taken.ContainsKey(pointer) && own.Add(pointer))
                return pointer;
        }
    }

    private static IEnumerable<(string Kind, string Name, string Pointer, JsonNode Node)> Entries(JsonNode components)
    {
        foreach (var kind in components)
        {
            foreach (var entry in kind.IsObject ? kind : default)
                yield return (kind.Name, entry.Name, PointerOf(kind.Name, entry.Name), entry);
        }
    }

    private static string PointerOf(string kind, string name) => JsonPointer.Append(JsonPointer.Append("/components", kind), name);

    private static string? RenamedOf(string reference, Dictionary<string, string> renamed)
    {
        var pointer = JsonPointer.DecodeFragment(reference.Substring(1));
        foreach (var pair in renamed)
        {
            if (IsBelow(pointer, pair.Key))
                return pair.Value + pointer.Substring(pair.Key.Length);
        }
        return null;
    }

    private static bool IsBelow(string pointer, string other) =>
        pointer.StartsWith(other, StringComparison.Ordinal) && (pointer.Length == other.Length || pointer[other.Length] == '/');

    private static IEnumerable<string> References(JsonNode node)
    {
        if (node.String is { } text && text.StartsWith("#" + Root, StringComparison.Ordinal))
            yield return text;
        foreach (var child in node.IsObject || node.IsArray ? node : default)
        {
            foreach (var reference in References(child))
                yield return reference;
        }
    }
}
