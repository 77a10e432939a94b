using System.IO.Compression;

namespace Zoetrope.Faults.Tests;

/// <summary>Content encodings: none by name, understood ones, unknown ones, and ones that are not what they say.</summary>
internal static class EncodingFaults
{
    private const int BombSize = 256 * 1024 * 1024;

    private static readonly string ManyTimes = "Content-Encoding: " + string.Join(',', Enumerable.Repeat("br", 4000));

    private static readonly Lazy<byte[]> _bomb = new(() => Gzip(new byte[BombSize]));
    private static readonly Lazy<byte[]> _brotliBomb = new(() => Through(new byte[BombSize], output => new BrotliStream(output, CompressionLevel.Fastest)));

    public static IEnumerable<Fault> All { get; } =
    [
        Good("identity", stage => stage.Good.Body, "Content-Encoding: identity"),
        Good("IDENTITY", stage => stage.Good.Body, "Content-Encoding: IDENTITY"),
        Good("an empty encoding", stage => stage.Good.Body, "Content-Encoding:"),
        Good("gzip", stage => Gzip(stage.Good.Body), "Content-Encoding: gzip"),
        Good("GZIP", stage => Gzip(stage.Good.Body), "Content-Encoding: GZIP"),
        Good("x-gzip", stage => Gzip(stage.Good.Body), "Content-Encoding: x-gzip") with { Means = Meaning.Odd },
        Good("br", stage => Through(stage.Good.Body, output => new BrotliStream(output, CompressionLevel.Fastest)), "Content-Encoding: br"),
        Good("deflate", stage => Through(stage.Good.Body, output => new ZLibStream(output, CompressionLevel.Fastest)), "Content-Encoding: deflate"),
        Good(
            "deflate without its header",
            stage => Through(stage.Good.Body, output => new DeflateStream(output, CompressionLevel.Fastest)),
            "Content-Encoding: deflate") with { Means = Meaning.Odd },
        Good("gzip, identity", stage => Gzip(stage.Good.Body), "Content-Encoding: gzip, identity"),
        Good("gzip twice", stage => Gzip(Gzip(stage.Good.Body)), "Content-Encoding: gzip, gzip") with { Means = Meaning.Odd },
        Good("gzip in chunks", stage => Gzip(stage.Good.Body), "Content-Encoding: gzip", FramingFaults.Chunked),
        Good(
            "gzip as a transfer encoding",
            stage => Gzip(stage.Good.Body),
            "Transfer-Encoding: gzip, chunked",
            FramingFaults.Chunked) with { Means = Meaning.Odd },
        Bad("gzip that is none", stage => stage.Good.Body, "gzip") with { Means = Meaning.Odd },
        Bad("gzip that breaks off", stage => Gzip(stage.Good.Body)[..^12], "gzip"),
        Bad("gzip with a wrong sum", stage => [.. Gzip(stage.Good.Body)[..^8], 1, 2, 3, 4, 5, 6, 7, 8], "gzip") with { Means = Meaning.Odd },
        Bad("gzip of nothing", _ => Gzip([]), "gzip"),
        Bad("gzip without a byte", _ => [], "gzip"),
        Bad("br that is none", stage => stage.Good.Body, "br") with { Means = Meaning.Odd },
        Bad("deflate that is none", stage => stage.Good.Body, "deflate") with { Means = Meaning.Odd },
        Bad("zstd", stage => [0x28, 0xB5, 0x2F, 0xFD, .. stage.Good.Body], "zstd"),
        Bad("an unknown encoding", stage => [.. stage.Good.Body.Reverse()], "rot13"),
        Good("br thousands of times, of none", stage => stage.Good.Body, ManyTimes) with { Means = Meaning.Odd },
        Bad("br thousands of times", stage => Gzip(stage.Good.Body), ManyTimes["Content-Encoding: ".Length..]),
        Bad("compress", _ => [0x1F, 0x9D, 0x90, 1, 2, 3], "compress"),
        Bad("a bomb", _ => _bomb.Value, "gzip") with { IsHeavy = true },
        Bad("a bomb that Brotli made", _ => _brotliBomb.Value, "br") with { IsHeavy = true },
    ];

    public static byte[] Gzip(byte[] bytes) => Through(bytes, output => new GZipStream(output, CompressionLevel.Fastest));

    private static byte[] Through(byte[] bytes, Func<Stream, Stream> packer)
    {
        var output = new MemoryStream();
        using (var packing = packer(output))
            packing.Write(bytes);
        return output.ToArray();
    }

    private static Fault Good(string name, Func<Stage, byte[]> body, string header, string? framing = null) => new($"encoding: {name}", Meaning.Good, stage =>
    {
        var response = (stage.Good with { Body = body(stage) }).With([.. Surroundings.RequestIdHeaders, header]);
        return framing is null
            ? stage.SendAsync(response)
            : stage.Connection.WriteAsync(
                [
                    .. response.Head(header.StartsWith("Transfer", StringComparison.Ordinal) ? "" : framing),
                    .. FramingFaults.Chunk(response.Body),
                    .. "0\r\n\r\n"u8]);
    })
    { KeepsBytes = true };

    private static Fault Bad(string name, Func<Stage, byte[]> body, string encoding) =>
        new(
            $"encoding: {name}",
            Meaning.Unusable,
            stage => stage.SendAsync((stage.Good with { Body = body(stage) }).With([.. Surroundings.RequestIdHeaders, $"Content-Encoding: {encoding}"])));
}
