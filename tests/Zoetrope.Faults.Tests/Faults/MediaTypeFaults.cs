using System.Text;

namespace Zoetrope.Faults.Tests;

/// <summary>Content types and charsets that are missing, wrong or unknown.</summary>
internal static class MediaTypeFaults
{
    public static IEnumerable<Fault> All { get; } =
    [
        Type("none", null),
        Type("empty", ""),
        Type("text/plain", "text/plain"),
        Type("text/html", "text/html"),
        Type("octet-stream", "application/octet-stream"),
        Type("problem+json", "application/problem+json"),
        Type("vnd.api+json", "application/vnd.api+json; ext=\"a\""),
        Type("video", "video/mp4"),
        Type("charset=utf8", "application/json; charset=utf8"),
        Type("charset=UTF-8 in quotes", "application/json; charset=\"UTF-8\""),
        Type("an unknown charset", "application/json; charset=x-nope"),
        Type("an empty charset", "application/json; charset="),
        Type("charset=binary", "application/json; charset=binary"),
        Type("no type at all", "json"),
        Type("a semicolon", ";"),
        Type("a list", "application/json, text/plain"),
        Type("4 KB", "application/" + new string('j', 4000)),
        Type("controls", "application/json\u0001\u0085"),
        new("content type: two of them", Meaning.Good, stage => stage.SendAsync(stage.Good.With("Content-Type: text/html"))) { KeepsBytes = true },
        Charset("a BOM", "application/json", body => [0xEF, 0xBB, 0xBF, .. body], Meaning.Good),
        Charset("UTF-16 with a BOM", "application/json; charset=utf-16", body => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body))]),
        Charset("UTF-16 without a word", "application/json", body => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body))),
        Charset("UTF-32", "application/json; charset=utf-32", body => Encoding.UTF32.GetBytes(Encoding.UTF8.GetString(body))),
        Charset("Latin-1 that says so", "application/json; charset=iso-8859-1", body => body, Meaning.Good),
        Charset("UTF-7", "application/json; charset=utf-7", body => body),
        Charset("bytes that are not UTF-8", "application/json", body => [.. body[..^1], .. ",\"note\":\"caf"u8, 0xE9, 0xFF, .. "\"}"u8]),
    ];

    private static Fault Type(string name, string? type) =>
        new(
            $"content type: {name}",
            Meaning.Good,
            stage => stage.SendAsync(stage.Good with { ContentType = type ?? "", HasContentType = type is not null }))
        { KeepsBytes = true };

    private static Fault Charset(string name, string type, Func<byte[], byte[]> body, Meaning means = Meaning.Odd) =>
        new(
            $"charset: {name}",
            means,
            stage => stage.SendAsync((stage.Good with { Body = body(stage.Good.Body), ContentType = type }).With(Surroundings.RequestIdHeaders)));
}
