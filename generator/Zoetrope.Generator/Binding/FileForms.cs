using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Tells the services' file objects, which are one family in the core, from other objects.</summary>
internal static class FileForms
{
    private const string Media = "MediaFile";
    private const string Image = "ImageFile";
    private const string Video = "VideoFile";
    private const string Audio = "AudioFile";

    private static readonly string[] Common = ["url", "content_type", "file_name", "file_size", "file_data"];

    /// <summary>The core's type for a schema, or null when it is no file: one needs a <c>url</c>, and only members that the family knows.</summary>
    public static string? Detect(string name, Schema schema)
    {
        if (schema.Closed || !schema.Properties.Any(property => property is { Name: "url", Required: true } && IsText(property.Schema)))
            return null;
        var extra = schema.Properties.Select(property => property.Name).Where(member => !Common.Contains(member)).ToList();
        if (extra.Count == 0)
            return ByName(name) ?? (schema.Properties.Count > 1 ? Media : null);
        if (extra.All(member => member is "width" or "height"))
            return name.StartsWith("Video", StringComparison.Ordinal) ? Video : Image;
        if (extra.All(member => member is "width" or "height" or "fps" or "duration" or "num_frames") && !name.StartsWith("Audio", StringComparison.Ordinal))
            return Video;
        return extra.All(member => member is "duration" or "channels" or "sample_rate" or "bitrate") ? Audio : null;
    }

    /// <summary>The core's type for the name of a file schema that is nowhere described, or null.</summary>
    public static string? ByName(string name) => name switch
    {
        "File" or "MediaFile" => Media,
        "Image" or "ImageFile" => Image,
        "Video" or "VideoFile" => Video,
        "Audio" or "AudioFile" => Audio,
        _ => null,
    };

    private static bool IsText(Schema schema) => (schema.Types & ~SchemaTypes.Null) == SchemaTypes.String && schema.Enum.Count == 0;
}
