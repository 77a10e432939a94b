namespace Zoetrope.CodeGen.Operations;

/// <summary>What bodies of a media type are.</summary>
internal static class MediaTypeRules
{
    // Streams of JSON values, under the names that they have.
    private static readonly string[] Lines =
        [
            "application/x-ndjson", "application/ndjson", "application/jsonl", "application/jsonlines", "application/x-jsonlines", "application/stream+json",
            "application/json-seq",
        ];

    /// <summary>Whether it is text or events, which come as they are made and not as fast as they can be sent.</summary>
    public static bool IsText(string? mediaType) =>
        mediaType is not null
        && (mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || Lines.Contains(mediaType, StringComparer.OrdinalIgnoreCase));
}
