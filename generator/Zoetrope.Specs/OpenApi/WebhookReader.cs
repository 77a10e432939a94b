using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads what a service posts to its users: <c>webhooks</c>, or <c>x-webhooks</c> as documents before OpenAPI 3.1 have it.</summary>
internal sealed class WebhookReader(JsonNode root, ReferenceResolver references, ContentReader contents, List<SpecProblem> problems)
{
    /// <summary>The webhooks with a payload of JSON; others are reported.</summary>
    public EquatableArray<WebhookDescription> Read()
    {
        var webhooks = new List<WebhookDescription>();
        var document = new JsonLocation(root, "");
        var all = document[root["webhooks"].Exists ? "webhooks" : "x-webhooks"];
        if (all is { Exists: true, Node.IsObject: false })
            problems.Add(Problems.BadKeyword.At(all.Node.Range, all.Node.Name, "an object"));
        foreach (var webhook in all.Node.IsObject ? all.Node : default)
        {
            if (references.Follow(all.Property(webhook)) is not { } item)
                continue;
            var found = PathItems.OperationsOf(webhook, item, problems).ToList();
            foreach (var (_, _, method, at) in found)
            {
                if (PayloadOf(at) is not { } payload)
                {
                    problems.Add(Problems.NotGenerated.At(webhook.NameRange, $"webhook {webhook.Name} without a payload of JSON"));
                    continue;
                }
                webhooks.Add(new()
                {
                    Name = found.Count == 1 ? webhook.Name : webhook.Name + " " + method,
                    Summary = at.Node["summary"].Trimmed ?? item.Node["summary"].Trimmed,
                    Description = at.Node["description"].Trimmed ?? item.Node["description"].Trimmed,
                    Payload = payload,
                    Pointer = at.Pointer,
                });
            }
        }
        return webhooks.ToEquatableArray();
    }

    private Schema? PayloadOf(JsonLocation operation) => contents.ReadBody(operation["requestBody"])?.Contents
        .FirstOrDefault(content => content.Schema is not null && ContentReader.IsJson(content.MediaType))?.Schema;
}
