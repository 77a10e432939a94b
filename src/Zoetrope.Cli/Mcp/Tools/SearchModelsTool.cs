using System.Globalization;
using ModelContextProtocol.Protocol;
using Zoetrope.Cli.Mcp.Models;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Mcp.Tools;

/// <summary><c>search_models</c>.</summary>
internal sealed class SearchModelsTool() : CliTool(
    "search_models",
    "Search models",
    "Searches the generative-media models (images, videos, sound, speech) that this server can run. Costs nothing.",
    """
    "text": { "type": "string", "description": "Words that the name, title, category or description has; all of them must be there." },
    "provider": { "type": "string", "description": "Only models of this provider, such as fal." },
    "category": { "type": "string", "description": "Only models of this category, such as image-to-video; neutral for models that several providers have." },
    "limit": { "type": "integer", "minimum": 1, "maximum": 100, "default": 20 },
    "cursor": { "type": "string", "description": "The next_cursor of the page before." }
    """,
    [],
    """
    "models": {
      "type": "array",
      "items": {
        "type": "object",
        "properties": {
          "model": { "type": "string", "description": "What the other tools take." },
          "providers": { "type": "array", "items": { "type": "string" } },
          "category": { "type": "string" },
          "title": { "type": "string" },
          "price": { "type": "string" },
          "deprecated": { "type": "string" }
        }
      }
    },
    "total": { "type": "integer" },
    "next_cursor": { "type": "string" }
    """,
    new ToolAnnotations { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false })
{
    protected override Task<CallToolResult> RunAsync(ToolArguments arguments, Func<string, Task> report, CancellationToken cancellationToken)
    {
        var limit = arguments.Integer("limit", 1, 100) ?? 20;
        var start = 0;
        if (arguments.Text("cursor") is { } cursor && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            throw ToolArguments.Invalid("'cursor' must be the next_cursor of a page.");
        var found = ModelList.Search(arguments.Text("text"), arguments.Text("provider"), arguments.Text("category"));
        return Task.FromResult(ToolResults.Of(writer =>
        {
            writer.WriteStartArray("models");
            foreach (var model in found.Skip(start).Take(limit))
            {
                writer.WriteStartObject();
                writer.WriteString("model", model.Name);
                writer.WriteStrings("providers", model.Providers);
                DataJson.WriteText(writer, "category", model.Category);
                DataJson.WriteText(writer, "title", model.Info?.Title);
                DataJson.WriteText(writer, "price", model.Info?.Pricing);
                DataJson.WriteText(writer, "deprecated", model.Info?.Deprecation);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteNumber("total", found.Count);
            if (start + limit < found.Count)
                writer.WriteString("next_cursor", (start + limit).ToString(CultureInfo.InvariantCulture));
        }));
    }
}
