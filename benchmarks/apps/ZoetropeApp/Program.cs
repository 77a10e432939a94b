// The smallest program that makes a video with the SDK. Its argument is the base URL of the queue; the key is in FAL_KEY.

using Zoetrope.Fal;
using Zoetrope.Fal.Models;

using var fal = new FalClient(new() { BaseUrl = new Uri(args[0]) });

var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(new()
{
    ImageUrl = "https://example.com/a.png",
    Prompt = "The character walks forward",
    Duration = KlingVideoO3ProImageToVideo.Duration.Seconds5,
});

Console.WriteLine(result.Value.Video.Url);
