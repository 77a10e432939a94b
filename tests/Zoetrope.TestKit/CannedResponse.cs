using System.Globalization;
using System.Text;

namespace Zoetrope.TestKit;

/// <summary>An HTTP response that a server may send well or badly.</summary>
public sealed record CannedResponse(int Status, byte[] Body, string ContentType = "application/json")
{
    // What says how the message is framed, or differs each time, is for the server that sends it again.
    private static readonly string[] NotKept = ["Content-Type", "Content-Length", "Transfer-Encoding", "Connection", "Date"];

    /// <summary>The first line; null makes the usual one of the status.</summary>
    public string? StatusLine { get; init; }

    /// <summary>More header lines, without their line breaks.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Whether there is a content type.</summary>
    public bool HasContentType { get; init; } = true;

    public static CannedResponse OfJson(string body, int status = 200) => new(status, Encoding.UTF8.GetBytes(body));

    public static CannedResponse OfHtml(string body, int status = 200) => new(status, Encoding.UTF8.GetBytes(body), "text/html");

    public static CannedResponse OfText(string body, int status = 200) => new(status, Encoding.UTF8.GetBytes(body), "text/plain");

    /// <summary>A response as it was read.</summary>
    /// <param name="head">The status line and the headers.</param>
    /// <param name="body">The body, without its framing.</param>
    public static CannedResponse Of(string head, byte[] body)
    {
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var type = Connection.HeaderOf(head, "Content-Type");
        return new CannedResponse(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), body, type ?? "")
        {
            HasContentType = type is not null,
            Headers = [.. lines.Skip(1).Where(line => !NotKept.Contains(line.Split(':')[0], StringComparer.OrdinalIgnoreCase))],
        };
    }

    public string Text => Encoding.UTF8.GetString(Body);

    public CannedResponse With(params string[] headers) => this with { Headers = [.. Headers, .. headers] };

    public CannedResponse WithText(string body) => this with { Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>The status line and the headers.</summary>
    /// <param name="framing">How the end of the body is announced: a header line; null takes its length, an empty text announces nothing.</param>
    public byte[] Head(string? framing = null)
    {
        var text = new StringBuilder(StatusLine ?? $"HTTP/1.1 {Status} Status").Append("\r\n");
        framing ??= Status is 204 or 304 or < 200 ? "" : $"Content-Length: {Body.Length.ToString(CultureInfo.InvariantCulture)}";
        if (framing.Length > 0)
            text.Append(framing).Append("\r\n");
        if (HasContentType)
            text.Append("Content-Type: ").Append(ContentType).Append("\r\n");
        foreach (var header in Headers)
            text.Append(header).Append("\r\n");
        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }
}
