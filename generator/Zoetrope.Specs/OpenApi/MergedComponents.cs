using System.Globalization;
using System.Text;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using static Zoetrope.Specs.OpenApi.ComponentPointers;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// The components of several documents. What two documents say alike is there once; what they say differently under one name has another name for the later
/// document, in which all references follow.
/// </summary>
internal sealed class MergedComponents
{
    private readonly Dictionary<string, (int Document, JsonNode Node)> _taken = new(StringComparer.Ordinal);
    private readonly List<(string Kind, string Name, int Document, JsonNode Node)> _all = [];
    private readonly List<Dictionary<string, string>> _renamed = [];
    private readonly List<Dictionary<string, string>> _originals = [];
    private readonly List<MergedReferences> _references = [];
    private readonly List<(int Document, string Pointer, string Name)> _parts = [];

    /// <summary>Adds the components of the next document.</summary>
    /// <param name="root">The document.</param>
    /// <param name="isRewritten">Whether the merged document may have something else at a pointer than this one.</param>
    public void Add(JsonNode root, Func<string, bool> isRewritten)
    {
        var document = _renamed.Count;
        _references.Add(new(root, isRewritten));
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        _renamed.Add(renamed);
        var own = Entries(root["components"]).ToList();
        var names = new HashSet<string>(own.Select(entry => entry.Pointer), StringComparer.Ordinal);
        foreach (var (kind, name, pointer, node) in own)
        {
            if (_taken.TryGetValue(pointer, out var other) && !IsSame(other, (document, node)))
                renamed.Add(pointer, Free(kind, name, names));
        }
        var reached = Dependents(document, own, renamed.Keys);
        foreach (var (kind, name, pointer, _) in own.FindAll(entry => reached.Contains(entry.Pointer) && !renamed.ContainsKey(entry.Pointer)))
            renamed.Add(pointer, Free(kind, name, names));
        _originals.Add(renamed.ToDictionary(static pair => pair.Value, static pair => pair.Key, StringComparer.Ordinal));
        foreach (var (kind, name, pointer, node) in own)
        {
            var given = renamed.TryGetValue(pointer, out var other) ? other : pointer;
            if (_taken.ContainsKey(given))
                continue;
            _taken.Add(given, (document, node));
            _all.Add((kind, NameOf(given), document, node));
        }
    }

    /// <summary>What refers to components with other names, directly or through others, and would therefore differ from what has its own name.</summary>
    private HashSet<string> Dependents(int document, List<(string Kind, string Name, string Pointer, JsonNode Node)> own, IEnumerable<string> renamed)
    {
        var reached = new HashSet<string>(renamed, StringComparer.Ordinal);
        if (reached.Count == 0)
            return reached;
        var references = own.Where(entry => _taken.ContainsKey(entry.Pointer))
            .SelectMany(entry => References(document, entry.Node).Distinct(StringComparer.Ordinal).Select(target => (Target: target, entry.Pointer)))
            .ToLookup(reference => reference.Target, reference => reference.Pointer, StringComparer.Ordinal);
        for (var next = new Queue<string>(reached); next.Count > 0;)
        {
            foreach (var pointer in references[next.Dequeue()].Where(reached.Add))
                next.Enqueue(pointer);
        }
        return reached;
    }

    /// <summary>Whether two components say the same: also the same text may refer to different parts of its documents.</summary>
    private bool IsSame((int Document, JsonNode Node) one, (int Document, JsonNode Node) other) => one.Node.Same(other.Node)
        && ((_references[one.Document].ArePointers && _references[other.Document].ArePointers)
            || References(one.Document, one.Node).SequenceEqual(References(other.Document, other.Node)));

    /// <summary>What is wrong with the references of a document.</summary>
    public IEnumerable<SpecProblem> Problems(int document) => _references[document].Problems;

    /// <summary>The pointer in a document of what has this one in all of them; null where it has the same there.</summary>
    public string? Original(int document, string pointer) =>
        ComponentOf(pointer) is { } component && _originals[document].TryGetValue(component, out var original)
            ? original + pointer.Substring(component.Length)
            : null;

    /// <summary>The name that a security scheme of a document has in all of them.</summary>
    public string SchemeName(int document, string name) =>
        _renamed[document].TryGetValue(PointerOf("securitySchemes", name), out var given) ? NameOf(given) : name;

    /// <summary>Writes all components as an object.</summary>
    public void Write(StringBuilder json)
    {
        json.Append('{');
        var separator = "";
        foreach (var kind in _all.GroupBy(static entry => entry.Kind))
        {
            json.Append(separator).Append(JsonStrings.Quote(kind.Key)).Append(":{");
            separator = ",";
            var isFirst = true;
            foreach (var (_, name, document, node) in kind)
            {
                json.Append(isFirst ? "" : ",").Append(JsonStrings.Quote(name)).Append(':');
                isFirst = false;
                Write(json, document, node);
            }
            json.Append('}');
        }
        // Parts may refer to further parts.
        for (var i = 0; i < _parts.Count; i++)
        {
            json.Append(i > 0 ? "," : separator + JsonStrings.Quote(Parts) + ":{").Append(JsonStrings.Quote(_parts[i].Name)).Append(':');
            Write(json, _parts[i].Document, _references[_parts[i].Document].At(_parts[i].Pointer));
        }
        json.Append(_parts.Count > 0 ? "}}" : "}");
    }

    /// <summary>
    /// Writes a value of a document with the names that its components have in all of them. Its references become pointers, because names and addresses of
    /// schemas may be those of other schemas in another document; addresses are left out then.
    /// </summary>
    /// <param name="json">Where to.</param>
    /// <param name="document">The number of the document.</param>
    /// <param name="node">The value.</param>
    /// <param name="content">What the members of the value are.</param>
    public void Write(StringBuilder json, int document, JsonNode node, MemberKind content = MemberKind.Keywords)
    {
        if (_renamed[document].Count == 0 && _references[document].ArePointers)
            json.Append(node.Raw);
        else if (node.IsObject || node.IsArray)
        {
            var isObject = node.IsObject;
            json.Append(isObject ? '{' : '[');
            var isFirst = true;
            foreach (var child in node)
            {
                if (isObject && content == MemberKind.Keywords && MergedReferences.IsAddress(child))
                    continue;
                json.Append(isFirst ? "" : ",");
                isFirst = false;
                if (isObject && content == MemberKind.Keywords && _references[document].PointerOf(node, child) is { } pointer)
                {
                    var target = RenamedOf(document, "#" + pointer) ?? "#" + (PartOf(document, pointer) ?? pointer);
                    json.Append("\"$ref\":").Append(JsonStrings.Quote(target));
                    continue;
                }
                if (isObject)
                    json.Append(child.RawName).Append(':');
                if (isObject && child is { Name: "security", IsArray: true })
                    WriteSecurity(json, document, child);
                else if (isObject && child.Name == "discriminator" && child["propertyName"].IsString)
                    WriteDiscriminator(json, document, node, child);
                else
                    Write(json, document, child, isObject ? MergedReferences.KindOf(content, child) : content);
            }
            json.Append(isObject ? '}' : ']');
        }
        else if (node.String is { } text && RenamedOf(document, text) is { } given)
            json.Append(JsonStrings.Quote(given));
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
            // A scheme that only another document has would get that one's key.
            var names = _references[document].SchemesOf(requirement);
            if (names.Count > 0 && names[0] is null)
                continue;
            json.Append(isFirst ? "{" : ",{");
            isFirst = false;
            var separator = "";
            foreach (var scheme in requirement)
            {
                if (_references[document].SchemeOf(scheme) is not { } name)
                    continue;
                json.Append(separator).Append(JsonStrings.Quote(SchemeName(document, name))).Append(':').Append(scheme.Raw);
                separator = ",";
            }
            json.Append('}');
        }
        json.Append(']');
    }

    /// <summary>
    /// Writes a discriminator. Its mapping may name schemas without a reference, and an alternative that it does not name is meant by the schema's own name,
    /// which stays the value in the JSON where the schema has another name.
    /// </summary>
    private void WriteDiscriminator(StringBuilder json, int document, JsonNode union, JsonNode discriminator)
    {
        var (mapping, targets) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var item in discriminator["mapping"].IsObject ? discriminator["mapping"] : default)
        {
            var text = item.String ?? "";
            var value = RenamedOf(document, text);
            if (PointerOfTarget(text) is { } pointer)
            {
                targets.Add(pointer);
                if (_renamed[document].TryGetValue(pointer, out var given))
                    value ??= NameOf(given);
            }
            mapping.Add(item.RawName + ":" + (value is null ? item.Raw : JsonStrings.Quote(value)));
        }
        foreach (var alternatives in new[] { union["oneOf"], union["anyOf"] })
        {
            foreach (var alternative in alternatives.IsArray ? alternatives : default)
            {
                if (alternative["$ref"].String is { } target && PointerOfTarget(target) is { } pointer && !discriminator["mapping"][NameOf(pointer)].Exists
                    && _renamed[document].TryGetValue(pointer, out var given) && targets.Add(pointer))
                    mapping.Add(JsonStrings.Quote(NameOf(pointer)) + ":" + JsonStrings.Quote("#" + given));
            }
        }
        var members = new List<string>();
        foreach (var member in discriminator)
        {
            if (member.Name != "mapping" || mapping.Count == 0)
                members.Add(member.RawName + ":" + member.Raw);
        }
        if (mapping.Count > 0)
            members.Add("\"mapping\":{" + string.Join(",", mapping) + "}");
        json.Append('{').Append(string.Join(",", members)).Append('}');
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

    /// <summary>
    /// The pointer of a part of its own for what a document has outside of its components; null where the merged document has it at the same pointer.
    /// </summary>
    private string? PartOf(int document, string pointer)
    {
        if (!_references[document].IsRewritten(pointer))
            return null;
        var name = _parts.Find(part => part.Document == document && part.Pointer == pointer).Name;
        if (name is null)
        {
            name = "part" + (_parts.Count + 1).ToString(CultureInfo.InvariantCulture);
            _parts.Add((document, pointer, name));
            _originals[document].Add(PointerOf(Parts, name), pointer);
        }
        return PointerOf(Parts, name);
    }

    private static IEnumerable<(string Kind, string Name, string Pointer, JsonNode Node)> Entries(JsonNode components)
    {
        foreach (var kind in components)
        {
            foreach (var entry in kind.IsObject ? kind : default)
                yield return (kind.Name, entry.Name, PointerOf(kind.Name, entry.Name), entry);
        }
    }

    /// <summary>The reference to what a document refers to, where that has another name; else null.</summary>
    private string? RenamedOf(int document, string reference)
    {
        if (!IsReference(reference))
            return null;
        var pointer = PointerOf(reference);
        return ComponentOf(pointer) is { } component && _renamed[document].TryGetValue(component, out var given)
            ? "#" + given + pointer.Substring(component.Length)
            : null;
    }

    /// <summary>The components that a value refers to.</summary>
    private IEnumerable<string> References(int document, JsonNode node, JsonNode around = default)
    {
        if (_references[document].PointerOf(around, node) is { } named)
            yield return ComponentOf(named) ?? (_references[document].IsRewritten(named) ? document.ToString(CultureInfo.InvariantCulture) : "") + named;
        if (node.String is { } text && IsReference(text) && ComponentOf(PointerOf(text)) is { } component)
            yield return component;
        foreach (var child in node.IsObject || node.IsArray ? node : default)
        {
            foreach (var reference in References(document, child, node))
                yield return reference;
            foreach (var requirement in child is { Name: "security", IsArray: true } ? child : default)
            {
                foreach (var scheme in requirement)
                {
                    if (_references[document].SchemeOf(scheme) is { } name)
                        yield return PointerOf("securitySchemes", name);
                }
            }
            foreach (var target in child.Name == "discriminator" && child["mapping"].IsObject ? child["mapping"] : default)
            {
                if (target.String is { } name && PointerOfTarget(name) is { } pointer)
                    yield return pointer;
            }
        }
    }
}
