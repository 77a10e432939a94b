using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads OpenAPI documents that describe a whole API.</summary>
internal sealed class ApiReader(JsonNode root, string? provider, List<SpecProblem> problems, CancellationToken cancellationToken)
{
    private readonly ReferenceResolver _references = new(root, problems);
    private readonly Dictionary<string, OperationDescription> _byId = new(StringComparer.Ordinal);

    /// <summary>Reads the document; null when it has no operations.</summary>
    public ApiDescription? Read()
    {
        var servers = ServerReader.Read(root["servers"], problems);
        var owner = servers.Select(ServerReader.ProviderOf).FirstOrDefault(name => name is not null) ?? provider;
        var schemas = new SchemaReader(_references, problems, cancellationToken);
        var security = new SecurityReader(root, owner, _references, problems);
        var schemes = security.ReadSchemes();
        foreach (var part in new[] { root["components"]["callbacks"], root["components"]["links"] })
        {
            if (part.Count > 0)
                problems.Add(Problems.NotGenerated.At(part.NameRange, part.Name));
        }
        var sequences = new SequenceReader(OpenApiReader.IsVersion(root, "3.2"), schemas, problems);
        var contents = new ContentReader(!OpenApiReader.IsVersion(root, "3.0"), sequences, _references, schemas, problems);
        var operations = ReadOperations(servers, security, contents, schemas);
        var webhooks = new WebhookReader(root, _references, contents, problems).Read();
        if (operations.Count + webhooks.Count == 0)
        {
            problems.Add(Problems.NoOperations.At(Start()));
            return null;
        }
        if (servers.Count == 0 && operations.Count > 0)
            problems.Add(Problems.NoServer.At(root["servers"].Exists ? root["servers"].NameRange : Start()));
        return sequences.Apply(new ApiDescription
        {
            Provider = owner,
            IsAtProvider = owner is not null
                && servers.Count > 0
                && servers.Concat(operations.Select(operation => operation.Server).OfType<string>()).All(url => ServerReader.ProviderOf(url) == owner),
            Title = ReadTitle(servers),
            Description = root["info"]["description"].Trimmed,
            Servers = servers,
            SecuritySchemes = schemes,
            Operations = operations,
            Webhooks = webhooks,
            Schemas = schemas.ReadReferred(),
        });
    }

    private EquatableArray<OperationDescription> ReadOperations(
        EquatableArray<string> servers, SecurityReader security, ContentReader contents, SchemaReader schemas)
    {
        var usual = security.ReadNeed(root["security"]);
        var parameters = new ParameterReader(_references, schemas, problems);
        var operations = new List<OperationDescription>();
        foreach (var (path, item, method, operation) in PathItems.Operations(root, _references, problems))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var node = operation.Node;
            if (node["callbacks"] is { Count: > 0 } callbacks)
                problems.Add(Problems.NotGenerated.At(callbacks.NameRange, "callbacks"));
            var need = node["security"].Exists ? security.ReadNeed(node["security"]) : usual;
            var read = new OperationDescription
            {
                Method = method,
                Path = path.Name,
                Id = node["operationId"].Trimmed,
                Summary = node["summary"].Trimmed ?? item.Node["summary"].Trimmed,
                Description = node["description"].Trimmed ?? item.Node["description"].Trimmed,
                Tags = ReadTags(node["tags"]),
                Deprecated = DeprecationReader.StateOf(node),
                DeprecationNote = DeprecationReader.NoteOf(node),
                Server = ReadServer(node["servers"].Exists ? node["servers"] : item.Node["servers"], servers),
                Security = need.Names,
                KeyOptional = need.IsOptional,
                Parameters = parameters.Read(path.Name, path.NameRange, item["parameters"], operation["parameters"]),
                Body = contents.ReadBody(operation["requestBody"]),
                Responses = contents.ReadResponses(operation["responses"], isHead: method == "HEAD"),
                Pointer = operation.Pointer,
            };
            ReportSecondId(read, node["operationId"]);
            operations.Add(read);
        }
        return operations.ToEquatableArray();
    }

    private void ReportSecondId(OperationDescription operation, JsonNode place)
    {
        if (operation.Id is not { } id)
            return;
        if (_byId.TryGetValue(id, out var first))
            problems.Add(Problems.SameOperationId.At(place.Range, id, first.Method, first.Path));
        else
            _byId.Add(id, operation);
    }

    private string? ReadServer(JsonNode own, EquatableArray<string> ofApi)
    {
        if (!own.Exists)
            return null;
        var servers = ServerReader.Read(own, problems);
        return servers.Count == 0 || (ofApi.Count > 0 && servers[0] == ofApi[0]) ? null : servers[0];
    }

    private string ReadTitle(EquatableArray<string> servers)
    {
        if (root["info"]["title"].Trimmed is { } title)
            return title;
        var name = ServerReader.HostOf(servers.Count > 0 ? servers[0] : null) ?? "Service";
        problems.Add(Problems.NoTitle.At(root["info"].Exists ? root["info"].NameRange : Start(), name));
        return name;
    }

    private static EquatableArray<string> ReadTags(JsonNode tags)
    {
        var names = new List<string>();
        foreach (var tag in tags)
        {
            if (tag.Trimmed is { } name)
                names.Add(name);
        }
        return names.ToEquatableArray();
    }

    /// <summary>The line that says that this is OpenAPI.</summary>
    private TextRange Start()
    {
        var version = root["openapi"];
        return new(version.NameRange.Start, version.Range.Start + version.Range.Length - version.NameRange.Start);
    }
}
