using System.Globalization;
using System.Text;

namespace Zoetrope.Faults.Tests;

/// <summary>An HTTP response that a server may send well or badly.</summary>
internal sealed record Answer(int Status, byte[] Body, string ContentType = "application/json")
{
    /// <summary>The first line; null makes the usual one of the status.</summary>
    public string? StatusLine { get; init; }

    /// <summary>More header lines, without their line breaks.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Whether there is a content type.</summary>
    public bool HasContentType { get; init; } = true;

    public static Answer Json(string body, int status = 200) => new(status, Encoding.UTF8.GetBytes(body));

    public string Text => Encoding.UTF8.GetString(Body);

    public Answer With(params string[] headers) => this with { Headers = [.. Headers, .. headers] };

    public Answer WithText(string body) => this with { Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>The status line and the headers.</summary>
    /// <param name="framing">How the end of the body is told; null takes its length, an empty text nothing.</param>
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
