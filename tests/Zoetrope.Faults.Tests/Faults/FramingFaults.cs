using System.Globalization;
using System.Text;

namespace Zoetrope.Faults.Tests;

/// <summary>Heads and bodies that are not framed as HTTP says, or are, in ways that are seldom seen.</summary>
internal static class FramingFaults
{
    public const string Chunked = "Transfer-Encoding: chunked";

    public static IEnumerable<Fault> All { get; } =
    [
        Good("chunked", stage => [.. stage.Good.Head(Chunked), .. Chunk(stage.Good.Body), .. Last()]),
        Good("chunked byte by byte", stage => [.. stage.Good.Head(Chunked), .. stage.Good.Body.SelectMany(unit => Chunk([unit])), .. Last()]),
        Good("chunked with extensions", stage =>
            [
                .. stage.Good.Head(Chunked),
                .. Encoding.ASCII.GetBytes($"{stage.Good.Body.Length:x};name=\"a value\"\r\n"),
                .. stage.Good.Body,
                .. "\r\n"u8,
                .. Last()]),
        Good(
            "chunked with trailers",
            stage => [.. stage.Good.Head(Chunked).AsSpan(), .. Chunk(stage.Good.Body), .. "0\r\nX-Checksum: 1\r\nX-More: 2\r\n\r\n"u8]),
        Good("until the connection closes", stage => [.. stage.Good.With("Connection: close").Head(""), .. stage.Good.Body], closes: true),
        Good("HTTP/1.0", stage => [.. (stage.Good with { StatusLine = "HTTP/1.0 200 OK" }).Head(), .. stage.Good.Body], closes: true),
        Good("without a reason", stage => WithReason(stage.Good, "")),
        Good("a reason of 4 KB", stage => WithReason(stage.Good, " " + new string('y', 4000))),
        Good(
            "the length twice",
            stage => [.. stage.Good.With($"Content-Length: {stage.Good.Body.Length}").Head(), .. stage.Good.Body]) with { Means = Meaning.Odd },
        Good(
            "two lengths",
            stage => [.. stage.Good.With($"Content-Length: {stage.Good.Body.Length + 5}").Head(), .. stage.Good.Body]) with { Means = Meaning.Odd },
        Good("a length and chunks", stage => [.. stage.Good.With(Chunked).Head(), .. Chunk(stage.Good.Body), .. Last()]) with { Means = Meaning.Odd },
        Good("another response after it", stage => [.. stage.Good.Head(), .. stage.Good.Body, .. StatusFaults.Page(500).Head(), .. StatusFaults.Page(500).Body]),
        Good(
            "lines without carriage returns",
            stage => [
                .. Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(stage.Good.Head()).Replace("\r", "", StringComparison.Ordinal)),
                .. stage.Good.Body]) with { Means = Meaning.Odd },
        Good("a folded header", stage => [.. stage.Good.With("X-Folded: one\r\n two\r\n\tthree").Head(), .. stage.Good.Body]) with { Means = Meaning.Odd },
        Bad("a length that is too short", stage => [.. stage.Good.Head($"Content-Length: {stage.Good.Body.Length - 4}"), .. stage.Good.Body], Meaning.Unusable),
        Bad("a length that is too long", stage => [.. stage.Good.Head($"Content-Length: {stage.Good.Body.Length + 4}"), .. stage.Good.Body]),
        Bad("a length of zero", stage => [.. stage.Good.Head("Content-Length: 0"), .. stage.Good.Body], Meaning.Unusable),
        Bad("a negative length", stage => [.. stage.Good.Head("Content-Length: -1"), .. stage.Good.Body], Meaning.Odd),
        Bad("a length with a sign", stage => [.. stage.Good.Head($"Content-Length: +{stage.Good.Body.Length}"), .. stage.Good.Body], Meaning.Odd),
        Bad("a length that is not a number", stage => [.. stage.Good.Head("Content-Length: much"), .. stage.Good.Body], Meaning.Odd),
        Bad("a length beyond all numbers", stage => [.. stage.Good.Head("Content-Length: 99999999999999999999999999"), .. stage.Good.Body], Meaning.Odd),
        Bad("a length of 2 GB", stage => [.. stage.Good.Head("Content-Length: 2147483648"), .. stage.Good.Body]),
        Bad("a length of 4 GB and more", stage => [.. stage.Good.Head("Content-Length: 9223372036854775807"), .. stage.Good.Body]),
        Bad("a chunk size that is not a number", stage => [.. stage.Good.Head(Chunked), .. "xyz\r\n"u8, .. stage.Good.Body, .. Last()]),
        Bad("a chunk size beyond all numbers", stage => [.. stage.Good.Head(Chunked), .. "ffffffffffffffffff\r\n"u8, .. stage.Good.Body, .. Last()]),
        Bad("a negative chunk size", stage => [.. stage.Good.Head(Chunked), .. "-5\r\n"u8, .. stage.Good.Body, .. Last()]),
        Bad("a chunk that is too long", stage => [.. stage.Good.Head(Chunked), .. "5\r\n"u8, .. stage.Good.Body, .. Last()]),
        Bad("HTTP/0.9", stage => stage.Good.Body),
        Bad("HTTP/3.0", stage => [.. (stage.Good with { StatusLine = "HTTP/3.0 200 OK" }).Head(), .. stage.Good.Body], Meaning.Odd),
        Bad("an unknown protocol", _ => Encoding.ASCII.GetBytes("HTTX/1.1 200 OK\r\n\r\n")),
        Bad("a status of two digits", _ => Encoding.ASCII.GetBytes("HTTP/1.1 20 OK\r\n\r\n")),
        Bad("a status of four digits", _ => Encoding.ASCII.GetBytes("HTTP/1.1 2000 OK\r\n\r\n")),
        Bad("a status that is not a number", _ => Encoding.ASCII.GetBytes("HTTP/1.1 abc OK\r\n\r\n")),
        Bad("an empty line first", stage => [.. "\r\n"u8, .. stage.Good.Head(), .. stage.Good.Body], Meaning.Odd),
        Bad("an SSH server", _ => Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")),
        Bad("a TLS alert", _ => [0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]),
        Bad("an HTTP/2 server", _ => [0, 0, 0, 4, 0, 0, 0, 0, 0]),
        Bad("noise", _ => [.. Enumerable.Range(0, 4096).Select(index => (byte)(index * 197 >> 3))]),
        Bad("zeros", _ => new byte[4096]),
        Bad("a header without a colon", stage => [.. stage.Good.With("this is no header").Head(), .. stage.Good.Body], Meaning.Odd),
        Bad("a header with a space in its name", stage => [.. stage.Good.With("X Bad: 1").Head(), .. stage.Good.Body], Meaning.Odd),
        Bad("a header with a zero in it", stage => [.. stage.Good.With("X-Bad: a\0b").Head(), .. stage.Good.Body], Meaning.Odd),
        Bad("a header in UTF-8", stage => [.. stage.Good.With("X-Bad: \u00c3\u00a9\u00e2\u0082\u00ac").Head(), .. stage.Good.Body], Meaning.Odd),
        Bad("a header without a name", stage => [.. stage.Good.With(": 1").Head(), .. stage.Good.Body], Meaning.Odd),
        Bad("a head of 1 MB", stage => [.. stage.Good.With("X-Long: " + new string('a', 1_000_000)).Head(), .. stage.Good.Body], Meaning.Odd),
        Bad(
            "3,000 headers",
            stage => [.. stage.Good.With([.. Enumerable.Range(0, 3000).Select(index => $"X-{index}: {index}")]).Head(), .. stage.Good.Body],
            Meaning.Odd),
        new("a head without an end", Meaning.NoResponse, async stage =>
        {
            await stage.Connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            await stage.Connection.DripAsync(
                Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(index => $"X-{index}: a\r\n"))),
                100,
                TimeSpan.FromMilliseconds(20));
        }),
    ];

    public static byte[] Chunk(byte[] bytes) =>
        [.. Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. bytes, .. "\r\n"u8];

    private static byte[] Last() => "0\r\n\r\n"u8.ToArray();

    private static byte[] WithReason(CannedResponse good, string reason) =>
        [.. (good with { StatusLine = $"HTTP/1.1 {good.Status}{reason}" }).Head(), .. good.Body];

    private static Fault Good(string name, Func<Stage, byte[]> bytes, bool closes = false) =>
        Bytes(name, Meaning.Good, bytes, closes) with { KeepsBytes = true };

    private static Fault Bad(string name, Func<Stage, byte[]> bytes, Meaning means = Meaning.NoResponse) => Bytes(name, means, bytes, closes: true);

    private static Fault Bytes(string name, Meaning means, Func<Stage, byte[]> bytes, bool closes) => new(name, means, async stage =>
    {
        await stage.Connection.WriteAsync(bytes(stage));
        if (closes)
            await stage.Connection.CloseAsync();
    });
}
