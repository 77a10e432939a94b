namespace Zoetrope.Generator;

/// <summary>What media types mean for bodies and answers.</summary>
internal static class MediaForms
{
    public const string Json = "application/json";
    public const string Multipart = "multipart/form-data";
    public const string UrlEncoded = "application/x-www-form-urlencoded";

    private const string Events = "text/event-stream";

    /// <summary>Whether it is JSON.</summary>
    public static bool IsJson(string mediaType) => mediaType is Json or "text/json" or "*/*" or "application/*" || mediaType.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>Whether it is text that is read at once: events are not.</summary>
    public static bool IsText(string mediaType) => mediaType.StartsWith("text/", StringComparison.Ordinal) && mediaType != Events && !IsJson(mediaType);

    /// <summary>Whether it can stand in a header as it is.</summary>
    public static bool IsWellFormed(string mediaType) =>
        mediaType.Length is > 0 and <= 200 && mediaType.IndexOf('/') > 0
        && mediaType.All(unit => unit is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || "!#$%&'*+-.^_`|~/".IndexOf(unit) >= 0);
}
