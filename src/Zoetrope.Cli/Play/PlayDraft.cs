using System.Text.Json;
using Zoetrope.Costs;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Cli.Play;

/// <summary>What the page has of a request so far.</summary>
/// <param name="Model">The model.</param>
/// <param name="Input">The input, in which texts stand for the files that were dropped on the page.</param>
internal sealed record PlayDraft(PlayModel Model, RawJson Input)
{
    /// <summary>Reads what the page sends.</summary>
    /// <param name="body">An object with the members <c>model</c> and <c>input</c>.</param>
    /// <returns>The draft; null where it is none.</returns>
    public static PlayDraft? Read(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object
        && body.TryGetProperty("model", out var name) && name.ValueKind == JsonValueKind.String && PlayModel.Find(name.GetString()!) is { } model
        && body.TryGetProperty("input", out var input) && input.ValueKind == JsonValueKind.Object
            ? new(model, RawJson.Parse(input.GetRawText()))
            : null;

    /// <summary>The input as the provider takes it, in which the same texts stand for files.</summary>
    /// <exception cref="JsonException">It has values of other types than the model's.</exception>
    public RawJson Request => Model.MapInput(Input, []);

    /// <summary>The provider's input as the SDK validates it.</summary>
    /// <exception cref="JsonException">The input has values of other types than the model's.</exception>
    public RawJson WithStandIns(PlayFiles files) => files.Replace(Request, static file => file.StandIn);

    /// <summary>Validates it as a submit would, and what stands for files.</summary>
    public ValidationResult Validate(PlayFiles files)
    {
        using var document = JsonDocument.Parse(Input.ToString());
        var unknown = InputTexts.Of(document.RootElement)
            .Where(one => files.IsUnknown(one.Text, one.Value.GetRawText()))
            .Select(one => new ValidationIssue(one.Path, ValidationRule.Type, "a file of this playground", "another one: choose it again"))
            .ToList();
        if (unknown.Count > 0)
            return new(unknown);
        try
        {
            return Model.Neutral is { } neutral
                ? neutral.Validate(Model.Provider.Name, files.Replace(Input, static file => file.StandIn))
                : Model.Info.Endpoint.Validate(WithStandIns(files));
        }
        catch (JsonException exception)
        {
            return new([new ValidationIssue(exception.Path ?? "", ValidationRule.Documented, exception.Message)]);
        }
    }

    /// <summary>What is not sent, because the provider does not support it; empty where the input is not of the model's type.</summary>
    /// <param name="input">The input, with anything in place of files.</param>
    /// <param name="request">The provider's input; null where the input is not of the model's type.</param>
    public IReadOnlyList<string> MapShown(RawJson input, out RawJson? request)
    {
        var notes = new List<string>();
        try
        {
            request = Model.MapInput(input, notes);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            request = null;
        }
        return notes;
    }

    /// <summary>Estimates what it costs by the document's rules, without a call.</summary>
    public CostEstimate EstimateCost(PlayFiles files) => Model.Info.Endpoint.EstimateCost(WithStandIns(files));
}
