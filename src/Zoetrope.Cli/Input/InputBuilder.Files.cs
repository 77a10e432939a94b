using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Cli.Input;

/// <content>Files of this machine that texts name with <c>@FILE</c>.</content>
internal sealed partial class InputBuilder
{
    private static readonly string[] FileWords = ["url", "urls", "image", "images", "video", "audio", "file", "mask"];

    private readonly List<(string Name, string Path, string Text)> _uploads = [];

    /// <summary>The files that the submit uploads first: their names, their paths, and the texts that stand for them, which keep them.</summary>
    public IReadOnlyList<(string Name, string Path, string Text)> Uploads => _uploads;

    /// <summary>
    /// Takes a file that is uploaded. A text that only begins with <c>@</c>, such as a prompt that refers to an element, is none: the file must be there, or
    /// the parameter one of files.
    /// </summary>
    private bool TryUpload(string name, string path)
    {
        if (StandInOf(name, path) is not { } text)
            return IsFileName(name);
        Set(name, Find(name)?.Type == "array" ? RawJson.Parse($"[\"{text}\"]") : text);
        return true;
    }

    /// <summary>A value of JSON with files in place of the texts that name them, alone or in an array.</summary>
    private RawJson WithFiles(string name, RawJson value)
    {
        if (value.Kind == JsonValueKind.String)
            return PathOf(value) is { } path && StandInOf(name, path) is { } text ? text : value;
        if (value.Kind != JsonValueKind.Array)
            return value;
        var items = new List<RawJson>();
        var reader = value.CreateReader();
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = RawJson.Read(ref reader);
            items.Add(PathOf(item) is { } path && StandInOf(name, path) is { } text ? text : item);
        }
        return RawJson.Parse($"[{string.Join(',', items)}]");
    }

    private static string? PathOf(RawJson value) => value.Kind == JsonValueKind.String && value.AsString() is ['@', .. var path] ? path : null;

    /// <summary>The text that stands for a file; null where there is none, which is a problem where only files make sense.</summary>
    private string? StandInOf(string name, string path)
    {
        if (!IsLocalFile(path))
        {
            if (IsFileName(name))
            {
                IsIncomplete = true;
                Report(name, $"there is no file '{path}'");
            }
            return null;
        }
        try
        {
            var text = _standInOf(path);
            _uploads.Add((name, path, text));
            return text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            IsIncomplete = true;
            Report(name, $"cannot read the file '{path}': {exception.Message}");
            return null;
        }
    }

    private static bool IsFileName(string name) => FileWords.Any(word => name.EndsWith(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsLocalFile(string value)
    {
        // Only what looks like a path, so that no prompt is taken for one.
        return value.Length is > 0 and < 4096
            && value.IndexOfAny(['/', '\\', '.']) >= 0
            && !value.Contains('\0', StringComparison.Ordinal)
            && File.Exists(value);
    }
}
