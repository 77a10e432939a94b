using System.Text;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Writes the paths of several documents as those of one. What a document says of all operations is written to each of its own.</summary>
internal sealed class MergedPaths
{
    // What an operation has of its path where it says nothing of its own.
    private static readonly string[] _texts = ["summary", "description"];

    private readonly List<JsonNode> _roots;
    private readonly JsonNode _first;
    private readonly MergedComponents _components;
    private readonly List<DocumentProblem> _problems;
    private readonly Dictionary<string, JsonNode> _operations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>Creates what writes paths.</summary>
    /// <param name="roots">The documents.</param>
    /// <param name="first">The number of the document whose servers and security the merged one has; negative where there is none.</param>
    /// <param name="components">The components of the documents.</param>
    /// <param name="problems">Where contradictions go.</param>
    public MergedPaths(List<JsonNode> roots, int first, MergedComponents components, List<DocumentProblem> problems)
    {
        _roots = roots;
        _components = components;
        _problems = problems;
        _first = first < 0 ? default : roots[first];
        Security = first < 0 ? "[]" : SecurityOf(first);
    }

    /// <summary>What the merged document requires of operations that say nothing of it.</summary>
    public string Security { get; }

    /// <summary>Writes the paths as the members of an object.</summary>
    public void Write(StringBuilder json, MergedItems all)
    {
        var separator = "";
        foreach (var path in all.GroupBy(static item => item.Name))
        {
            json.Append(separator).Append(JsonStrings.Quote(path.Key)).Append(':');
            separator = ",";
            if (path.Skip(1).Any())
                WriteShared(json, path.Key, path.Select(static item => (item.Document, item.At.Node)).ToList());
            else
                WriteItem(json, path.Key, path.Single().Document, path.Single().At.Node);
        }
    }

    /// <summary>Writes a path that one document has: as it is, but for what the document says of all operations.</summary>
    private void WriteItem(StringBuilder json, string path, int index, JsonNode item)
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
                WriteOperation(json, index, item, member, isAlone: true);
            else if (member is { Name: PathItems.More, IsObject: true })
                WriteMore(json, path, [(index, item)], isAlone: true);
            else
                _components.Write(json, index, member);
        }
        json.Append('}');
    }

    /// <summary>Writes the operations of methods that have no member of their own.</summary>
    private void WriteMore(StringBuilder json, string path, List<(int Index, JsonNode Item)> items, bool isAlone)
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
                    WriteOperation(json, index, item, member, isAlone);
                else
                    _components.Write(json, index, member);
            }
        }
        json.Append('}');
    }

    /// <summary>Writes a path that several documents have: each operation has what its document says of the path.</summary>
    private void WriteShared(StringBuilder json, string path, List<(int Index, JsonNode Item)> items)
    {
        json.Append('{');
        var separator = "";
        foreach (var (index, item) in items)
        {
            foreach (var member in Members(item))
            {
                if (!OperationDescription.IsMethod(member.Name) || !member.IsObject || !TryAdd(path, index, member))
                    continue;
                json.Append(separator).Append(member.RawName).Append(':');
                separator = ",";
                WriteOperation(json, index, item, member, isAlone: false);
            }
        }
        if (items.Exists(static item => item.Item[PathItems.More].Count > 0))
        {
            json.Append(separator).Append(JsonStrings.Quote(PathItems.More)).Append(':');
            WriteMore(json, path, items, isAlone: false);
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
                _problems.Add(new(index, Problems.DescribedTwice.AtPointer(pointer, name)));
            return false;
        }
        _operations.Add(name, operation);
        if (operation["operationId"].String is { } id)
        {
            if (_ids.TryGetValue(id, out var owner))
            {
                var words = owner.Split(' ');
                _problems.Add(new(index, Problems.SameOperationId.AtPointer(pointer + "/operationId", id, words[0], words[1])));
            }
            else
                _ids.Add(id, name);
        }
        return true;
    }

    private void WriteOperation(StringBuilder json, int index, JsonNode item, JsonNode operation, bool isAlone)
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
        foreach (var name in _texts)
        {
            if (isAlone || operation[name].Exists || !item[name].IsString)
                continue;
            Begin(name);
            json.Append(item[name].Raw);
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
        if (!operation["servers"].Exists && servers.Exists && !(isAlone && item["servers"].Exists) && !servers.Same(_first["servers"]))
        {
            Begin("servers");
            json.Append(servers.Raw);
        }
        if (!operation["security"].Exists && SecurityOf(index) is var security && security != Security)
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

        // Names of headers have no case. What cannot be found equals no other parameter.
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
