using Zoetrope.Specs.Json;

namespace Zoetrope.Specs;

/// <summary>
/// Reads OpenAPI documents that describe one model endpoint in the form that fal serves: <c>POST /{id}</c> takes the input, and
/// <c>GET /{id}/requests/{request_id}</c> gives the output.
/// </summary>
internal sealed class OpenApiReader(JsonNode root, string? provider, List<SpecProblem> problems, CancellationToken cancellationToken)
{
    private const string ResultPath = "/requests/{request_id}";

    /// <summary>Reads the document; null when it describes no model endpoint.</summary>
    public SpecDocument? Read()
    {
        var version = root["openapi"];
        if (version.String is not { } text || !(text.StartsWith("3.0", StringComparison.Ordinal) || text.StartsWith("3.1", StringComparison.Ordinal)))
        {
            problems.Add(Problems.OpenApiVersion.At(version.Range, version.String ?? version.Raw));
            return null;
        }

        var metadata = root["info"]["x-fal-metadata"];
        var id = metadata["endpointId"].String ?? FindId();
        if (id is null)
        {
            problems.Add(Problems.NoModelEndpoint.At(version.NameRange.Start, version.Range.Start + version.Range.Length - version.NameRange.Start));
            return null;
        }
        if ((metadata.IsObject ? "fal" : ProviderOfServers() ?? provider) is not { } owner)
        {
            problems.Add(Problems.UnknownProvider.At(version.NameRange));
            return null;
        }

        var schemas = new OpenApiSchemaReader(root, problems, cancellationToken);
        var input = ReadInput(id, schemas);
        var output = ReadOutput(id, schemas);
        var endpoint = new EndpointDescription
        {
            Provider = owner,
            Id = id,
            Description = metadata["about"].String,
            Category = metadata["category"].String,
            Input = input,
            Output = output,
            Schemas = schemas.ReadReferred(),
            Rules = input is null ? default : RuleSentences.Find(input.Properties, problems),
            Service = new ServiceFacts { BaseUrl = FirstServer(), AuthHeader = AuthHeader() },
        };
        return new SpecDocument { Kind = SpecKind.OpenApi, Endpoint = endpoint };
    }

    private Schema? ReadInput(string id, OpenApiSchemaReader schemas)
    {
        var path = "/" + id;
        var post = root["paths"][path]["post"];
        if (!post.IsObject)
        {
            problems.Add(Problems.OpenApiMissing.At(PathsRange(), $"'post' at '{path}'", id));
            return null;
        }
        var pointer = JsonPointer.Append("/paths", path) + "/post";
        // A request without a body is one without parameters.
        if (!post["requestBody"].Exists)
            return new Schema { Pointer = pointer, Types = SchemaTypes.Object };
        return ReadContent(post["requestBody"], pointer + "/requestBody", schemas, "schema of the JSON request body", id);
    }

    private Schema? ReadOutput(string id, OpenApiSchemaReader schemas)
    {
        // The queue gives the output at an address of its own; a document for direct runs gives it as the answer.
        var (path, method) = root["paths"]["/" + id + ResultPath].Exists || !IsDirect() ? ("/" + id + ResultPath, "get") : ("/" + id, "post");
        var operation = root["paths"][path][method];
        if (!operation.IsObject)
        {
            problems.Add(Problems.OpenApiMissing.At(PathsRange(), $"'{method}' at '{path}'", id));
            return null;
        }
        var pointer = JsonPointer.Append("/paths", path) + "/" + method + "/responses/200";
        return ReadContent(operation["responses"]["200"], pointer, schemas, "schema of the result's 200 response", id, operation);
    }

    private Schema? ReadContent(JsonNode holder, string pointer, OpenApiSchemaReader schemas, string part, string id, JsonNode operation = default)
    {
        if (holder["$ref"].String is { Length: > 1 } reference && reference[0] == '#'
            && JsonPointer.TryResolve(root, JsonPointer.DecodeFragment(reference.Substring(1)), out var shared))
            (holder, pointer) = (shared, JsonPointer.DecodeFragment(reference.Substring(1)));
        foreach (var media in holder["content"])
        {
            var name = media.Name;
            if (!name.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) || !media["schema"].Exists)
                continue;
            return schemas.ReadRoot(media["schema"], JsonPointer.Append(pointer + "/content", name) + "/schema");
        }
        problems.Add(Problems.OpenApiMissing.At((holder.Exists ? holder : operation).NameRange, part, id));
        return null;
    }

    /// <summary>The endpoint id where the document does not name it: the path that has a request to post and a result to get.</summary>
    private string? FindId()
    {
        string? id = null;
        foreach (var path in root["paths"])
        {
            var name = path.Name;
            if (name.Length < 2 || name[0] != '/' || !path["post"].IsObject)
                continue;
            if (!root["paths"][name + ResultPath]["get"].IsObject && !(IsDirect() && name.IndexOf('{') < 0))
                continue;
            if (id is null)
            {
                id = name.Substring(1);
                continue;
            }
            problems.Add(Problems.SeveralEndpoints.At(path.NameRange, id));
            break;
        }
        return id;
    }

    private bool IsDirect() => Host(FirstServer()) == "fal.run";

    private string? FirstServer()
    {
        foreach (var server in root["servers"])
            return server["url"].String;
        return null;
    }

    private string? ProviderOfServers()
    {
        foreach (var server in root["servers"])
        {
            switch (Host(server["url"].String))
            {
                case "queue.fal.run" or "fal.run":
                    return "fal";
                case "api.eachlabs.ai":
                    return "eachlabs";
            }
        }
        return null;
    }

    private static string? Host(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Host : null;

    private string? AuthHeader()
    {
        foreach (var scheme in root["components"]["securitySchemes"])
        {
            if (scheme["type"].String == "apiKey" && scheme["in"].String == "header")
                return scheme["name"].String;
        }
        return null;
    }

    private TextRange PathsRange() => root["paths"].Exists ? root["paths"].NameRange : root["openapi"].NameRange;
}
