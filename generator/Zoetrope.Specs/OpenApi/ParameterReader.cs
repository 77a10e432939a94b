using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads the parameters of operations.</summary>
internal sealed class ParameterReader(ReferenceResolver references, SchemaReader schemas, List<SpecProblem> problems)
{
    private readonly QueryStringReader _queryStrings = new(references, schemas, problems);

    /// <summary>
    /// Reads the parameters of an operation: those of its path item, of which its own replace what has the same name and location, and the path's templates.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="pathName">The location of the path.</param>
    /// <param name="ofPath">The list of the path item.</param>
    /// <param name="ofOperation">The operation's own list.</param>
    public EquatableArray<OperationParameter> Read(string path, TextRange pathName, JsonLocation ofPath, JsonLocation ofOperation)
    {
        var address = OperationDescription.AddressOf(path);
        var templates = new HashSet<string>(Templates(address), StringComparer.Ordinal);
        var merged = new List<OperationParameter>();
        var places = new Dictionary<(ParameterLocation, string), int>();
        foreach (var list in new[] { ofPath, ofOperation })
        {
            if (list is { Exists: true, Node.IsArray: false })
                problems.Add(Problems.BadKeyword.At(list.Node.Range, "parameters", "an array"));
            var inherited = merged.Count;
            var replaced = new HashSet<int>();
            var index = 0;
            foreach (var item in list.Node.IsArray ? list.Node : default)
            {
                if (references.Follow(list.ItemAt(item, index++)) is not { } place)
                    continue;
                foreach (var parameter in place.Node["in"].String == "querystring" ? _queryStrings.Read(place) : ReadOne(place))
                    Add(item, parameter, inherited, replaced);
            }
        }
        foreach (var template in Templates(address))
        {
            if (places.ContainsKey((ParameterLocation.Path, template)))
                continue;
            problems.Add(Problems.TemplateWithoutParameter.At(pathName, path, template));
            places.Add((ParameterLocation.Path, template), merged.Count);
            merged.Add(new OperationParameter
            {
                Name = template,
                Location = ParameterLocation.Path,
                Required = true,
                Schema = new Schema { Pointer = JsonPointer.Append("/paths", path), Types = SchemaTypes.String },
            });
        }
        return merged.ToEquatableArray();

        void Add(JsonNode item, OperationParameter parameter, int inherited, HashSet<int> replaced)
        {
            if (parameter.Location == ParameterLocation.Path && !templates.Contains(parameter.Name))
            {
                problems.Add(Problems.ParameterWithoutTemplate.At(item.Range, parameter.Name, path, "{" + parameter.Name + "}"));
            }
            else if (!places.TryGetValue(Key(parameter), out var known))
            {
                places.Add(Key(parameter), merged.Count);
                merged.Add(parameter);
            }
            else if (known < inherited && replaced.Add(known))
            {
                merged[known] = parameter;
            }
            else
            {
                problems.Add(Problems.DescribedTwice.At(item.Range, parameter.Name));
            }
        }
    }

    /// <summary>Whether every brace of a path has its pair, with a name between them.</summary>
    public static bool IsWellFormed(string path)
    {
        var open = -1;
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '{' ? open >= 0 : path[i] == '}' && (open < 0 || i == open + 1))
                return false;
            open = path[i] == '{' ? i : path[i] == '}' ? -1 : open;
        }
        return open < 0;
    }

    public static IEnumerable<string> Templates(string path)
    {
        for (var open = path.IndexOf('{'); open >= 0; open = path.IndexOf('{', open + 1))
            yield return path.Substring(open + 1, path.IndexOf('}', open) - open - 1);
    }

    /// <summary>What makes a parameter the same as another one. Header names have no case; all others do.</summary>
    private static (ParameterLocation Location, string Name) Key(OperationParameter parameter) =>
        (parameter.Location, parameter.Location == ParameterLocation.Header ? parameter.Name.ToLowerInvariant() : parameter.Name);

    /// <summary>The parameter; none where it cannot be used.</summary>
    private IEnumerable<OperationParameter> ReadOne(JsonLocation place) => ReadPlaced(place) is { } parameter ? [parameter] : [];

    private OperationParameter? ReadPlaced(JsonLocation place)
    {
        var node = place.Node;
        if (node["name"].String is not { Length: > 0 } name || PlaceNamed(node["in"].String) is not { } where)
        {
            problems.Add(Problems.BadKeyword.At(
                node.NameRange.Start, Math.Min(
                    node.NameRange.Length,
                    1), "parameters", "an array of objects with 'name' and 'in' (path, query, header or cookie)"));
            return null;
        }
        if (where == ParameterLocation.Header && IsReserved(name))
        {
            problems.Add(Problems.ReservedHeader.At(node["name"].Range, name));
            return null;
        }
        var style = ReadStyle(node["style"], name, where);
        var schema = place["schema"];
        if (!schema.Exists && node["content"].Exists)
            (schema, style) = ReadContent(place["content"], style);
        if (!schema.Exists)
            problems.Add(Problems.BadKeyword.At(node["name"].Range, "schema", "given for each parameter; this one is taken as a string"));
        var type = schema.Exists ? schemas.Read(schema.Node, schema.Pointer) : new Schema { Pointer = place.Pointer, Types = SchemaTypes.String };
        return new OperationParameter
        {
            Name = name,
            Location = where,
            Style = style,
            Explode = node["explode"].IsBoolean ? node["explode"].IsTrue : style == ParameterStyle.Form,
            AllowReserved = where == ParameterLocation.Query && node["allowReserved"].IsTrue,
            IsMultiSegment = ReadMultiSegment(node["x-multi-segment"], where, style),
            Required = where == ParameterLocation.Path || node["required"].IsTrue,
            Schema = type with
            {
                Description = node["description"].String?.Trim() is { Length: > 0 } text ? text : type.Description,
                Deprecated = DeprecationReader.StateOf(node) ?? type.Deprecated,
                DeprecationNote = DeprecationReader.NoteOf(node) ?? type.DeprecationNote,
                Examples = node["example"].Exists ? new([node["example"].ToLiteral()]) : type.Examples,
            },
        };
    }

    /// <summary>A parameter with <c>content</c> is one JSON text.</summary>
    private (JsonLocation Schema, ParameterStyle Style) ReadContent(JsonLocation content, ParameterStyle style)
    {
        foreach (var item in content.Node)
        {
            if (ContentReader.IsJson(ContentReader.Normalize(item.Name)))
                return (content.Property(item)["schema"], ParameterStyle.Json);
        }
        problems.Add(Problems.BadKeyword.At(content.Node.NameRange, "content", "one JSON media type"));
        return (default, style);
    }

    private ParameterStyle ReadStyle(JsonNode node, string name, ParameterLocation place)
    {
        var usual = place is ParameterLocation.Query or ParameterLocation.Cookie ? ParameterStyle.Form : ParameterStyle.Simple;
        if (!node.Exists)
            return usual;
        if (place == ParameterLocation.Cookie && node.String == "cookie")
        {
            problems.Add(Problems.StyleNotSupported.At(node.Range, name, "cookie", "form"));
            return usual;
        }
        var style = StyleNamed(node.String, place);
        if (style is null)
            problems.Add(Problems.UnfitStyle.At(node.Range, name, node.String ?? node.Raw, usual == ParameterStyle.Form ? "form" : "simple"));
        return style ?? usual;
    }

    /// <summary>The style of that name; null where its location cannot have it. The parts of forms have those of the query.</summary>
    public static ParameterStyle? StyleNamed(string? name, ParameterLocation place) => (name, place) switch
    {
        ("simple", ParameterLocation.Path or ParameterLocation.Header) => ParameterStyle.Simple,
        ("label", ParameterLocation.Path) => ParameterStyle.Label,
        ("matrix", ParameterLocation.Path) => ParameterStyle.Matrix,
        ("form", ParameterLocation.Query or ParameterLocation.Cookie) => ParameterStyle.Form,
        ("spaceDelimited", ParameterLocation.Query) => ParameterStyle.SpaceDelimited,
        ("pipeDelimited", ParameterLocation.Query) => ParameterStyle.PipeDelimited,
        ("deepObject", ParameterLocation.Query) => ParameterStyle.DeepObject,
        _ => null,
    };

    private bool ReadMultiSegment(JsonNode node, ParameterLocation where, ParameterStyle style)
    {
        var isPossible = where == ParameterLocation.Path && style == ParameterStyle.Simple;
        if (node.Exists && !(node.IsFalse || (node.IsTrue && isPossible)))
            problems.Add(Problems.BadKeyword.At(node.Range, node.Name, "true or false, and is for path parameters in the style 'simple'"));
        return node.IsTrue && isPossible;
    }

    private static ParameterLocation? PlaceNamed(string? name) => name switch
    {
        "path" => ParameterLocation.Path,
        "query" => ParameterLocation.Query,
        "header" => ParameterLocation.Header,
        "cookie" => ParameterLocation.Cookie,
        _ => null,
    };

    /// <summary>
    /// Headers that the body, the responses, the key and the connection decide. OpenAPI says of three that parameters of these names mean nothing; the client
    /// sends none of the others that a user gives it.
    /// </summary>
    private static bool IsReserved(string header) => header.ToLowerInvariant() is "accept" or "content-type" or "authorization"
        or "host" or "content-length" or "transfer-encoding" or "connection" or "cookie" or "expect" or "proxy-authorization";
}
