using System.Text.Json;
using System.Text.Json.Serialization;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Fal.Models;
using Zoetrope.Json;
using Zoetrope.Media;

namespace Zoetrope.Protocol.Tests;

/// <summary>A user's own types with generated ones inside, in a context of the user's own.</summary>
internal sealed class QueuedVideo
{
    public required string Customer { get; set; }

    public required KlingVideoO3ProImageToVideo.Request Request { get; set; }

    public KlingVideoO3ProImageToVideo.Duration Longest { get; set; }

    public VideoFile? Preview { get; set; }

    public RawJson Notes { get; set; }

    public KlingO3ProImageToVideo.Result? Result { get; set; }
}

[JsonSerializable(typeof(QueuedVideo))]
internal sealed partial class UserContext : JsonSerializerContext;

public sealed class SystemTextJsonTests
{
    [Fact]
    public void Generated_types_travel_inside_a_users_context_with_their_own_JSON()
    {
        const string json =
            """{"Customer":"a","Request":{"image_url":"https://example.com/a.png","duration":"9","cfg":1.50},"Longest":"15","Preview":{"url":"https://example.com/v.mp4","fps":24,"codec":"h264"},"Notes":{"n":17454220438242315174},"Result":"https://example.com/r.mp4"}""";

        var queued = JsonSerializer.Deserialize(json, UserContext.Default.QueuedVideo)!;

        Assert.Equal("https://example.com/a.png", queued.Request.ImageUrl);
        Assert.Equal(KlingVideoO3ProImageToVideo.Duration.Seconds9, queued.Request.Duration);
        Assert.Equal(KlingVideoO3ProImageToVideo.Duration.Seconds15, queued.Longest);
        Assert.Equal(24, queued.Preview!.Fps);
        Assert.Equal("https://example.com/r.mp4", queued.Result!.Video.Url);
        Assert.Equal(json, JsonSerializer.Serialize(queued, UserContext.Default.QueuedVideo));
    }
}
