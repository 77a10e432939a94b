using Zoetrope.Text;

namespace Zoetrope.Providers;

/// <summary>Creates a message from an error body that is not JSON: the title of a gateway's HTML page, or the beginning of the text.</summary>
public static class ErrorText
{
    private const int Limit = 300;

    /// <summary>Returns the message; null when the body is empty.</summary>
    public static string? FromBody(ReadOnlySpan<byte> body)
    {
        // Truncated generously before decoding: an error page can be large, and only its beginning matters.
        var text = Charsets.Read(body[..Math.Min(body.Length, 4096)], null).Trim();
        if (text.Length == 0)
            return null;
        if (text[0] != '<')
            return OneLine(text);
        var title = Between(text, "<title>", "</title>") ?? Between(text, "<h1>", "</h1>");
        return title is null ? "an HTML page" : OneLine(title);
    }

    private static string? Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.OrdinalIgnoreCase);
        if (from < 0)
            return null;
        from += start.Length;
        var to = text.IndexOf(end, from, StringComparison.OrdinalIgnoreCase);
        return to <= from ? null : text[from..to];
    }

    private static string OneLine(string text) => (text.Length <= Limit ? MessageText.OneLine(text) : MessageText.OneLine(text[..Limit]) + "…").Trim();
}
