namespace Zoetrope.CodeGen.Operations;

/// <summary>Classifies bodies by their media types.</summary>
internal static class MediaTypeRules
{
    // The names in use for streams of JSON values.
    private static readonly string[] Lines =
        [
            "application/x-ndjson", "application/ndjson", "application/jsonl", "application/jsonlines", "application/x-jsonlines", "application/stream+json",
            "application/json-seq",
        ];

    /// <summary>Whether it is text or events, which are sent as they are produced and not as fast as possible.</summary>
    public static bool IsText(string? mediaType) =>
        mediaType is not null
        && (mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || Lines.Contains(mediaType, StringComparer.OrdinalIgnoreCase));
}
