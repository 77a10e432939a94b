using System.Text.Json.Serialization;

namespace Zoetrope.Benchmarks.Peers;

/// <summary>The model as one writes it for System.Text.Json; Newtonsoft.Json reads and writes the same classes.</summary>
public sealed class PeerRequest
{
    public string? Prompt { get; set; }

    public required string ImageUrl { get; set; }

    public string? EndImageUrl { get; set; }

    public string? Duration { get; set; }

    public bool? GenerateAudio { get; set; }

    public List<PeerShot>? MultiPrompt { get; set; }

    public string? ShotType { get; set; }

    public static PeerRequest Sample() => new()
    {
        ImageUrl = Samples.ImageUrl,
        EndImageUrl = Samples.EndImageUrl,
        Duration = "10",
        GenerateAudio = true,
        MultiPrompt = [new() { Prompt = Samples.FirstShot, Duration = "4" }, new() { Prompt = Samples.SecondShot, Duration = "6" }],
        ShotType = "customize",
    };
}

public sealed class PeerShot
{
    public required string Prompt { get; set; }

    public string? Duration { get; set; }
}

public sealed class PeerResult
{
    public required PeerFile Video { get; set; }
}

public sealed class PeerFile
{
    public required string Url { get; set; }

    public string? ContentType { get; set; }

    public string? FileName { get; set; }

    public long? FileSize { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PeerRequest))]
[JsonSerializable(typeof(PeerResult))]
internal sealed partial class PeerJson : JsonSerializerContext;
