using System.Text.Json.Nodes;

namespace Zoetrope.Cli.Tests;

/// <summary>A line of an export, by which a test puts a job into a ledger as it wants it.</summary>
public sealed record RecordedJob(string Id)
{
    /// <summary>The secret of its webhook.</summary>
    public const string Secret = "5ec4e75ec4e75ec4e75ec4e75ec4e75e";

    public string Batch { get; init; } = "imported";

    public string? Label { get; init; }

    public string State { get; init; } = "intended";

    public string? Reason { get; init; }

    public string Prompt { get; init; } = "She waves";

    public string Endpoint { get; init; } = Kling.FalEndpoint;

    /// <summary>The provider's id of the job; that of the job where it is null.</summary>
    public string? ProviderId { get; init; }

    public decimal? Ceiling { get; init; }

    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>The line.</summary>
    public string Line()
    {
        var isOver = State is "delivered" or "failed" or "ended";
        var line = new JsonObject
        {
            ["id"] = Id, ["batch"] = Batch, ["label"] = Label, ["provider"] = "fal", ["endpoint"] = Endpoint,
            ["input"] = new JsonObject { ["prompt"] = Prompt, ["image_url"] = Kling.ImageUrl }, ["unique"] = false, ["token"] = Secret,
            ["ceiling"] = Ceiling, ["state"] = State, ["version"] = 1, ["attempts"] = State == "intended" ? 0 : 1,
            ["handle"] = State is "intended" or "in_doubt" or "failed" ? null : $"fal:{Endpoint}:{ProviderId ?? Id}",
            ["created_at"] = "2026-11-01T10:00:00+00:00",
            ["sent_at"] = State == "intended" ? null : "2026-11-01T10:00:01+00:00", ["ended_at"] = isOver ? "2026-11-01T10:00:09+00:00" : null,
            ["reason"] = Reason, ["earlier_cost"] = 0, ["result"] = State == "delivered" ? new JsonObject { ["note"] = Prompt } : null,
            ["outputs"] = new JsonArray([.. Outputs.Select(output => (JsonNode)output)]),
        };
        foreach (var member in line.Where(member => member.Value is null).Select(member => member.Key).ToList())
            line.Remove(member);
        return line.ToJsonString() + "\n";
    }
}
