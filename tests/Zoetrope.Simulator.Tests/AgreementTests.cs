using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;
using EachlabsModel = Zoetrope.Eachlabs.Models.KlingO3ProImageToVideo;
using FalModel = Zoetrope.Fal.Models.KlingVideoO3ProImageToVideo;

namespace Zoetrope.Simulator.Tests;

/// <summary>
/// The generated validators and the simulator, which reads the documents with NSwag, judge random requests alike: what the one takes the
/// other takes, and what the one refuses the other refuses.
/// </summary>
public sealed class AgreementTests
{
    [Fact]
    public async Task About_fal()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        Prop.ForAll(Arb.From(Requests(Shots)), input => Agree(client, input, Typed<FalModel.Request>(input), json => (Support.FalId, json)))
            .CheckSeeded(400);
        AssertBothHappened(simulator);
    }

    [Fact]
    public async Task About_Eachlabs()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        Prop.ForAll(
            Arb.From(Requests(Anything)),
            input => Agree(client, input, Typed<EachlabsModel.Request>(input), json => ("v1/prediction", Support.Create(json))))
            .CheckSeeded(400);
        AssertBothHappened(simulator);
    }

    /// <summary>Random requests are worth something only if both verdicts come often.</summary>
    private static void AssertBothHappened(MediaSimulator simulator)
    {
        Assert.InRange(simulator.Counts.Accepted, 40, simulator.Counts.Submits - 40);
    }

    private static bool Agree(
        HttpClient client, JsonObject input, (bool Valid, JsonObject Json) typed, Func<JsonObject, (string Path, JsonObject Body)> address)
    {
        var (path, body) = address(typed.Json);
        var reply = client.SendAsync("POST", path, body).GetAwaiter().GetResult();
        Assert.True(
            typed.Valid == (reply.Status == 200),
            $"The validator {(typed.Valid ? "takes" : "refuses")} {input.ToJsonString()}, the simulator says {reply.Status} {reply.Text}");
        return true;
    }

    /// <summary>The verdict of the generated code, and what it would send; what it cannot read is sent as it is.</summary>
    private static (bool Valid, JsonObject Json) Typed<T>(JsonObject input)
        where T : class, IModelRequest<T>
    {
        try
        {
            var request = RawJson.Parse(input.ToJsonString()).Deserialize<T>();
            return (ValidationResult.Of(request).IsValid, JsonNode.Parse(RawJson.From(request).ToString())!.AsObject());
        }
        catch (JsonException)
        {
            return (false, input);
        }
    }

    private static Gen<JsonObject> Requests(Gen<JsonNode?> shot) =>
        from image in Often(Url, 9)
        from prompt in Often(Text, 5)
        from end in Often(Url, 1)
        from duration in Often(Duration, 3)
        from audio in Often(Gen.Frequency((9, Gen.Elements("true", "false").Select(Parse)), (1, Anything)), 3)
        from shots in Often(Gen.Frequency((6, Gen.Choose(0, 6).SelectMany(count => Gen.ListOf(shot, count)).Select(List)), (1, Anything)), 3)
        from type in Often(Gen.Frequency((9, Gen.Constant("\"customize\"").Select(Parse)), (1, Anything)), 2)
        select new JsonObject(new (string Name, (bool Given, JsonNode? Value) Member)[]
            {
                ("image_url", image), ("prompt", prompt), ("end_image_url", end), ("duration", duration),
                ("generate_audio", audio), ("multi_prompt", shots), ("shot_type", type),
            }
            .Where(pair => pair.Member.Given)
            .Select(pair => KeyValuePair.Create(pair.Name, pair.Member.Value?.DeepClone())));

    private static Gen<(bool Given, JsonNode? Value)> Often(Gen<JsonNode?> value, int weight) => Gen.Frequency(
        (weight, value.Select(made => (true, made))),
        (10 - weight, Gen.Constant((false, (JsonNode?)null))));

    private static Gen<JsonNode?> Url => Gen.Frequency(
        (20, Gen.Elements("https://example.com/a.png", "https://cdn.example.org/b.jpg?x=1#y", "https://93.184.216.34/c.png").Select(Quote)),
        (1, Gen.Elements("http://example.com/a.png", "http://localhost/a.png", "https://10.1.2.3/a.png", "https://printer/a.png", "https://[::1]/a.png").Select(
            Quote)),
        (1, Gen.Elements("", "a.png", "ftp://example.com/a.png", "https://", "https://me:secret@example.com/a.png").Select(Quote)),
        (1, Anything));

    private static Gen<JsonNode?> Text => Gen.Frequency(
        (12, Gen.Elements("The character walks forward", "ünïcödé 🎬", "2026-08-01T12:00:00Z", "\u0000\"\\").Select(Quote)),
        (2, Gen.Elements(2499, 2500, 2501)
            .SelectMany(length => Gen.Elements("x", "é", "🎬").Select(text => string.Concat(Enumerable.Repeat(text, length))))
            .Select(Quote)),
        (1, Anything));

    private static Gen<JsonNode?> Duration => Gen.Frequency(
        (9, Gen.Choose(1, 16).Select(seconds => Quote(seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)))),
        (1, Gen.Elements("03", "5 ", "５", "five").Select(Quote)),
        (1, Anything));

    private static Gen<JsonNode?> Shots =>
        from prompt in Often(Text, 9)
        from duration in Often(Duration, 5)
        from broken in Gen.Frequency((15, Gen.Constant(false)), (1, Gen.Constant(true)))
        from other in Anything
        select broken ? other?.DeepClone() : Shot(prompt, duration);

    private static Gen<JsonNode?> Anything =>
        Gen.Elements("null", "true", "0", "-1.5", "5", "\"\"", "\"5\"", "[]", "{}", "[null]", """{"prompt":"x"}""").Select(Parse);

    private static JsonNode? Shot((bool Given, JsonNode? Value) prompt, (bool Given, JsonNode? Value) duration)
    {
        var shot = new JsonObject();
        if (prompt.Given)
            shot["prompt"] = prompt.Value?.DeepClone();
        if (duration.Given)
            shot["duration"] = duration.Value?.DeepClone();
        return shot;
    }

    private static JsonNode? List(IEnumerable<JsonNode?> items) => new JsonArray([.. items.Select(item => item?.DeepClone())]);

    private static JsonNode? Parse(string json) => JsonNode.Parse(json);

    private static JsonNode? Quote(string text) => text;
}
