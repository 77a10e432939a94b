using System.Text;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Pages;

namespace Zoetrope.Specs.OpenApi;

/// <summary>A problem in one of several documents.</summary>
/// <param name="Document">The number of the document.</param>
/// <param name="Problem">What is wrong.</param>
public sealed record DocumentProblem(int Document, SpecProblem Problem);

/// <summary>
/// Several OpenAPI documents or pages of one API as one document. Title, servers and security are those of the first; an operation of a document that states
/// others keeps them. Everything can be located in the document that it comes from.
/// </summary>
public sealed class MergedDocument
{
    private readonly List<JsonNode> _roots = [];
    private readonly MergedComponents _components = new();
    private readonly List<DocumentProblem> _problems = [];
    private readonly Dictionary<string, JsonNode> _operations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private string _security = "[]";

    /// <summary>Merges documents. Those that cannot be read are left out; reading them reports why.</summary>
    /// <param name="texts">The documents.</param>
    public MergedDocument(IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            var root = OperationPage.Read(text, []).Root;
            _roots.Add(root);
            _components.Add(root);
        }
        Text = Write();
        for (var i = 0; i < _roots.Count; i++)
            _problems.AddRange(_components.Problems(i).Select(problem => new DocumentProblem(i, problem)));
    }

    /// <summary>The merged document, as JSON.</summary>
    public string Text { get; }

    /// <summary>What the documents contradict each other in.</summary>
    public IReadOnlyList<DocumentProblem> Problems => _problems;

    /// <summary>The document that says what is at a pointer into the merged one, and the pointer there.</summary>
    /// <param name="pointer">A pointer into the merged document.</param>
    public (int Document, string Pointer) Find(string pointer)
    {
        var (found, most) = (0, -1);
        for (var i = 0; i < _roots.Count; i++)
        {
            if (_components.Original(i, pointer) is { } original)
                return (i, original);
            var length = Resolved(_roots[i], pointer);
            if (length > most)
                (found, most) = (i, length);
        }
        return (found, pointer);
    }

    /// <summary>How much of a pointer leads to something.</summary>
    private static int Resolved(JsonNode root, string pointer)
    {
        while (pointer.Length > 0 && !JsonPointer.TryResolve(root, pointer, out _))
            pointer = pointer.Substring(0, Math.Max(pointer.LastIndexOf('/'), 0));
        return pointer.Length;
    }

    private string Write()
    {
        var json = new StringBuilder("{");
        var first = _roots.FindIndex(root => root.IsObject);
        foreach (var name in new[] { "openapi", "info", "servers" })
        {
            if (first >= 0 && _roots[first][name] is { Exists: true } member)
                json.Append(JsonStrings.Quote(name)).Append(':').Append(member.Raw).Append(',');
        }
        _security = first < 0 ? "[]" : SecurityOf(first);
        if (first >= 0 && _roots[first]["security"].IsArray)
            json.Append("\"security\":").Append(_security).Append(',');
        json.Append("\"paths\":{");
        WritePaths(json, first < 0 ? default : _roots[first]);
        json.Append("},\"components\":");
        _components.Write(json);
        return json.Append('}').ToString();
    }

    private void WritePaths(StringBuilder json, JsonNode first)
    {
        var paths = _roots.SelectMany((root, index) => Members(root["paths"]).Select(path => (Index: index, Path: path)))
            .GroupBy(path => path.Path.Name).ToList();
        foreach (var path in paths)
        {
            json.Append(path == paths[0] ? "" : ",").Append(JsonStrings.Quote(path.Key)).Append(':');
            if (path.Skip(1).Any())
                WriteShared(json, path.ToList(), first);
            else
                WriteItem(json, path.Key, path.Single().Index, path.Single().Path, first);
        }
    }

    /// <summary>Writes a path that one document has: as it is, but for what the document says of all operations.</summary>
    private void WriteItem(StringBuilder json, string path, int index, JsonNode item, JsonNode first)
    {
        json.Append('{');
        var separator = "";
        foreach (var member in Members(item))
        {
            if (OperationDescription.IsMethod(member.Name) && !TryAdd(path, index, member))
                continue;
            json.Append(separator).Append(member.RawName).Append(':');
            separator = ",";
            if (OperationDescription.IsMethod(member.Name) && member.IsObject)
                WriteOperation(json, index, item, member, first, isAlone: true);
            else if (member is { Name: PathItems.More, IsObject: true })
                WriteMore(json, path, [(index, item)], first, isAlone: true);
            else
                _components.Write(json, index, member);
        }
        json.Append('}');
    }

    /// <summary>Writes the operations of methods that have no member of their own.</summary>
    private void WriteMore(StringBuilder json, string path, List<(int Index, JsonNode Path)> items, JsonNode first, bool isAlone)
    {
        json.Append('{');
        var separator = "";
        foreach (var (index, item) in items)
        {
            foreach (var member in Members(item[PathItems.More]))
            {
                if (member.IsObject && !TryAdd(path, index, member, isMore: true))
                    continue;
                json.Append(separator).Append(member.RawName).Append(':');
                separator = ",";
                if (member.IsObject)
                    WriteOperation(json, index, item, member, first, isAlone);
                else
                    _components.Write(json, index, member);
            }
        }
        json.Append('}');
    }

    /// <summary>Writes a path that several documents have: each operation has what its document says of the path.</summary>
    private void WriteShared(StringBuilder json, List<(int Index, JsonNode Path)> items, JsonNode first)
    {
        json.Append('{');
        var separator = "";
        foreach (var (index, item) in items)
        {
            foreach (var member in Members(item))
            {
                if (!OperationDescription.IsMethod(member.Name) || !member.IsObject || !TryAdd(item.Name, index, member))
                    continue;
                json.Append(separator).Append(member.RawName).Append(':');
                separator = ",";
                WriteOperation(json, index, item, member, first, isAlone: false);
            }
        }
        if (items.Exists(static item => item.Path[PathItems.More].Count > 0))
        {
            json.Append(separator).Append(JsonStrings.Quote(PathItems.More)).Append(':');
            WriteMore(json, items[0].Path.Name, items, first, isAlone: false);
        }
        json.Append('}');
    }

    private bool TryAdd(string path, int index, JsonNode operation, bool isMore = false)
    {
        var name = (isMore ? operation.Name : operation.Name.ToUpperInvariant()) + " " + path;
        var item = JsonPointer.Append("/paths", path);
        var pointer = JsonPointer.Append(isMore ? JsonPointer.Append(item, PathItems.More) : item, operation.Name);
        if (_operations.TryGetValue(name, out var other))
        {
            if (!other.Same(operation))
                _problems.Add(new(index, Diagnostics.Problems.DescribedTwice.AtPointer(pointer, name)));
            return false;
        }
        _operations.Add(name, operation);
        if (operation["operationId"].String is { } id)
        {
            if (_ids.TryGetValue(id, out var owner))
            {
                var words = owner.Split(' ');
                _problems.Add(new(index, Diagnostics.Problems.SameOperationId.AtPointer(pointer + "/operationId", id, words[0], words[1])));
            }
            else
                _ids.Add(id, name);
        }
        return true;
    }

    private void WriteOperation(StringBuilder json, int index, JsonNode item, JsonNode operation, JsonNode first, bool isAlone)
    {
        var root = _roots[index];
        json.Append('{');
        var separator = "";
        foreach (var member in operation)
        {
            if (!isAlone && member.Name == "parameters")
                continue;
            Begin(member.Name);
            if (member is { Name: "security", IsArray: true })
                _components.WriteSecurity(json, index, member);
            else
                _components.Write(json, index, member);
        }
        if (!isAlone && item["parameters"].Count + operation["parameters"].Count > 0)
        {
            Begin("parameters");
            json.Append('[');
            var next = "";
            foreach (var parameter in ParametersOf(root, item["parameters"], operation["parameters"]))
            {
                json.Append(next);
                next = ",";
                _components.Write(json, index, parameter);
            }
            json.Append(']');
        }
        var servers = item["servers"].Exists ? item["servers"] : root["servers"];
        if (!operation["servers"].Exists && servers.Exists && !(isAlone && item["servers"].Exists) && !servers.Same(first["servers"]))
        {
            Begin("servers");
            json.Append(servers.Raw);
        }
        if (!operation["security"].Exists && SecurityOf(index) is var security && security != _security)
        {
            Begin("security");
            json.Append(security);
        }
        json.Append('}');

        void Begin(string name)
        {
            json.Append(separator).Append(JsonStrings.Quote(name)).Append(':');
            separator = ",";
        }
    }

    /// <summary>The parameters of a path that its operation does not replace, and the operation's own.</summary>
    private static IEnumerable<JsonNode> ParametersOf(JsonNode root, JsonNode ofPath, JsonNode ofOperation)
    {
        // Reading the documents reports the references that lead nowhere.
        var references = new ReferenceResolver(root, []);
        var own = new HashSet<(string?, string?)>(Items(ofOperation).Select(Key));
        return Items(ofPath).Where(parameter => !own.Contains(Key(parameter))).Concat(Items(ofOperation));

        // Names of headers have no case. What cannot be found is no other parameter's equal.
        (string? In, string? Name) Key(JsonNode parameter) => references.Follow(new(parameter, "")) is { Node: var node } && node["name"].String is { } name
            ? (node["in"].String, node["in"].String == "header" ? name.ToLowerInvariant() : name)
            : (null, parameter.Raw);
    }

    /// <summary>What a document requires of all operations that say nothing of it.</summary>
    private string SecurityOf(int index)
    {
        var json = new StringBuilder();
        _components.WriteSecurity(json, index, _roots[index]["security"]);
        return json.ToString();
    }

    private static IEnumerable<JsonNode> Members(JsonNode node)
    {
        foreach (var member in node.IsObject ? node : default)
            yield return member;
    }

    private static IEnumerable<JsonNode> Items(JsonNode node)
    {
        foreach (var item in node.IsArray ? node : default)
            yield return item;
    }
}
