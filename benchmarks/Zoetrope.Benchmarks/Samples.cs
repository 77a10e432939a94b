using System.Text;
using System.Text.Json.Nodes;
using Zoetrope.Fal.Models;

namespace Zoetrope.Benchmarks;

/// <summary>The request and the result that every serializer works on: the first model of the SDK, with two shots.</summary>
internal static class Samples
{
    public const string ImageUrl = "https://v3b.example.com/files/b/0a8cfd5a/start_frame.png";
    public const string EndImageUrl = "https://v3b.example.com/files/b/0a8d0248/end_frame.png";
    public const string FirstShot = "The character walks forward slowly, with the camera following from behind.";
    public const string SecondShot = "She stops at the window, and the light of the street falls on her face.";

    /// <summary>The number of polls of a job; the last says that it is complete.</summary>
    public const int Polls = 3;

    /// <summary>Less than the millisecond of a timer, so that no client waits between polls.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromTicks(1);

    public static readonly byte[] ResultJson = Encoding.UTF8.GetBytes(
        """{"video":{"file_size":12037975,"file_name":"output.mp4","content_type":"video/mp4","url":"https://v3b.example.com/files/b/0a8d0278/output.mp4"}}""");

    public static KlingVideoO3ProImageToVideo.Request Request() => new()
    {
        ImageUrl = ImageUrl,
        EndImageUrl = EndImageUrl,
        Duration = KlingVideoO3ProImageToVideo.Duration.Seconds10,
        GenerateAudio = true,
        MultiPrompt =
        [
            new() { Prompt = FirstShot, Duration = "4" },
            new() { Prompt = SecondShot, Duration = "6" },
        ],
        ShotType = KlingVideoO3ProImageToVideo.ShotType.Customize,
    };

    /// <summary>Fails unless every serializer says the same, whatever its order of members.</summary>
    public static void RequireEqual(params byte[][] documents)
    {
        var first = JsonNode.Parse(documents[0]);
        foreach (var document in documents)
        {
            if (!JsonNode.DeepEquals(first, JsonNode.Parse(document)))
                throw new InvalidOperationException(
                    $"The serializers disagree: {Encoding.UTF8.GetString(documents[0])} and {Encoding.UTF8.GetString(document)}");
        }
    }
}
