// What the first typed call of a process costs without the network: a request becomes bytes, and bytes become a result. Prints microseconds.
// One process measures one of the two, because the second would find the runtime warm.
// Usage: FirstCall Zoetrope|SystemTextJson
//        FirstCall warm
// The least of many calls in turn, as tables.
//        FirstCall repeat request|result NAME CALLS
// So many calls of one row of those tables, to be counted by a tool.

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Zoetrope.Fal.Models;
using Zoetrope.Json;
using Zoetrope.Validation;

switch (args)
{
    case ["warm"]:
        await WarmCalls.PrintAsync(Console.Out);
        return 0;
    case ["repeat", var direction, var name, var calls]:
        await WarmCalls.RepeatAsync(direction, name, int.Parse(calls, CultureInfo.InvariantCulture));
        return 0;
}

const string response =
    """{"video":{"file_size":12037975,"file_name":"output.mp4","content_type":"video/mp4","url":"https://v3b.example.com/files/output.mp4"}}""";
var json = System.Text.Encoding.UTF8.GetBytes(response);

var start = Stopwatch.GetTimestamp();
var (body, url) = args[0] == "Zoetrope" ? Zoetrope(json) : SystemTextJson(json);
var elapsed = Stopwatch.GetElapsedTime(start);

if (body.Length == 0 || !url.StartsWith("https", StringComparison.Ordinal))
    return 1;
Console.WriteLine(((long)elapsed.TotalMicroseconds).ToString(CultureInfo.InvariantCulture));
return 0;

static (byte[] Body, string Url) Zoetrope(byte[] json)
{
    var request = new KlingVideoO3ProImageToVideo.Request { ImageUrl = "https://example.com/a.png", Prompt = "The character walks forward", Duration = "5" };
    ValidationResult.Of(request).ThrowIfInvalid();
    return (JsonModel.ToUtf8(request), JsonModel.FromUtf8<KlingVideoO3ProImageToVideo.Result>(json).Video.Url);
}

static (byte[] Body, string Url) SystemTextJson(byte[] json)
{
    var request = new VideoRequest { ImageUrl = "https://example.com/a.png", Prompt = "The character walks forward", Duration = "5" };
    return (JsonSerializer.SerializeToUtf8Bytes(
        request,
        AppJson.Default.VideoRequest), JsonSerializer.Deserialize(json, AppJson.Default.VideoResult)!.Video.Url);
}

internal sealed class VideoRequest
{
    public required string ImageUrl { get; set; }

    public string? Prompt { get; set; }

    public string? EndImageUrl { get; set; }

    public string? Duration { get; set; }

    public bool? GenerateAudio { get; set; }

    public string? ShotType { get; set; }
}

internal sealed class VideoResult
{
    public required VideoFile Video { get; set; }
}

internal sealed class VideoFile
{
    public required string Url { get; set; }

    public string? ContentType { get; set; }

    public string? FileName { get; set; }

    public long? FileSize { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VideoRequest))]
[JsonSerializable(typeof(VideoResult))]
internal sealed partial class AppJson : JsonSerializerContext;
