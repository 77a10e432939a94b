using Zoetrope.Simulator.Files;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>What a model without a document makes; how its result has it is a convention of its provider.</summary>
internal static class UsualResult
{
    /// <summary>The kind of a result that is a text.</summary>
    public const string Text = "text";

    /// <summary>The address of a file, without its extension.</summary>
    public const string Origin = "https://example.com/output";

    private const string Image = "image";

    private static readonly string[] TextWords = ["llm", "chat", "text", "caption", "captioning", "transcribe", "whisper", "ocr", "moderation", "router"];

    /// <summary>
    /// What a model makes, by the words of its id: <c>image</c>, <c>video</c>, <c>audio</c>, <c>model</c>, <c>weights</c>, <c>archive</c> or <c>text</c>; an
    /// image where none says.
    /// </summary>
    public static string KindOf(string id)
    {
        // What follows the last "to" is what is made: image-to-video.
        var last = id.LastIndexOf("-to-", StringComparison.Ordinal);
        return Named(last < 0 ? "" : id[(last + 4)..]) ?? Named(id) ?? Image;
    }

    private static string? Named(string text)
    {
        if (FileWords.Extension(text) is { } extension && MediaKind.OfExtension(extension) is { Family: var family })
            return family switch { "vector" => Image, "material" => "archive", _ => family };
        var words = text.ToLowerInvariant().Split('/', '-', '_', '.');
        return TextWords.Any(words.Contains) ? Text : null;
    }
}
