using System.Text.Json;
using ModelContextProtocol.Protocol;
using Zoetrope.Cli.Batches;
using Zoetrope.Cli.Mcp.Models;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Costs;
using Zoetrope.Json;

namespace Zoetrope.Cli.Mcp.Tools;

/// <summary><c>show_model</c>.</summary>
internal sealed class ShowModelTool() : CliTool(
    "show_model",
    "Show a model",
    "Shows what a model takes, as a JSON Schema with limits, defaults and rules, with its price, its usual time and an example. Costs nothing. Read it before "
        + "run_model.",
    """
    "model": { "type": "string", "description": "The model, as search_models lists it." },
    "provider": { "type": "string", "description": "The provider, of a model that several have." }
    """,
    ["model"],
    """
    "model": { "type": "string" },
    "providers": { "type": "array", "items": { "type": "string" } },
    "endpoint": { "type": "string", "description": "The provider's id of the model." },
    "title": { "type": "string" },
    "description": { "type": "string" },
    "category": { "type": "string" },
    "output_type": { "type": "string" },
    "status": { "type": "string" },
    "deprecated": { "type": "string" },
    "usual_seconds": { "type": "number", "description": "How long a job usually takes." },
    "price": { "type": "string", "description": "The price in the provider's words." },
    "input_schema": { "type": "object", "description": "The JSON Schema of the input of run_model." },
    "rules": { "type": "array", "description": "Rules that concern several members.", "items": { "type": "string" } },
    "example": { "type": "object", "description": "An input that is valid." },
    "example_cost": { "type": "string", "description": "What the example costs by the price rules of the model's document." }
    """,
    new ToolAnnotations { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false })
{
    protected override Task<CallToolResult> RunAsync(ToolArguments arguments, Func<string, Task> report, CancellationToken cancellationToken)
    {
        var target = ModelInput.Find(arguments.Require("model"), arguments.Text("provider"));
        if (target.Parameters is not { } parameters)
            throw new ToolException("unknown_model", "This build has no document of that model. search_models lists the models.");
        var model = new BatchModel(target, target.Providers[0]);
        return Task.FromResult(ToolResults.Of(writer =>
        {
            writer.WriteString("model", target.Name);
            writer.WriteStrings("providers", target.Providers.Select(provider => provider.Name));
            writer.WriteString("endpoint", model.EndpointId);
            WriteInfo(writer, model);
            writer.WriteStartObject("input_schema");
            writer.WriteString("type", "object");
            InputSchema.WriteMembers(writer, target);
            writer.WriteEndObject();
            writer.WriteStrings("rules", ModelRules.Of(model.Validate, parameters));
            if (InputSchema.Example(target) is not { } example)
                return;
            writer.WritePropertyName("example");
            example.WriteTo(writer);
            if (CostOf(model, example) is { Certainty: not CostCertainty.Unknown } cost)
                writer.WriteString("example_cost", cost.ToString());
        }));
    }

    private static CostEstimate? CostOf(BatchModel model, RawJson example) => model.Endpoint?.EstimateCost(model.Map(example, []));

    private static void WriteInfo(Utf8JsonWriter writer, BatchModel model)
    {
        if (ModelTarget.FindEndpoint(model.Provider, model.EndpointId) is not { } info)
            return;
        DataJson.WriteText(writer, "title", info.Title);
        DataJson.WriteText(writer, "description", info.Description);
        DataJson.WriteText(writer, "category", info.Category);
        DataJson.WriteText(writer, "output_type", info.OutputType);
        DataJson.WriteText(writer, "status", info.Status);
        DataJson.WriteText(writer, "deprecated", info.Deprecation);
        if (info.EstimatedTime is { } time)
            writer.WriteNumber("usual_seconds", time.TotalSeconds);
        DataJson.WriteText(writer, "price", info.Pricing);
    }
}
