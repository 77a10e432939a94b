using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Serialization.Json;

namespace Zoetrope.Benchmarks.Peers;

/// <summary>The model in the form that Kiota generates, over Kiota's own JSON library.</summary>
internal static class KiotaPeer
{
    private static readonly JsonParseNodeFactory ParseNodes = new();

    public static byte[] Write(KiotaRequest request)
    {
        using var writer = new JsonSerializationWriter();
        writer.WriteObjectValue(null, request);
        using var content = (MemoryStream)writer.GetSerializedContent();
        return content.ToArray();
    }

    public static async Task<KiotaResult> ReadAsync(byte[] json)
    {
        using var stream = new MemoryStream(json, writable: false);
        var node = await ParseNodes.GetRootParseNodeAsync("application/json", stream);
        return node.GetObjectValue(KiotaResult.Create)!;
    }
}

internal sealed class KiotaRequest : IParsable
{
    public string? Prompt { get; set; }

    public string? ImageUrl { get; set; }

    public string? EndImageUrl { get; set; }

    public string? Duration { get; set; }

    public bool? GenerateAudio { get; set; }

    public List<KiotaShot>? MultiPrompt { get; set; }

    public string? ShotType { get; set; }

    public static KiotaRequest Sample() => new()
    {
        ImageUrl = Samples.ImageUrl,
        EndImageUrl = Samples.EndImageUrl,
        Duration = "10",
        GenerateAudio = true,
        MultiPrompt = [new() { Prompt = Samples.FirstShot, Duration = "4" }, new() { Prompt = Samples.SecondShot, Duration = "6" }],
        ShotType = "customize",
    };

    public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() => new Dictionary<string, Action<IParseNode>>
    {
        { "prompt", node => Prompt = node.GetStringValue() },
        { "image_url", node => ImageUrl = node.GetStringValue() },
        { "end_image_url", node => EndImageUrl = node.GetStringValue() },
        { "duration", node => Duration = node.GetStringValue() },
        { "generate_audio", node => GenerateAudio = node.GetBoolValue() },
        { "multi_prompt", node => MultiPrompt = node.GetCollectionOfObjectValues(KiotaShot.Create)?.ToList() },
        { "shot_type", node => ShotType = node.GetStringValue() },
    };

    public void Serialize(ISerializationWriter writer)
    {
        writer.WriteStringValue("prompt", Prompt);
        writer.WriteStringValue("image_url", ImageUrl);
        writer.WriteStringValue("end_image_url", EndImageUrl);
        writer.WriteStringValue("duration", Duration);
        writer.WriteBoolValue("generate_audio", GenerateAudio);
        writer.WriteCollectionOfObjectValues("multi_prompt", MultiPrompt);
        writer.WriteStringValue("shot_type", ShotType);
    }
}

internal sealed class KiotaShot : IParsable
{
    public string? Prompt { get; set; }

    public string? Duration { get; set; }

    public static KiotaShot Create(IParseNode node) => new();

    public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() => new Dictionary<string, Action<IParseNode>>
    {
        { "prompt", node => Prompt = node.GetStringValue() },
        { "duration", node => Duration = node.GetStringValue() },
    };

    public void Serialize(ISerializationWriter writer)
    {
        writer.WriteStringValue("prompt", Prompt);
        writer.WriteStringValue("duration", Duration);
    }
}

internal sealed class KiotaResult : IParsable
{
    public KiotaFile? Video { get; set; }

    public static KiotaResult Create(IParseNode node) => new();

    public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() => new Dictionary<string, Action<IParseNode>>
    {
        { "video", node => Video = node.GetObjectValue(KiotaFile.Create) },
    };

    public void Serialize(ISerializationWriter writer) => writer.WriteObjectValue("video", Video);
}

internal sealed class KiotaFile : IParsable
{
    public string? Url { get; set; }

    public string? ContentType { get; set; }

    public string? FileName { get; set; }

    public long? FileSize { get; set; }

    public static KiotaFile Create(IParseNode node) => new();

    public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() => new Dictionary<string, Action<IParseNode>>
    {
        { "url", node => Url = node.GetStringValue() },
        { "content_type", node => ContentType = node.GetStringValue() },
        { "file_name", node => FileName = node.GetStringValue() },
        { "file_size", node => FileSize = node.GetLongValue() },
    };

    public void Serialize(ISerializationWriter writer)
    {
        writer.WriteStringValue("url", Url);
        writer.WriteStringValue("content_type", ContentType);
        writer.WriteStringValue("file_name", FileName);
        writer.WriteLongValue("file_size", FileSize);
    }
}
