using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Content;

/// <summary>What media types mean for bodies and responses.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Multipart = "multipart/form-data";
    public const string UrlEncoded = "application/x-www-form-urlencoded";

    /// <summary>Values of JSON one after another, and events: they come piece by piece, and are read so.</summary>
    private static readonly string[] Sequences = ["text/event-stream", "text/x-ndjson", "text/jsonl", "application/stream+json"];

    /// <summary>Whether it is JSON, or can be: a range that has JSON in it counts.</summary>
    public static bool IsJson(string mediaType) =>
        mediaType is Json or "text/json" || IsOpenRange(mediaType) || (mediaType.EndsWith("+json", StringComparison.Ordinal) && !Sequences.Contains(mediaType));

    /// <summary>Whether it is a range that leaves open whether JSON comes.</summary>
    public static bool IsOpenRange(string mediaType) => mediaType is "*/*" or "application/*";

    /// <summary>Whether it is text that is read at once: events are not.</summary>
    public static bool IsText(string mediaType) =>
        mediaType.StartsWith("text/", StringComparison.Ordinal) && !Sequences.Contains(mediaType) && !IsJson(mediaType);

    /// <summary>Whether it can be sent in a header as it is.</summary>
    public static bool IsWellFormed(string mediaType) =>
        mediaType.Length is > 0 and <= 200 && mediaType.IndexOf('/') > 0
        && mediaType.All(unit => unit is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || "!#$%&'*+-.^_`|~/".IndexOf(unit) >= 0);

    /// <summary>
    /// The media type with its parameters where they can be sent in a header, else without them. A charset is left out: what is sent is UTF-8, which JSON need
    /// not say and text says.
    /// </summary>
    public static string Sent(MediaContent content)
    {
        var pieces = content.FullType.Split(';').Skip(1).Where(piece => !piece.StartsWith("charset=", StringComparison.Ordinal)).ToList();
        var isWellFormed =
            content.FullType.Length <= 200 && pieces.TrueForAll(piece => piece.IndexOf('=') > 0 && piece.All(unit => unit is >= ' ' and <= '~' and not ','));
        return pieces.Count == 0 || !isWellFormed ? content.MediaType : content.MediaType + ";" + string.Join(";", pieces);
    }

    /// <summary>
    /// Whether a body is bytes although its media type says, or allows, JSON: <c>format: binary</c> says so for all of it. Under a range so does what tools
    /// write for arrays of bytes, and so does saying nothing.
    /// </summary>
    /// <param name="content">The body.</param>
    /// <param name="find">Finds named schemas.</param>
    public static bool IsBytes(MediaContent content, Func<string, Schema?> find)
    {
        var isRange = IsOpenRange(content.MediaType);
        if (content.Schema is not { } declared)
            return isRange;
        var schema = Schemas.Resolve(declared, find);
        if (UploadSchemas.IsBinary(schema))
            return true;
        var isList = schema is { NonNullTypes: SchemaTypes.Array, Items: { } items } && IsByte(Schemas.Resolve(items, find));
        return isRange && (isList || IsBase64(schema) || IsUnconstrained(schema));
    }

    private static bool IsByte(Schema schema) => IsBase64(schema) || UploadSchemas.IsBinary(schema);

    private static bool IsBase64(Schema schema) => schema.NonNullTypes == SchemaTypes.String && schema.Format == "byte";

    private static bool IsUnconstrained(Schema schema) =>
        Schemas.TakesAny(schema) && schema is { Ref: null, AdditionalProperties: null, Items: null, Format: null };
}
