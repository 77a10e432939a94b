using System.Globalization;

namespace Zoetrope.Faults.Tests;

/// <summary>Responses that are large. They are played one after the other, so that their cost can be measured.</summary>
internal static class HeavyFaults
{
    /// <summary>The most that the clients of the matrix read.</summary>
    public const int Limit = 8 * 1024 * 1024;

    private static readonly Lazy<string> _members = new(() => Repeated(100_000, index => $"\"x_{index}\":{index}"));
    private static readonly Lazy<string> _urls = new(() => "\"x_urls\":[" + Repeated(60_000, index => $"\"https://files.example/{index}.png\"") + "]");
    private static readonly Lazy<string> _objects = new(
        () => "\"x_list\":[" + Repeated(60_000, index => $"{{\"url\":\"https://files.example/{index}.png\",\"a\":{index}}}") + "]");
    private static readonly Lazy<string> _text = new(() => $"\"x_text\":\"{new string('a', Limit / 2)}\"");
    private static readonly Lazy<string> _deep = new(() => "\"x_deep\":[" + Repeated(4000, _ => new string('[', 180) + new string(']', 180)) + "]");
    private static readonly Lazy<string> _same = new(() => Repeated(200_000, _ => "\"x_same\":1"));
    private static readonly Lazy<string> _errors = new(
        () => "{\"detail\":[" + Repeated(20_000, index => $"{{\"loc\":[\"body\",{index}],\"msg\":\"wrong\",\"type\":\"t\"}}") + "]}");
    private static readonly Lazy<string> _nested = new(
        () => "{\"detail\":[" + Repeated(800, _ => string.Concat(Enumerable.Repeat("{\"error\":", 180)) + "1" + new string('}', 180)) + "]}");

    public static IEnumerable<Fault> All { get; } =
    [
        Extra("100,000 unknown members", _members),
        Extra("60,000 URLs", _urls),
        Extra("60,000 files", _objects),
        Extra("a text of 4 MB", _text),
        Extra("1.4 MB of nests", _deep),
        Extra("a member 200,000 times", _same),
        Error("20,000 fields", _errors),
        Error("nested errors of 1 MB", _nested),
        new(
            "heavy: more than the limit",
            Meaning.Unusable,
            stage => stage.SendAsync(stage.Good.WithText($"{{\"a\":\"{new string('a', Limit)}\"}}"))) { IsHeavy = true },
        new("heavy: more than the limit, in chunks", Meaning.Unusable, async stage =>
        {
            await stage.Connection.WriteAsync(stage.Good.Head(FramingFaults.Chunked));
            var chunk = FramingFaults.Chunk(new byte[64 * 1024]);
            for (var sent = 0; sent <= 4 * Limit; sent += 64 * 1024)
                await stage.Connection.WriteAsync(chunk);
            await stage.Connection.WriteAsync("0\r\n\r\n");
        }) { IsHeavy = true },
        new("heavy: an error of 64 MB", Meaning.Refused, async stage =>
        {
            await stage.Connection.WriteAsync(OfJson("", 500).Head(FramingFaults.Chunked));
            var chunk = FramingFaults.Chunk(new byte[64 * 1024]);
            for (var sent = 0; sent <= 8 * Limit; sent += 64 * 1024)
                await stage.Connection.WriteAsync(chunk);
            await stage.Connection.WriteAsync("0\r\n\r\n");
        }) { IsHeavy = true, Status = 500 },
    ];

    private static Fault Extra(string name, Lazy<string> members) => new($"heavy: {name}", Meaning.Good, stage =>
        stage.SendAsync(stage.Good.WithText(JsonFaults.Into(stage.Good.Text, members.Value))))
    { IsHeavy = true };

    private static Fault Error(string name, Lazy<string> body) => new($"heavy: {name}", Meaning.Refused, stage =>
        stage.SendAsync(OfJson(body.Value, 422)))
    { IsHeavy = true, Status = 422, IsProvidersWord = true };

    private static string Repeated(int count, Func<int, string> item) =>
        string.Join(',', Enumerable.Range(0, count).Select(index => string.Create(CultureInfo.InvariantCulture, $"{item(index)}")));
}
