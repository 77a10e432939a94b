using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// Reads OpenAPI documents that describe one model endpoint by the calls of a queue: <c>POST /{id}</c> takes the input, and
/// <c>GET /{id}/requests/{request_id}</c> gives the output.
/// </summary>
internal sealed class EndpointReader(JsonNode root, string id, string provider, List<SpecProblem> problems, CancellationToken cancellationToken)
{
    private readonly ReferenceResolver _references = new(root, problems);

    /// <summary>Reads the endpoint.</summary>
    public EndpointDescription Read()
    {
        var metadata = QueueDocuments.MetadataOf(root);
        JsonNode[] marks = [Path("/" + id)["post"].Node, metadata, root["info"]];
        var states = marks.Select(DeprecationReader.StateOf).ToList();
        var status = metadata["status"].String;
        var schemas = new SchemaReader(_references, problems, cancellationToken);
        var input = ReadInput(schemas);
        var output = ReadOutput(schemas);
        return new EndpointDescription
        {
            Provider = provider,
            Id = id,
            Description = metadata["about"].String,
            Category = metadata["category"].String,
            Status = status,
            Deprecated = states.Contains(true) || EndpointStatus.IsEnded(status) ? true : states.Contains(false) ? false : null,
            DeprecationNote = marks.Select(DeprecationReader.NoteOf).FirstOrDefault(note => note is not null) ?? EndpointStatus.NoteOf(status),
            PageUrl = metadata["documentationUrl"].String ?? metadata["playgroundUrl"].String,
            Input = input,
            Output = output,
            Schemas = schemas.ReadReferred(),
            Service = new ServiceFacts { BaseUrl = QueueDocuments.FirstServer(root) },
        };
    }

    private Schema? ReadInput(SchemaReader schemas)
    {
        var path = "/" + id;
        var post = Path(path)["post"];
        if (!post.Node.IsObject)
        {
            problems.Add(Problems.OpenApiMissing.At(PathsRange(), $"'post' at '{path}'", id));
            return null;
        }
        // A request without a body is one without parameters.
        if (!post["requestBody"].Exists)
            return new Schema { Pointer = post.Pointer, Types = SchemaTypes.Object };
        if (FindJson(post["requestBody"]) is { } place)
            return ReadInput(place, schemas);
        problems.Add(Problems.OpenApiMissing.At(post["requestBody"].Node.NameRange, "schema of the JSON request body", id));
        return null;
    }

    private Schema ReadInput(JsonLocation place, SchemaReader schemas)
    {
        var schema = schemas.ReadRoot(place.Node, place.Pointer);
        // Members without a common name are free ones: "additionalProperties" with a schema; "properties": {} says that there are none.
        var isEmpty = schema.Properties.Count == 0 && (schema.AdditionalProperties is not { } members || members == new Schema { Pointer = members.Pointer });
        if (isEmpty && !(JsonPointer.TryResolve(root, schema.Pointer, out var described) && described["properties"].IsObject))
            problems.Add(Problems.EmptyInput.AtPointer(schema.Pointer));
        return schema;
    }

    private Schema? ReadOutput(SchemaReader schemas)
    {
        // The queue gives the output at an address of its own; a document for direct runs gives it as the response.
        var result = "/" + id + QueueDocuments.ResultPath;
        var (path, method) = root["paths"][result].Exists || !QueueDocuments.IsDirect(root) ? (result, "get") : ("/" + id, "post");
        var operation = Path(path)[method];
        if (!operation.Node.IsObject)
        {
            problems.Add(Problems.OpenApiMissing.At(PathsRange(), $"'{method}' at '{path}'", id));
            return null;
        }
        var responses = operation["responses"];
        foreach (var response in Successes(responses))
        {
            if (ReadJson(response, schemas) is { } schema)
                return schema;
        }
        var place = Successes(responses).Select(response => response.Node).DefaultIfEmpty(operation.Node).First();
        problems.Add(Problems.OpenApiMissing.At(place.NameRange, "schema of the result's 200 response", id));
        return null;
    }

    /// <summary>The responses of success: 200 first, then the whole class, then all others.</summary>
    private static IEnumerable<JsonLocation> Successes(JsonLocation responses)
    {
        var found = new List<JsonLocation>();
        foreach (var response in responses.Node)
        {
            if (response.Name.StartsWith("2", StringComparison.Ordinal))
                found.Add(responses.Property(response));
        }
        return found.OrderBy(response => response.Node.Name switch { "200" => 0, "2XX" or "2xx" => 1, _ => 2 });
    }

    /// <summary>The schema of a body's JSON, or null when it has none.</summary>
    private Schema? ReadJson(JsonLocation holder, SchemaReader schemas) =>
        FindJson(holder) is { } place ? schemas.ReadRoot(place.Node, place.Pointer) : null;

    /// <summary>The schema of a body's JSON in the document, or null when it has none.</summary>
    private JsonLocation? FindJson(JsonLocation holder)
    {
        if (_references.Follow(holder) is not { } body)
            return null;
        var content = body["content"];
        foreach (var media in content.Node)
        {
            if (ContentReader.Normalize(media.Name) == "application/json" && content.Property(media)["schema"] is { Exists: true } schema)
                return schema;
        }
        return null;
    }

    private JsonLocation Path(string path) => new JsonLocation(root, "")["paths"][path];

    private TextRange PathsRange() => root["paths"].Exists ? root["paths"].NameRange : root["openapi"].NameRange;
}
