using System.Buffers;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Cli.Input;

/// <content>Files of this machine that texts name with <c>@FILE</c>.</content>
internal sealed partial class InputBuilder
{
    private static readonly string[] FileWords = ["url", "urls", "image", "images", "video", "audio", "file", "mask"];
    private static readonly string[] TextWords = ["prompt", "prompts", "text", "script", "lyrics", "caption"];

    private static readonly SearchValues<char> LettersAndDigits =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly List<(string Name, string Path, string Text)> _uploads = [];

    /// <summary>The files that the submit uploads first: their names, their paths, and the texts that stand for them, which keep them.</summary>
    public IReadOnlyList<(string Name, string Path, string Text)> Uploads => _uploads;

    /// <summary>
    /// Takes a text that begins with <c>@</c>. One that is not like a path, such as a prompt that refers to an element, is a text; <c>@@</c> is an <c>@</c>.
    /// </summary>
    private void SetFile(string name, string text)
    {
        if (ValueOf(name, name, text) is not { } value)
            Set(name, Convert(name, Find(name)?.Type, text));
        else if (text.StartsWith("@@", StringComparison.Ordinal) || Find(name)?.Type != "array" || value.AsString() == text)
            Set(name, value);
        else
            Set(name, RawJson.Parse($"[{value}]"));
    }

    /// <summary>A value of JSON with files in place of the texts that name them, at any depth.</summary>
    /// <param name="path">Where it is, for messages.</param>
    /// <param name="name">The member that has it.</param>
    /// <param name="value">The value.</param>
    private RawJson WithFiles(string path, string name, RawJson value)
    {
        switch (value.Kind)
        {
            case JsonValueKind.String:
                return value.AsString() is ['@', ..] text && ValueOf(path, name, text) is { } file ? file : value;
            case JsonValueKind.Array or JsonValueKind.Object when value.Utf8.IndexOf("\"@"u8) >= 0 || value.Utf8.IndexOf("\"\\u0040"u8) >= 0:
                break;
            default:
                return value;
        }
        var writer = new JsonWriter();
        var reader = value.CreateReader();
        reader.Read();
        if (value.Kind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                writer.WriteRawValue(WithFiles($"{path}[{i}]", name, RawJson.Read(ref reader)).Utf8);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteStartObject();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // A name that is not valid Unicode is reported by the validation of the whole.
                if (NameOf(ref reader) is not { } member)
                    return value;
                reader.Read();
                writer.WritePropertyName(member);
                writer.WriteRawValue(WithFiles($"{path}.{member}", member, RawJson.Read(ref reader)).Utf8);
            }
            writer.WriteEndObject();
        }
        return RawJson.Parse(writer.Written.Span);
    }

    /// <summary>What a text that begins with <c>@</c> stands for; null where it is itself.</summary>
    private RawJson? ValueOf(string path, string name, string text)
    {
        if (text.StartsWith("@@", StringComparison.Ordinal))
            return text[1..];
        var file = text[1..];
        var isThere = IsLocalFile(file);
        if (TextWords.Any(word => name.EndsWith(word, StringComparison.OrdinalIgnoreCase)))
        {
            // The URL of a file would be paid for as a prompt.
            if (isThere)
                Refuse(path, $"is a text, and '{file}' is a file: write @@ for a text that begins with @");
            return null;
        }
        if (isThere)
            return StandInOf(path, file) is { } standIn ? standIn : (RawJson?)null;
        if (IsFileName(name) || IsLikePath(file))
            Refuse(path, $"there is no file '{file}'{(IsFileName(name) ? "" : "; write @@ for a text that begins with @")}");
        return null;
    }

    /// <summary>The text that stands for a file; null where it cannot be read, which is a problem.</summary>
    private string? StandInOf(string name, string path)
    {
        try
        {
            var text = _standInOf(path);
            _uploads.Add((name, path, text));
            return text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Refuse(name, $"cannot read the file '{path}': {exception.Message}");
            return null;
        }
    }

    private void Refuse(string name, string problem)
    {
        IsIncomplete = true;
        Report(name, problem);
    }

    /// <summary>Whether a text can hardly be anything else than a path: it ends like the name of a file, or has folders and no spaces.</summary>
    private static bool IsLikePath(string text)
    {
        var extension = Path.GetExtension(text.AsSpan());
        return (extension.Length is > 2 and < 6 && !extension[1..].ContainsAnyExcept(LettersAndDigits))
            || (text.AsSpan().ContainsAny('/', '\\') && !text.Any(char.IsWhiteSpace));
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
