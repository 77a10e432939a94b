using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Distinguishes the services' file objects, which are one family in the core, from other objects.</summary>
internal static class FileSchemas
{
    private const string Media = "MediaFile";
    private const string Image = "ImageFile";
    private const string Video = "VideoFile";
    private const string Audio = "AudioFile";

    private static readonly string[] _sounds = [".mp3", ".wav", ".flac", ".ogg", ".opus", ".m4a", ".aac"];

    private static readonly string[] Common = ["url", "content_type", "file_name", "file_size", "file_data"];

    /// <summary>
    /// The core's type for a schema, or null when it is not a file: one needs a <c>url</c>, and only members that the family knows, of the types that it has. A
    /// file that a request takes must ask for nothing that the core does not check.
    /// </summary>
    public static string? Detect(string name, Schema schema, ObjectRole role)
    {
        if (schema.Closed || !schema.Properties.Any(property => property is { Name: "url", Required: true } && Schemas.IsPlainText(property.Schema)))
            return null;
        if (!schema.Properties.All(Fits) || (role == ObjectRole.Input && (schema.Rules.Count > 0 || !schema.Properties.All(IsChecked))))
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

    /// <summary>The type of a file of any kind where its member shows the kind: one called <c>audio</c>, or with examples of sounds and nothing else.</summary>
    /// <param name="file">The core's type.</param>
    /// <param name="declared">What is said of the member, beside what all files have.</param>
    /// <param name="jsonName">The member's name.</param>
    public static string Narrow(string file, Schema declared, string jsonName)
    {
        if (file != Media)
            return file;
        var examples = declared.Examples.Select(example => JsonTree.Parse(example.Json).Root).Where(example => example["url"].IsString).ToList();
        if (examples.Count > 0)
            return examples.TrueForAll(IsSound) ? Audio : file;
        return Identifiers.Words(jsonName).Exists(word => word.ToLowerInvariant() is "audio" or "audios") ? Audio : file;
    }

    /// <summary>Whether the core's member holds all values.</summary>
    private static bool Fits(SchemaProperty property)
    {
        var (schema, types) = (property.Schema, property.Schema.NonNullTypes);
        return property.Name switch
        {
            "bitrate" => true,
            "width" or "height" or "num_frames" or "channels" or "sample_rate" or "file_size" => types == SchemaTypes.Integer,
            "fps" or "duration" => types != SchemaTypes.Any && (types & ~(SchemaTypes.Number | SchemaTypes.Integer)) == 0,
            _ => types == SchemaTypes.String,
        } && (schema.Ref is null || property.Name == "bitrate");
    }

    /// <summary>Whether the core checks all that a request's member must be: its type, and of the URL that it is there.</summary>
    private static bool IsChecked(SchemaProperty property)
    {
        var schema = property.Schema;
        return (property.Name == "url" ? !schema.Nullable : !property.Required)
            && (schema.Enum.Count, schema.Pattern, schema.MaxLength, schema.MinLength ?? 0) == (0, null, null, 0)
            && (schema.Minimum, schema.Maximum, schema.MultipleOf, schema.File) == (null, null, null, null);
    }

    private static bool IsSound(JsonNode example)
    {
        if (example["content_type"].String is { } type)
            return type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase);
        var path = example["url"].String!.Split('?', '#')[0];
        return _sounds.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase));
    }
}
