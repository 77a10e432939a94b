using Zoetrope.Specs.Json;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>Proposes the address, the key and the constant headers.</summary>
internal sealed class AccessProposal(JobsDocument document, ProposalObject root, List<ProposedFact> facts)
{
    private const string NoServer = "https://server.invalid";

    private static readonly string[] _prefixes = ["Key ", "Token ", "Api-Key "];

    /// <summary>Adds them.</summary>
    public void Add(SubmitCandidate submit, string provider)
    {
        var key = ProviderVariables.Key(provider);
        Propose("keys", key, "a usual name; name the variables that the provider's own tools read");
        AddServer(submit);
        AddAuth(submit);
        AddHeaders(submit);
    }

    private void AddServer(SubmitCandidate submit)
    {
        var own = submit.Operation.At["servers"].Exists ? submit.Operation.At["servers"] : submit.Operation.Item["servers"];
        var ofOperation = own.Exists ? ServerReader.Read(own.Node, []).FirstOrDefault(IsUsable) : null;
        var ofDocument = ServerReader.Read(document.Root["servers"], []).FirstOrDefault(IsUsable);
        if (ofOperation is not null && ofOperation != document.Server)
            Propose("server", ofOperation, "the operation that submits names it");
        else if (ofDocument is null)
            Propose("server", NoServer, "the document names no public server: write the address below which its paths are");
        else if (ofDocument != document.Server)
            Propose("server", ofDocument, "of the servers that the document names it is the first with a public address");
    }

    private static bool IsUsable(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && address.Host == address.IdnHost;

    private void AddAuth(SubmitCandidate submit)
    {
        var requirements = submit.Operation.At.Node["security"].Exists ? submit.Operation.At.Node["security"] : document.Root["security"];
        foreach (var requirement in requirements)
        {
            foreach (var scheme in requirement)
            {
                var schemes = new JsonLocation(document.Root, "")["components"]["securitySchemes"];
                if (document.References.Follow(schemes[scheme.Name]) is not { } found)
                    continue;
                var isHeader = found.Node["type"].String == "apiKey" && found.Node["in"].String == "header";
                if (isHeader && found.Node["name"].String is { Length: > 0 } name)
                    AddHeader(name, found.Node["description"].String ?? "", $"the scheme '{scheme.Name}' says so");
                else
                    facts.Add(new("auth", "Authorization: Bearer KEY", $"the usual way; the scheme is '{scheme.Name}'"));
                return;
            }
        }
        // Some documents have the key among the parameters.
        if (ParametersOf(submit).Find(IsKey) is { Exists: true } parameter)
            AddHeader(parameter["name"].String!, "", "the operation that submits has this header as a parameter");
        else
            facts.Add(new("auth", "Authorization: Bearer KEY", "the usual way; the document does not say how the key is sent"));
    }

    private void AddHeader(string name, string description, string reason)
    {
        if (!FactRules.IsAuthorization(name))
        {
            root["auth"].Add("header", name);
            facts.Add(new("auth.header", name, reason));
            return;
        }
        var prefix = _prefixes.FirstOrDefault(word => description.IndexOf(word.Trim(), StringComparison.Ordinal) >= 0) ?? "Bearer ";
        root["auth"].Add("prefix", prefix);
        facts.Add(new("auth.prefix", prefix, "the document names the header alone; look up what precedes the key in it"));
    }

    private void AddHeaders(SubmitCandidate submit)
    {
        foreach (var parameter in ParametersOf(submit))
        {
            var schema = parameter["schema"];
            var value = schema["const"].String ?? (schema["enum"].Count == 1 ? First(schema["enum"]).String : null) ?? schema["default"].String;
            if (!parameter["required"].IsTrue || IsKey(parameter) || value is null || parameter["name"].String is not { } name || IsFraming(name))
                continue;
            root["headers"].Add(name, value);
            facts.Add(new("headers." + name, value, "every submit must have it, and the document gives this value"));
        }
    }

    private List<JsonNode> ParametersOf(SubmitCandidate submit)
    {
        var found = new List<JsonNode>();
        foreach (var list in new[] { submit.Operation.Item["parameters"], submit.Operation.At["parameters"] })
        {
            var index = 0;
            foreach (var item in list.Node.IsArray ? list.Node : default)
            {
                if (document.References.Follow(list.ItemAt(item, index++)) is { } parameter && parameter.Node["in"].String == "header"
                    && parameter.Node["name"].String is { Length: > 0 })
                    found.Add(parameter.Node);
            }
        }
        return found;
    }

    private static bool IsKey(JsonNode parameter) =>
        parameter["name"].String is { } name && (name.EndsWith("api-key", StringComparison.OrdinalIgnoreCase) || name is "x-key" or "X-Key");

    private static bool IsFraming(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Accept", StringComparison.OrdinalIgnoreCase);

    private static JsonNode First(JsonNode list)
    {
        foreach (var item in list)
            return item;
        return default;
    }

    private void Propose(string member, string value, string reason)
    {
        root.Add(member, value);
        facts.Add(new(member, value, reason));
    }
}
