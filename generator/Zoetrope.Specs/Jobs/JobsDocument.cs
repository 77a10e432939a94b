using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;
using Zoetrope.Specs.Pages;

namespace Zoetrope.Specs.Jobs;

/// <summary>An OpenAPI document as declarations see it: its operations by name, and the schemas of their bodies.</summary>
internal sealed class JobsDocument
{
    private const string Json = "application/json";

    /// <summary>How bodies may be written, the preferred first.</summary>
    private static readonly (BodyFormat Format, string MediaType)[] _bodies =
    [
        (BodyFormat.Json, Json), (BodyFormat.Multipart, "multipart/form-data"), (BodyFormat.UrlEncoded, "application/x-www-form-urlencoded"),
    ];

    // What reading the document reports is reported where the document itself is read.
    private readonly List<SpecProblem> _elsewhere = [];
    private readonly List<JobsOperation> _operations = [];

    /// <summary>Reads the operations of a document.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="text">Its text.</param>
    public JobsDocument(string name, string text)
    {
        Name = name;
        Root = OperationPage.Read(text, _elsewhere).Root;
        References = new(Root, _elsewhere);
        foreach (var (path, item, method, operation) in PathItems.Operations(Root, References, _elsewhere))
            _operations.Add(new(method, path.Name, item, operation));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its root.</summary>
    public JsonNode Root { get; }

    /// <summary>Follows its references.</summary>
    public ReferenceResolver References { get; }

    /// <summary>Its operations, in their order.</summary>
    public IReadOnlyList<JobsOperation> Operations => _operations;

    /// <summary>The URL of its first server; null where it has none that can be used.</summary>
    public string? Server => ServerReader.Read(Root["servers"], _elsewhere) is { Count: > 0 } servers ? servers[0] : null;

    /// <summary>The operation of a name: <c>METHOD /path</c> or its <c>operationId</c>; null where there is none.</summary>
    public JobsOperation? Find(string name)
    {
        var space = name.IndexOf(' ');
        var method = space > 0 ? name.Substring(0, space) : "";
        return space > 0
            ? _operations.Find(operation =>
                operation.Method.Equals(method, StringComparison.OrdinalIgnoreCase) && operation.Path == name.Substring(space + 1).Trim())
            : _operations.Find(operation => operation.At.Node["operationId"].String == name);
    }

    /// <summary>A schema by its reference into this document; null where there is none.</summary>
    public JsonLocation? Schema(string reference) => References.Find(reference);

    /// <summary>The schema of the body that an operation takes, of JSON or else of a form; null where there is none.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="format">How the body is written.</param>
    public JsonLocation? BodyOf(JobsOperation operation, out BodyFormat format)
    {
        foreach (var (candidate, mediaType) in _bodies)
        {
            format = candidate;
            if (ContentOf(operation.At["requestBody"], mediaType) is { } schema)
                return schema;
        }
        format = BodyFormat.Json;
        return null;
    }

    /// <summary>The schema of the body that an operation takes in one format; null where it takes none in it.</summary>
    public JsonLocation? BodyOf(JobsOperation operation, BodyFormat format) =>
        ContentOf(operation.At["requestBody"], Array.Find(_bodies, body => body.Format == format).MediaType);

    /// <summary>The schema of the JSON that an operation responds with when it succeeds; null where there is none.</summary>
    public JsonLocation? ResponseOf(JobsOperation operation)
    {
        var responses = operation.At["responses"];
        foreach (var response in responses.Node)
        {
            if ((response.Name.StartsWith("2", StringComparison.Ordinal) || response.Name == "default")
                && ContentOf(responses.Property(response), Json) is { } schema)
                return schema;
        }
        return null;
    }

    /// <summary>The names of the parameters that an operation has in its path, and of those in its query that it requires.</summary>
    public List<(string Name, bool IsPath)> ParametersOf(JobsOperation operation)
    {
        var query = QueryOf(operation).Where(parameter => parameter["required"].IsTrue).Select(parameter => parameter["name"].String!).Distinct();
        return
        [
            .. query.Select(name => (name, false)),
            .. ParameterReader.Templates(OperationDescription.AddressOf(operation.Path)).Select(name => (name, true)),
        ];
    }

    /// <summary>The URL of the first server that an operation or its path states for itself; null where it states none.</summary>
    public string? ServerOf(JobsOperation operation)
    {
        var own = operation.At["servers"].Exists ? operation.At["servers"] : operation.Item["servers"];
        return own.Node.IsArray && ServerReader.Read(own.Node, _elsewhere) is { Count: > 0 } servers ? servers[0] : null;
    }

    /// <summary>The header parameters that an operation requires.</summary>
    public IEnumerable<JsonLocation> RequiredHeadersOf(JobsOperation operation) => Parameters(operation).Where(parameter =>
        parameter.Node["in"].String == "header" && parameter.Node["required"].IsTrue && parameter.Node["name"].IsString);

    /// <summary>Whether an operation has a parameter of a name; case is not significant in names of headers.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="location">The location of the parameter: <c>header</c> or <c>query</c>.</param>
    /// <param name="name">The name.</param>
    public bool HasParameter(JobsOperation operation, string location, string name) => Parameters(operation).Any(parameter =>
        parameter.Node["in"].String == location
        && string.Equals(parameter.Node["name"].String, name, location == "header" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));

    /// <summary>The query parameters of an operation that have a name; those of its path item are among them.</summary>
    private IEnumerable<JsonNode> QueryOf(JobsOperation operation) => Parameters(operation)
        .Where(parameter => parameter.Node["in"].String == "query" && parameter.Node["name"].IsString).Select(parameter => parameter.Node);

    private IEnumerable<JsonLocation> Parameters(JobsOperation operation)
    {
        foreach (var list in new[] { operation.Item["parameters"], operation.At["parameters"] })
        {
            var index = 0;
            foreach (var item in list.Node.IsArray ? list.Node : default)
            {
                if (References.Follow(list.ItemAt(item, index++)) is { } parameter)
                    yield return parameter;
            }
        }
    }

    private JsonLocation? ContentOf(JsonLocation holder, string mediaType)
    {
        if (!holder.Exists || References.Follow(holder) is not { } body)
            return null;
        var content = body["content"];
        foreach (var media in content.Node)
        {
            if (ContentReader.Normalize(media.Name) == mediaType && content.Property(media)["schema"] is { Exists: true } schema)
                return schema;
        }
        return null;
    }
}

/// <summary>An operation of a document.</summary>
/// <param name="Method">Its method as it is sent.</param>
/// <param name="Path">Its path.</param>
/// <param name="Item">The path item.</param>
/// <param name="At">The operation.</param>
internal sealed record JobsOperation(string Method, string Path, JsonLocation Item, JsonLocation At)
{
    /// <summary>Its name in messages.</summary>
    public string Name => Method + " " + Path;
}
