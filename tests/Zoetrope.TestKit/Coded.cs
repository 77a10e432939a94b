using System.IO.Compression;
using System.Text;

namespace Zoetrope.TestKit;

/// <summary>Bodies with a coding, and responses that have them.</summary>
public static class Coded
{
    /// <summary>The codings, by the value of <c>Content-Encoding</c>; what comes after a space says how.</summary>
    public static readonly string[] Kinds = ["gzip", "x-gzip", "GZIP", "deflate", "deflate raw", "br", "gzip, br", "br, gzip", "identity, gzip", "gzip in two"];

    public static byte[] Encode(string kind, byte[] content) => kind switch
    {
        "br" => Through(content, static to => new BrotliStream(to, CompressionLevel.Optimal)),
        "deflate" => Through(content, static to => new ZLibStream(to, CompressionLevel.Optimal)),
        "deflate raw" => Through(content, static to => new DeflateStream(to, CompressionLevel.Optimal)),
        "gzip, br" => Encode("br", Encode("gzip", content)),
        "br, gzip" => Encode("gzip", Encode("br", content)),
        "gzip in two" => [.. Encode("gzip", content[..(content.Length / 2)]), .. Encode("gzip", content[(content.Length / 2)..])],
        _ => Through(content, static to => new GZipStream(to, CompressionLevel.Optimal)),
    };

    /// <summary>A response with a coded body.</summary>
    public static Func<FakeServer.Exchange, Task> Reply(string kind, string content, int status = 200, params string[] headers) =>
        Reply(Header(kind), Encode(kind, Encoding.UTF8.GetBytes(content)), status, headers);

    /// <summary>A response with any bytes and any value of <c>Content-Encoding</c>.</summary>
    public static Func<FakeServer.Exchange, Task> Reply(string coding, byte[] body, int status = 200, params string[] headers) => async exchange =>
    {
        var more = string.Concat(headers.Select(static header => header + "\r\n"));
        await exchange.WriteAsync($"HTTP/1.1 {status} Status\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\n{more}\r\n");
        await exchange.WriteAsync(body);
    };

    private static string Header(string kind) => kind switch
    {
        "deflate raw" => "deflate",
        "gzip in two" => "gzip",
        _ => kind,
    };

    private static byte[] Through(byte[] content, Func<Stream, Stream> coder)
    {
        var body = new MemoryStream();
        using (var stream = coder(body))
            stream.Write(content);
        return body.ToArray();
    }
}
