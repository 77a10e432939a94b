using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Validation;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Rules;

namespace Zoetrope.Simulator.Declared;

/// <summary>A model of a declared provider.</summary>
/// <param name="model">What the declaration says about it.</param>
internal sealed class DeclaredModel(JobModel model)
{
    // Most models of most simulators are never submitted to, and building schemas takes far longer than reading declarations.
    private readonly Lazy<Task<SimulatedEndpoint>> _endpoint = new(() => BuildAsync(model));

    /// <summary>What the declaration says about it.</summary>
    public JobModel Model => model;

    /// <summary>Recognizes the operation of its submits.</summary>
    public RequestPattern Submit { get; } = new(model.Submit.Request);

    /// <summary>What its requests must be like, and what its results are.</summary>
    public Task<SimulatedEndpoint> EndpointAsync() => _endpoint.Value;

    /// <summary>Whether the values in the address of a submit name this model.</summary>
    public bool IsNamedBy(Dictionary<string, string> values)
    {
        var segments = Model.Value.Split('/');
        return (!values.TryGetValue(RequestPattern.Key(new(PartKind.Model)), out var named) || named == Model.Value)
            && Model.Submit.Request.Path.Where(part => part.Kind == PartKind.ModelSegment)
                .All(part => part.Index < segments.Length
                    && (!values.TryGetValue(RequestPattern.Key(part), out var segment) || segment == segments[part.Index]));
    }

    /// <summary>What of the body is not as the declaration says for this model; null where the body selects it.</summary>
    public InputProblem? Mismatch(JsonObject body)
    {
        if (Model.Submit.ModelMember is { } member && !Equals(body[member], Model.Value))
            return new([member], "model", $"must be a model of this operation, such as '{Model.Value}'");
        foreach (var constant in Model.Submit.Constants)
        {
            if (!Equals(body[constant.Name], JsonNode.Parse(constant.Text)))
                return new([constant.Name], "constant", $"must be {constant.Text}");
        }
        return null;

        static bool Equals(JsonNode? given, JsonNode? wanted) => JsonKey.Of(given) == JsonKey.Of(wanted);
    }

    /// <summary>The model's input in a body; null with a problem where it is not there.</summary>
    /// <param name="body">The body.</param>
    /// <param name="extras">The members that a declaration adds to every body.</param>
    /// <param name="problem">What is wrong.</param>
    public JsonObject? InputOf(JsonObject body, IEnumerable<ExtraRule> extras, out InputProblem? problem)
    {
        problem = null;
        if (Model.Submit.InputPath.Count == 0)
        {
            var input = body.DeepClone().AsObject();
            var hidden = extras.Where(extra => extra.Where == "body").Select(extra => extra.Name[0]);
            foreach (var name in Model.Submit.Constants.Select(constant => constant.Name).Concat(hidden).Append(Model.Submit.ModelMember ?? ""))
                input.Remove(name);
            return input;
        }
        JsonNode? at = body;
        foreach (var step in Model.Submit.InputPath)
            at = (at as JsonObject)?[step];
        if (Model.Submit.IsInputInArray)
            at = at is JsonArray { Count: 1 } items ? items[0] : null;
        if (at is JsonObject found)
            return found.DeepClone().AsObject();
        problem = new([.. Model.Submit.InputPath], "missing", Model.Submit.IsInputInArray ? "must be an array of one object" : "must be an object");
        return null;
    }

    private static async Task<SimulatedEndpoint> BuildAsync(JobModel model)
    {
        var page = model.Endpoint;
        var output = page.Output is { } described && (page.OutputType is null || described.Properties.Count > 0 || described.AnyOf.Count > 0)
            ? await PageSchema.BuildAsync(page with { Input = described }, CancellationToken.None)
            : null;
        // What is declared to be a file is one, unless its schema describes an object.
        var sample = new OutputSample(output, null, output is null ? page.OutputType : null, page.Category);
        var files = new FileUrlRule(_ => false, TakesDataUris: true, TakesLocalUrls: true, TakesHttp: true);
        var input = new InputSchema(await PageSchema.BuildAsync(page, CancellationToken.None), RuleReader.RulesOf(page), files);
        return new(page.Provider, page.Id, input, sample);
    }
}
