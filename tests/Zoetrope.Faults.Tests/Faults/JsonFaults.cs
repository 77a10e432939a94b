using System.Text;

namespace Zoetrope.Faults.Tests;

/// <summary>Good responses with odd JSON in them, and bodies that are not JSON.</summary>
internal static class JsonFaults
{
    public static IEnumerable<Fault> All { get; } =
    [
        Extra("unknown members", "\"x_new\":{\"a\":[1,2,{\"b\":null}]},\"x_other\":\"text\",\"\":0"),
        Extra("a member twice", "\"x_new\":1,\"x_new\":2"),
        Extra("big numbers", "\"x_big\":123456789012345678901234567890,\"x_huge\":1e400,\"x_small\":1e-400,\"x_long\":0." + new string('1', 2000)),
        Extra("a lone surrogate", "\"x_lone\":\"a\\ud800b\""),
        Extra("a lone surrogate in a name", "\"x_\\udc00\":1") with { Means = Meaning.Odd },
        Extra("a zero in a text", "\"x_zero\":\"a\\u0000b\""),
        Extra("all escapes", "\"x_escapes\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\""),
        Extra("a name with dots and brackets", "\"x.a[0]['b']\":1,\"__proto__\":{\"a\":1},\"$ref\":\"#/a\""),
        Extra("60 levels", $"\"x_deep\":{new string('[', 60)}{new string(']', 60)}"),
        Extra("200 levels", $"\"x_deep\":{new string('[', 200)}{new string(']', 200)}"),
        Extra("200 levels of objects", $"\"x_deep\":{string.Concat(Enumerable.Repeat("{\"a\":", 200))}1{new string('}', 200)}"),
        Extra("1,000 levels", $"\"x_deep\":{new string('[', 1000)}{new string(']', 1000)}") with { Means = Meaning.OtherForm, NamesJob = true },
        Extra("100,000 levels", $"\"x_deep\":{new string('[', 100_000)}{new string(']', 100_000)}") with { Means = Meaning.OtherForm, NamesJob = true },
        Extra("100,000 levels without an end", $"\"x_deep\":{new string('[', 100_000)}") with { Means = Meaning.Unusable },
        new("JSON: white space around", Meaning.Good, stage => stage.SendAsync(stage.Good.WithText($"\r\n\t  {stage.Good.Text}\n\n   "))),
        Body("a comment", good => $"/* hello */{good}", Meaning.Odd),
        Body("a comma at the end", good => good[..^1] + "," + good[^1], Meaning.Odd),
        Body("single quotes", good => good.Replace('"', '\'')),
        Body("NaN", good => Into(good, "\"x_number\":NaN"), Meaning.Odd),
        Body("a control in a text", good => Into(good, "\"x_text\":\"a\u0001\nb\""), Meaning.Odd),
        Body("something after it", good => good + " x", Meaning.Odd),
        Body("twice", good => good + good, Meaning.Odd),
        Body("lines of JSON", good => good + "\n" + good + "\n", Meaning.Odd),
        Body("half of it", good => good[..(good.Length / 2)]),
        Body("without its last byte", good => good[..^1]) with { NamesJob = true },
        Body(
            "in a text",
            good => "\"" + good.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"",
            Meaning.OtherForm),
        Body("JSONP", good => $"callback({good});"),
        Body("an event", good => $"data: {good}\n\n", contentType: "text/event-stream"),
        Body("behind )]}'", good => ")]}',\n" + good),
        Body("HTML", _ => "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network</body></html>", contentType: "text/html"),
        Body("HTML that says JSON", _ => "<html><body>maintenance</body></html>"),
        Body("XML", _ => "<?xml version=\"1.0\"?><ok/>", contentType: "application/xml"),
        Body("nothing", _ => ""),
        Body("white space", _ => " \r\n\t "),
        Body("a zero byte", _ => "\0"),
        Body("a BOM alone", _ => "\uFEFF"),
        Body("a word", _ => "OK", contentType: "text/plain"),
    ];

    /// <summary>Puts members into the first object of a JSON text.</summary>
    public static string Into(string good, string members)
    {
        var at = good.IndexOf('{', StringComparison.Ordinal);
        return at < 0 ? good : $"{good[..(at + 1)]}{members}{(good[at + 1] == '}' ? "" : ",")}{good[(at + 1)..]}";
    }

    private static Fault Extra(string name, string members) =>
        new($"JSON: {name}", Meaning.Good, stage => stage.SendAsync(stage.Good.WithText(Into(stage.Good.Text, members)).With(Surroundings.RequestIdHeaders)));

    private static Fault Body(string name, Func<string, string> body, Meaning means = Meaning.Unusable, string contentType = "application/json") =>
        new($"JSON: {name}", means, stage =>
        stage.SendAsync(new CannedResponse(stage.Good.Status, Encoding.UTF8.GetBytes(body(stage.Good.Text)), contentType).With(Surroundings.RequestIdHeaders)));
}
