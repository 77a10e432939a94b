// The smallest program that makes a video at Runway with the SDK. Its argument is the base URL; the key is in RUNWAYML_API_SECRET.

using Zoetrope.Runway;

using var runway = new RunwayClient(new() { BaseUrl = new Uri(args[0]) });

var result = await runway.ImageToVideoGen4Turbo.RunAsync(new()
{
    PromptImage = "https://example.com/a.png",
    PromptText = "The character walks forward",
    Ratio = "1280:720",
    Duration = 5,
});

Console.WriteLine(result.Value.Outputs[0].Url);
